"""The rows of 项目资金 by their columns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.core.form import Cell, FundLine, Line
from toolkit.core.values import Dash, read_value
from toolkit.intake.foreign.columns import NAMES, Columns, fund_columns
from toolkit.intake.foreign.model import How, Leftover, Log, Piece, Recognised
from toolkit.intake.foreign.parts import Part
from toolkit.intake.foreign.rows import is_number
from toolkit.intake.foreign.words import bare, find_word, is_word

_FIELDS = ("initial_budget", "annual_budget", "executed", "weight", "rate", "score", "received", "received_rate")
_FIGURES = (*_FIELDS[:3], "weight", "score", "received")
_NO_VALUE = re.compile(r"[\s—–\-－/／无不适用]*")
_KIND = re.compile(r"资金|拨款|合计|总额|结转|补助|总计|预算|债券|其他|自筹|自有|贷款|其中")
_LEAD = re.compile(r"^其中\s*[:：]?\s*|^\d+[.、)）]\s*|^[（(]\d+[)）]\s*")
_SHIFTS = (0, 1, -1)


def read_funds(part: Part, last: int, log: Log) -> tuple[tuple[FundLine, ...], int]:
    """Return the fund rows, and the last row of their table (0 where there is none)."""
    if part.grid.stream:
        return _followed(part, last, log)
    columns = fund_columns(part.grid, part.first, last)
    if columns is None:
        return (), 0
    log.recognised.extend(columns.recognised)
    log.take(columns.pieces)
    for name, claimed in columns.doubtful.items():
        places = "、".join(piece.place for piece in claimed)
        log.note(f"项目资金有 {len(claimed)} 栏都像“{NAMES[name]}”（{places}），分不清哪一栏，没有读")
    lines: list[FundLine] = []
    bottom = columns.bottom
    for row in part.grid.rows_between(columns.bottom + 1, last):
        pieces = [piece for piece in part.grid.row(row) if (piece.row, piece.column) not in log.taken]
        found = _read_row(columns, pieces)
        if found is None:
            if _ends(pieces):
                break
            continue
        kind, cells, rest = found
        bottom = row
        lines.append(_line(part, kind, cells, len(lines), log))
        log.leftovers.extend(Leftover(piece.text, piece.place, "在没有采用的栏目里") for piece in rest)
        log.take((kind, *cells.values(), *rest))
    return tuple(lines), bottom


def _followed(part: Part, last: int, log: Log) -> tuple[tuple[FundLine, ...], int]:
    """Return the rows of text whose cells only follow one another: those with a cell for each heading."""
    pieces = list(part.grid.between(part.first, last))
    start, order = _heading_run(pieces)
    if not order:
        return (), 0
    log.take(pieces[start : start + len(order)])
    lines: list[FundLine] = []
    at = start + len(order)
    while at < len(pieces) and find_word(_LEAD.sub("", pieces[at].text), "kind") is not None:
        end = at + 1
        while end < len(pieces) and (is_number(pieces[end].text) or _NO_VALUE.fullmatch(pieces[end].text)):
            end += 1
        cells = pieces[at + 1 : end]
        known = dict(zip(order, cells, strict=True)) if len(cells) == len(order) else {}
        lines.append(_line(part, pieces[at], known, len(lines), log))
        log.take((pieces[at], *known.values()))
        if cells and not known:
            log.note(f"“{pieces[at].text}”（{pieces[at].place}）后面有 {len(cells)} 个格子，栏目有 {len(order)} 个，对不上，没有读")
        at = end
    return tuple(lines), part.first


def _heading_run(pieces: list[Piece]) -> tuple[int, list[str]]:
    """Return where the headings of 项目资金 begin, and their fields."""
    for start in range(len(pieces)):
        order: list[str] = []
        for piece in pieces[start:]:
            match = find_word(piece.text, "fund")
            if match is None or match.field not in _FIELDS or match.field in order:
                break
            order.append(match.field)
        if len({"initial_budget", "annual_budget", "executed"} & set(order)) >= 2:
            return start, order
    return 0, []


def _ends(pieces: list[Piece]) -> bool:
    return any(find_word(piece.text, "label") is not None or find_word(piece.text, "indicator") for piece in pieces)


def _read_row(columns: Columns, pieces: list[Piece]) -> tuple[Piece, dict[str, Piece], list[Piece]] | None:
    first = min(columns.fields[name].first for name in columns.fields if name != "kind")
    for shift in _SHIFTS:
        left = [piece for piece in pieces if piece.column + shift < first]
        kind = next((piece for piece in reversed(left) if _is_kind(piece)), None)
        cells: dict[str, Piece] = {}
        rest: list[Piece] = []
        for piece in (each for each in pieces if each not in left):
            name = next((n for n, c in columns.fields.items() if c.first <= piece.column + shift <= c.last), None)
            if name is None or name in cells or name == "kind":
                rest.append(piece)
            else:
                cells[name] = piece
        if kind is not None and (not shift or all(_fits(cells, name) for name in _FIGURES)) and _fits_kind(cells):
            return kind, cells, rest
    return None


def _is_kind(piece: Piece) -> bool:
    if find_word(_LEAD.sub("", piece.text), "kind") is not None:
        return True
    return (
        _KIND.search(piece.text) is not None
        and len(piece.text) <= 30
        and not is_word(piece.text, "label", "other")
        and not is_word(piece.text, "label", "goal")
    )


def _fits(cells: dict[str, Piece], name: str) -> bool:
    return name not in cells or is_number(cells[name].text) or _NO_VALUE.fullmatch(cells[name].text) is not None


def _fits_kind(cells: dict[str, Piece]) -> bool:
    """Refuse a row whose amounts are names: it has slid, or is none of the table."""
    return not any(name in cells and _is_kind(cells[name]) for name in _FIELDS[:3])


def _line(part: Part, kind: Piece, cells: dict[str, Piece], index: int, log: Log) -> FundLine:
    name = _LEAD.sub("", "".join(kind.text.split())).rstrip("：:")
    match = find_word(name, "kind")
    total = match is not None and match.field == "total"
    how = How.EXACT if match else How.SUGGESTED
    log.recognised.append(Recognised("资金行", kind.text, kind.place, how, match.confidence if match else 0.7))
    line = Line.FUNDS + index

    def cell(field: str) -> Cell:
        piece = cells.get(field)
        label = f"{name}·{NAMES[field]}"
        if piece is None:
            return Cell(label, line=line)
        # A dash under 分值 and 得分 of a source only says that sources are not scored.
        unscored = not total and field in ("weight", "score") and isinstance(read_value(piece.text), Dash)
        text = "" if unscored else piece.text
        return Cell(label, text, part.grid.sheet, piece.address, piece.exact, piece.origin, line)

    return FundLine(
        kind=Cell(f"{name}·资金来源", name, part.grid.sheet, kind.address, line=line),
        **{field: cell(field) for field in _FIELDS},
    )


def other_amounts(lines: tuple[FundLine, ...]) -> Iterator[Cell]:
    """Yield amounts that are neither a number nor a mark: they stay as they are and are named."""
    for line in lines:
        for _, cell in line.amounts():
            if not cell.blank and not is_number(cell.text) and not _NO_VALUE.fullmatch(cell.text) and bare(cell.text):
                yield cell
