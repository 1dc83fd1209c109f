"""Foreign forms as they come: grids of cells with their merges and places, and what was made of them."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from toolkit.core.form import Form, Origin

OUTSIDE = 0
"""The column of a text that stands in no table; it is never part of a row."""
FUND_ROW = "资金行"
"""What a row of 项目资金 was recognised as."""
place_of, _row_of = attrgetter("row", "column"), attrgetter("row")
_MOST_COVERED = 20_000
"""Cells a merge may cover; larger ones (whole columns merged by mistake) count as one row high."""


class How(StrEnum):
    """How a heading was recognised."""

    EXACT = "原词"
    ALIAS = "别名"
    SUGGESTED = "近似，请核对"
    SHIFTED = "按次序"


@dataclass(slots=True, eq=False)
class Piece:
    """A cell that holds a text; one is itself and no other, whatever it says. Nothing changes it once its reader has handed it out.

    Attributes:
        row: counted from 1 through the whole grid.
        column: counted from 1; 0 for a text outside all tables.
        rows: how many rows it spans.
        columns: how many columns it spans.
        place: where it stands, in the officer's words.
        address: in A1 notation, ``None`` outside workbooks.
        exact: the number behind the print where the number format hides digits.
        origin: typed, or the result of a formula.
    """

    row: int
    column: int
    text: str
    place: str
    rows: int = 1
    columns: int = 1
    address: str | None = None
    exact: Decimal | None = None
    origin: Origin = Origin.TYPED

    @property
    def last_row(self) -> int:
        """Return the last row it covers."""
        return self.row + self.rows - 1

    @property
    def last_column(self) -> int:
        """Return the last column it covers."""
        return self.column + self.columns - 1


@dataclass(frozen=True)
class ForeignGrid:
    """One sheet, one document, or one text: its cells by place.

    Attributes:
        name: the sheet's name, or the file's.
        sheet: the sheet's name, ``None`` outside workbooks.
        stream: its cells only follow one another, blank ones are missing.
        line_starts: of a stream, the columns of its last row at which a line of the text begins.
    """

    name: str
    pieces: tuple[Piece, ...]
    sheet: str | None = None
    stream: bool = False
    line_starts: tuple[int, ...] = ()

    @cached_property
    def _ordered(self) -> list[Piece]:
        return sorted(self.pieces, key=place_of)

    @cached_property
    def _starts(self) -> list[int]:
        """Return the row of each cell in reading order."""
        return [piece.row for piece in self._ordered]

    @cached_property
    def _rows(self) -> dict[int, list[Piece]]:
        return {row: list(pieces) for row, pieces in itertools.groupby(self._ordered, key=_row_of)}

    @cached_property
    def _covered(self) -> dict[tuple[int, int], Piece]:
        """Return the merged cells by each place they cover."""
        covered: dict[tuple[int, int], Piece] = {}
        for piece in self.pieces:
            if piece.rows == 1 and piece.columns == 1:
                continue
            rows = piece.rows if piece.rows * piece.columns <= _MOST_COVERED else 1
            for row in range(piece.row, piece.row + rows):
                for column in range(piece.column, min(piece.last_column, piece.column + _MOST_COVERED) + 1):
                    covered[row, column] = piece
        return covered

    @cached_property
    def row_numbers(self) -> tuple[int, ...]:
        """Return the rows in which a cell begins, in order."""
        return tuple(self._rows)

    def rows_between(self, first: int, last: int) -> tuple[int, ...]:
        """Return the rows from ``first`` to ``last`` in which a cell begins."""
        return self.row_numbers[bisect_left(self.row_numbers, first) : bisect_right(self.row_numbers, last)]

    def row(self, number: int) -> list[Piece]:
        """Return the cells that begin in a row, from the left."""
        return self._rows.get(number, [])

    def at(self, row: int, column: int) -> Piece | None:
        """Return the cell that stands at a place, merged ones included."""
        found = self._covered.get((row, column))
        if found is None:
            for piece in self.row(row):
                if piece.column == column:
                    found = piece
        return found

    def between(self, first: int, last: int) -> list[Piece]:
        """Return the cells that begin in rows ``first`` to ``last``."""
        return self._ordered[bisect_left(self._starts, first) : bisect_right(self._starts, last)]

    def such(self, test: Callable[[str], bool], first: int, last: int) -> list[Piece]:
        """Return the cells between two rows whose text passes a test; each text is tested once for the whole grid."""
        found = self._such.get(test)
        if found is None:
            chosen = [piece for piece in self._ordered if test(piece.text)]
            found = self._such[test] = chosen, [piece.row for piece in chosen]
        pieces, rows = found
        return pieces[bisect_left(rows, first) : bisect_right(rows, last)]

    def holding(self, mark: str, first: int, last: int) -> list[Piece]:
        """Return the cells between two rows whose text holds a mark; the whole grid is looked through once for each mark."""
        pieces, rows = self._holding.get(mark) or self._hold(mark)
        return pieces[bisect_left(rows, first) : bisect_right(rows, last)]

    def _hold(self, mark: str) -> tuple[list[Piece], list[int]]:
        pieces = [piece for piece in self._ordered if mark in piece.text]
        found = self._holding[mark] = pieces, [piece.row for piece in pieces]
        return found

    @cached_property
    def _holding(self) -> dict[str, tuple[list[Piece], list[int]]]:
        return {}

    @cached_property
    def _such(self) -> dict[Callable[[str], bool], tuple[list[Piece], list[int]]]:
        return {}

    def right_of(self, piece: Piece) -> Piece | None:
        """Return the next cell right of one in its first row."""
        last = piece.last_column
        for each in self.row(piece.row):
            if each.column > last:
                return each
        return None

    def left_of(self, piece: Piece) -> Piece | None:
        """Return the next cell left of one in its first row."""
        return next((each for each in reversed(self.row(piece.row)) if each.last_column < piece.column), None)


class Recognised(NamedTuple):
    """A heading or label that was recognised.

    Attributes:
        field: what it was taken for, in the form's words.
        text: what it says.
        place: where it stands.
        how: exactly, by an alias, or as a suggestion.
        confidence: 0 to 1.
    """

    field: str
    text: str
    place: str
    how: How
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Leftover:
    """A cell that was not understood or not taken, and why."""

    text: str
    place: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ForeignForms:
    """What was read from a foreign file.

    Attributes:
        forms: the forms in the order of the file; their cells know sheet and address in a workbook.
        notes: what the officer should know about the reading, Chinese sentences.
        leftovers: cells that were not taken, with their places.
        recognised: headings and labels, how each was recognised; by form.
    """

    forms: tuple[Form, ...]
    notes: tuple[str, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    recognised: tuple[tuple[Recognised, ...], ...] = ()

    @property
    def filled(self) -> bool:
        """Tell whether any form holds a result; a blank form or a 目标申报表 does not."""
        return any(not row.actual.blank or not row.score.blank for form in self.forms for row in form.indicators)


@dataclass(slots=True)
class Log:
    """What is noted down while one form is read."""

    recognised: list[Recognised] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    taken: set[tuple[int, int]] = field(default_factory=set)

    def take(self, pieces: Iterable[Piece | None]) -> None:
        """Remember that these cells were used."""
        self.taken.update(map(place_of, filter(None, pieces)))

    def note(self, text: str) -> None:
        """Note a sentence once."""
        if text not in self.notes:
            self.notes.append(text)
