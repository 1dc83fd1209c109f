"""Rows taken out of a sheet, and how references read afterwards."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import NamedTuple

from toolkit.workbook.address import LAST_ROW, Area, address_of, read_area
from toolkit.workbook.finish.references import Corner, Gone, rewritten

Stand = Callable[[str, int], int | None]
"""Gives the row of the cell that stands for one taken out, from its column and row; ``None`` where there is none."""

OWN, ABOVE = "\0", "\1"
"""Stand for the number of a formula's own row and of the one above; no part may hold such characters."""
_DIGITS = re.compile(r"\d+")


class Cut:
    """The rows taken out of one sheet."""

    def __init__(self, sheet: str, rows: Iterable[int]) -> None:
        """Name the sheet and the rows."""
        self.sheet = sheet
        self._rows = sorted(set(rows))
        self._gone = set(self._rows)
        self._first = self._rows[0] if self._rows else LAST_ROW + 1

    def __contains__(self, row: int) -> bool:
        """Tell whether a row is taken out."""
        return row in self._gone

    def __len__(self) -> int:
        """Return how many rows are taken out."""
        return len(self._rows)

    def now(self, row: int) -> int:
        """Return the number of a row that stays; the end of the sheet stays the end."""
        return row if row >= LAST_ROW else row - bisect_left(self._rows, row)

    def span(self, top: int, bottom: int) -> tuple[int, int] | None:
        """Return what is left of consecutive rows, by their numbers now; ``None`` where nothing is."""
        while top <= bottom and top in self._gone:
            top += 1
        while bottom >= top and bottom in self._gone:
            bottom -= 1
        return (self.now(top), self.now(bottom)) if top <= bottom else None

    def kept_from(self, row: int) -> int:
        """Return the first row that stays, from this one down, by its number before."""
        while row in self._gone:
            row += 1
        return row

    def area(self, area: Area) -> str | None:
        """Return what is left of a range, in A1 notation."""
        span = self.span(area.top, area.bottom)
        if span is None:
            return None
        start = address_of(span[0], area.left)
        end = address_of(span[1], area.right)
        return start if start == end else f"{start}:{end}"

    def areas(self, text: str) -> str:
        """Return what is left of ranges separated by blanks; whole rows and columns are left as they are."""
        left = (self._range(piece) for piece in text.split())
        return " ".join(piece for piece in left if piece)

    def _range(self, text: str) -> str | None:
        area = read_area(text.replace("$", ""))
        return text if area is None else self.area(area)

    def formula(self, formula: str, own: str, stand: Stand | None = None) -> str:
        """Return a formula as it reads without the rows.

        Args:
            formula: as the file holds it.
            own: the sheet it stands on.
            stand: what stands for a single cell taken out, on the sheet itself.

        Raises:
            Gone: it needs a cell that is taken out.
        """

        if not self._reaches(formula):
            return formula

        def change(sheet: str, first: Corner, second: Corner | None) -> str:
            if (sheet or own) != self.sheet:
                return str(first) if second is None else f"{first}:{second}"
            if second is None:
                return self._single(first, None if sheet and sheet != own else stand)
            span = self.span(first.row, second.row) if first.row <= second.row else None
            if span is None:
                raise Gone(f"{first}:{second}")
            return f"{_at(first, span[0])}:{_at(second, span[1])}"

        def whole(sheet: str, text: str) -> str:
            if (sheet or own) != self.sheet:
                return text
            top, bottom = (int(end.lstrip("$")) for end in text.split(":"))
            span = self.span(top, bottom)
            if span is None:
                raise Gone(text)
            marks = ["$" if end.startswith("$") else "" for end in text.split(":")]
            return f"{marks[0]}{span[0]}:{marks[1]}{span[1]}"

        return rewritten(formula, change, whole)

    def _reaches(self, formula: str) -> bool:
        """Tell whether a formula may name the first row taken out, or one below it."""
        return any(len(number) > 7 or int(number) >= self._first for number in _DIGITS.findall(formula))

    def _single(self, cell: Corner, stand: Stand | None) -> str:
        row: int | None = cell.row
        if cell.row in self._gone:
            row = stand(cell.column, cell.row) if stand else None
        if row is None:
            raise Gone(str(cell))
        return _at(cell, self.now(row))


class Shape(NamedTuple):
    """A formula before and after, with :data:`OWN` and :data:`ABOVE` in the place of the numbers of two rows."""

    before: str
    after: str


class Repeated:
    """Formulas filled down a column, each worked out once and the others by their row number."""

    def __init__(self, cut: Cut, stand: Stand | None = None, sheet: str = "") -> None:
        """Remember the rows taken out, what stands for their cells, and on which sheet the formulas are."""
        self._cut = cut
        self._stand = stand
        self._sheet = sheet or cut.sheet
        self._known: dict[str, str] = {}

    def now(self, row: int) -> int:
        """Return the number the row of a formula has now."""
        return self._cut.now(row) if self._sheet == self._cut.sheet else row

    def above(self, row: int) -> int:
        """Return the number before of the row above where it still is the row above, else 0."""
        return row - 1 if self._sheet == self._cut.sheet and row - 1 not in self._cut else 0

    def formula(self, formula: str, row: int) -> str:
        """Return a formula of ``row`` as it reads without the rows.

        Raises:
            Gone: it needs a cell that is taken out.
        """
        return self.worked_out(formula, row)[0]

    def worked_out(self, formula: str, row: int) -> tuple[str, Shape | None]:
        """Return a formula of ``row`` as it reads without the rows, and its shape if that holds for other rows.

        Raises:
            Gone: it needs a cell that is taken out.
        """
        now, above = self.now(row), self.above(row)
        before = _shaped(formula, row, above)
        after = self._known.get(before)
        if after is not None:
            return after.replace(OWN, str(now)).replace(ABOVE, str(now - 1)), Shape(before, after)
        result = self._cut.formula(formula, self._sheet, self._stand)
        after = _shaped(result, now, now - 1 if above else 0)
        # A number that is no reference but equals a row's would be moved along: then nothing is remembered.
        if _DIGITS.sub("", before) != _DIGITS.sub("", after):
            return result, None
        self._known[before] = after
        return result, Shape(before, after)


def _shaped(formula: str, row: int, above: int) -> str:
    shape = _without_number(formula, str(row), OWN)
    return _without_number(shape, str(above), ABOVE) if above else shape


def _without_number(formula: str, number: str, mark: str) -> str:
    """Put a mark in the place of a number wherever it stands alone."""
    # A pattern for every row would have to be compiled: that costs more than all else.
    at = formula.find(number)
    if at < 0:
        return formula
    pieces, start = [], 0
    while at >= 0:
        end = at + len(number)
        if not formula[max(at - 1, 0) : at].isdigit() and not formula[end : end + 1].isdigit():
            pieces.append(formula[start:at])
            start = end
        at = formula.find(number, end)
    return mark.join([*pieces, formula[start:]])


def _at(cell: Corner, row: int) -> str:
    return f"{cell.fixed_column}{cell.column}{cell.fixed_row}{row}"
