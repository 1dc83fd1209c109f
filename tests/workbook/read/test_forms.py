"""A form is found and read whatever happened to its sheet."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from tests.workbook.officer_form import INDICATORS, LAYOUT, write_form
from toolkit.core.form import Form, Line, Origin
from toolkit.workbook.read import read_forms, read_workbook

FIRST = LAYOUT.indicator_first
LEVELS_AND_VALUES = ("level1", "level2", "level3", "target", "actual", "weight", "score", "deviation")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_form(tmp_path / "自评表.xlsx")


def texts_of(form: Form) -> list[list[str]]:
    return [[getattr(row, name).text for name in LEVELS_AND_VALUES] for row in form.indicators]


def resaved(path: Path, change: Callable[[Worksheet], object]) -> Path:
    """Let openpyxl change the form sheet, as a program would that knows nothing of our names."""
    workbook = openpyxl.load_workbook(path)
    change(workbook["自评表"])
    out = path.with_name("改动.xlsx")
    workbook.save(out)
    return out


def test_every_value_with_its_place(book: Path) -> None:
    (form,) = read_forms(book)
    assert texts_of(form) == INDICATORS
    header = (form.organisation, form.project_name, form.project_amount, form.department, form.implementing_unit)
    assert [(cell.field, cell.text, cell.address) for cell in header] == [
        ("填报单位", "深圳市社会保险基金管理局", "L1"),
        ("项目名称", "社保业务公众服务经费", "B3"),
        ("项目金额", "14389280", "G3"),
        ("主管部门", "深圳市社会保险基金管理局", "B4"),
        ("实施单位", "本级", "G4"),
    ]
    assert (form.year, form.currency_unit, form.kind, form.sheet) == (2021, "元", "项目支出绩效自评表", "自评表")
    assert (form.scheme_id, form.region) == ("shenzhen-2021", "广东省深圳市")
    assert (dict(form.declared_weights), dict(form.facts)) == ({}, {})
    total = form.funds[0]
    assert [cell.text for _, cell in total.amounts()] == ["4478000.00", "4448000.00", "3866689.10"]
    assert (total.rate.field, total.rate.text, total.rate.address) == ("年度资金总额·执行率", "0.86", "H6")
    assert (form.expected_goal.text, form.achieved_goal.text) == ("完成外包服务。", "已完成。")
    assert (form.total_weight.text, form.grade.text) == ("100", "优")
    assert (form.total_score.text, form.total_score.exact) == ("97.5", Decimal("97.49"))


def test_lines_count_as_in_an_interchange_file(book: Path) -> None:
    (form,) = read_forms(book)
    assert [line.kind.line for line in form.funds] == [Line.FUNDS, Line.FUNDS + 1]
    assert [row.score.line for row in form.indicators] == [Line.INDICATORS + index for index in range(len(INDICATORS))]
    assert (form.expected_goal.line, form.total_score.line) == (Line.GOALS, Line.TOTAL)
    assert {row.score.origin for row in form.indicators} == {Origin.TYPED}


def damaged_names(sheet: Worksheet) -> None:
    for name in list(sheet.defined_names):
        sheet.defined_names[name] = DefinedName(name, attr_text="#REF!")


def misplaced_names(sheet: Worksheet) -> None:
    for name in list(sheet.defined_names):
        sheet.defined_names[name] = DefinedName(name, attr_text="自评表!$E$12:$E$13")


def without_names(sheet: Worksheet) -> None:
    for name in list(sheet.defined_names):
        del sheet.defined_names[name]


@pytest.mark.parametrize("change", [damaged_names, misplaced_names, without_names])
def test_headings_win_over_names(book: Path, change: Callable[[Worksheet], None]) -> None:
    assert read_forms(resaved(book, change)) == read_forms(book)


def insert_column(sheet: Worksheet, before: int) -> None:
    merges = [str(area) for area in sheet.merged_cells.ranges]
    for area in merges:
        sheet.unmerge_cells(area)
    sheet.insert_cols(before)


@pytest.mark.parametrize("before", [1, 2, 3, 4, 5, 6, 8, 9])
def test_an_inserted_column(book: Path, before: int) -> None:
    (form,) = read_forms(resaved(book, lambda sheet: insert_column(sheet, before)))
    (original,) = read_forms(book)
    assert texts_of(form) == INDICATORS
    assert (form.funds, form.project_name, form.project_amount) == (
        original.funds,
        original.project_name,
        original.project_amount,
    )
    assert (form.expected_goal, form.achieved_goal, form.total_score, form.grade) == (
        original.expected_goal,
        original.achieved_goal,
        original.total_score,
        original.grade,
    )


def unmerge(sheet: Worksheet) -> None:
    for area in [str(area) for area in sheet.merged_cells.ranges]:
        sheet.unmerge_cells(area)


@pytest.mark.parametrize("before", [1, 3, FIRST, FIRST + 1, FIRST + 3, LAYOUT.total_row])
def test_an_inserted_row(book: Path, before: int) -> None:
    def insert(sheet: Worksheet) -> None:
        unmerge(sheet)
        sheet.insert_rows(before)

    (form,) = read_forms(resaved(book, insert))
    assert texts_of(form) == INDICATORS
    assert (form.total_score.text, form.grade.text, form.project_name.text) == ("97.5", "优", "社保业务公众服务经费")


def test_a_deleted_indicator_row(book: Path) -> None:
    def delete(sheet: Worksheet) -> None:
        unmerge(sheet)
        sheet.delete_rows(FIRST + 1)

    (form,) = read_forms(resaved(book, delete))
    assert texts_of(form) == [INDICATORS[0], *INDICATORS[2:]]


def test_a_deleted_fund_row(book: Path) -> None:
    def delete(sheet: Worksheet) -> None:
        unmerge(sheet)
        sheet.delete_rows(LAYOUT.fund_last)

    (form,) = read_forms(resaved(book, delete))
    assert [line.name for line in form.funds] == ["年度资金总额"]
    assert texts_of(form) == INDICATORS


def test_a_renamed_sheet(book: Path) -> None:
    (form,) = read_forms(resaved(book, lambda sheet: setattr(sheet, "title", "公众服务经费")))
    assert form.sheet == "公众服务经费"
    assert texts_of(form) == INDICATORS


def test_a_copied_sheet_is_a_second_form(book: Path) -> None:
    workbook = openpyxl.load_workbook(book)
    other = workbook.copy_worksheet(workbook["自评表"])
    other.title = "自评表 (2)"
    other["B3"] = "另一个项目"
    workbook.save(book)
    first, second = read_forms(book)
    assert (first.sheet, second.sheet) == ("自评表", "自评表 (2)")
    assert (first.project_name.text, second.project_name.text) == ("社保业务公众服务经费", "另一个项目")
    assert second.indicators == first.indicators
    assert second.indicators[0].score.sheet == "自评表 (2)"


def test_two_forms_below_one_another_on_one_sheet(book: Path) -> None:
    def stack(sheet: Worksheet) -> None:
        unmerge(sheet)
        for address, cell in [(f"{c.column_letter}{c.row + 40}", c) for row in sheet["A1:I30"] for c in row]:
            sheet[address] = cell.value
            sheet[address].number_format = cell.number_format

    first, second = read_forms(resaved(book, stack))
    assert texts_of(first) == texts_of(second) == INDICATORS
    assert (second.project_name.text, second.year, second.total_score.text) == ("社保业务公众服务经费", 2021, "97.5")


def test_rows_in_use_are_those_with_something_typed(tmp_path: Path) -> None:
    spare = {f"I{FIRST + 2}": "只写了原因", f"D{FIRST + 5}": "", f"H{FIRST + 7}": ("=L18", "")}
    (form,) = read_forms(write_form(tmp_path / "a.xlsx", spare))
    assert [row.score.address for row in form.indicators] == ["H11", "H12", "H13", "H15", "H17", "H19"]
    assert (form.indicators[2].deviation.field, form.indicators[2].name) == (
        "指标第 3 行·偏差原因分析及改进措施",
        "数量指标",
    )


def test_other_headings_mean_the_same(tmp_path: Path) -> None:
    top = LAYOUT.indicator_heading_row
    other = {
        "E5": "调整后预算数\n(A)",
        "F5": "全年执行数(B)",
        "H5": "预算执行率（B/A）",
        f"F{top}": "全年实际值",
        f"G{top}": "权重",
        f"H{top}": "自评得分",
        f"I{top}": "未完成原因分析",
    }
    (form,) = read_forms(write_form(tmp_path / "a.xlsx", other))
    (usual,) = read_forms(write_form(tmp_path / "b.xlsx"))
    assert form == usual


def test_a_heading_that_says_nothing_leaves_it_to_the_name(tmp_path: Path) -> None:
    top = LAYOUT.indicator_heading_row
    (form,) = read_forms(write_form(tmp_path / "a.xlsx", {f"E{top}": "绩效", f"I{top}": "情况"}))
    assert texts_of(form) == INDICATORS


def test_the_unit_of_the_amounts(tmp_path: Path) -> None:
    (form,) = read_forms(write_form(tmp_path / "a.xlsx", {"A5": "项目资金\n（万元）"}))
    assert form.currency_unit == "万元"


@pytest.mark.parametrize("typed", ["（2022年度）", "2022 年度", "2022"])
def test_the_year_as_text(tmp_path: Path, typed: str) -> None:
    (form,) = read_forms(write_form(tmp_path / "a.xlsx", {"A2": typed, "B3": "2019年度邮寄费"}))
    assert form.year == 2022


def test_a_year_in_the_name_of_the_project_is_not_the_year_of_the_form(tmp_path: Path) -> None:
    (form,) = read_forms(write_form(tmp_path / "a.xlsx", {"A2": "", "B3": "2019年度邮寄费"}))
    assert form.year is None


def test_the_method_counts_only_when_it_was_chosen(tmp_path: Path) -> None:
    chosen = {f"K{FIRST}": "人工", f"K{FIRST + 1}": ('=IF(V12="","",V12)', "正向")}
    (form,) = read_forms(write_form(tmp_path / "a.xlsx", chosen))
    assert [row.method.text for row in form.indicators[:2]] == ["人工", ""]


def test_blanks_zero_marks_and_errors_stay_apart(tmp_path: Path) -> None:
    typed = {f"F{FIRST}": "", f"F{FIRST + 1}": "0", f"F{FIRST + 4}": "—", f"G{FIRST}": ("=1/0", "#DIV/0!")}
    (form,) = read_forms(write_form(tmp_path / "a.xlsx", typed))
    assert [row.actual.text for row in form.indicators[:3]] == ["", "0", "—"]
    assert (form.indicators[0].weight.text, form.indicators[0].weight.origin) == ("#DIV/0!", Origin.FORMULA)


def test_an_unknown_scheme_is_told(tmp_path: Path) -> None:
    found = read_workbook(write_form(tmp_path / "a.xlsx", {"A1": "项目支出绩效自评表"}))
    assert (found.remarks, found.template_version, found.answers) == ((), "2026.1", ())
    shutil.copy(tmp_path / "a.xlsx", tmp_path / "b.xlsx")
    workbook = openpyxl.load_workbook(tmp_path / "b.xlsx")
    workbook["评分参数"]["B1"] = "某地-1999"
    workbook.save(tmp_path / "b.xlsx")
    assert read_workbook(tmp_path / "b.xlsx").remarks == ("评分参数里的标准编号“某地-1999”不认识，按全国标准读取",)
