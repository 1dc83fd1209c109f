"""Values and formulas of open documents, read and written as Excel would. Runs under the system's Python.

A value travels as text, number, logical value, None for an empty cell, {"error": "#N/A"}, {"date": serial number}
or {"money": amount}: the kinds of value that Excel itself tells apart.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import uno

from tests.office.cells import error_text
from tests.office.formulas import Formulas
from tests.office.opened import Opened, bounds_of, refuse_protected
from tests.office.typed import LONGEST_TEXT, changed_by_excel

_DATE, _CURRENCY, _TEXT, _LOGICAL = 2, 8, 256, 1024
_ERRORS = 4
_ANY_RESULT = 1 | 2 | _ERRORS
_CONTENTS = 1 | 2 | 4 | 16
_EVERYTHING = 1023
_ENGLISH = "General"

Rows = list[list[Any]]


class LiveCells:
    """The requests that concern the contents of cells."""

    def __init__(self, opened: Opened) -> None:
        """Answer for the documents of ``opened``."""
        self._opened = opened

    def read(self, sheet: int, area: Sequence[int]) -> Rows:
        """Read a range, one list per row."""
        found = self._opened.area(sheet, area)
        rows: Rows = [list(row) for row in found.getDataArray()]
        _mark_empty_and_errors(found, rows)
        if any(isinstance(value, float) for row in rows for value in row):
            for kind, row, column in _typed_cells(self._opened.document_of(sheet), found):
                if isinstance(rows[row][column], float):
                    rows[row][column] = _as_kind(kind, rows[row][column])
        return rows

    def write(self, sheet: int, area: Sequence[int], rows: Rows) -> None:
        """Write a range; the officer's number formats decide what becomes of a value, as in Excel.

        Raises:
            ValueError: the cells are locked, or Excel would change a text into something else.
        """
        found = self._opened.area(sheet, area)
        refuse_protected(self._opened.sheet(sheet), found)
        document = self._opened.document_of(sheet)
        text_cells = {(row, column) for kind, row, column in _typed_cells(document, found) if kind == _TEXT}
        plain, later = [], []
        for at_row, row in enumerate(rows):
            line = []
            for at_column, value in enumerate(row):
                place = (at_row, at_column)
                line.append(_accepted(value, place in text_cells))
                if isinstance(value, (bool, dict)) or _is_formula(value, place in text_cells):
                    later.append((place, value))
            plain.append(tuple(line))
        found.setDataArray(tuple(plain))
        self._finish(document, found, later)

    def _finish(self, document: Any, area: Any, later: list[tuple[tuple[int, int], Any]]) -> None:
        formulas = Formulas(document)
        for (row, column), value in later:
            cell = area.getCellByPosition(column, row)
            if isinstance(value, str):
                formulas.put(cell, value)
            elif document.NumberFormats.getByKey(cell.NumberFormat).FormatString == _ENGLISH:
                cell.NumberFormat = _standard_format(document, _LOGICAL if isinstance(value, bool) else _DATE)

    def read_formulas(self, sheet: int, area: Sequence[int]) -> list[list[str]]:
        """Read a range as ``Range.Formula`` does: formulas, and constants as texts."""
        found = self._opened.area(sheet, area)
        rows: Rows = [[_constant_text(value) for value in row] for row in found.getDataArray()]
        formulas = Formulas(self._opened.document_of(sheet))
        for row, column in _cells_of(found.queryFormulaCells(_ANY_RESULT).RangeAddresses, found):
            rows[row][column] = formulas.text(found.getCellByPosition(column, row))
        return rows

    def fill_formula(self, sheet: int, area: Sequence[int], text: str) -> None:
        """Write one formula into every cell; relative references follow, as in Excel."""
        found = self._opened.area(sheet, area)
        refuse_protected(self._opened.sheet(sheet), found)
        formulas = Formulas(self._opened.document_of(sheet))
        first = found.getCellByPosition(0, 0)
        formulas.put(first, text)
        tokens = first.getTokens()
        for row in range(area[2] - area[0] + 1):
            for column in range(area[3] - area[1] + 1):
                found.getCellByPosition(column, row).setTokens(tokens)

    def clear(self, sheet: int, area: Sequence[int], formats_too: bool) -> None:
        """Empty a range, with its formats and notes when asked."""
        found = self._opened.area(sheet, area)
        refuse_protected(self._opened.sheet(sheet), found)
        found.clearContents(_EVERYTHING if formats_too else _CONTENTS)


def _mark_empty_and_errors(area: Any, rows: Rows) -> None:
    if any(value == "" for row in rows for value in row):
        held = set(_cells_of(area.queryFormulaCells(_ANY_RESULT).RangeAddresses, area))
        for at_row, row in enumerate(rows):
            row[:] = [None if value == "" and (at_row, at) not in held else value for at, value in enumerate(row)]
    for at_row, column in _cells_of(area.queryFormulaCells(_ERRORS).RangeAddresses, area):
        rows[at_row][column] = {"error": error_text(area.getCellByPosition(column, at_row))}


def _cells_of(addresses: Sequence[Any], area: Any) -> Iterator[tuple[int, int]]:
    """Yield (row, column) inside ``area`` of every cell of some ranges."""
    top, left, bottom, right = bounds_of(area.RangeAddress)
    for address in addresses:
        for row in range(max(top, address.StartRow), min(bottom, address.EndRow) + 1):
            for column in range(max(left, address.StartColumn), min(right, address.EndColumn) + 1):
                yield row - top, column - left


def _typed_cells(document: Any, area: Any) -> Iterator[tuple[int, int, int]]:
    """Yield (kind, row, column) of the cells whose number format says date, money, text or logical value."""
    groups = area.UniqueCellFormatRanges.createEnumeration()
    while groups.hasMoreElements():
        group = groups.nextElement()
        kinds = document.NumberFormats.getByKey(group.NumberFormat).Type
        kind = next((each for each in (_TEXT, _LOGICAL, _DATE, _CURRENCY) if kinds & each), None)
        if kind is not None:
            yield from ((kind, row, column) for row, column in _cells_of(group.RangeAddresses, area))


def _as_kind(kind: int, number: float) -> Any:
    if kind == _LOGICAL:
        return bool(number)
    return {"date": number} if kind == _DATE else {"money": number} if kind == _CURRENCY else number


def _is_formula(value: Any, text_cell: bool) -> bool:
    return isinstance(value, str) and value.startswith("=") and len(value) > 1 and not text_cell


def _accepted(value: Any, text_cell: bool) -> str | float:
    """Return what setDataArray takes for a value: it turns None into #N/A and refuses whole numbers and True."""
    if isinstance(value, dict):
        value = next(iter(value.values()))
    if value is None or value == "" or _is_formula(value, text_cell):
        return ""
    if not isinstance(value, str):
        return _constant_text(value) if text_cell else float(value)
    if len(value) > LONGEST_TEXT:
        raise ValueError(f"a cell holds {LONGEST_TEXT} characters, not {len(value)}")
    if text_cell:
        return value
    if changed_by_excel(value):
        raise ValueError(f"Excel would change the text {value!r}; write it into cells of the format @")
    return value.removeprefix("'")


def _constant_text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    return value if isinstance(value, str) else "" if value is None else f"{value:.15g}"


def _standard_format(document: Any, kind: int) -> int:
    key: int = document.NumberFormats.getStandardFormat(kind, uno.createUnoStruct("com.sun.star.lang.Locale"))
    return key
