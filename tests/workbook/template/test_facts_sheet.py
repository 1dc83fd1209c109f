"""The sheet 报告要素 as an officer meets it: names, what may be typed, what is said about it, 状态."""

from __future__ import annotations

import dataclasses
import warnings
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.office.bench import Office
from tests.workbook.facts_given import every_fact, with_facts
from tests.workbook.template.files import SCHEMES, blank_book, built, messages, opened, scheme_of
from toolkit.checks.facts import known_cells
from toolkit.core.facts import FactKind, fact_groups, problem_of
from toolkit.core.form import Form
from toolkit.core.scheme import load_schemes
from toolkit.workbook.template import build_workbook

SHEET = "报告要素"


@pytest.fixture(params=SCHEMES)
def sheet(request: pytest.FixtureRequest) -> Any:
    return blank_book(str(request.param))[SHEET]


def named(sheet: Any) -> dict[str, str]:
    return {name: str(found.attr_text).rpartition("!")[2].replace("$", "") for name, found in sheet.defined_names.items()}


def test_every_field_and_every_column_has_a_name_on_its_input(sheet: Any) -> None:
    names = named(sheet)
    expected: set[str] = set()
    # What last year's form says has a place only where there was one.
    for group in (group for group in fact_groups() if not group.last_year):
        for fact in group.facts:
            row = sheet[names[fact.name]].row
            assert (sheet.cell(row, 2).value, names[fact.name]) == (fact.name, f"C{row}")
            expected |= {fact.name} | ({f"{fact.name}_依据"} if fact.kind is FactKind.TICK else set())
        for table in group.tables:
            for column in table.columns:
                first, _, last = names[f"{table.name}_{column.name}"].partition(":")
                assert sheet.cell(sheet[first].row - 1, sheet[first].column).value == column.name
                assert sheet[last].row - sheet[first].row + 1 == table.rows
            expected |= {f"{table.name}_{column.name}" for column in table.columns}
    assert set(names) - {"Print_Titles", "Print_Area"} == expected


def test_inputs_and_nothing_else_may_be_typed(sheet: Any) -> None:
    inputs = {cell.coordinate for area in inputs_of(sheet) for row in sheet[area] for cell in row}
    free = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    assert free == inputs
    assert sheet.protection.sheet and not sheet.protection.password


def inputs_of(sheet: Any) -> list[str]:
    areas = [area for name, area in named(sheet).items() if not name.startswith("Print_")]
    return [area if ":" in area else f"{area}:{area}" for area in areas]


def test_every_input_says_what_to_enter_and_only_warns(sheet: Any) -> None:
    told = list(messages(sheet))
    cells = [cell for cell, _, _ in told]
    assert len(cells) == len(set(cells))
    assert set(cells) == {cell.coordinate for area in inputs_of(sheet) for row in sheet[area] for cell in row}
    assert [each for each in told if not 0 < len(each[1]) <= 32 or not 0 < len(each[2]) <= 255] == []
    assert {rule.errorStyle for rule in sheet.data_validations.dataValidation} == {"warning"}


def test_statements_and_choices_are_lists(sheet: Any) -> None:
    rules = {str(area): rule for rule in sheet.data_validations.dataValidation for area in rule.sqref.ranges}
    names = named(sheet)
    assert rules[names["专款专用"]].formula1 == '"是,否,不适用"'
    assert rules[names["资金依据_用途"]].formula1 == '"资金下达,资金分配,立项依据,任务下达"'
    assert rules[names["采购方式"]].type == "list"


def test_a_group_that_this_form_does_not_need_says_so_and_is_there() -> None:
    for scheme in SCHEMES:
        sheet = blank_book(scheme)[SHEET]
        row = next(row for row in range(1, sheet.max_row) if str(sheet.cell(row, 1).value).startswith("辛、"))
        department = "部门整体支出" in load_schemes()[scheme].form_title
        assert ("本表不用填" in str(sheet.cell(row, 4).value)) is not department
    assert "每年" not in str(sheet["A2"].value) and "甲" in str(sheet["A2"].value)


def test_amounts_are_exampled_in_the_unit_of_the_form() -> None:
    examples = {}
    for scheme in SCHEMES:
        sheet = blank_book(scheme)[SHEET]
        row = sheet[named(sheet)["资金到位金额"]].row
        examples[load_schemes()[scheme].currency_unit] = (sheet.cell(row, 4).value, sheet.cell(row, 5).value)
    assert examples["元"] == ("数，单位：元", "314000.00")
    assert examples["万元"] == ("数，单位：万元", "31.4")


def test_long_texts_get_the_height_to_be_read(tmp_path: Path) -> None:
    long = "资金请拨流程时间较长，导致资金支出进度比较被动。" * 8
    form = with_facts("102", {"存在问题": long})
    build_workbook(tmp_path / "a.xlsx", form, scheme_of(form))
    sheet = opened(tmp_path / "a.xlsx")[SHEET]
    cell = sheet[named(sheet)["存在问题"]]
    lines = len(long) * 2 / (sheet.column_dimensions["C"].width - 2)
    assert sheet.row_dimensions[cell.row].height >= 14 * lines and cell.alignment.wrap_text


TYPED: tuple[tuple[str, Any, str], ...] = (
    ("单位简称", "", "未填"),
    ("单位简称", "1", "已填"),
    ("填报日期", "2022年4月", "已填"),
    ("填报日期", "4-15", "已填"),
    ("填报日期", "近期", "格式不对"),
    ("自评通知文号", "河财绩〔2022〕5号", "已填"),
    ("自评通知文号", "河财绩[2022]5号", "格式不对"),
    ("专人数", "1", "已填"),
    ("专人数", "1.5", "格式不对"),
    ("专人数", "2人", "已填"),
    ("专人数", "若干", "格式不对"),
    ("合同金额", "31.28万元", "已填"),
    ("合同金额", "-1", "格式不对"),
    ("合同金额", "约30", "格式不对"),
    ("专款专用", "是", "已填"),
    ("专款专用", "√", "已填"),
    ("专款专用", "基本是", "格式不对"),
    ("采购方式", "询价", "已填"),
    ("采购方式", "磋商", "格式不对"),
)


@dataclasses.dataclass(frozen=True)
class Round:
    """A workbook in which every field is filled at most once, with 状态 as the file holds it."""

    path: Path
    form: Form
    wanted: dict[str, str]
    rows: dict[str, int]
    stored: dict[str, str]


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> list[Round]:
    """Return as many workbooks as it takes to fill every field with everything it is tried with."""
    filled: list[dict[str, tuple[str, str]]] = []
    for name, text, state in TYPED:
        free = next((each for each in filled if name not in each), None)
        if free is None:
            filled.append(free := {})
        free[name] = (text, state)
    folder = tmp_path_factory.mktemp("rounds")
    return [_round(folder / f"{number}.xlsx", facts) for number, facts in enumerate(filled)]


def _round(path: Path, facts: dict[str, tuple[str, str]]) -> Round:
    form = with_facts("102", {name: text for name, (text, _) in facts.items() if text})
    build_workbook(path, form, scheme_of(form))
    sheet = stored_book(path)[SHEET]
    rows = {name: sheet[area].row for name, area in named(sheet).items() if name in facts}
    stored = {name: str(sheet.cell(row, 7).value) for name, row in rows.items()}
    return Round(path, form, {name: state for name, (_, state) in facts.items()}, rows, stored)


def stored_book(path: Path) -> Any:
    with warnings.catch_warnings():
        # openpyxl does not know print areas of whole columns.
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(path, data_only=True)


def test_status_says_whether_a_field_is_filled_and_fits(rounds: list[Round]) -> None:
    assert [each.stored for each in rounds] == [each.wanted for each in rounds]


def test_status_never_refuses_what_the_check_accepts(rounds: list[Round]) -> None:
    for each in rounds:
        refused = {name for name, state in each.stored.items() if state == "格式不对"}
        wrong = {fact.name for fact, cell in known_cells(each.form) if problem_of(fact, cell)}
        assert refused <= wrong


def test_status_is_what_libreoffice_computes(rounds: list[Round], office: Office) -> None:
    for each in rounds:
        block = office.recalculate(each.path, {SHEET: f"G1:G{max(each.rows.values())}"})[SHEET]
        assert {name: block[row - 1][0] for name, row in each.rows.items()} == each.stored


def test_what_is_counted_is_what_libreoffice_counts(tmp_path: Path, office: Office) -> None:
    form: Form = with_facts("102", every_fact())
    build_workbook(tmp_path / "a.xlsx", form, scheme_of(form))
    stored = stored_book(tmp_path / "a.xlsx")[SHEET]
    area = f"G1:G{stored.max_row}"
    block = office.recalculate(tmp_path / "a.xlsx", {SHEET: area})[SHEET]
    counts = [str(cell.value) for (cell,) in stored[area]]
    shown = [(row, text) for row, text in enumerate(counts) if text.endswith((" 项", " 行"))]
    assert len(shown) == sum(bool(group.facts) + len(group.tables) for group in fact_groups())
    assert [block[row][0] for row, _ in shown] == [text for _, text in shown]


def test_the_built_cases_hold_no_fact(tmp_path: Path) -> None:
    sheet = opened(built("102", tmp_path))[SHEET]
    assert {sheet[area.partition(":")[0]].value for area in inputs_of(sheet)} == {None}
