"""Files that hold no form, or one that cannot be told: a sentence each, and nothing guessed."""

import base64
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

from toolkit.intake.foreign import read_foreign
from toolkit.problem import Unreadable

PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
HEADINGS = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"]
ROW = ["产出指标", "数量指标", "培训人次", "≥50人", "52人", "10", "9.5"]


def workbook(path: Path, *rows: list[str]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(Unreadable) as caught:
        read_foreign(path)
    return str(caught.value)


def test_no_form_in_the_file(tmp_path: Path) -> None:
    path = workbook(tmp_path / "通讯录.xlsx", ["姓名", "电话"], ["张三", "000"])
    assert refusal(path) == (
        "“通讯录.xlsx”里没有找到自评表（没有一级指标、三级指标、指标值这些栏目）；"
        "请确认选对了文件；自评表要有一级指标、三级指标、指标值、分值、得分这些栏目。"
    )


def test_a_picture_in_place_of_a_table(tmp_path: Path) -> None:
    picture = tmp_path / "扫描.png"
    picture.write_bytes(PIXEL)
    document = docx.Document()
    document.add_picture(str(picture))
    document.save(str(tmp_path / "扫描件.docx"))
    assert refusal(tmp_path / "扫描件.docx") == (
        "“扫描件.docx”里是图片，没有表格；扫描件读不了，请向提供的人要可编辑的 .docx 或 .xlsx。"
    )


def test_a_document_without_tables(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("关于绩效自评的通知")
    document.save(str(tmp_path / "通知.docx"))
    assert refusal(tmp_path / "通知.docx") == "“通知.docx”里没有表格；请换成带自评表的文档，或把表格粘贴到 .xlsx 里。"


@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
def test_a_file_with_a_password(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"加密{suffix}"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 900)
    assert "有打开密码" in refusal(path)


def test_two_columns_for_one_field_are_named_and_not_read(tmp_path: Path) -> None:
    path = workbook(tmp_path / "两栏.xlsx", [*HEADINGS, "自评得分"], [*ROW, "8"])
    found = read_foreign(path)
    (form,) = found.forms
    (row,) = form.indicators
    assert [cell.text for cell in (row.level3, row.target, row.actual, row.weight, row.score)] == [
        *("培训人次", "≥50人", "52人", "10"),
        "",
    ]
    assert "有 2 栏都像“得分”（Sheet!G1、Sheet!H1），分不清哪一栏，没有读" in found.notes
    assert [(left.text, left.place) for left in found.leftovers] == [("9.5", "Sheet!G2"), ("8", "Sheet!H2")]


def test_the_score_of_the_reviewer_is_not_the_units_own(tmp_path: Path) -> None:
    found = read_foreign(workbook(tmp_path / "复核.xlsx", [*HEADINGS, "财政复核分"], [*ROW, "8"]))
    assert found.forms[0].indicators[0].score.text == "9.5"
    assert [(left.text, left.reason) for left in found.leftovers] == [("8", "“财政复核分”栏在自评表里没有位置")]


def test_a_text_in_an_amount_stays_what_it_is(tmp_path: Path) -> None:
    funds = [["项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数"], ["", "年度资金总额", "100", "约四十多万", "50"]]
    found = read_foreign(workbook(tmp_path / "资金.xlsx", *funds, HEADINGS, ROW))
    (line,) = found.forms[0].funds
    assert [cell.text for _, cell in line.amounts()] == ["100", "约四十多万", "50"]
    assert "年度资金总额·全年预算数“约四十多万”不是一个数，照原样保留，没有当作 0" in found.notes


def test_a_near_heading_is_a_suggestion_and_said_so(tmp_path: Path) -> None:
    path = workbook(tmp_path / "近似.xlsx", [*HEADINGS, "偏差的原因分析及改进措施"], [*ROW, "天气"])
    found = read_foreign(path)
    assert found.forms[0].indicators[0].deviation.text == "天气"
    (suggested,) = [one for one in found.recognised[0] if one.confidence < 0.95]
    assert (suggested.field, suggested.text, suggested.place) == (
        "偏差原因分析及改进措施",
        "偏差的原因分析及改进措施",
        "Sheet!H1",
    )


@pytest.mark.parametrize("heading", ["上年得分", "年中得分", "得分率", "四级指标值"])
def test_a_heading_of_something_else_is_never_suggested(tmp_path: Path, heading: str) -> None:
    columns = [*HEADINGS[:-1], heading]
    found = read_foreign(workbook(tmp_path / "别的.xlsx", columns, ROW))
    assert found.forms[0].indicators[0].score.text == ""


def test_formulas_without_a_result_and_hidden_sheets_are_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (HEADINGS, ROW, ["", "", "人数", "5", "5", "10", "=F3"]):
        book.worksheets[0].append(row)
    book.create_sheet("旧表").sheet_state = "hidden"
    book.save(tmp_path / "公式.xlsx")
    notes = read_foreign(tmp_path / "公式.xlsx").notes
    assert notes[:2] == (
        "隐藏的工作表“旧表”没有读",
        "有 1 个公式在文件里没有存下结果（G3），按空白读；请在 Excel 里打开保存一次",
    )


def test_macro_sheets_are_named(tmp_path: Path) -> None:
    path = workbook(tmp_path / "宏表.xlsx", HEADINGS, ROW)
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/macrosheets/sheet1.xml", "<xm/>")
    assert "里面有宏表，没有读，也没有运行；请确认来源" in read_foreign(path).notes
