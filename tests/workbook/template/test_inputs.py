"""Where an officer may type, in what form, and what the sheet says about it."""

from __future__ import annotations

import pytest
from openpyxl.utils import coordinate_to_tuple
from openpyxl.worksheet.worksheet import Worksheet

from tests.workbook.template.files import FORM, SCHEMES, blank_book, layout_of, messages
from toolkit.core.scheme import load_schemes

OPEN_COLUMNS, APPROVED_COLUMNS = "BCDEFGHIK", "FHI"
"""What may be typed in an indicator row, before and after 目标已批复."""
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
    columns = APPROVED_COLUMNS if approved else OPEN_COLUMNS
    inside = [area for area in sheet.merged_cells.ranges if area.min_col == area.max_col and area.min_col in (2, 3)]
    for row in range(layout.indicator_first, layout.indicator_last + 1):
        held = {"BC"[area.min_col - 2] for area in inside if area.min_row < row <= area.max_row}
        assert in_rows(free, row, row) == {f"{column}{row}" for column in columns if column not in held}


def test_everything_else_that_is_filled_in_takes_typing(scheme: str, approved: bool, sheet: Worksheet) -> None:
    layout = layout_of(scheme)
    top, total, sign = layout.fund_first, layout.total_row, layout.sign_row
    sources = range(top + 1, layout.fund_last + 1)
    expected = {"A2", "B3", "B4", "G4", "L1", "L2", f"H{top}", f"I{top}", f"B{layout.goal_row}", f"F{layout.goal_row}"}
    expected |= {f"{column}{row}" for column in "DEFH" for row in sources}
    expected |= {f"H{total}", f"B{sign}", f"E{sign}", f"G{sign}", f"B{sign + 1}", f"E{sign + 1}"}
    expected |= {f"G{total}"} | ({"G3"} if load_schemes()[scheme].has_project_amount else set())
    expected |= set() if approved else {"L3", f"G{top}"}
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
    row, source = layout.indicator_first, layout.fund_first + 1
    assert [cell for cell in (f"D{source}", f"F{source}", f"G{row}", f"H{row}") if not names(told[cell], "单位", "例")] == []
    assert names(told[f"E{source}"], load_schemes()[scheme].currency_unit)
    assert names(told[f"E{row}"], "例", "≥95%") and names(told[f"F{row}"], "例", "单位") and names(told["A2"], "例")


def names(message: str, *words: str) -> bool:
    return all(word in message for word in words)


def test_values_are_kept_as_texts(scheme: str, sheet: Worksheet) -> None:
    """=42个 would be a broken formula, 3-5 a date, and 95% would lose its sign."""
    layout = layout_of(scheme)
    rows = range(layout.indicator_first, layout.indicator_last + 1)
    assert {sheet[f"{column}{row}"].number_format for column in "DEFI" for row in rows} == {"@"}
    assert {sheet[cell].number_format for cell in ("B3", "B4", "G4", "L1", "L2")} == {"@"}


def test_amounts_may_not_be_below_zero_and_choices_are_listed(scheme: str, sheet: Worksheet) -> None:
    layout = layout_of(scheme)
    rules = {
        str(sheet.cell(*place).coordinate): (rule.type, rule.operator, rule.formula1)
        for rule in sheet.data_validations.dataValidation
        for area in rule.sqref.ranges
        for place in area.cells
    }
    for row in range(layout.fund_first + 1, layout.fund_last + 1):
        assert {rules[f"{column}{row}"] for column in "DEF"} == {("decimal", "greaterThanOrEqual", "0")}
    assert rules["L3"] == ("list", None, "是否表")
    assert rules[f"K{layout.indicator_first}"][0] == "list"
