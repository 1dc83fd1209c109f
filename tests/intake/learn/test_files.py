"""What stands beside a form in its file: footnotes, comments, text boxes; and files that are no blank form."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from openpyxl.comments import Comment

from tests.intake.learn.blank import blank, text_of, write_docx, write_xlsx
from tests.intake.learn.test_learn import NATIONAL, learned, scheme_of
from toolkit.intake.learn import learn_form
from toolkit.problem import Unreadable

GRADES = "优（95-100分）良（85-94.99分）中（60-84.99分）差（0-59.99分）"
_BOX = """<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:pict>
<v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"""
_DRAWING = """<?xml version="1.0"?><xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor><xdr:sp><xdr:txBody><a:bodyPr/>
<a:p><a:r><a:t>{}</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>"""
_NOTES = """<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>
<w:footnote w:id="1"><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:footnote></w:footnotes>"""


def without_notes() -> str:
    return text_of("national").partition("\n---\n")[0]


def with_part(path: Path, name: str, text: str) -> Path:
    with zipfile.ZipFile(path, "a") as package:
        package.writestr(name, text)
    return path


def test_a_long_paragraph_below_the_table_is_read(tmp_path: Path) -> None:
    long = f"{GRADES}{'各单位要高度重视绩效自评工作，认真组织填报。' * 12}"
    found = learned("x", "docx", tmp_path, f"{without_notes()}\n---\n{long}\n")
    assert len(long) > 200
    assert scheme_of(found).grades[1].least == 85


def test_a_footnote_of_word_is_read(tmp_path: Path) -> None:
    path = write_docx(blank(without_notes()), tmp_path / "a.docx")
    found = learn_form(with_part(path, "word/footnotes.xml", _NOTES.format(GRADES)), NATIONAL)
    assert [(claim.value, claim.place) for claim in found.claims if claim.label == "等级·良"] == [("85", "脚注 1")]


def test_a_comment_in_a_cell_is_read(tmp_path: Path) -> None:
    path = write_xlsx(blank(without_notes()), tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["H12"].comment = Comment(GRADES, "财政局")
    book.save(path)
    found = learn_form(path, NATIONAL)
    assert [(claim.value, claim.place) for claim in found.claims if claim.label == "等级·良"] == [
        ("85", "附件1!H12 的批注")
    ]


def test_another_sheet_with_explanations_is_read(tmp_path: Path) -> None:
    path = write_xlsx(blank(without_notes()), tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(path)
    book.create_sheet("填表说明")["A1"] = GRADES
    book.save(path)
    found = learn_form(path, NATIONAL)
    assert [(claim.value, claim.place) for claim in found.claims if claim.label == "等级·良"] == [("85", "填表说明!A1")]


def test_a_text_box_in_word_is_named_and_not_read(tmp_path: Path) -> None:
    path = write_docx(blank(without_notes()), tmp_path / "a.docx")
    document = docx.Document(str(path))
    document.element.body.append(parse_xml(_BOX.format(GRADES)))
    document.save(str(path))
    found = learn_form(path, NATIONAL)
    assert [(each.text, each.place) for each in found.unread] == [(GRADES, "文本框")]
    assert "没有读" in found.unread[0].reason
    assert "等级·良" in found.assumed


def test_a_text_box_in_excel_is_named_and_not_read(tmp_path: Path) -> None:
    path = write_xlsx(blank(without_notes()), tmp_path / "a.xlsx")
    found = learn_form(with_part(path, "xl/drawings/drawing1.xml", _DRAWING.format(GRADES)), NATIONAL)
    assert [(each.text, each.place) for each in found.unread] == [(GRADES, "文本框")]


def test_a_filled_form_gives_its_headings_and_not_its_contents(tmp_path: Path) -> None:
    text = text_of("shenzhen")
    filled, count = [], 0
    for line in text.splitlines():
        cells = line.split("|")
        if len(cells) >= 5 and all(not cell.strip() for cell in cells[-5:]):
            count += 1
            cells[-6:] = (
                [cells[-6], " ≥90% ", " 95% ", " 10 ", " 10 ", " "]
                if len(cells) > 5
                else [f" 指标{count} ", "≥9", "9", "10", "10"]
            )
            if len(cells) > 5:
                cells[-6] = f" 合格率之{count} "
            line = "|".join(cells)
        filled.append(line)
    found = learned("x", "xlsx", tmp_path, "\n".join(filled))
    assert "这张表填好了，不是空白表" in found.notes[0]
    assert all(not block.leaves for block in scheme_of(found).tree)
    assert scheme_of(found).sections == {"产出指标": 50, "效益指标": 20, "满意度指标": 20}


@pytest.mark.parametrize(
    ("name", "told"),
    [("a.png", "是“.png”文件，读不了"), ("a.docx", "不是完好的 Word 文档"), ("a.xlsx", "打不开|不是|损坏")],
)
def test_files_that_cannot_be_read(name: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(b"not a form")
    with pytest.raises(Unreadable, match=told):
        learn_form(path, NATIONAL)


def test_a_workbook_without_a_form(tmp_path: Path) -> None:
    path = tmp_path / "通知.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "关于开展绩效自评的通知"
    book.save(path)
    with pytest.raises(Unreadable, match=r"里没有找到自评表.*请确认选对了文件"):
        learn_form(path, NATIONAL)


def test_goals_alone_are_no_form_to_learn(tmp_path: Path) -> None:
    text = "项目支出绩效目标申报表{c4}\n项目名称 | {c3}\n一级指标 | 二级指标 | 三级指标 | 指标值\n产出指标 | 数量指标 |  |\n"
    path = write_xlsx(blank(text), tmp_path / "目标.xlsx")
    with pytest.raises(Unreadable, match="里只有目标申报表或监控表"):
        learn_form(path, NATIONAL)
