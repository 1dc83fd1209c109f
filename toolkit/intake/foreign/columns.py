"""The columns of a table by what its heading row says, one or two rows high, whatever their order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from toolkit.intake.foreign.model import ForeignGrid, How, Piece, Recognised
from toolkit.intake.foreign.words import OTHER, Match, find_word, is_word, suggest

NAMES: Mapping[str, str] = {
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "三级指标",
    "level4": "四级指标",
    "target": "年度指标值",
    "sign": "指标性质",
    "value": "指标值",
    "unit": "度量单位",
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
_RESULTS = ("target", "value", "actual", "weight", "score")
_AMOUNTS = ("initial_budget", "annual_budget", "executed")


@dataclass(frozen=True, slots=True)
class Column:
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
    """

    top: int
    bottom: int
    fields: Mapping[str, Column]
    others: tuple[Column, ...] = ()
    recognised: tuple[Recognised, ...] = ()
    doubtful: Mapping[str, tuple[Piece, ...]] = field(default_factory=dict)

    @property
    def pieces(self) -> Iterator[Piece]:
        """Yield the cells of the headings."""
        yield from (column.heading for column in (*self.fields.values(), *self.others))
        for pieces in self.doubtful.values():
            yield from pieces

    @property
    def first(self) -> int:
        """Return the leftmost column."""
        return min(column.first for column in (*self.fields.values(), *self.others))

    @property
    def last(self) -> int:
        """Return the rightmost column."""
        return max(column.last for column in (*self.fields.values(), *self.others))


def indicator_columns(grid: ForeignGrid) -> list[Columns]:
    """Return the heading rows of 年度绩效指标 in a grid, from the top."""
    found: list[Columns] = []
    for row in grid.row_numbers:
        if found and row <= found[-1].bottom:
            continue
        known = {match.field for piece in grid.row(row) if (match := find_word(piece.text, "indicator"))}
        if "level3" in known or ({"level1", "level2"} <= known):
            columns = _indicator_block(grid, row)
            named = {"level2", "level3"} & (columns.fields.keys() | columns.doubtful.keys())
            if named and len(set(_RESULTS) & (columns.fields.keys() | columns.doubtful.keys())) >= 1:
                found.append(columns)
    return found


def fund_columns(grid: ForeignGrid, first: int, last: int) -> Columns | None:
    """Return the heading row of 项目资金 between two rows, ``None`` where there is none."""
    for row in grid.rows_between(first, last):
        if len(grid.row(row)) > 1:
            columns = _block(grid, row, row, "fund")
            amounts = set(_AMOUNTS) & (columns.fields.keys() | columns.doubtful.keys())
            if len(amounts) >= 2 or (amounts and {"rate", "weight"} & columns.fields.keys()):
                return columns
    return None


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
    return match is not None and match.field != OTHER


def _is_upper_row(grid: ForeignGrid, row: int) -> bool:
    matches = [find_word(piece.text, "indicator") for piece in grid.row(row)]
    fields = {match.field for match in matches if match is not None}
    funds = sum(find_word(piece.text, "fund") is not None for piece in grid.row(row))
    goals = any(is_word(piece.text, "label", "expected") for piece in grid.row(row))
    return bool(fields & {*_RESULTS, "deviation"}) and not goals and (funds <= 2 or len(fields) >= 3)


def _is_lower_row(pieces: list[Piece]) -> bool:
    matches = [find_word(piece.text, "indicator") for piece in pieces]
    return all(match is not None for match in matches) and any(match.field in NAMES for match in matches if match)


def _block(grid: ForeignGrid, top: int, bottom: int, group: str) -> Columns:
    claims: dict[str, list[tuple[Column, Match]]] = {}
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
    _split_target(claims)
    for column in unknown:
        near = suggest(column.heading.text, group) if find_word(column.heading.text, "label") is None else None
        # A near word never competes with a column that says the word itself.
        if near is not None and (near.field not in claims or claims[near.field][-1][1].how is How.SUGGESTED):
            claims.setdefault(near.field, []).append((column, near))
        else:
            others.append(column)
    fields = {name: found[0][0] for name, found in claims.items() if len(found) == 1}
    doubtful = {name: tuple(each.heading for each, _ in found) for name, found in claims.items() if len(found) > 1}
    recognised = [
        Recognised(NAMES[name], found[0][0].heading.text, found[0][0].heading.place, found[0][1].how, found[0][1].confidence)
        for name, found in claims.items()
        if len(found) == 1
    ]
    return Columns(top, bottom, fields, tuple(others), tuple(recognised), doubtful)


def _headings(grid: ForeignGrid, top: int, bottom: int) -> Iterator[tuple[Column, Piece | None]]:
    """Yield the lowest heading of each column with the one above it."""
    lowest: dict[tuple[int, int], tuple[Piece, Piece | None, list[int]]] = {}
    last = max((piece.last_column for piece in grid.between(top, bottom)), default=0)
    for column in range(1, last + 1):
        stack = list(dict.fromkeys(filter(None, (grid.at(row, column) for row in range(top, bottom + 1)))))
        if not stack:
            continue
        piece, parent = stack[-1], stack[-2] if len(stack) > 1 else None
        lowest.setdefault((piece.row, piece.column), (piece, parent, []))[2].append(column)
    for piece, parent, columns in lowest.values():
        yield Column(min(columns), max(columns), piece), parent


def _meaning(piece: Piece, parent: Piece | None, group: str) -> Match | None:
    match = find_word(piece.text, group)
    above = find_word(parent.text, group) if parent is not None else None
    if above is not None and above.field == OTHER:
        return above
    if match is None and above is not None and parent is not None and parent.columns == 1:
        match = above
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
