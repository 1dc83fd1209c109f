"""Text in which the cells only follow one another, blank ones missing: rows are read where just one reading fits."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit.intake.foreign.model import Piece
from toolkit.intake.foreign.words import OTHER, find_word, is_level, is_word

_SIGNS = re.compile(r"[≥≤≧≦＝═=><＞＜﹥﹤‹›]{1,2}|不低于|不少于|不超过|不高于|大于等于|小于等于|大于|小于|等于")
_POINTS = re.compile(r"\d{1,3}(?:\.\d{1,2})?")
_WEIGHT_BEHIND = re.compile(r"[（(]\s*\d+(?:\.\d+)?\s*分?\s*[)）]$")
_ELLIPSIS = re.compile(r"[.…·。\s]{2,}")
UNNAMED = "unnamed"
"""A figure behind each row for which there is no heading."""
_LEVELS = ("level1", "level2", "level3")
_MOST_TOKENS = 120
_MOST_READINGS = 2
_MOST_LEVELS = 2

Row = dict[str, Piece]


@dataclass(frozen=True, slots=True)
class Stream:
    """What was made of the cells below the headings.

    Attributes:
        rows: the rows whose cells fit the headings in just one way.
        left: cells that fit in several ways, or in none.
    """

    rows: tuple[Row, ...]
    left: tuple[Piece, ...]


def heading_run(pieces: Sequence[Piece]) -> tuple[int, int] | None:
    """Return where the headings of the indicators begin and end among cells that follow one another."""
    at = 0
    while at < len(pieces):
        end = at
        while end < len(pieces) and _is_heading(pieces[end]):
            end += 1
        fields = {match.field for piece in pieces[at:end] if (match := find_word(piece.text, "indicator"))}
        if {"level1", "level3"} <= fields and {"target", "actual", "score"} & fields:
            return at, end
        at = max(end, at + 1)
    return None


def _is_heading(piece: Piece) -> bool:
    return find_word(piece.text, "indicator") is not None or is_word(piece.text, "label", "other")


def order_of(headings: Sequence[Piece]) -> list[str]:
    """Return the fields in the order of the columns; the lower row of a heading two rows high comes after the upper."""
    matches = [find_word(piece.text, "indicator") for piece in headings]
    fields = [match.field for match in matches if match is not None and match.field != OTHER]
    start = fields.index("level1")
    upper, lower = fields[:start], fields[start:]
    split = [name for name in lower if name in ("sign", "unit")]
    if split:
        lower = ["value" if name == "target" else name for name in lower]
    levels = [name for name in lower if name in _LEVELS]
    rest = [name for name in lower if name not in _LEVELS]
    if upper and "target" in upper and split:
        at = upper.index("target")
        return [*levels, *upper[:at], *rest, *upper[at + 1 :]]
    return [*levels, *upper, *rest]


def read_stream(order: Sequence[str], pieces: Sequence[Piece], line_starts: Sequence[int] = ()) -> Stream:
    """Read the rows below headings in a given order; where each line of the text is one row, line by line."""
    total = next((at for at, piece in enumerate(pieces) if is_word(piece.text, "label", "total")), len(pieces))
    end = next((at for at, piece in enumerate(pieces[:total]) if is_word(piece.text, "label", "other")), total)
    by_line = _by_line(order, pieces[:end], line_starts) if line_starts else None
    if by_line is not None:
        return Stream(tuple(by_line), ())
    rows: list[Row] = []
    left: list[Piece] = []
    levels: Row = {}
    for names, cells in _groups([piece for piece in pieces[:end] if not _ELLIPSIS.fullmatch(piece.text)]):
        if any(name == "level1" for name, _ in names):
            levels = {}
        levels = {**levels, **dict(names)}
        found = list(_readings(tuple(order), cells)) if len(cells) <= _MOST_TOKENS else []
        if len(found) == 1:
            rows += [{**levels, **row} for row in found[0]]
        else:
            left += cells
    return Stream(tuple(rows), tuple(left))


def _by_line(order: Sequence[str], pieces: Sequence[Piece], line_starts: Sequence[int]) -> list[Row] | None:
    """Return the rows where every line holds one whole row that reads in just one way, else ``None``."""
    rows: list[Row] = []
    levels: Row = {}
    lines: list[list[Piece]] = []
    for piece in pieces:
        if not lines or piece.column in line_starts:
            lines.append([])
        lines[-1].append(piece)
    for line in lines:
        names = list(itertools.takewhile(lambda each: each[0], ((_level(piece), piece) for piece in line)))[:_MOST_LEVELS]
        cells = line[len(names) :]
        found = [row for row, after in _rows_from(_fields_of(order), cells, 0) if after == len(cells)]
        if len(found) != 1:
            return None
        levels = {**({} if any(name == "level1" for name, _ in names) else levels), **dict(names)}
        rows.append({**levels, **found[0]})
    return rows


def _fields_of(order: Sequence[str]) -> tuple[str, ...]:
    fields = tuple(name for name in order if name not in ("level1", "level2"))
    return fields if {"weight", "score"} & set(fields) else (*fields, UNNAMED)


def _groups(pieces: Sequence[Piece]) -> Iterator[tuple[list[tuple[str, Piece]], list[Piece]]]:
    """Yield the names of levels with the cells behind them."""
    names: list[tuple[str, Piece]] = []
    cells: list[Piece] = []
    for piece in pieces:
        level = _level(piece)
        if level and cells:
            yield names, cells
            names, cells = [], []
        if level:
            names.append((level, piece))
        else:
            cells.append(piece)
    if cells:
        yield names, cells


def read_figures(order: Sequence[str], pieces: Sequence[Piece]) -> dict[str, Piece]:
    """Return the figures behind 总分 by field where their number says which is which."""
    wanted = [name for name in order if name in ("weight", "score")]
    figures = []
    for piece in pieces:
        if not _POINTS.fullmatch(piece.text.strip()):
            break
        figures.append(piece)
    return dict(zip(wanted, figures, strict=True)) if len(wanted) == len(figures) else {}


def _level(piece: Piece) -> str:
    bare = _WEIGHT_BEHIND.sub("", "".join(piece.text.split()))
    if is_level(bare, "first") and not (is_level(bare, "second") and not bare.startswith("满意度")):
        return "level1"
    return "level2" if is_level(bare, "second") else ""


def _readings(order: tuple[str, ...], cells: Sequence[Piece]) -> Iterator[list[Row]]:
    """Yield the ways to read cells as whole rows; no more than two, which is already one too many."""
    fields = _fields_of(order)
    ways: dict[int, list[list[Row]]] = {len(cells): [[]]}
    for start in range(len(cells) - 1, -1, -1):
        found: list[list[Row]] = []
        for row, after in _rows_from(fields, cells, start):
            found += [[row, *rest] for rest in ways.get(after, [])]
            if len(found) > _MOST_READINGS:
                break
        ways[start] = found[:_MOST_READINGS]
    yield from ways[0]


def _rows_from(fields: tuple[str, ...], cells: Sequence[Piece], start: int) -> Iterator[tuple[Row, int]]:
    """Yield each way to read one row from ``start``, with the place behind it."""

    def extend(at: int, left: tuple[str, ...], row: Row) -> Iterator[tuple[Row, int]]:
        if not left:
            if _whole(fields, row):
                yield row, at
            return
        name, rest = left[0], left[1:]
        if at < len(cells) and _fits(name, cells[at], row):
            yield from extend(at + 1, rest, {**row, name: cells[at]})
        if name in ("sign", "unit", "deviation", "weight", "score"):
            yield from extend(at, rest, row)

    yield from extend(start, fields, {})


def _fits(name: str, piece: Piece, row: Row) -> bool:
    text = "".join(piece.text.split())
    points = _POINTS.fullmatch(text) is not None and float(text) <= 100
    if name in ("weight", "score", UNNAMED):
        return points
    if name == "sign":
        return _SIGNS.fullmatch(text) is not None
    if name == "unit":
        return not any(mark.isdigit() for mark in text) and len(text) <= 8 and row["value"].text.strip()[-1:].isdigit()
    if name in ("level3", "level4", "deviation"):
        return not points and re.search("[\u4e00-\u9fff]{2}", text) is not None and not _SIGNS.match(text)
    return _SIGNS.fullmatch(text) is None


def _whole(fields: tuple[str, ...], row: Row) -> bool:
    """Tell whether a row has all its cells, or only target and result with figures (a part of the row above)."""
    scored = [name for name in ("weight", "score") if name in fields]
    have = [name for name in scored if name in row]
    if len(have) == len(scored):
        return True
    part = row["level3"].text.startswith("其中")
    return not have and part and all(any(c.isdigit() for c in row[name].text) for name in ("target", "actual") if name in row)
