"""The built workbook as a program sees it: names, page, protection, rows shown, and the same bytes every time."""

from __future__ import annotations

import dataclasses
import zipfile
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.office.bench import Office
from tests.workbook.template.files import FORM, SCHEMES, blank_book, built, layout_of, opened
from toolkit.core.form import Cell, Form
from toolkit.core.layout import CAPACITY, SHEETS
from toolkit.core.scheme import load_schemes
from toolkit.workbook.build import FOLDER, SUFFIXES, build_templates
from toolkit.workbook.read import read_forms
from toolkit.workbook.template import build_workbook
from toolkit.workbook.template.build import blank_form
from toolkit.workbook.template.indicator_rows import blank_indicator

ROOT = Path(__file__).parents[3]
A4 = 9
PAGES = {
    "national-2020": ("I", "portrait"),
    "shenzhen-2021": ("I", "portrait"),
    "anhui-2023": ("I", "portrait"),
    "hubei-2020": ("H", "portrait"),
    "sichuan-2021": ("H", "portrait"),
    "yunnan-2022": ("K", "portrait"),
    "guangdong-2021": ("J", "landscape"),
    "guangdong-2024": ("K", "landscape"),
    "foshan-department-2022": ("J", "landscape"),
}
"""Last printed column of each scheme's form, and how its page lies."""
LEAST_ROWS = {"guangdong-2021": 18, "foshan-department-2022": 10}
"""Indicators that a scheme names itself: they are shown, however few rows are asked for."""


@pytest.fixture(params=SCHEMES)
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def sheet(scheme: str) -> Worksheet:
    """Return the form sheet of a blank workbook."""
    return blank_book(scheme)[FORM]


def test_names_belong_to_the_form_sheet(scheme: str, sheet: Worksheet) -> None:
    named = {name: defined.attr_text for name, defined in sheet.defined_names.items()}
    assert named == {name: f"'{FORM}'!{area}" for name, area in layout_of(scheme).names().items()}
    # What stands once in the workbook is named once; a name of both kinds would speak of two things.
    assert sheet.parent is not None and not set(named) & set(sheet.parent.defined_names)


def test_the_form_prints_on_a4_one_page_wide(scheme: str, sheet: Worksheet) -> None:
    last = layout_of(scheme).sign_row + 1
    column, orientation = PAGES[scheme]
    assert sheet.print_area == f"'{FORM}'!$A$1:${column}${last}"
    page = sheet.page_setup
    assert (page.paperSize, page.orientation, page.fitToWidth or 1, page.fitToHeight) == (A4, orientation, 1, 0)
    fitted = sheet.sheet_properties.pageSetUpPr
    assert fitted is not None and fitted.fitToPage
    assert sheet.print_title_rows == f"${layout_of(scheme).indicator_heading_row}:${layout_of(scheme).indicator_heading_row}"


def test_protection_has_no_password_and_lets_rows_and_columns_be_shown(scheme: str) -> None:
    for each in blank_book(scheme):
        if each.title == "自评报告":  # free text: rows are inserted, merged and set as in a document
            assert not each.protection.sheet
            continue
        protection = each.protection
        # An attribute of a protection says what is locked, not what is allowed.
        assert (protection.sheet, protection.password) == (True, None), each.title
        assert not protection.formatRows and not protection.formatColumns, each.title


def test_nothing_is_hidden_but_spare_rows(scheme: str) -> None:
    book = blank_book(scheme)
    assert tuple(book.sheetnames) == SHEETS
    assert {each.sheet_state for each in book} == {"visible"}
    defined = [*book.defined_names.values(), *(name for each in book for name in each.defined_names.values())]
    assert len(defined) > 50 and not any(name.hidden for name in defined)
    assert not any(column.hidden for each in book for column in each.column_dimensions.values())
    assert {each.title for each in book if hidden_rows(each)} == {FORM}


def hidden_rows(sheet: Worksheet) -> list[int]:
    return [number for number, row in sheet.row_dimensions.items() if row.hidden]


@pytest.mark.parametrize("case", ["101", "104", "020", "014", "035", "036", "037"])
def test_hidden_rows_hold_formulas_only(case: str, tmp_path: Path) -> None:
    sheet = opened(built(case, tmp_path))[FORM]
    hidden = hidden_rows(sheet)
    assert hidden
    typed = [cell.coordinate for row in hidden for cell in sheet[row] if cell.value is not None and cell.data_type != "f"]
    assert typed == []


@pytest.mark.parametrize("count", [10, 11, 37, 60])
def test_as_many_rows_are_shown_as_asked_for(count: int, scheme: str) -> None:
    sheet = blank_book(scheme, count)[FORM]
    layout = layout_of(scheme)
    rows = range(layout.indicator_first, layout.indicator_last + 1)
    assert len(rows) == CAPACITY
    assert set(hidden_rows(sheet)) < set(rows) or count == CAPACITY
    assert len(rows) - len(hidden_rows(sheet)) == max(count, LEAST_ROWS.get(scheme, 0))
    # Every 二级指标 has a row to begin with, and its cell spans its spare rows too.
    merged = [area for area in sheet.merged_cells.ranges if area.min_col == area.max_col == 3 and area.min_row in rows]
    assert all(area.min_row not in hidden_rows(sheet) for area in merged)


def test_a_form_of_75_indicators_works(tmp_path: Path, office: Office) -> None:
    form, path = long_form(75), tmp_path / "长表.xlsx"
    build_workbook(path, form, load_schemes()["national-2020"])
    (read,) = read_forms(path)
    assert [row.level3.text for row in read.indicators] == [row.level3.text for row in form.indicators]
    assert [row.score.text for row in read.indicators] == ["0.90"] * 75
    top = read.indicators[0].score.address or ""
    first, last = int(top[1:]), int(top[1:]) + 74
    answer = office.recalculate(path, {FORM: f"G{first}:H{last + 1}", "数据来源": "C4:C78"})
    assert answer[FORM] == [[1.0, 0.9]] * 75 + [[85.0, 67.5]]
    assert answer["数据来源"] == [[f"指标{number}"] for number in range(75)]


def long_form(count: int) -> Form:
    """Return a form of rows that are met to nine tenths, one point each."""
    rows = tuple(
        dataclasses.replace(
            blank_indicator(),
            level1=Cell(text="产出指标" if number < 50 else "效益指标"),
            level2=Cell(text="数量指标" if number < 50 else "社会效益指标"),
            level3=Cell(text=f"指标{number}"),
            target=Cell(text="≥10个"),
            actual=Cell(text="9个"),
            weight=Cell(text="1"),
        )
        for number in range(count)
    )
    return dataclasses.replace(blank_form(load_schemes()["national-2020"]), indicators=rows)


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build all templates once more."""
    folder = tmp_path_factory.mktemp("templates")
    build_templates(folder)
    return folder


def test_two_builds_have_the_same_bytes(rebuilt: Path, tmp_path: Path) -> None:
    names = [f"{scheme}{suffix}" for scheme in SCHEMES for suffix in SUFFIXES]
    assert [path.name for path in build_templates(tmp_path)] == names
    for name in names:
        assert (tmp_path / name).read_bytes() == (rebuilt / name).read_bytes()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_built_templates_are_those_of_the_sources(scheme: str, suffix: str, rebuilt: Path) -> None:
    assert {path.name for path in (ROOT / FOLDER).iterdir()} == {path.name for path in rebuilt.iterdir()}
    name = f"{scheme}{suffix}"
    assert parts(ROOT / FOLDER / name) == parts(rebuilt / name), "run make build"


def parts(path: Path) -> list[tuple[str, tuple[int, ...], bytes]]:
    """Return the parts of a package in order: how they are packed depends on the zlib at hand, what they hold does not."""
    with zipfile.ZipFile(path) as package:
        return [(each.filename, each.date_time, package.read(each)) for each in package.infolist()]
