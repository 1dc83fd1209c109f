"""What stands in the file: faces, styles, order of the XML, traces, bytes."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from docx import Document

from tests.word.files import OUTLINES, W, block, body_texts, paragraph_report, parts, roots, written
from toolkit.narrative import BlockKind, Report
from toolkit.word import write_docx

NAMES = [source.parent.name for source in OUTLINES]
# The order in which ISO/IEC 29500 lists the children; a file that breaks it opens with a repair prompt.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr snapToGrid spacing ind jc outlineLvl rPr sectPr",
    "rPr": "rFonts b bCs i spacing w kern position sz szCs highlight u lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar",
    "tcPr": "tcW gridSpan vMerge tcBorders vAlign",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols vAlign titlePg",
    "style": "name basedOn next uiPriority qFormat pPr rPr tblPr",
    "settings": "zoom defaultTabStop evenAndOddHeaders characterSpacingControl compat",
}


@pytest.mark.parametrize("source", OUTLINES, ids=NAMES)
def test_every_run_has_a_chinese_face_and_a_text(tmp_path: Path, source: Path) -> None:
    path, _, _ = written(tmp_path, source, code="7K3M-9PQR")
    seen = 0
    for name, root in roots(path):
        for run in root.iter(f"{W}r"):
            seen += 1
            faces = run.find(f"{W}rPr/{W}rFonts")
            assert faces is not None and faces.get(f"{W}eastAsia") and faces.get(f"{W}hint") == "eastAsia", name
            assert len(run) > 1, f"{name}: an empty run"
        for style in root.iter(f"{W}style"):
            if style.get(f"{W}type") == "paragraph":
                assert style.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia"), style.get(f"{W}styleId")
    assert seen > 100


@pytest.mark.parametrize("source", OUTLINES, ids=NAMES)
def test_no_theme_and_no_trace_of_a_writer(tmp_path: Path, source: Path) -> None:
    path, report, _ = written(tmp_path, source)
    held = parts(path)
    assert not [name for name in held if "theme" in name or "thumbnail" in name or "customXml" in name or "app.xml" in name]
    assert not [name for name, data in held.items() if b"Theme=" in data or b"theme/" in data]
    properties = Document(str(path)).core_properties
    assert (properties.author, properties.last_modified_by, properties.comments, properties.keywords) == ("", "", "", "")
    assert properties.title == report.title
    assert b"python-docx" not in b"".join(held.values())


@pytest.mark.parametrize("source", OUTLINES, ids=NAMES)
def test_children_stand_in_the_order_of_the_standard(tmp_path: Path, source: Path) -> None:
    path, _, _ = written(tmp_path, source, code="7K3M-9PQR", attachments=["评分依据"])
    for name, root in roots(path):
        for element in root.iter():
            order = ORDER.get(element.tag.removeprefix(W), "").split()
            if order:
                places = [order.index(child.tag.removeprefix(W)) for child in element]
                assert places == sorted(places), f"{name}: {element.tag} {[child.tag for child in element]}"


@pytest.mark.parametrize("source", OUTLINES, ids=NAMES)
def test_the_whole_report_stands_in_the_file_in_order(tmp_path: Path, source: Path) -> None:
    path, report, _ = written(tmp_path, source)
    expected = [
        line
        for block in report.blocks
        if block.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.CAPTION, BlockKind.ROW)
        for place, text in enumerate(block.texts)
        for line in (text + ("〔待完善〕" if block.pending and not place else "")).split("\n")
        if line.strip()
    ]
    texts = body_texts(path)
    start = texts.index(expected[0])
    assert texts[start : start + len(expected)] == expected


@pytest.mark.parametrize("source", OUTLINES, ids=NAMES)
def test_headings_are_styles_with_their_levels(tmp_path: Path, source: Path) -> None:
    path, report, _ = written(tmp_path, source)
    document = Document(str(path))
    found = [
        (paragraph.style.name, paragraph.text)
        for paragraph in document.paragraphs
        if paragraph.style is not None and str(paragraph.style.name).startswith("Heading")
    ]
    assert found == [(f"Heading {each.level}", each.text) for each in report.blocks if each.kind is BlockKind.HEADING]
    levels = {
        style.get(f"{W}styleId"): style.find(f"{W}pPr/{W}outlineLvl").get(f"{W}val")
        for style in document.styles.element.iter(f"{W}style")
        if style.find(f"{W}pPr/{W}outlineLvl") is not None
    }
    assert levels == {f"Heading{level}": str(level - 1) for level in range(1, 6)}


def test_the_same_report_has_the_same_bytes(tmp_path: Path) -> None:
    first, _, _ = written(tmp_path, OUTLINES[0], code="7K3M-9PQR")
    kept = first.read_bytes()
    again, _, _ = written(tmp_path, OUTLINES[0], code="7K3M-9PQR")
    assert again.read_bytes() == kept


def test_the_page_is_that_of_an_official_document(tmp_path: Path) -> None:
    path, _, _ = written(tmp_path, OUTLINES[0])
    sections = Document(str(path)).sections
    shapes = [tuple(round((length or 0) / 36000) for length in (s.page_width, s.page_height)) for s in sections]
    assert shapes == [(210, 297), (210, 297), (297, 210)]
    text = sections[1]
    margins = (text.top_margin, text.bottom_margin, text.left_margin, text.right_margin)
    assert [round((margin or 0) / 36000) for margin in margins] == [37, 35, 28, 26]


def test_control_characters_do_not_reach_the_file(tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    write_docx(path, paragraph_report("甲\x00\x0b乙\x1f<&>\u202e丙\ufeff\ud800丁\t戊\uffff"))
    assert body_texts(path) == ["甲", "乙<&>丙丁　戊"]


def marked(path: Path) -> list[str]:
    """Return the highlighted texts, neighbours joined."""
    root = Document(str(path)).element.body
    runs = [run for run in root.iter(f"{W}r") if run.find(f"{W}rPr") is not None]
    grouped = itertools.groupby(runs, lambda run: run.find(f"{W}rPr/{W}highlight") is not None)
    return ["".join(part.text or "" for run in group for part in run.iter(f"{W}t")) for is_marked, group in grouped if is_marked]


def test_what_is_still_open_is_marked_and_a_document_number_is_not(tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    blocks = (
        block(BlockKind.PARAGRAPH, "按埔财绩〔2022〕4号开展。扣1分，原因：〔请写明〕。另见【请核对：总分】。"),
        block(BlockKind.PARAGRAPH, "下一步措施", pending=True),
        block(BlockKind.PARAGRAPH, "无。"),
    )
    write_docx(path, Report("national", "自评报告", blocks))
    assert marked(path) == ["〔请写明〕", "【请核对：总分】", "下一步措施〔待完善〕"]


def test_an_inline_heading_has_the_face_of_its_level(tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    write_docx(path, paragraph_report("（一）资金安排情况。2024年安排2万元。", "（一）只是一句话，没有标题"))
    runs = [
        (run.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia"), "".join(part.text or "" for part in run.iter(f"{W}t")))
        for run in Document(str(path)).element.body.iter(f"{W}r")
    ]
    assert runs == [
        ("楷体_GB2312", "（一）资金安排情况。"),
        ("仿宋_GB2312", "2024年安排2万元。"),
        ("仿宋_GB2312", "（一）只是一句话，没有标题"),
    ]


@pytest.mark.parametrize(
    ("names", "lines"),
    [([], []), (["评分表"], ["附件：评分表"]), (["评分表", "佐证材料"], ["附件：1.评分表", "2.佐证材料"])],
)
def test_the_list_of_attachments(tmp_path: Path, names: list[str], lines: list[str]) -> None:
    path = tmp_path / "报告.docx"
    write_docx(path, paragraph_report("正文。"), attachments=names)
    assert body_texts(path) == ["正文。", *lines]


def test_the_footer_shows_the_code_only_where_there_is_one(tmp_path: Path) -> None:
    with_code, _, _ = written(tmp_path, OUTLINES[0], code="7K3M-9PQR")
    shown = [data.decode() for name, data in parts(with_code).items() if "footer" in name]
    assert sum("校验码 7K3M-9PQR" in text for text in shown) == 2
    without, _, _ = written(tmp_path, OUTLINES[0])
    assert not [name for name, data in parts(without).items() if "校验码 ".encode() in data and "footer" in name]
