"""Workbooks of the template that several tests look at: published forms, blank ones, and their formula cells."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
from lxml import etree
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.core.form import Form
from toolkit.core.layout import FormLayout, form_layout
from toolkit.core.scheme import Scheme, choose_scheme, load_schemes
from toolkit.intake.interchange import read_interchange
from toolkit.workbook.template import build_workbook

CASES = Path(__file__).parents[2] / "cases"
PUBLISHED = (
    *("006", "014", "020", "024", "033", "035", "036", "037"),
    *(f"10{number}" for number in range(1, 9)),
)
"""Cases with a form: those of other places and years, and the eight of Shenzhen 2021."""
SCHEMES = tuple(load_schemes())
FORM = "自评表"

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
Result = float | str
Formulas = Mapping[str, tuple[str, Result]]
"""Formula and stored result ("" for none) by address."""


def published(case: str) -> Form:
    """Return the form of a case as its interchange file states it."""
    return read_interchange(CASES / f"{case}.json").form


def scheme_of(form: Form) -> Scheme:
    """Return the scheme that is chosen for a form when none is named."""
    return choose_scheme(form, load_schemes())[0]


def built(case: str, folder: Path) -> Path:
    """Build the workbook of a published form."""
    form, path = published(case), folder / f"{case}.xlsx"
    build_workbook(path, form, scheme_of(form))
    return path


def blank(scheme: str, folder: Path, indicators: int | None = None, *, approved: bool = False) -> Path:
    """Build a blank form."""
    path = folder / f"{scheme}-{indicators}-{approved}.xlsx"
    build_workbook(path, None, load_schemes()[scheme], indicators=indicators, approved=approved)
    return path


@cache
def blank_book(scheme: str, indicators: int | None = None, *, approved: bool = False) -> Workbook:
    """Return a blank form as openpyxl reads it; it is shared between tests, which only look at it."""
    with TemporaryDirectory() as folder:
        return opened(blank(scheme, Path(folder), indicators, approved=approved))


def opened(path: Path) -> Workbook:
    """Open a workbook with openpyxl, which nobody here wrote."""
    with warnings.catch_warnings():
        # openpyxl does not know print areas of whole columns.
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(path)


def layout_of(scheme: str) -> FormLayout:
    """Return where everything stands on a blank form."""
    found = load_schemes()[scheme]
    return form_layout(found, [(block.level1, block.level2, block.rows) for block in found.tree])


def messages(sheet: Worksheet) -> Iterator[tuple[str, str, str]]:
    """Yield (cell, title, message) for each cell with an input message."""
    for rule in sheet.data_validations.dataValidation:
        for area in rule.sqref.ranges:
            for row, column in area.cells:
                yield sheet.cell(row, column).coordinate, rule.promptTitle or "", rule.prompt or ""


def formulas(path: Path) -> dict[str, Formulas]:
    """Return the formula cells of every sheet, in the order of the sheets."""
    with zipfile.ZipFile(path) as package:
        book = etree.fromstring(package.read("xl/workbook.xml"))
        names = [sheet.get("name", "") for sheet in book.iter(f"{MAIN}sheet")]
        parts = [package.read(f"xl/worksheets/sheet{number}.xml") for number in range(1, len(names) + 1)]
    return {name: _formulas(etree.fromstring(part)) for name, part in zip(names, parts, strict=True)}


def _formulas(sheet: etree._Element) -> Formulas:
    found = {}
    for cell in sheet.iter(f"{MAIN}c"):
        formula, value = cell.findtext(f"{MAIN}f"), cell.findtext(f"{MAIN}v") or ""
        if formula is not None:
            is_text = cell.get("t") in ("str", "e") or not value
            found[cell.get("r", "")] = (formula, value if is_text else float(value))
    return found
