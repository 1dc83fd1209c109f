"""检查结果 is filled in a copy of the workbook and nothing else changes."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.workbook.officer_form import LAYOUT, write_form
from toolkit.checks.answers import Answer
from toolkit.checks.case import make_case
from toolkit.checks.finding import Finding, Remedy, Severity
from toolkit.checks.review import Review, answer_reviews
from toolkit.core.fingerprint import fingerprint
from toolkit.core.form import Cell
from toolkit.core.scheme import load_schemes
from toolkit.problem import Unreadable, Unwritable
from toolkit.workbook.read import WorkbookForms, read_workbook
from toolkit.workbook.results.layout import HEADINGS
from toolkit.workbook.results.part import clean_text
from toolkit.workbook.results.write import write_results

NOON = datetime(2022, 3, 15, 16, 42)
RESULTS = "xl/worksheets/sheet2.xml"
FIRST = LAYOUT.indicator_first


def found(code: str, severity: Severity, message: str, *cells: Cell, working: str = "", fix: str = "") -> Finding:
    return Finding(code, "", severity, Remedy.CORRECT, cells, "", "", message, working, fix, source="表")


def review_of(book: WorkbookForms, index: int = 0, nothing: bool = False) -> Review:
    """Review a form with findings of our own, so that the sheet is all that is tested."""
    form = book.forms[index]
    case = make_case(form, load_schemes()["shenzhen-2021"])
    rate, rows = form.funds[0].rate, form.indicators
    findings = (
        found("F02", Severity.ERROR, "H6填 0.86，应为 0.87", rate, working="a ÷ b = 0.87", fix="清空 H6"),
        found("S08", Severity.WARNING, "=1+1 <按比率打分>", rows[1].score),
        found("D03", Severity.WARNING, "超额", rows[0].actual),
        found("V03", Severity.NEXT_YEAR, "两处文字", rows[3].actual, rows[4].actual),
    )
    return Review(case, () if nothing else findings, "表内注明", fingerprint(form, "shenzhen-2021"), 63)


def check(source: Path, out: Path, **options: bool) -> WorkbookForms:
    """Read, answer and write, as the command does; return what was read."""
    book = read_workbook(source)
    reviews = answer_reviews([review_of(book, index, **options) for index in range(len(book.forms))], book.answers)
    write_results(source, out, reviews, book.answers, NOON)
    return book


def sheet_of(path: Path) -> Worksheet:
    return openpyxl.load_workbook(path)["检查结果"]


def link_of(path: Path, row: int) -> str | None:
    link = sheet_of(path).cell(row, 3).hyperlink
    return link.location if link else None


def rows_of(path: Path) -> list[dict[str, object]]:
    sheet = sheet_of(path)
    lines = sheet.iter_rows(min_row=4, max_col=len(HEADINGS), values_only=True)
    return [dict(zip(HEADINGS, line, strict=True)) for line in lines]


def answered(path: Path, out: Path, **texts: str) -> Path:
    """Let the officer type 说明 beside findings, by code; code_范围 sets 说明范围."""
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["检查结果"]
    for row in sheet.iter_rows(min_row=4):
        code = str(row[HEADINGS.index("代码")].value)
        if code in texts:
            row[HEADINGS.index("说明")].value = texts[code]
            row[HEADINGS.index("说明范围")].value = texts.get(f"{code}_范围")
    workbook.save(out)
    return out


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_form(tmp_path / "自评表.xlsx")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "结果.xlsx"


def test_every_other_part_is_the_same_byte_for_byte(source: Path, out: Path) -> None:
    check(source, out)
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(out) as after:
        assert before.namelist() == after.namelist()
        assert [name for name in before.namelist() if before.read(name) != after.read(name)] == [RESULTS]
        for old, new in zip(before.infolist(), after.infolist(), strict=True):
            assert (old.date_time, old.compress_type, old.external_attr) == (
                new.date_time,
                new.compress_type,
                new.external_attr,
            )


def test_the_original_is_untouched(source: Path, out: Path) -> None:
    before = source.read_bytes()
    check(source, out)
    assert source.read_bytes() == before


def test_findings_stand_in_their_rows(source: Path, out: Path) -> None:
    check(source, out)
    assert rows_of(out)[0] == {
        "序号": 1,
        "级别": "错误",
        "位置": "H6",
        "栏目": "年度资金总额·执行率",
        "问题": "H6填 0.86，应为 0.87。",
        "算式": "a ÷ b = 0.87",
        "改法": "清空 H6",
        "依据": "表",
        "代码": "F02",
        "说明": None,
        "说明范围": None,
        "当时值": "0.86｜a ÷ b = 0.87",
    }
    assert [(row["序号"], row["级别"], row["代码"]) for row in rows_of(out)] == [
        (1, "错误", "F02"),
        (2, "提醒", "S08"),
        (3, "提醒", "D03"),
        (4, "留意下年", "V03"),
    ]
    assert rows_of(out)[3]["栏目"] == f"窗口正常运转·实际完成值（等 2 处：F{FIRST + 8}）"
    assert rows_of(out)[3]["当时值"] == "100%；95%"


def test_places_lead_to_their_cells(source: Path, out: Path) -> None:
    check(source, out)
    links = [link_of(out, row) for row in range(4, 8)]
    assert links == ["'自评表'!H6", f"'自评表'!H{FIRST + 1}", f"'自评表'!F{FIRST}", f"'自评表'!F{FIRST + 6}"]


def test_texts_are_texts(source: Path, out: Path) -> None:
    check(source, out)
    cell = sheet_of(out)["E5"]
    assert (cell.value, cell.data_type) == ("=1+1 <按比率打分>。", "s")
    with zipfile.ZipFile(out) as package:
        assert b"<f>" not in package.read(RESULTS)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x00b\x0bc\ud800", "abc"),
        ("一\r\n二", "一\n二"),
        ("_x000D_", "_x005F_x000D_"),
        ("长" * 40_000, "长" * 32_767),
    ],
)
def test_a_text_becomes_one_that_a_cell_can_hold(text: str, kept: str) -> None:
    assert clean_text(text) == kept


def test_styles_formats_validations_and_print_setup_stay(source: Path, out: Path) -> None:
    check(source, out)
    before, after = sheet_of(source), sheet_of(out)
    prepared = [cell.style_id for cell in before[4]]
    assert [[cell.style_id for cell in row] for row in after.iter_rows(min_row=4)] == [prepared] * 4
    assert [str(each.sqref) for each in after.conditional_formatting] == ["B4:B500"]
    assert [str(each.sqref) for each in after.data_validations.dataValidation] == ["K4:K500"]
    assert (after.protection.sheet, after.print_title_rows) == (True, before.print_title_rows)
    assert (after.dimensions, str(after.merged_cells)) == ("A1:L7", "A1:L1")
    assert [after["J4"].protection.locked, after["E4"].protection.locked] == [False, True]


def test_rows_are_high_enough_for_their_texts(source: Path, out: Path) -> None:
    check(source, out)
    heights = [sheet_of(out).row_dimensions[row].height for row in range(4, 8)]
    # Columns of 12 hold five Chinese characters and one narrow one a line: the longest cells take 2 to 4 lines.
    assert heights == [33, 33, 48, 63]


def test_the_first_line(source: Path, out: Path) -> None:
    book = check(source, out)
    assert sheet_of(out)["A1"].value == (
        "检查结果　错误 1 处（须改正）｜提醒 2 处：已说明 0，待说明 2｜留意下年 1 处　‖　"
        "填报得分 97.49，测算 97.50，相差 0.01　‖　等级 优　‖　标准：深圳 2021　‖　2022-03-15 16:42　‖　"
        f"校验码 {fingerprint(book.forms[0], 'shenzhen-2021')}"
    )


def test_no_finding_is_said_in_words(source: Path, out: Path) -> None:
    check(source, out, nothing=True)
    sheet = sheet_of(out)
    assert sheet["A1"].value.startswith("检查结果　共核对 63 项，未发现错误和提醒。　‖　填报得分 97.49")
    assert sheet["A1"].value.endswith("（本结果只说明表内数据相互一致、计算无误，不代替对数据真实性的审核。）")
    assert (sheet.max_row, sheet["E4"].value, link_of(out, 4)) == (4, "未发现错误和提醒。", None)


def test_a_shorter_list_replaces_a_longer_one(source: Path, out: Path, tmp_path: Path) -> None:
    check(source, out)
    again = tmp_path / "再查.xlsx"
    check(out, again, nothing=True)
    assert (sheet_of(again).max_row, sheet_of(again)["A4"].value) == (4, None)
    check(again, tmp_path / "三查.xlsx")
    assert [row["代码"] for row in rows_of(tmp_path / "三查.xlsx")] == ["F02", "S08", "D03", "V03"]
    assert link_of(tmp_path / "三查.xlsx", 4) == "'自评表'!H6"


def test_a_result_that_is_checked_again_is_the_same(source: Path, out: Path, tmp_path: Path) -> None:
    check(source, out)
    check(out, tmp_path / "再查.xlsx")
    with zipfile.ZipFile(out) as first, zipfile.ZipFile(tmp_path / "再查.xlsx") as second:
        assert [name for name in first.namelist() if first.read(name) != second.read(name)] == []


def test_an_answer_stays_beside_its_finding(source: Path, out: Path, tmp_path: Path) -> None:
    check(source, out)
    typed = answered(out, tmp_path / "已说明.xlsx", S08="按执行率计分\n另附文件", S08_范围="本表同类", F02="系统导出")
    book = check(typed, tmp_path / "再查.xlsx")
    score = book.forms[0].indicators[1].score
    assert book.answers[1] == Answer(
        "S08", score.field, score.address or "", "", "15", "按执行率计分\n另附文件", book.answers[1].scope
    )
    rows = rows_of(tmp_path / "再查.xlsx")
    assert [(row["代码"], row["说明"], row["说明范围"]) for row in rows] == [
        ("F02", "系统导出", "本处"),
        ("S08", "按执行率计分\n另附文件", "本表同类"),
        ("D03", None, None),
        ("V03", None, None),
    ]
    assert "提醒 2 处：已说明 1，待说明 1" in sheet_of(tmp_path / "再查.xlsx")["A1"].value


def test_an_answer_opens_again_when_its_cell_changes_and_is_kept_below(source: Path, out: Path, tmp_path: Path) -> None:
    check(source, out)
    typed = answered(out, tmp_path / "已说明.xlsx", S08="按执行率计分")
    workbook = openpyxl.load_workbook(typed)
    workbook["自评表"][f"H{FIRST + 1}"] = 14.5
    workbook.save(typed)
    check(typed, tmp_path / "再查.xlsx")
    rows = rows_of(tmp_path / "再查.xlsx")
    assert (rows[1]["说明"], rows[1]["当时值"]) == (None, "14.5")
    assert rows[1]["问题"] == "=1+1 <按比率打分>。（数值已变，请重新说明；原说明见下方“以往说明”）"
    assert [row["代码"] for row in rows] == ["F02", "S08", "D03", "V03", None, "S08"]
    assert (rows[5]["级别"], rows[5]["说明"], rows[5]["当时值"]) == ("以往说明", "按执行率计分", "15")
    workbook = openpyxl.load_workbook(tmp_path / "再查.xlsx")
    workbook["自评表"][f"H{FIRST + 1}"] = 15
    workbook.save(tmp_path / "改回.xlsx")
    check(tmp_path / "改回.xlsx", out)
    assert [(row["代码"], row["说明"]) for row in rows_of(out)][:2] == [("F02", None), ("S08", "按执行率计分")]
    assert len(rows_of(out)) == 4


def test_an_answer_whose_finding_is_gone_is_kept(source: Path, out: Path, tmp_path: Path) -> None:
    check(source, out)
    typed = answered(out, tmp_path / "已说明.xlsx", D03="任务增加")
    check(typed, out, nothing=True)
    check(out, tmp_path / "三查.xlsx", nothing=True)
    rows = rows_of(tmp_path / "三查.xlsx")
    assert [(row["级别"], row["代码"], row["说明"]) for row in rows] == [
        (None, None, None),
        (None, None, None),
        ("以往说明", "D03", "任务增加"),
    ]


def test_two_forms_in_one_list(tmp_path: Path, out: Path) -> None:
    source = write_form(tmp_path / "两个项目.xlsx", sheets=("自评表", "局'二 (2)"))
    check(source, out)
    rows = rows_of(out)
    assert [row["序号"] for row in rows] == list(range(1, 9))
    assert (rows[0]["位置"], rows[4]["位置"]) == ("自评表!H6", "局'二 (2)!H6")
    assert link_of(out, 8) == "'局''二 (2)'!H6"
    lines = sheet_of(out)["A1"].value.split("\n")
    assert [line.split("　")[0] for line in lines] == ["检查结果·自评表", "检查结果·局'二 (2)"]
    again = tmp_path / "再查.xlsx"
    workbook = openpyxl.load_workbook(out)
    workbook["检查结果"]["J9"] = "第二个项目的说明"
    workbook.save(again)
    check(again, out)
    assert [row["说明"] for row in rows_of(out)] == [None] * 5 + ["第二个项目的说明"] + [None] * 2


def test_a_workbook_without_the_sheet(tmp_path: Path, out: Path, source: Path) -> None:
    workbook = openpyxl.load_workbook(source)
    del workbook["检查结果"]
    workbook.save(tmp_path / "无结果表.xlsx")
    with pytest.raises(Unreadable, match="里没有工作表“检查结果”"):
        check(tmp_path / "无结果表.xlsx", out)
    assert not out.exists()


def test_the_source_is_never_the_target(source: Path) -> None:
    with pytest.raises(Unwritable, match="就是要读的原文件，不能覆盖"):
        check(source, source.parent / "." / source.name)
