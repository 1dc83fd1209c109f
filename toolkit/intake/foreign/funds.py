"""The rows of 项目资金 by their columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from toolkit.core.form import Cell, FundLine, Line
from toolkit.core.values import Dash, read_value
from toolkit.intake.foreign.amounts import read_amounts
from toolkit.intake.foreign.columns import NAMES, Columns, fund_columns, not_taken
from toolkit.intake.foreign.model import FUND_ROW, How, Leftover, Log, Piece, Recognised
from toolkit.intake.foreign.parts import Part
from toolkit.intake.foreign.words import OTHER, bare, find_word, is_number, is_word

_FIELDS = ("initial_budget", "annual_budget", "executed", "weight", "rate", "score", "received", "received_rate")
_FIGURES = (*_FIELDS[:3], "weight", "score", "received")
_NO_VALUE = re.compile(r"[\s—–\-－/／无不适用]*")
_KIND = re.compile(r"资金|拨款|合计|总额|结转|补助|总计|预算|债券|其他|自筹|自有|贷款|其中")
_LEAD = re.compile(r"^(?:\s*(?:其中\s*[:：]?|\d+[.、)）]|[（(]\d+[)）]))+\s*")
_SHIFTS = (0, 1, -1)
_AMOUNTS = ("initial_budget", "annual_budget", "executed")
_LONGEST_KIND = 30


def read_funds(part: Part, last: int, log: Log) -> tuple[tuple[FundLine, ...], int]:
    """Return the fund rows, and the last row of their table (0 where there is none)."""
    if part.grid.stream:
        return _followed(part, last, log)
    columns = fund_columns(part.grid, part.first, last)
    if columns is None:
        return _labelled(part, last, log), 0
    log.recognised.extend(columns.recognised)
    log.take(columns.pieces)
    for name, claimed in columns.doubtful.items():
        places = "、".join(piece.place for piece in claimed)
        log.note(f"项目资金有 {len(claimed)} 栏都像“{NAMES[name]}”（{places}），分不清哪一栏，没有读")
    lines: list[FundLine] = []
    bottom = columns.bottom
    for row in part.grid.rows_between(columns.bottom + 1, last):
        pieces = [piece for piece in part.grid.row(row) if (piece.row, piece.column) not in log.taken]
        found = _read_row(part, columns, pieces)
        if found is None:
            if _ends(pieces):
                break
            continue
        kind, cells, rest = found
        bottom = row
        lines.append(_line(part, kind, cells, len(lines), log))
        log.leftovers.extend(Leftover(piece.text, piece.place, not_taken(columns, piece)) for piece in rest)
        log.take((kind, *cells.values(), *rest))
    return tuple(lines), bottom


def _followed(part: Part, last: int, log: Log) -> tuple[tuple[FundLine, ...], int]:
    """Return the rows of text whose cells only follow one another: those with a cell for each heading."""
    pieces = list(part.grid.between(part.first, last))
    start, order = _heading_run(pieces)
    if not order:
        return _labelled(part, last, log), 0
    log.take(pieces[start : start + len(order)])
    lines: list[FundLine] = []
    at = start + len(order)
    while at < len(pieces) and not _names_source(pieces[at]) and _frames(pieces[at]):
        at += 1
    while at < len(pieces) and _names_source(pieces[at]):
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
        while at < len(pieces) and not _names_source(pieces[at]) and not _ends([pieces[at]]):
            at += 1
    return tuple(lines), part.first


def _labelled(part: Part, last: int, log: Log) -> tuple[FundLine, ...]:
    """Return the rows of amounts that stand beside labels of their own."""
    lines: list[FundLine] = []
    for kind, cells in read_amounts(part, last):
        lines.append(_line(part, kind, cells, len(lines), log))
        log.take((kind, *cells.values()))
    return tuple(lines)


def _names_source(piece: Piece) -> bool:
    return find_word(_LEAD.sub("", piece.text), "kind") is not None


def _frames(piece: Piece) -> bool:
    """Tell whether a cell only frames the table (项目资金), or is a heading of a column without a field."""
    match = find_word(piece.text, "fund")
    return is_word(piece.text, "label", "other") or (match is not None and match.field == OTHER)


def _heading_run(pieces: list[Piece]) -> tuple[int, list[str]]:
    """Return where the headings of 项目资金 begin, and their fields: the longest run without a field twice."""
    best: tuple[int, list[str]] = 0, []
    for start in range(len(pieces)):
        order: list[str] = []
        for piece in pieces[start:]:
            match = find_word(piece.text, "fund")
            if match is None or match.field not in _FIELDS or match.field in order:
                break
            order.append(match.field)
        if len(set(_AMOUNTS) & set(order)) >= 2 and len(order) > len(best[1]):
            best = start, order
    return best


def _ends(pieces: list[Piece]) -> bool:
    return any(find_word(piece.text, "label") is not None or find_word(piece.text, "indicator") for piece in pieces)


Row = tuple[Piece, dict[str, Piece], list[Piece]]


def _read_row(part: Part, columns: Columns, pieces: list[Piece]) -> Row | None:
    for shift in _SHIFTS:
        kind, cells, rest = _placed(columns, pieces, shift)
        figures = [name for name in _AMOUNTS if name in cells and is_number(cells[name].text)]
        if shift and not all(_fits(cells, name) for name in _FIGURES):
            continue
        if kind is not None and _fits_kind(cells) and (figures or _is_kind(kind) or not pieces):
            return kind, cells, rest
        if kind is None and not shift and figures and pieces:
            # The row has no name of its own: it is that of the cell left of headings and figures.
            over = part.grid.at(pieces[0].row, columns.amounts_from - 1)
            if over is not None and over.row < pieces[0].row:
                return replace(over, text=bare(over.text)), cells, rest
    return None


def _placed(columns: Columns, pieces: list[Piece], shift: int) -> tuple[Piece | None, dict[str, Piece], list[Piece]]:
    first = columns.amounts_from
    left = [piece for piece in pieces if piece.column + shift < first]
    kind = next((piece for piece in reversed(left) if _is_kind(piece)), None) or next(
        (piece for piece in reversed(left) if _may_be_kind(piece)), None
    )
    cells: dict[str, Piece] = {}
    rest: list[Piece] = []
    for piece in (each for each in pieces if each not in left):
        name = columns.at.get(piece.column + shift)
        if name is None or name in cells or name == "kind":
            rest.append(piece)
        else:
            cells[name] = piece
    return kind, cells, rest


def _is_kind(piece: Piece) -> bool:
    name = _LEAD.sub("", piece.text)
    if find_word(name, "kind") is not None:
        return True
    known = any(find_word(name, group) is not None for group in ("label", "indicator"))
    return _KIND.search(name) is not None and len(name) <= _LONGEST_KIND and not known


def _may_be_kind(piece: Piece) -> bool:
    """Tell whether a cell beside figures may name them: short, no figure, none of the form's labels."""
    known = any(find_word(piece.text, group) is not None for group in ("label", "indicator", "fund"))
    return len(piece.text) <= _LONGEST_KIND and not is_number(piece.text) and not known and bool(bare(piece.text))


def _fits(cells: dict[str, Piece], name: str) -> bool:
    return name not in cells or is_number(cells[name].text) or _NO_VALUE.fullmatch(cells[name].text) is not None


def _fits_kind(cells: dict[str, Piece]) -> bool:
    """Refuse a row whose amounts are names or other headings: it has slid, or is none of the table."""
    texts = [cells[name].text for name in _AMOUNTS if name in cells]
    return all(any(mark.isdigit() for mark in text) or "万" in text or not _is_name(text) for text in texts)


def _is_name(text: str) -> bool:
    return re.search("[\u4e00-\u9fff]{3}", text) is not None


def _line(part: Part, kind: Piece, cells: dict[str, Piece], index: int, log: Log) -> FundLine:
    name = _LEAD.sub("", "".join(kind.text.split())).rstrip("：:")
    match = find_word(name, "kind")
    total = match is not None and match.field == "total"
    how = How.EXACT if match else How.SUGGESTED
    log.recognised.append(Recognised(FUND_ROW, kind.text, kind.place, how, match.confidence if match else 0.7))
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
