"""Where one form ends and the next begins in a grid."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from operator import attrgetter

from toolkit.intake.foreign.columns import Columns, fund_columns, indicator_columns
from toolkit.intake.foreign.model import ForeignGrid, Piece
from toolkit.intake.foreign.words import is_notable, is_word

_TITLE = re.compile(r"(?:自评|绩效|目标|评价|评分).{0,12}表(?:[（(].*[)）])?$")
_WIDEST = 1_000_000
_WIDEST_CELL = 12
"""A cell that spans more columns (a title over both forms) tells nothing about where one of them ends."""
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
    """Return the forms of a grid, those beside each other from the left, those below each other from the top."""
    return [part for each in _beside(grid) for part in _below(each)]


def _beside(grid: ForeignGrid) -> list[ForeignGrid]:
    """Return a grid for each of the forms that stand side by side."""
    words = grid.such(is_notable, 1, grid.row_numbers[-1]) if grid.row_numbers and not grid.stream else []
    for _, pieces in itertools.groupby(words, key=attrgetter("row")):
        names = [piece for piece in pieces if is_word(piece.text, "indicator", "level3")]
        if len(names) > 1:
            cuts = [_cut(grid, before.last_column, after.column) for before, after in itertools.pairwise(names)]
            edges = [0, *cuts, _WIDEST]
            return [_strip(grid, first, last) for first, last in itertools.pairwise(edges)] if all(cuts) else [grid]
    return [grid]


def _cut(grid: ForeignGrid, after: int, before: int) -> int:
    """Return the blank column between two forms, or the last one before the levels of the second; 0 where none fits."""
    used = {column for piece in grid.pieces if piece.columns <= _WIDEST_CELL for column in range(piece.column, piece.last_column + 1)}
    blank = [column for column in range(after + 1, before) if column not in used]
    if blank:
        return blank[-1]
    firsts = [piece.column for piece in grid.pieces if is_word(piece.text, "indicator", "level1") and after < piece.column < before]
    return min(firsts, default=1) - 1


def _strip(grid: ForeignGrid, first: int, last: int) -> ForeignGrid:
    """Return the columns behind ``first`` up to ``last``; what spans several forms belongs to each."""
    pieces = tuple(piece for piece in grid.pieces if piece.column <= last and piece.last_column > first)
    return ForeignGrid(grid.name, pieces, grid.sheet)


def _below(grid: ForeignGrid) -> list[Part]:
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


def titles(grid: ForeignGrid, first: int, last: int) -> list[Piece]:
    """Return the cells between two rows that hold the title of a form."""
    return [piece for piece in grid.holding("表", first, last) if is_title(piece)]


def _start(grid: ForeignGrid, first: int, last: int) -> int | None:
    """Return the row where a new form begins between two heading rows."""
    named = [piece.row for piece in grid.such(is_notable, first, last) if _names_project(piece)]
    titled = [piece.row for piece in titles(grid, first, last) if len(grid.row(piece.row)) <= 2]
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
