"""The columns of a table by what its heading row says, one or two rows high, whatever their order."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple

from toolkit.intake.foreign.model import ForeignGrid, How, Piece, Recognised
from toolkit.intake.foreign.words import OTHER, Match, find_word, is_notable, is_number, is_word, suggest

NAMES: Mapping[str, str] = {
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "三级指标",
    "level4": "四级指标",
    "target": "年度指标值",
    "sign": "指标性质",
    "value": "指标值",
    "unit": "度量单位",
    "adjusted": "调整后指标值",
    "actual": "实际完成值",
    "weight": "分值",
    "score": "得分",
    "deviation": "偏差原因分析及改进措施",
    "basis": "评分依据",
    "method": "计算方式",
    "kind": "资金来源",
    "initial_budget": "年初预算数",
    "annual_budget": "全年预算数",
    "executed": "全年执行数",
    "rate": "执行率",
    "received": "到位金额",
    "received_rate": "到位率",
}
"""Fields of the columns, in the form's words."""
_RESULTS = ("target", "value", "adjusted", "actual", "weight", "score")
_LEVELS = ("level1", "level2", "level3", "level4")
_MOST_ROWS = 3
"""A cell that is higher than this is no heading but the frame beside the rows."""
_LEAST_UPPER = 2
"""Headings that the upper of two heading rows has at least."""
_LOOK_BELOW = 8
"""Rows below a heading in which a column's figures are looked for."""
_YEARS = re.compile(r"20\d\d")
_AMOUNTS = ("initial_budget", "annual_budget", "executed")


class Column(NamedTuple):
    """A column or several beside each other under one heading."""

    first: int
    last: int
    heading: Piece


@dataclass(frozen=True, slots=True)
class Columns:
    """A heading row.

    Attributes:
        top: its first row.
        bottom: its last row; the data begins below.
        fields: the columns by field; a field that two columns claim is not there.
        others: headings without a field in the form.
        recognised: how each heading was recognised.
        doubtful: fields that two columns claim, with the headings.
        pieces: all cells of the heading rows but the frame beside them.
        notes: what was decided between two columns, Chinese sentences.
        first: the leftmost column of the rows: that of the levels, else of any field.
        at: the fields by the numbers of their columns.
        passed: headings of columns that are known and not taken, by their numbers.
    """

    top: int
    bottom: int
    fields: Mapping[str, Column]
    others: tuple[Column, ...] = ()
    recognised: tuple[Recognised, ...] = ()
    doubtful: Mapping[str, tuple[Piece, ...]] = field(default_factory=dict)
    pieces: tuple[Piece, ...] = ()
    notes: tuple[str, ...] = ()
    first: int = 1
    at: Mapping[int, str] = field(default_factory=dict)
    passed: Mapping[int, str] = field(default_factory=dict)

    @property
    def amounts_from(self) -> int:
        """Return the leftmost column of figures in 项目资金."""
        return min((column.first for name, column in self.fields.items() if name != "kind"), default=1)

    @property
    def last(self) -> int:
        """Return the rightmost column."""
        return max(column.last for column in (*self.fields.values(), *self.others))


def not_taken(columns: Columns, piece: Piece) -> str:
    """Return why a cell in a column without a field was left, for the officer."""
    heading = "".join(columns.passed.get(piece.column, "").split())
    return f"“{heading}”栏在自评表里没有位置" if heading else "在没有采用的栏目里"


def indicator_columns(grid: ForeignGrid) -> list[Columns]:
    """Return the heading rows of 年度绩效指标 in a grid, from the top."""
    found: list[Columns] = []
    words = grid.such(is_notable, 1, grid.row_numbers[-1]) if grid.row_numbers else []
    for row, pieces in itertools.groupby(words, key=attrgetter("row")):
        if found and row <= found[-1].bottom:
            continue
        known = {match.field for piece in pieces if (match := find_word(piece.text, "indicator"))}
        if "level3" in known or ({"level1", "level2"} <= known):
            columns = _indicator_block(grid, row)
            claimed = columns.fields.keys() | columns.doubtful.keys()
            if {"level2", "level3"} & claimed and set(_RESULTS) & claimed:
                found.append(columns)
    return found


def fund_columns(grid: ForeignGrid, first: int, last: int) -> Columns | None:
    """Return the heading row of 项目资金 between two rows, ``None`` where there is none."""
    for row in dict.fromkeys(piece.row for piece in grid.such(is_notable, first, last)):
        pieces = grid.row(row)
        # A row with figures is no heading: its amounts stand beside labels of their own.
        if len(pieces) > 1 and any(map(_amount, pieces)) and not any(is_number(piece.text) for piece in pieces):
            columns = _block(grid, row, row, "fund")
            amounts = set(_AMOUNTS) & (columns.fields.keys() | columns.doubtful.keys())
            if len(amounts) >= 2 or (amounts and {"rate", "weight"} & columns.fields.keys()):
                return columns
    return None


def _amount(piece: Piece) -> bool:
    match = find_word(piece.text, "fund")
    return match is not None and match.field in _AMOUNTS


def _indicator_block(grid: ForeignGrid, row: int) -> Columns:
    top, bottom = row, max((piece.last_row for piece in grid.row(row) if _heads(piece)), default=row)
    if grid.row(row - 1) and _is_upper_row(grid, row - 1):
        top = row - 1
    below = grid.row(row + 1)
    if bottom == row and below and _is_lower_row(below):
        bottom = row + 1
    return _block(grid, top, min(bottom, row + 1), "indicator")


def _heads(piece: Piece) -> bool:
    match = find_word(piece.text, "indicator")
    return match is not None and match.field != OTHER and piece.rows <= _MOST_ROWS


def _is_upper_row(grid: ForeignGrid, row: int) -> bool:
    matches = [find_word(piece.text, "indicator") for piece in grid.row(row)]
    fields = {match.field for match in matches if match is not None}
    funds = sum(find_word(piece.text, "fund") is not None for piece in grid.row(row))
    goals = any(is_word(piece.text, "label", "expected") for piece in grid.row(row))
    named = len(fields - {OTHER}) >= _LEAST_UPPER or len(grid.row(row)) == 1
    return bool(fields & {*_RESULTS, "deviation"}) and named and not goals and (funds <= 2 or len(fields) >= 3)


def _is_lower_row(pieces: list[Piece]) -> bool:
    matches = [find_word(piece.text, "indicator") for piece in pieces]
    return all(match is not None for match in matches) and any(match.field in NAMES for match in matches if match)


Claims = dict[str, list[tuple[Column, Match]]]


def _block(grid: ForeignGrid, top: int, bottom: int, group: str) -> Columns:
    claims: Claims = {}
    others: list[Column] = []
    unknown: list[Column] = []
    for column, parent in _headings(grid, top, bottom):
        match = _meaning(column.heading, parent, group)
        if match is None:
            unknown.append(column)
        elif match.field == OTHER:
            others.append(column)
        else:
            claims.setdefault(match.field, []).append((column, match))
    if group == "indicator":
        others += _without_frame(claims)
        _split_target(claims)
    for column in unknown:
        near = None if find_word(column.heading.text, "label") or _of_earlier_year(column, unknown) else suggest(column.heading.text, group)
        # A near word never competes with a column that says the word itself.
        if near is not None and (near.field not in claims or claims[near.field][-1][1].how is How.SUGGESTED):
            claims.setdefault(near.field, []).append((column, near))
        else:
            others.append(column)
    notes = tuple(_decide(grid, bottom, claims, others))
    pieces = tuple(piece for piece in grid.between(top, bottom) if piece.last_row <= bottom)
    return _columns(top, bottom, claims, others, pieces, notes)


def _of_earlier_year(column: Column, others: list[Column]) -> bool:
    """Tell whether a heading names an earlier year than another one does: 2022年实际值 beside 2023年实际值."""
    own = _YEARS.findall(column.heading.text)
    return bool(own) and max(own) < max(year for each in others for year in _YEARS.findall(each.heading.text))


def _columns(
    top: int, bottom: int, claims: Claims, others: list[Column], pieces: tuple[Piece, ...], notes: tuple[str, ...]
) -> Columns:
    single = {name: found[0] for name, found in claims.items() if len(found) == 1}
    recognised = (
        Recognised(NAMES[name], column.heading.text, column.heading.place, match.how, match.confidence)
        for name, (column, match) in single.items()
    )
    doubtful = {name: tuple(each.heading for each, _ in found) for name, found in claims.items() if len(found) > 1}
    fields = {name: column for name, (column, _) in single.items()}
    at = {place: name for name, column in fields.items() for place in range(column.first, column.last + 1)}
    # Left of the levels stands the frame, in which cells of a row that has slid may lie; 序号 is a column all the same.
    levels = [fields[name].first for name in _LEVELS if name in fields]
    first = min(levels or [column.first for column in fields.values()], default=1)
    known = [column for column in others if not levels or column.first >= first or _is_other(column.heading)]
    passed = {place: column.heading.text for column in known for place in range(column.first, column.last + 1)}
    for headings in doubtful.values():
        passed |= {place: each.text for each in headings for place in range(each.column, each.last_column + 1)}
    return Columns(top, bottom, fields, tuple(others), tuple(recognised), doubtful, pieces, notes, first, at, passed)


def _is_other(heading: Piece) -> bool:
    match = find_word(heading.text, "indicator")
    return match is not None and match.field == OTHER


def _without_frame(claims: Claims) -> list[Column]:
    """Drop and return what stands left of the levels: it names the block (年度绩效目标), not a column."""
    first = min((column.first for name in _LEVELS for column, _ in claims.get(name, ())), default=0)
    dropped = [column for found in claims.values() for column, _ in found if column.first < first]
    for name in list(claims):
        claims[name] = [each for each in claims[name] if each[0].first >= first]
        if not claims[name]:
            del claims[name]
    return dropped


def _decide(grid: ForeignGrid, bottom: int, claims: Claims, others: list[Column]) -> Iterator[str]:
    """Settle fields that several columns claim where the layout leaves one reading, and say so."""
    lowest = max((column.first for name in _LEVELS for column, _ in claims.get(name, ())), default=0)
    for name, found in claims.items():
        if len(found) < 2:
            continue
        if name == "weight" and lowest:
            # Each level may carry its own 分值; that of the row stands behind the lowest level.
            kept = [each for each in found if each[0].first > lowest]
        else:
            kept = [each for each in found if name in _AMOUNTS and _has_figures(grid, bottom, each[0])]
        if len(kept) == 1:
            left = [each[0] for each in found if each not in kept]
            others += left
            claims[name] = kept
            if name == "weight":
                yield f"分值取三级指标后面的一栏（{kept[0][0].heading.place}），上级指标的分值栏没有读"


def _has_figures(grid: ForeignGrid, bottom: int, column: Column) -> bool:
    rows = grid.rows_between(bottom + 1, bottom + _LOOK_BELOW)
    pieces = (piece for row in rows for piece in grid.row(row) if column.first <= piece.column <= column.last)
    return any(is_number(piece.text) for piece in pieces)


def _headings(grid: ForeignGrid, top: int, bottom: int) -> Iterator[tuple[Column, Piece | None]]:
    """Yield the lowest heading of each column with the one above it; what reaches into the rows below is none."""
    last = max((piece.last_column for piece in grid.between(top, bottom)), default=0)
    lowest: dict[Piece, tuple[Piece | None, list[int]]] = {}
    for column in range(1, last + 1):
        found = [grid.at(row, column) for row in range(top, bottom + 1)]
        stack = [piece for piece in dict.fromkeys(found) if piece and (piece.last_row <= bottom or piece.rows <= _MOST_ROWS)]
        if stack:
            lowest.setdefault(stack[-1], (stack[-2] if len(stack) > 1 else None, []))[1].append(column)
    for piece, (parent, columns) in lowest.items():
        yield Column(columns[0], columns[-1], piece), parent


def _meaning(piece: Piece, parent: Piece | None, group: str) -> Match | None:
    match = find_word(piece.text, group)
    above = find_word(parent.text, group) if parent is not None else None
    if above is not None and above.field == OTHER:
        return above
    if match is None and above is not None and parent is not None:
        # Under 偏差原因分析 there may be columns to tick; only the one for the reason is the field.
        match = above if parent.columns == 1 else Match(OTHER, How.EXACT, 1.0)
    if match is not None and group == "indicator" and match.field == "target" and above is not None:
        if above.field == "actual":
            return Match("actual", match.how, match.confidence)
        if above.field == "target":
            return Match("value", match.how, match.confidence)
    return match


def _split_target(claims: dict[str, list[tuple[Column, Match]]]) -> None:
    """Where sign or unit stand beside 指标值, it is the figure alone."""
    if ("sign" in claims or "unit" in claims) and "value" not in claims and len(claims.get("target", ())) == 1:
        claims["value"] = claims.pop("target")
