"""Foreign forms as they come: grids of cells with their merges and places, and what was made of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from toolkit.core.form import Form, Origin

_MOST_COVERED = 20_000
"""Cells a merge may cover; larger ones (whole columns merged by mistake) count as one row high."""


class How(StrEnum):
    """How a heading was recognised."""

    EXACT = "原词"
    ALIAS = "别名"
    SUGGESTED = "近似，请核对"
    SHIFTED = "按次序"


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell that holds a text.

    Attributes:
        row: counted from 1 through the whole grid.
        column: counted from 1.
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
    """

    name: str
    pieces: tuple[Piece, ...]
    sheet: str | None = None
    stream: bool = False

    @cached_property
    def _rows(self) -> dict[int, list[Piece]]:
        rows: dict[int, list[Piece]] = {}
        for piece in sorted(self.pieces, key=lambda each: (each.row, each.column)):
            rows.setdefault(piece.row, []).append(piece)
        return rows

    @cached_property
    def _covered(self) -> dict[tuple[int, int], Piece]:
        covered: dict[tuple[int, int], Piece] = {}
        for piece in self.pieces:
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
        return self._covered.get((row, column))

    def between(self, first: int, last: int) -> Iterator[Piece]:
        """Yield the cells that begin in rows ``first`` to ``last``."""
        for number in self.rows_between(first, last):
            yield from self._rows[number]

    def right_of(self, piece: Piece) -> Piece | None:
        """Return the next cell right of one in its first row."""
        return next((each for each in self.row(piece.row) if each.column > piece.last_column), None)


@dataclass(frozen=True, slots=True)
class Recognised:
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
        self.taken.update((piece.row, piece.column) for piece in pieces if piece is not None)

    def note(self, text: str) -> None:
        """Note a sentence once."""
        if text not in self.notes:
            self.notes.append(text)
