"""The report as LibreOffice prints it: lines and characters of a page, page numbers, headings, tables."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.narrative.forms import DATA
from tests.office.bench import Office, pdf_text
from tests.word.files import OUTLINES, block, paragraph_report, written
from toolkit.narrative import BlockKind, Report
from toolkit.office import to_pdf
from toolkit.word import write_docx

_POINTS = 72 / 25.4


def printed(office: Office, path: Path) -> list[list[str]]:
    """Return the lines of every page, without blanks at their ends and without empty lines."""
    pages = pdf_text(office.to_pdf(path, path.with_suffix(".pdf")))
    return [[line.strip() for line in page.splitlines() if line.strip()] for page in pages]


def side_of_number(page: str) -> tuple[str, str]:
    """Return the number at the foot of a page and the side it stands on."""
    width = float(re.findall(r'width="([\d.]+)"', page)[0])
    words = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">(?:—\s*)?(\d+)(?:\s*—)?</word>', page)
    left, _, right, number = max(words, key=lambda word: float(word[1]))
    return number, "右" if width - float(right) < float(left) else "左"


def test_a_page_has_22_lines_of_28_characters(tmp_path: Path, office: Office) -> None:
    path = tmp_path / "报告.docx"
    text = "国家机关事业单位财政资金绩效自评" * 100
    write_docx(path, paragraph_report(text), code="7K3M-9PQR")
    pages = printed(office, path)
    for page in pages[:2]:
        number = re.sub(r"\s", "", page[22])
        assert [number, *page[23:]] == [f"—{pages.index(page) + 1}—", "校验码 7K3M-9PQR"]
        assert [len(line) for line in page[:22]] == [26 if page is pages[0] and not n else 28 for n in range(22)]
    assert "".join(line for page in pages for line in page[:-2]) == text


def test_page_numbers_stand_on_the_outer_side_and_the_cover_has_none(tmp_path: Path, office: Office) -> None:
    path, report, _ = written(tmp_path, OUTLINES[2])
    pdf = office.to_pdf(path, tmp_path / "报告.pdf")
    pages = [page.splitlines() for page in pdf_text(pdf)]
    assert not re.search(r"— \d+ —", "\n".join(pages[0]))
    boxes = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    sides = [side_of_number(page) for page in boxes.split("<page ")[2:]]
    assert sides == [(str(number), "右" if number % 2 else "左") for number in range(1, len(pages))]
    assert len(pages) > 8
    assert report.title in re.sub(r"\s", "", "".join(pages[1]))


@pytest.mark.parametrize("source", OUTLINES, ids=lambda source: source.parent.name)
def test_no_heading_is_the_last_line_of_a_page(tmp_path: Path, office: Office, source: Path) -> None:
    path, report, _ = written(tmp_path, source)
    headings = {each.text for each in report.blocks if each.kind is BlockKind.HEADING}
    captions = {each.text for each in report.blocks if each.kind is BlockKind.CAPTION}
    pages = printed(office, path)
    shown = {re.sub(r"\s", "", line) for page in pages for line in page}
    assert {re.sub(r"\s", "", text) for text in headings if len(text) < 20} <= shown
    last = [page[-2] for page in pages[1:] if len(page) > 1]
    assert not [line for line in last if line in headings | captions]


def test_a_long_table_repeats_its_heading_and_never_leaves_it_alone(tmp_path: Path, office: Office) -> None:
    rows = [block(BlockKind.ROW, f"序{number}", "这项工作已完成") for number in range(1, 70)]
    for before in (0, 16, 17, 18, 19, 20):
        filler = [block(BlockKind.PARAGRAPH, f"第{number}段。") for number in range(before)]
        head = [block(BlockKind.CAPTION, "情况表"), block(BlockKind.ROW, "序号", "工作任务", head=True)]
        path = tmp_path / f"{before}.docx"
        write_docx(path, Report("national", "自评报告", (*filler, *head, *rows)))
        pages = printed(office, path)
        found = [page for page in pages if any(re.fullmatch(r"序号 +工作任务", line) for line in page)]
        assert len(found) >= 2
        for page in found:
            place = next(n for n, line in enumerate(page) if re.fullmatch(r"序号 +工作任务", line))
            assert re.fullmatch(r"序 ?\d+ +这项工作已完成", page[place + 1])
        done = [re.sub(r"\s", "", line) for page in pages for line in page if "这项工作已完成" in line]
        assert done == [f"序{number}这项工作已完成" for number in range(1, 70)]


def test_signatures_are_never_alone_on_a_page(tmp_path: Path, office: Office) -> None:
    for source in (*OUTLINES, *sorted((DATA / "shenzhen-2021").glob("10[1-4].json"))):
        pages = printed(office, written(tmp_path, source)[0])
        (signed,) = [page for page in pages if any(line.startswith("填表人：") for line in page)]
        assert any(re.match(r"(总分|合计|总计)", line) for line in signed)
        assert any(re.match(r"等级：\s*[优良中差]\s", line) for line in signed)


def test_the_program_itself_turns_a_report_into_a_pdf(tmp_path: Path, office: Office) -> None:
    path, report, _ = written(tmp_path, OUTLINES[3])
    to_pdf(path, tmp_path / "报告.pdf")
    assert report.title in re.sub(r"\s", "", "".join(pdf_text(tmp_path / "报告.pdf")))
    assert {each.suffix for each in tmp_path.iterdir() if each.is_file()} == {".docx", ".pdf"}


def test_a_full_page_before_the_annex_leaves_no_empty_one(tmp_path: Path, office: Office) -> None:
    _, _, case = written(tmp_path, OUTLINES[3])
    for count in (19, 20, 21):
        path = tmp_path / f"{count}.docx"
        write_docx(path, paragraph_report(*["一句话。"] * count), case)
        pages = printed(office, path)
        # Below the text stand an empty line and the list of attachments.
        text = [len([line for line in page if line == "一句话。" or line.startswith("附件：")]) for page in pages]
        assert text[:3] == ([count + 1, 0, 0] if count < 21 else [21, 1, 0])
        assert all(len(page) > 1 for page in pages)
