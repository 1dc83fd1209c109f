"""Where an officer may type, in what form, and what the sheet says about it."""

from __future__ import annotations

import pytest
from openpyxl.utils import coordinate_to_tuple
from openpyxl.worksheet.worksheet import Worksheet

from tests.workbook.template.files import FORM, SCHEMES, blank_book, layout_of, messages
from toolkit.core.scheme import load_schemes

AFTER_APPROVAL = ("实际完成值", "得分", "评分依据", "偏差原因分析及改进措施")
"""What may be typed in an indicator row after 目标已批复."""
OF_LEAVES = {"三级指标", "四级指标", "指标说明", "分值"}
"""What is fixed in the row of an indicator that the scheme names."""
TITLE_MOST, MESSAGE_MOST = 32, 255
"""What Excel keeps of an input message."""


@pytest.fixture(params=SCHEMES)
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=[False, True], ids=["open", "approved"])
def approved(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def sheet(scheme: str, approved: bool) -> Worksheet:
    return blank_book(scheme, approved=approved)[FORM]


def unlocked(sheet: Worksheet) -> set[str]:
    """Return the cells that take typing; of a merged cell its first."""
    inner = {
        place
        for area in sheet.merged_cells.ranges
        for place in area.cells
        if place != (area.min_row, area.min_col)
    }
    return {
        cell.coordinate
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked and (cell.row, cell.column) not in inner
    }


def in_rows(cells: set[str], first: int, last: int) -> set[str]:
    return {cell for cell in cells if first <= coordinate_to_tuple(cell)[0] <= last}


def test_indicator_rows_take_what_the_stage_allows(scheme: str, approved: bool, sheet: Worksheet) -> None:
    layout, free = layout_of(scheme), unlocked(sheet)
    tree = load_schemes()[scheme].tree
    columns = {field: layout.columns.at(field) for field in (*layout.columns.indicator, *layout.columns.beside)}
    levels = {letters for field, letters in columns.items() if field in ("一级指标", "二级指标")}
    method = layout.helpers.rules["计算方式"]
    for (_, rows), own in zip(layout.block_rows(), tree, strict=True):
        for row in rows:
            fields = set(AFTER_APPROVAL) & set(columns) if approved else set(columns) - {"一级指标", "二级指标"}
            if row - rows[0] < len(own.leaves):
                fields -= OF_LEAVES
            expected = {f"{columns[field]}{row}" for field in fields} | (set() if approved else {f"{method}{row}"})
            assert {cell for cell in in_rows(free, row, row) if cell.rstrip("0123456789") not in levels} == expected


def test_levels_take_typing_unless_the_scheme_names_them(scheme: str, approved: bool, sheet: Worksheet) -> None:
    layout, free = layout_of(scheme), unlocked(sheet)
    tree = load_schemes()[scheme].tree
    one, two = layout.columns.at("一级指标"), layout.columns.find("二级指标")
    expected, previous = set(), ""
    for (block, rows), own in zip(layout.block_rows(), tree, strict=True):
        named = any(each.leaves for each in tree if each.level1 == block.level1)
        expected |= {f"{one}{rows[0]}"} if block.level1 != previous and not named else set()
        expected |= {f"{two}{rows[0]}"} if two and not own.leaves else set()
        previous = block.level1
    inside = in_rows(free, layout.indicator_first, layout.indicator_last)
    assert {cell for cell in inside if cell.rstrip("0123456789") in (one, two)} == (set() if approved else expected)


def test_everything_else_that_is_filled_in_takes_typing(scheme: str, approved: bool, sheet: Worksheet) -> None:
    layout, found = layout_of(scheme), load_schemes()[scheme]
    top, named = layout.fund_first, {name: area.replace("$", "") for name, area in layout.names().items()}
    sources, columns = range(top + 1, layout.fund_last + 1), layout.columns
    head = {"年度", "项目名称", "主管部门", "实施单位", "填报单位", "项目编码", "总分_分值", "总分_得分"}
    head |= {"填表人", "负责人", "联系电话", "等级", "填报日期"}
    head |= ({"预期目标", "实际完成情况"} if found.has_goals else set()) | ({"项目金额"} if found.has_project_amount else set())
    expected = {named[name] for name in head} | (set() if approved else {named["目标已批复"]})
    amounts = {"年初预算数", "全年预算数", "到位金额", "到位率", "全年执行数", "执行率"} & set(columns.fund)
    expected |= {f"{columns.fund_at(field)}{row}" for field in amounts for row in sources}
    # The total of a single row is no sum, and rates are no sums at all.
    of_total = (amounts if layout.fund_rows == 1 else amounts & {"到位率", "执行率"}) | ({"得分"} & set(columns.fund))
    expected |= {f"{columns.fund_at(field)}{top}" for field in of_total}
    expected |= set() if approved or columns.find_fund("分值") is None else {f"{columns.fund_at('分值')}{top}"}
    outside = unlocked(sheet) - in_rows(unlocked(sheet), layout.indicator_first, layout.indicator_last)
    assert outside == expected


def test_every_input_cell_says_what_to_enter(sheet: Worksheet) -> None:
    told = list(messages(sheet))
    cells = [cell for cell, _, _ in told]
    assert len(cells) == len(set(cells)), "two messages for one cell"
    assert unlocked(sheet) - set(cells) == set()
    assert [each for each in told if not 0 < len(each[1]) <= TITLE_MOST or not 0 < len(each[2]) <= MESSAGE_MOST] == []


def test_cells_for_numbers_name_the_unit_and_an_example(scheme: str, sheet: Worksheet) -> None:
    layout = layout_of(scheme)
    told = {cell: message for cell, _, message in messages(sheet)}
    columns, row, source = layout.columns, layout.indicator_first, layout.fund_last
    amounts = [columns.fund_at(field) for field in ("年初预算数", "全年执行数") if columns.find_fund(field)]
    asked = [*(f"{column}{source}" for column in amounts if layout.fund_rows > 1)]
    asked += [f"{columns.at('分值')}{row}", f"{columns.at('得分')}{row}"]
    assert [cell for cell in asked if not names(told[cell], "单位", "例")] == []
    if layout.fund_rows > 1:
        assert names(told[f"{columns.fund_at('全年预算数')}{source}"], load_schemes()[scheme].currency_unit)
    if columns.target_cell and not columns.splits_target:
        assert names(told[f"{columns.target_cell}{row}"], "例", "≥95%")
    if columns.find("实际完成值"):
        assert names(told[f"{columns.at('实际完成值')}{row}"], "例", "单位")
    assert names(told["A2"], "例")


def names(message: str, *words: str) -> bool:
    return all(word in message for word in words)


def test_values_are_kept_as_texts(scheme: str, sheet: Worksheet) -> None:
    """=42个 would be a broken formula, 3-5 a date, and 95% would lose its sign."""
    layout = layout_of(scheme)
    rows = range(layout.indicator_first, layout.indicator_last + 1)
    texts = [layout.columns.at(field) for field in layout.columns.indicator if field not in ("一级指标", "二级指标", "分值", "得分")]
    assert len(texts) >= 4
    assert {sheet[f"{column}{row}"].number_format for column in texts for row in rows} == {"@"}
    named = {name: area.replace("$", "") for name, area in layout.names().items()}
    cells = [named[name] for name in ("项目名称", "主管部门", "实施单位", "填报单位", "项目编码")]
    assert {sheet[cell].number_format for cell in cells} == {"@"}


def test_amounts_may_not_be_below_zero_and_choices_are_listed(scheme: str, sheet: Worksheet) -> None:
    layout = layout_of(scheme)
    rules = {
        str(sheet.cell(*place).coordinate): (rule.type, rule.operator, rule.formula1)
        for rule in sheet.data_validations.dataValidation
        for area in rule.sqref.ranges
        for place in area.cells
    }
    amounts = [layout.columns.fund_at(field) for field in ("年初预算数", "全年预算数", "全年执行数") if field in layout.columns.fund]
    for row in range(layout.fund_first + 1, layout.fund_last + 1):
        assert {rules[f"{column}{row}"] for column in amounts} == {("decimal", "greaterThanOrEqual", "0")}
    assert rules[layout.names()["目标已批复"].replace("$", "")] == ("list", None, "是否表")
    assert rules[f"{layout.helpers.rules['计算方式']}{layout.indicator_first}"][0] == "list"
