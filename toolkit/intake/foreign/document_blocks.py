"""What a document is made of, from top to bottom: paragraphs, and tables by their rows."""

from __future__ import annotations

from typing import NamedTuple

MOST_COLUMNS = 200
"""Columns a cell may span; what claims more is damaged."""
BEGINS, GOES_ON = "begins", "goes on"


class Taken(NamedTuple):
    """A cell of a table that spans several columns or rows or holds tables.

    Attributes:
        columns: how many it spans.
        merge: whether it begins a merge over several rows or goes on with one; "" where it stands in none.
        text: its paragraphs as lines, blank ones left out.
        tables: the tables in it.
    """

    columns: int = 1
    merge: str = ""
    text: str = ""
    tables: tuple[Table, ...] = ()


Row = tuple[int, list[str | Taken]]
"""How many columns a row leaves out at its left, and its cells; one that is of one column and row is its text alone."""
Table = list[Row]
Block = str | Table
"""A paragraph's text, or a table."""


def joined(lines: list[str]) -> str:
    """Return the paragraphs of a cell as its text."""
    return "\n".join(filter(None, (line.strip() for line in lines)))
