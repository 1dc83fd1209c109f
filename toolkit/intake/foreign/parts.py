"""Where one form ends and the next begins in a grid."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from toolkit.intake.foreign.columns import Columns, fund_columns, indicator_columns
from toolkit.intake.foreign.model import ForeignGrid, Piece
from toolkit.intake.foreign.words import is_word

_TITLE = re.compile(r"(?:自评|绩效|目标|评价|评分).{0,12}表(?:[（(].*[)）])?$")
_LABEL_END = re.compile(r"[:：]")


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one form.

    Attributes:
        first: its first row.
        last: its last row.
        columns: the heading rows of 年度绩效指标; more than one where the table runs on over pages.
    """

    grid: ForeignGrid
    first: int
    last: int
    columns: tuple[Columns, ...]


def split_forms(grid: ForeignGrid) -> list[Part]:
    """Return the forms of a grid from the top."""
    found = indicator_columns(grid)
    if not found:
        return []
    starts = [grid.row_numbers[0]]
    groups: list[list[Columns]] = [[found[0]]]
    for before, columns in itertools.pairwise(found):
        start = _start(grid, before.bottom + 1, columns.top - 1)
        if start is None:
            groups[-1].append(columns)
        else:
            starts.append(start)
            groups.append([columns])
    ends = [start - 1 for start in starts[1:]] + [grid.row_numbers[-1]]
    return [Part(grid, first, last, tuple(group)) for first, last, group in zip(starts, ends, groups, strict=True)]


def is_title(piece: Piece) -> bool:
    """Tell whether a cell holds the title of a form."""
    return _TITLE.search("".join(piece.text.split()).strip("*")) is not None and len(piece.text) <= 60


def _start(grid: ForeignGrid, first: int, last: int) -> int | None:
    """Return the row where a new form begins between two heading rows."""
    rows = grid.rows_between(first, last)
    named = [row for row in rows if any(_names_project(piece) for piece in grid.row(row))]
    titled = [row for row in rows if len(grid.row(row)) <= 2 and any(is_title(piece) for piece in grid.row(row))]
    if named:
        before = [row for row in titled if row <= named[0]]
        return _with_line_above(grid, before[-1] if before else named[0], first)
    if titled:
        return titled[0]
    funds = fund_columns(grid, first, last)
    return funds.top if funds else None


def _with_line_above(grid: ForeignGrid, row: int, first: int) -> int:
    """Take 附件 and 单位：万元 above a title to the form."""
    above = grid.rows_between(first, row - 1)
    if above and above[-1] == row - 1 and len(grid.row(row - 1)) == 1 and re.match("附[件表]", grid.row(row - 1)[0].text):
        return row - 1
    return row


def _names_project(piece: Piece) -> bool:
    return is_word(_LABEL_END.split(piece.text, maxsplit=1)[0], "label", "project_name")
