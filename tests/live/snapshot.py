"""Everything about the cells of an open workbook, for comparing before and after.

The spreadsheet program saves a copy, and openpyxl, which the code under test does not read it with, says what is in it.
"""

from __future__ import annotations

import warnings
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from lxml import etree
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.worksheet import Worksheet

_ROW = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}row"
_TRUE = ("1", "true")
_PROTECTION = (
    *("sheet", "objects", "scenarios", "formatCells", "formatColumns", "formatRows", "insertColumns", "insertRows"),
    *("deleteColumns", "deleteRows", "selectLockedCells", "selectUnlockedCells", "sort", "autoFilter", "password"),
)

Taken = dict[str, dict[str, str]]


def read_snapshot(path: Path) -> Taken:
    """Read an .xlsx file as sheet → place → all that is there; what belongs to no sheet stands under ""."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # print areas of whole columns, which are read with the defined names
        book = openpyxl.load_workbook(path)
    styles: dict[int, str] = {}
    taken: Taken = {"": {f"name {name}": str(each.attr_text) for name, each in book.defined_names.items()}}
    with zipfile.ZipFile(path) as package:
        for number, sheet in enumerate(book.worksheets, 1):
            taken[sheet.title] = dict(_cells(sheet, styles)) | dict(_beside(sheet))
            taken[sheet.title] |= dict(_rows(package.read(f"xl/worksheets/sheet{number}.xml")))
    return taken


def differences(before: Taken, after: Taken) -> list[str]:
    """Say what differs between two snapshots, one line each: sheet, place, before, after."""
    lines = [] if list(before) == list(after) else [f"sheets: {list(before)} → {list(after)}"]
    for sheet in [name for name in before if name in after]:
        old, new = before[sheet], after[sheet]
        lines += [
            f"{sheet}!{place}: {old.get(place, '')} → {new.get(place, '')}"
            for place in {**old, **new}
            if old.get(place) != new.get(place)
        ]
    return lines


def changed_places(before: Taken, after: Taken) -> set[str]:
    """Return sheet and place of every difference."""
    return {line.partition(": ")[0] for line in differences(before, after)}


def _cells(sheet: Worksheet, styles: dict[int, str]) -> Iterator[tuple[str, str]]:
    plain = _style(Cell(sheet, 1, 1))
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell, Cell):
                if cell.style_id not in styles:
                    styles[cell.style_id] = _style(cell)
                style = styles[cell.style_id]
                content = "" if cell.value is None else f"{cell.data_type} {cell.value!r}"
                link = f" link {cell.hyperlink.location or cell.hyperlink.target}" if cell.hyperlink else ""
                note = f" note {cell.comment.text!r}" if cell.comment else ""
                if content or link or note or style != plain:
                    yield cell.coordinate, f"{content}{link}{note} [{style}]"


def _style(cell: Cell) -> str:
    """Write out what a cell looks like."""
    font, fill, at = cell.font, cell.fill, cell.alignment
    lines = [
        f"{name} {side.style} {_colour(side.color)}"
        for name in ("left", "right", "top", "bottom")
        if (side := getattr(cell.border, name)) is not None and side.style
    ]
    parts = [
        cell.number_format,
        f"{font.name} {font.sz} {'bold ' * bool(font.b)}{'italic ' * bool(font.i)}{font.u or ''}{_colour(font.color)}",
        f"{fill.fill_type or 'no fill'} {_colour(fill.fgColor) if fill.fill_type else ''}",
        f"{at.horizontal or 'general'} {at.vertical or 'bottom'} {'wrap ' * bool(at.wrap_text)}{at.indent or ''}",
        "locked" if cell.protection.locked else "free",
        *lines,
    ]
    return ", ".join(part.strip() for part in parts)


def _colour(colour: Any) -> str:
    return "" if colour is None else f"{colour.type} {colour.value}"


def _beside(sheet: Worksheet) -> Iterator[tuple[str, str]]:
    yield "merged", " ".join(sorted(str(area) for area in sheet.merged_cells.ranges))
    yield "state", sheet.sheet_state
    yield "protection", ", ".join(f"{name}={getattr(sheet.protection, name)}" for name in _PROTECTION)
    yield "print", f"{sheet.print_area} {sheet.print_title_rows} {[each.id for each in sheet.row_breaks.brk]}"
    for name, each in sheet.defined_names.items():
        yield f"name {name}", str(each.attr_text)
    yield from _rules(sheet)


def _rules(sheet: Worksheet) -> Iterator[tuple[str, str]]:
    """Yield conditional formats and validations with the cells they are for, however the file groups them."""
    rows: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for told in sheet.conditional_formatting:
        for rule in told.rules:
            fill = _colour(rule.dxf.fill.bgColor) if rule.dxf is not None and rule.dxf.fill is not None else ""
            _cover(rows[f"condition {rule.type} {rule.formula} {rule.operator} {fill}"], told.sqref)
    for check in sheet.data_validations.dataValidation:
        said = f"{check.type} {check.operator} {check.formula1} {check.formula2} {check.promptTitle} {check.prompt}"
        _cover(rows[f"validation {said}"], check.sqref)
    for said, columns in rows.items():
        yield said, ", ".join(f"column {column} rows {_runs(found)}" for column, found in sorted(columns.items()))


def _cover(rows: dict[int, set[int]], where: MultiCellRange) -> None:
    for area in where.ranges:
        for column in range(area.min_col, area.max_col + 1):
            rows[column] |= set(range(area.min_row, area.max_row + 1))


def _runs(rows: set[int]) -> str:
    first = [row for row in sorted(rows) if row - 1 not in rows]
    last = [row for row in sorted(rows) if row + 1 not in rows]
    return " ".join(f"{top}–{bottom}" for top, bottom in zip(first, last, strict=True))


def _rows(part: bytes) -> Iterator[tuple[str, str]]:
    """Yield heights, hiding and results of formulas; the height of a row that fits itself depends on when it was last looked at."""
    for _, row in etree.iterparse(BytesIO(part), tag=_ROW):
        height = row.get("ht") if row.get("customHeight") in _TRUE else None
        hidden = row.get("hidden") in _TRUE
        if height or hidden:
            yield f"row {row.get('r')}", f"{height or 'fits'}{' hidden' * hidden}"
        for cell in row:
            if cell.find("{*}f") is not None:
                yield f"result {cell.get('r')}", f"{cell.get('t')} {cell.findtext('{*}v')}"
        row.clear()
