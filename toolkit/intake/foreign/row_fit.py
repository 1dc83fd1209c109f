"""How well the cells of a row fit the columns, as they stand or slid to one side."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.core.money import read_figure
from toolkit.intake.foreign.columns import Columns
from toolkit.intake.foreign.model import Piece
from toolkit.intake.foreign.words import bare, is_level, is_number

LEVELS = ("level1", "level2", "level3", "level4")
NO_VALUE = re.compile(r"[\s—–\-－/／无不适用]*")
TOO_COSTLY = 10
SUSPECT = 3
_SLIDE_COST = 1
_SIGNED = re.compile(r"[≥≤≧≦＝=><＞＜﹥﹤]\s*\d|\d[\d.]*[%％]$")

Found = Mapping[str, Piece]


@dataclass(slots=True)
class Reading:
    """The cells of a row by field, slid by ``shift`` columns; the higher ``cost``, the worse they fit."""

    shift: int
    cost: int
    cells: Found
    unplaced: tuple[Piece, ...]


def place(columns: Columns, pieces: list[Piece], shift: int) -> Reading:
    """Lay the cells of a row, slid by ``shift`` columns, under the headings."""
    cells: dict[str, Piece] = {}
    unplaced: list[Piece] = []
    cost = _SLIDE_COST if shift else 0
    for piece in pieces:
        name = columns.at.get(piece.column + shift)
        if name is None:
            unplaced.append(piece)
            cost += 0 if piece.column + shift in columns.passed else _unplaced(piece)
        elif name in cells:
            unplaced.append(piece)
            cost += 2
        else:
            cells[name] = piece
    return Reading(shift, cost + _doubt(columns, cells), cells, tuple(unplaced))


def _unplaced(piece: Piece) -> int:
    return TOO_COSTLY if is_level(piece.text, "first") or is_level(piece.text, "second") or is_number(piece.text) else SUSPECT


def _doubt(columns: Columns, cells: Found) -> int:
    """Return how ill the cells fit their columns."""
    cost = 0
    figures = cells.get("weight"), cells.get("score")
    for name, piece in zip(("weight", "score"), figures, strict=True):
        if piece is None:
            cost += 2 if name in columns.fields and figures != (None, None) else 0
        elif not is_number(piece.text) and not NO_VALUE.fullmatch(piece.text):
            cost += TOO_COSTLY
    first, second = cells.get("level1"), cells.get("level2")
    if first is not None and not like_level(first.text):
        cost += SUSPECT + (2 if second is None and "level2" in columns.fields else 0)
    if second is not None and not is_level(second.text, "second") and not is_level(second.text, "satisfaction"):
        cost += 1 if "level3" in cells else 2
    if "level3" in columns.fields and not ("level3" in cells or "level2" in cells or "level4" in cells):
        cost += SUSPECT
    # Names are Chinese as a rule, and no figure begins so.
    names = [cells[name].text for name in LEVELS if name in cells]
    names = [name for name in names if not "\u4e00" <= name[:1] <= "\u9fff"]
    if names and (any(map(is_number, names)) or any(map(_SIGNED.match, names))):
        cost += 2 * SUSPECT
    for name in ("level3", "target", "actual"):
        if name in cells and is_level(cells[name].text, "first"):
            cost += SUSPECT
            break
    return cost + _over(cells) + _misfit(columns, cells)


def _misfit(columns: Columns, cells: Found) -> int:
    """Return what speaks against a reading in the columns of the results."""
    cost = 0
    if "deviation" in cells and is_number(cells["deviation"].text):
        cost += SUSPECT
    for name in ("weight", "score"):
        if name in cells and "%" in cells[name].text:
            cost += SUSPECT
    wanted = "value" if "value" in columns.fields else "target"
    if "actual" in cells and wanted in columns.fields and not {"target", "value", "sign", "adjusted"} & cells.keys():
        cost += SUSPECT
    return cost


def _over(cells: Found) -> int:
    if "weight" not in cells or "score" not in cells:
        return 0
    weight, score = read_figure(cells["weight"].text), read_figure(cells["score"].text)
    return 2 if weight is not None and score is not None and score.number > weight.number else 0


def like_level(text: str) -> bool:
    """Tell whether a text may name a 一级指标."""
    name = bare(text)
    return is_level(text, "first") or (name.endswith("指标") and len(name) <= 10)
