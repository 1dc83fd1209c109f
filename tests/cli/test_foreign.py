"""check, fill and report on somebody else's form."""

import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.intake.foreign.reading import SHENZHEN, SHENZHEN_CASES, case, whole
from tests.intake.foreign.test_published import as_document, as_workbook, lines_of
from toolkit.cli.main import main
from toolkit.workbook.read import read_forms


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """Return the eight published forms in one sheet of a workbook that is not ours."""
    path = tmp_path / "来文.xlsx"
    as_workbook(path, lines_of(SHENZHEN))
    return path


def test_fill_opens_text_as_our_template(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "自评表.xlsx"
    assert main(["fill", str(SHENZHEN), "-o", str(out), "--scheme", "shenzhen-2021"]) == 0
    assert [whole(form) for form in read_forms(out)] == [whole(case(name)) for name in SHENZHEN_CASES]
    told = capsys.readouterr().err
    assert "不是本工具的自评表，按栏目名称读取：8 张表，指标 64 行" in told
    assert "第 22 行第 1 格“满意度指标”" in told


def test_check_adds_only_the_sheet_of_results(foreign: Path, tmp_path: Path) -> None:
    out = tmp_path / "结果.xlsx"
    assert main(["check", str(foreign), "-o", str(out), "--scheme", "shenzhen-2021"]) == 1
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["Sheet", "检查结果"]
    with zipfile.ZipFile(foreign) as before, zipfile.ZipFile(out) as after:
        assert before.read("xl/worksheets/sheet1.xml") == after.read("xl/worksheets/sheet1.xml")
    links = [cell.hyperlink.location or "" for row in book["检查结果"].iter_rows(min_row=3) for cell in row if cell.hyperlink]
    assert links and all(link.startswith("'Sheet'!") for link in links)


def test_check_finds_the_same_in_their_file_as_in_the_transcription(
    foreign: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", str(foreign), "--scheme", "shenzhen-2021"])
    summary = capsys.readouterr().out.splitlines()[-2]
    transcribed = [str(Path(__file__).parents[1] / "cases" / f"{name}.json") for name in SHENZHEN_CASES]
    main(["check", *transcribed, "--scheme", "shenzhen-2021"])
    assert capsys.readouterr().out.splitlines()[-2] == summary


def test_report_takes_a_word_file(tmp_path: Path) -> None:
    source, out = tmp_path / "来文.docx", tmp_path / "报告.md"
    as_document(source, lines_of(SHENZHEN))
    assert main(["report", str(source), "-o", str(out), "--scheme", "shenzhen-2021"]) == 0
    text = out.read_text(encoding="utf-8")
    assert all(case(name).project_name.text in text for name in SHENZHEN_CASES)


def test_our_own_workbook_stays_ours(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "自评表.xlsx"
    main(["fill", str(SHENZHEN), "-o", str(out)])
    capsys.readouterr()
    main(["check", str(out)])
    assert "不是本工具的自评表" not in capsys.readouterr().err
