"""What a worksheet function is given: a range, a value or an array, as texts and numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from toolkit.core.form import Cell

MOST_CELLS = 20_000
"""Ranges of more cells (whole columns) are read as far as the sheet is used."""
ERRORS: Mapping[int, str] = {
    2000: "#NULL!",
    2007: "#DIV/0!",
    2015: "#VALUE!",
    2023: "#REF!",
    2029: "#NAME?",
    2036: "#NUM!",
    2042: "#N/A",
    2043: "#GETTING_DATA",
    2045: "#SPILL!",
    2046: "#CONNECT!",
    2047: "#BLOCKED!",
    2048: "#UNKNOWN!",
    2049: "#FIELD!",
    2050: "#CALC!",
}
"""Error values by the number that VBA knows them by."""
ERROR_BASE = -2146828288
"""What COM adds to the number of an error value; no other value of a cell arrives as a whole number."""

Rows = tuple[tuple[object, ...], ...]
Format = Callable[[int, int], str]


def _general(_row: int, _column: int) -> str:
    return "General"


@dataclass(frozen=True)
class Area:
    """A rectangle of values.

    xlwings makes it: a parameter of this type is read by :meth:`reader`, not by xlwings' own conversion, which would
    turn error values into blanks and ask Excel for more than is needed.

    Attributes:
        values: rows of equal length: ``None``, text, number (float), truth value, or the number of an error.
        row: the sheet row of the first cell, 0 where no range was given.
        column: the sheet column of the first cell, likewise.
        format_of: the number format of a cell, both numbers counted from 0.
    """

    values: Rows = ((None,),)
    row: int = 0
    column: int = 0
    format_of: Format = field(default=_general, compare=False)

    @classmethod
    def reader(cls, _options: object) -> Callable[[Any], None]:
        """Return what xlwings' conversion runs to read a parameter of this type."""
        return _read

    @property
    def shape(self) -> tuple[int, int]:
        """Return the count of rows and of columns."""
        return len(self.values), len(self.values[0])

    @property
    def blank(self) -> bool:
        """Tell whether no cell holds anything; an omitted argument is blank."""
        return all(value in (None, "") for row in self.values for value in row)

    def value(self, row: int, column: int) -> object:
        """Return the value of a cell, counted from 0; an area of one cell stands for all cells."""
        return self.values[0][0] if self.shape == (1, 1) else self.values[row][column]

    def cell(self, field: str, row: int = 0, column: int = 0) -> Cell:
        """Return a cell as the form knows it: its text as printed, and the number behind it."""
        value = self.value(row, column)
        if not isinstance(value, float | Decimal):
            return Cell(field, text_of(value))
        from toolkit.workbook.formats import printed, read_format

        place = (0, 0) if self.shape == (1, 1) else (row, column)
        text, hidden = printed(exact(value), read_format(self.format_of(*place)))
        return Cell(field, text, exact=hidden)

    def texts(self) -> Iterator[tuple[int, int, Cell]]:
        """Yield row, column (counted from 0) and cell of everything that is not blank."""
        for row, values in enumerate(self.values):
            for column, value in enumerate(values):
                if value not in (None, ""):
                    yield row, column, self.cell("", row, column)


OMITTED = Area()
"""An argument that was left out."""


def exact(number: float | Decimal) -> Decimal:
    """Return a number as Excel shows it: 15 significant digits."""
    return number if isinstance(number, Decimal) else Decimal(f"{number:.15g}")


def text_of(value: object) -> str:
    """Return what a cell prints that holds no number."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return ERRORS.get(value - ERROR_BASE, "#VALUE!")
    if isinstance(value, datetime):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value)


def area_of(value: object) -> Area:
    """Return a value or an array that was given in the place of a range."""
    rows: Sequence[object] = value if isinstance(value, list | tuple) else [value]
    if not rows or not all(isinstance(row, list | tuple) for row in rows):
        rows = [rows]
    return Area(tuple(tuple(row) if isinstance(row, list | tuple) and row else (None,) for row in rows))


def _read(context: Any) -> None:
    """Put the area into the context of xlwings' conversion: from its range, else from its value."""
    context.value = area_of(context.value) if context.range is None else _from_range(context.range)


def _from_range(given: Any) -> Area:
    row, column, (rows, columns) = given.row, given.column, given.shape
    if rows * columns > MOST_CELLS:
        end = given.sheet.used_range.last_cell
        given = given.resize(max(1, min(rows, end.row - row + 1)), max(1, min(columns, end.column - column + 1)))
    # Value would make dates of some numbers and cut those in a currency format to four decimals.
    return Area(area_of(given.api.Value2).values, row, column, _Formats(given.api).at)


class _Formats:
    """The number formats of a range, asked for when a number must be printed: once where all cells have the same."""

    def __init__(self, api: Any) -> None:
        self._api = api
        self._one: str | None = None
        self._mixed = False

    def at(self, row: int, column: int) -> str:
        """Return the format of a cell, both numbers counted from 0."""
        if self._one is None and not self._mixed:
            self._one = self._api.NumberFormat
            self._mixed = self._one is None
        return self._one if self._one is not None else str(self._api.Cells(row + 1, column + 1).NumberFormat)
