"""Buttons pressed on an open workbook: what changes, what stays, and what is told."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from tests.excel.memory import Book
from tests.excel.officer import AT_REST, Officer, workbook
from tests.excel.same import differences
from toolkit.excel.content import SavedBook
from toolkit.workbook.read import read_forms
from toolkit.workbook.signs import RECORD_HEADINGS, SIGNATURE

FORM = "自评表"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the form 102 once."""
    return workbook(tmp_path_factory.mktemp("表") / "自评表 终稿(3).xlsx", "102")


@pytest.fixture
def officer(filled: Path, tmp_path: Path) -> Officer:
    """Give a test the form 102, open, in a folder of its own."""
    folder = tmp_path / "单位 共享（2021）"
    folder.mkdir()
    return Officer(Path(shutil.copy(filled, tmp_path)), folder)


def notes(path: Path) -> dict[str, str]:
    """Return the notes of the form by address."""
    return {cell.coordinate: cell.comment.text for row in openpyxl.load_workbook(path)[FORM] for cell in row if cell.comment}


def record(path: Path) -> list[list[Any]]:
    """Return 修改记录 without time and user."""
    sheet = openpyxl.load_workbook(path)["修改记录"]
    return [[cell.value for cell in row][1:2] + [cell.value for cell in row][3:] for row in sheet.iter_rows(min_row=2)]


def test_check_marks_its_cells_and_leaves_the_officers_own_notes_and_colours(officer: Officer) -> None:
    own = officer.book.work[FORM]["H43"]
    own.comment, own.fill = Comment("领导已口头同意", "张三"), PatternFill("solid", fgColor="FF00FF00")
    before = officer.saved("前")
    assert officer.press("check") == "发现 1 处错误、2 处提醒，已列在“检查结果”。"
    found = notes(officer.saved("后"))
    assert set(found) == {"E6", "H6", "H43"}
    assert found["H43"] == "领导已口头同意"
    assert found["H6"].startswith("【错误 F02】执行率填 0.86，应为 0.87") and found["H6"].endswith(SIGNATURE)
    with SavedBook(officer.saved("后")) as book:
        sheet = book.sheet(FORM)
        assert sheet is not None and [rule.areas for rule in sheet.marks] == [("E6", "H6:H7", "H43")]
    officer.type(FORM, "H6", 0.87)
    officer.type(FORM, "H7", 0.87)
    officer.press("check")
    found = notes(officer.saved("再后"))
    assert "H6" not in found and found["H43"] == "领导已口头同意"
    assert officer.book.work[FORM]["H43"].fill.fgColor.rgb == "FF00FF00"
    assert officer.program.state == AT_REST
    officer.press("undo")
    officer.press("undo")
    assert [line for line in differences(before, officer.saved("撤销")) if "H6 " not in line and "H7 " not in line] == []


def test_adopt_shows_totals_first_and_a_rise_needs_a_tick(officer: Officer) -> None:
    officer.type(FORM, "H13", 14.89)
    officer.select(FORM, "A1")
    before = officer.saved("前")
    told = officer.press("adopt", [1, 2])
    ((text, _, rows),) = officer.asked
    assert "现在：总分 97.09，等级 优；采纳已勾选的：总分 96.09，等级 优；连同调高的全部采纳：总分 97.59，等级 优。" in text
    assert [(row.cells[0], row.cells[3:], row.ticked, row.warned) for row in rows] == [
        ("自评表!I6", ("8.60", "8.70", "+0.10"), False, True),
        ("自评表!H13", ("14.89", "13.89", "−1.00"), True, False),
        ("自评表!H43", ("8.60", "10.00", "+1.40"), False, True),
    ]
    assert told.startswith("已采纳 2 行测算得分，其中调高 1 行；自评表：总分 97.09，等级 优 → 总分 97.49，等级 优。")
    (form,) = read_forms(officer.saved("后"))
    assert [row.score.text for row in form.indicators if row.score.address in ("H13", "H43")] == ["13.89", "10.0"]
    assert record(officer.saved("后")) == [
        [RECORD_HEADINGS[1], *RECORD_HEADINGS[3:]],
        ["采纳测算得分", FORM, "H13", "社保业务公众服务经费·劳务派遣人员到岗率·得分", "14.89", "13.89"],
        ["采纳测算得分", FORM, "H43", "社保业务公众服务经费·预算成本控制率·得分（调高）", "8.6", "10.00"],
    ]
    (kept,) = [path.name for path in (officer.book._folder or Path()).iterdir()]
    assert kept.startswith("自评表终稿(3)_备份_")
    officer.press("undo")
    assert differences(before, officer.saved("撤销")) == []


def test_adopt_only_what_is_selected_and_nothing_when_cancelled(officer: Officer) -> None:
    officer.select(FORM, "A43:H44")
    before = officer.saved("前")
    assert officer.press("adopt", "选中的 1 行", None) == "没有采纳，没有改动任何内容。"
    assert [row.cells[0] for row in officer.asked[1][2]] == ["自评表!H43"]
    assert officer.press("adopt", "取消") == "没有采纳，没有改动任何内容。"
    assert officer.press("adopt", "全部", "as ticked") == "没有采纳，没有改动任何内容。"
    assert differences(before, officer.saved("后")) == []


def test_a_score_that_is_a_link_is_adopted_all_the_same(officer: Officer) -> None:
    officer.book.work[FORM]["H43"].hyperlink = "https://www.example.org/"
    officer.select(FORM, "A43:H43")
    before = officer.saved("前")
    assert officer.press("adopt", "选中的 1 行", [0]).startswith("已采纳 1 行测算得分")
    assert openpyxl.load_workbook(officer.saved("后"))[FORM]["H43"].value == 10
    officer.press("undo")
    assert differences(before, officer.saved("撤销")) == []


def test_undo_leaves_what_the_officer_typed_since(officer: Officer) -> None:
    officer.select(FORM, "A1")
    officer.press("adopt", [0, 1])
    officer.type(FORM, "H43", 9)
    assert officer.press("undo").endswith("您手工输入的内容不受影响：自评表!H43在那之后改过，没有动。")
    sheet = openpyxl.load_workbook(officer.saved("后"))[FORM]
    assert (sheet["I6"].value, sheet["H43"].value) == (8.6, 9)
    assert officer.press("undo").startswith("“自评表 终稿(3).xlsx”没有可以撤销的操作。")


def test_a_row_is_added_below_the_one_selected_and_everything_moves_with_it(officer: Officer) -> None:
    sheet = officer.book.work[FORM]
    sheet["E14"].comment = Comment("文件依据见附件", "张三")
    sheet.row_dimensions[14].hidden, sheet.row_dimensions[14].height = False, 55
    for column, value in zip("DEFGH", ("培训场次", "10场", "8场", 5, 4), strict=True):
        officer.type(FORM, f"{column}14", value)
    names = [row.level3.text for row in read_forms(officer.saved("原"))[0].indicators]
    officer.type("数据来源", "D4", "人事科")
    officer.type("数据来源", "D5", "业务科")
    before, before_formula = officer.saved("前"), sheet["L15"].value
    officer.select(FORM, "D13")
    assert officer.press("add-rows").startswith("已在第 13 行下面增加一行")
    (form,) = read_forms(officer.saved("后"))
    assert [each.level3.text for each in form.indicators] == [names[0], "（请填写指标名称）", *names[1:]]
    assert [cell.text for cell in (form.indicators[2].target, form.indicators[2].score)] == ["10场", "4.00"]
    assert (notes(officer.saved("后")), sheet.row_dimensions[15].height) == ({"E15": "文件依据见附件"}, 55)
    assert (sheet["H14"].value, sheet["L15"].value[:5]) == ("=L14", before_formula[:5])
    sources = openpyxl.load_workbook(officer.saved("后"))["数据来源"]
    assert [sources[f"D{each}"].value for each in (4, 5, 6)] == ["人事科", None, "业务科"]
    officer.press("undo")
    assert differences(before, officer.saved("撤销")) == []
    officer.select(FORM, "A13:D13")
    assert officer.press("delete-rows", "取消") == "没有删除，没有改动任何内容。"
    assert "“劳务派遣人员到岗率”" in officer.asked[0][0]
    officer.press("delete-rows", "删除")
    (form,) = read_forms(officer.saved("删后"))
    assert [each.level3.text for each in form.indicators] == names[1:]
    sources = openpyxl.load_workbook(officer.saved("删后"))["数据来源"]
    assert [sources[f"D{each}"].value for each in (4, 5)] == ["业务科", None]
    officer.press("undo")
    assert differences(before, officer.saved("再撤销")) == []


def test_rows_are_refused_where_nothing_fits(officer: Officer) -> None:
    officer.select(FORM, "A1:C3")
    told = "“自评表 终稿(3).xlsx”的“自评表”里没有选中指标行；请先点一下指标所在的行再按。"
    assert (officer.press("add-rows"), officer.press("delete-rows")) == (told, told)
    officer.select("检查结果", "A4")
    assert "不是本工具的自评表" in officer.press("add-rows")
    officer.type(FORM, "L3", "是")
    officer.select(FORM, "D13")
    assert "目标已批复" in officer.press("add-rows")


def test_one_more_project(officer: Officer) -> None:
    before = officer.saved("前")
    officer.select(FORM, "A1")
    assert officer.press("add-project").startswith("已新增“自评表 (2)”")
    first, second = read_forms(officer.saved("后"))
    assert (second.sheet, second.year, second.department.text) == ("自评表 (2)", 2021, first.department.text)
    assert (second.project_name.text, second.expected_goal.text, second.achieved_goal.text) == ("", "", "")
    assert [line.kind.text for line in second.funds] == [line.kind.text for line in first.funds]
    assert {cell.text for line in second.funds for cell in (line.initial_budget, line.annual_budget, line.executed)} <= {""}
    assert [row for row in second.indicators if not row.target.blank or not row.actual.blank or not row.deviation.blank] == []
    told = officer.press("undo")
    assert told.startswith("已撤销“新增项目表”")
    assert differences(before, officer.saved("撤销")) == []
    officer.press("add-project")
    officer.type("自评表 (2)", "B3", "第二个项目")
    assert officer.press("undo").endswith("您手工输入的内容不受影响：工作表“自评表 (2)”在那之后改过，没有动。")
    assert "自评表 (2)" in officer.book.work.sheetnames


def test_finish_names_open_errors_first(officer: Officer) -> None:
    before = officer.saved("前")
    told = officer.press("finish", "去修改")
    assert officer.asked == [
        (
            "还有 1 处错误未改正（H6），现在导出的文件将注明“带错误导出”及原因。",
            ("去修改", "填写原因并导出", "取消"),
        )
    ]
    assert told.startswith("执行率填 0.86，应为 0.87")
    assert officer.program.selection.address == "H6"
    assert officer.press("finish", "取消") == "没有导出，没有生成任何材料。"
    assert officer.press("finish", "填写原因并导出", " ") == "没有导出，没有生成任何材料。"
    assert differences(before, officer.saved("后")) == []
    assert list((officer.book._folder or Path()).iterdir()) == []


def test_papers_lie_beside_the_workbook_and_are_opened(officer: Officer, tmp_path: Path) -> None:
    before, earlier = officer.saved("前"), workbook(tmp_path / "上一稿.xlsx", "102")
    folder = officer.book._folder or Path()
    assert officer.press("sign-off") == f"已生成并打开 {folder / '送审单_自评表终稿(3)_内部使用.xlsx'}。\n仅供内部使用，不随材料报送。"
    officer.press("sign-off")
    assert officer.press("entry").startswith("已生成并打开 ")
    officer.type(FORM, "H43", 9)
    assert officer.press("compare", earlier).startswith("与“上一稿.xlsx”比较：共修改")
    assert officer.press("compare", None) == "没有选择上一稿，没有比较。"
    made = sorted(path.name for path in folder.iterdir())
    assert made == [
        "修改对照表_自评表终稿(3).xlsx",
        "系统录入表_自评表终稿(3)_内部使用.xlsx",
        "送审单_自评表终稿(3)_内部使用.xlsx",
        "送审单_自评表终稿(3)_内部使用_2.xlsx",
    ]
    assert sorted(Path(path).name for path in officer.program.opened) == made
    officer.type(FORM, "H43", 8.6)
    assert differences(before, officer.saved("后")) == []


def test_collect_reads_a_folder_and_opens_the_summary(officer: Officer, tmp_path: Path) -> None:
    folder = tmp_path / "各单位 报送"
    folder.mkdir()
    for case in ("102", "103"):
        workbook(folder / f"{case}.xlsx", case)
    told = officer.press("collect", folder)
    assert told.splitlines()[0].startswith("2 个项目、")
    assert told.splitlines()[-1] == f"已生成并打开 {tmp_path / '汇总_各单位报送.xlsx'}。"
    assert officer.press("collect", None) == "没有选择文件夹，没有汇总。"


def test_help_names_every_button(officer: Officer) -> None:
    from toolkit.addin.call import ACTIONS

    told = officer.press("help")
    assert [line.partition("：")[0] for line in told.splitlines()[1:-1]] == list(ACTIONS.values())


class Encrypted(Book):
    """A workbook whose copies another program encrypts as they are written."""

    def SaveCopyAs(self, path: str) -> None:
        """Save what nobody else can read."""
        super().SaveCopyAs(path)
        Path(path).write_bytes(b"\x62\x14\x00\x65" * 500)


def test_a_copy_that_cannot_be_read_is_told_with_the_cure(officer: Officer, tmp_path: Path) -> None:
    officer.book = Encrypted(tmp_path / "自评表 终稿(3).xlsx", officer.app)
    assert officer.press("check") == (
        "“自评表 终稿(3).xlsx”存出的副本不是 Excel 工作簿，没有改动任何内容；"
        "电脑装有文件加密软件的，请信息部门把 pythonw.exe 设为受信任的程序；有打开密码的，请先取消密码。"
    )
    assert officer.program.state == AT_REST


@pytest.mark.parametrize("name", ["旧表.xls", "表.xlsb", "表.csv"])
def test_kinds_the_buttons_cannot_work_on(officer: Officer, name: str) -> None:
    officer.book.name = name
    assert officer.press("check") == f"“{name}”是 {Path(name).suffix}，按钮不能用；请另存为“Excel 工作簿（*.xlsx）”后再按。"


def test_a_workbook_never_saved(filled: Path, tmp_path: Path) -> None:
    officer = Officer(Path(shutil.copy(filled, tmp_path)))
    officer.book.name = "工作簿1"
    assert officer.press("check").startswith("发现 1 处错误")
    assert str(tmp_path / "用户数据" / "生成的文件") in officer.press("entry")


def test_passwords_are_respected(officer: Officer) -> None:
    officer.book.work["检查结果"].protection.password = "秘密"
    before = officer.saved("前")
    told = officer.press("check")
    assert told == "“自评表 终稿(3).xlsx”的工作表“检查结果”设有保护密码，写不进去；请在“审阅”里撤销工作表保护后再按。"
    assert differences(before, officer.saved("后")) == []


def test_without_a_workbook(officer: Officer) -> None:
    officer.book = None  # type: ignore[assignment]  # nothing is open
    assert officer.press("check") == "没有打开的工作簿。请先打开自评表，再按“重算并检查”。"
