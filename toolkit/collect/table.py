"""A sheet of the summary as data: headings, notes and rows, whatever will write them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """What a column holds, and so how it looks."""

    TEXT = "text"
    LONG = "long"
    COUNT = "count"
    MONEY = "money"
    RATE = "rate"
    SCORE = "score"
    POINTS = "points"
    """A score as it was filled in: a number, or a text where no number stands."""
    OWN = "own"
    """Left to the officer."""


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to a cell of a file.

    Attributes:
        file: path from the summary, "/" between its parts.
    """

    text: str
    file: str
    sheet: str = ""
    cell: str = ""


Value = str | int | Decimal | Link | None
Row = tuple[Value, ...]
HERE = "\x02"
"""Stands for the file in rows that are made before it is known where the file lies."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The rows of one form as the writer of the summary has made them ahead.

    Attributes:
        text: the rows in the writer's own notation.
        shown: the file as it is shown, ``link`` from the summary to it; both go where ``HERE`` stands.
    """

    text: bytes
    shown: str
    link: str


Rows = Iterable[Row | Ready]


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its width in characters."""

    heading: str
    width: float
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet.

    Attributes:
        notes: sentences above the headings.
        rows: made while they are written; thousands of forms are never in memory at once.
        empty: said where there is no row.
        urgent: rows in it ask for work, its tab is red.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Rows
    notes: tuple[str, ...] = ()
    empty: str = "没有。"
    urgent: bool = False
