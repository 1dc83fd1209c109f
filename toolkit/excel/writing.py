"""Writing cells of an open sheet: many in one call, each as it has to be typed to become what it shall be."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

from toolkit.excel.areas import Place, rectangles, text_of
from toolkit.excel.content import ERROR, NOTHING, NUMBER, TEXT, TRUTH, SavedSheet, State
from toolkit.workbook.address import Area

_READ_BY_EXCEL = re.compile(
    r"[\s]*(?:[=+\-@'#%(.$￥¥€£0-9０-９].*|(?:TRUE|FALSE|真|假)|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|[一二三四五六七八九十]+月|上午|下午|民国)[\s\S]*)[\s]*",
    re.IGNORECASE | re.DOTALL,
)
"""Texts that Excel might take for a number, a date, a formula, a truth value or an error when they are typed."""

Value = float | bool | str


def typed(state: State, as_text: bool) -> Value:
    """Return what has to be written for a state to stand in a cell.

    Args:
        state: what shall stand there.
        as_text: the cell is formatted as text (@) and takes everything as it is.
    """
    if state.formula:
        return f"={state.formula.removeprefix('=')}"
    if state.kind == NUMBER:
        return float(state.value)
    if state.kind == TRUTH:
        return state.value in ("1", "true")
    if state.kind in (TEXT, ERROR):
        text = state.value
        shielded = state.kind == TEXT and (text.startswith("'") or (not as_text and _READ_BY_EXCEL.fullmatch(text)))
        return f"'{text}" if shielded else text
    return ""


def write_states(
    sheet: Any, wanted: Mapping[Place, State], is_text: Callable[[Place], bool], saved: SavedSheet | None = None
) -> None:
    """Write cells, each rectangle of them in one call.

    Args:
        sheet: the open sheet, not protected.
        wanted: what shall stand in each cell.
        is_text: tells whether a cell takes everything as text.
        saved: what stands on the sheet now; typed cells between those to be written may be written again with them.
    """
    for area in rectangles(wanted, _filler(wanted, saved) if saved is not None else None):
        sheet.range(text_of(area)).raw_value = block(area, wanted, is_text, saved)


def block(
    area: Area, wanted: Mapping[Place, State], is_text: Callable[[Place], bool], saved: SavedSheet | None = None
) -> Value | tuple[tuple[Value, ...], ...]:
    """Return what has to be written into a rectangle: one value for one cell, else rows of values."""

    def value(place: Place) -> Value:
        state = wanted.get(place)
        if state is None:
            state = saved.state(place) if saved is not None else NOTHING
        return typed(state, is_text(place))

    columns = range(area.left, area.right + 1)
    rows = tuple(tuple(value((row, column)) for column in columns) for row in range(area.top, area.bottom + 1))
    return rows[0][0] if len(rows) == len(rows[0]) == 1 else rows


def _filler(wanted: Collection[Place], saved: SavedSheet) -> Callable[[Place], bool]:
    def may_fill(place: Place) -> bool:
        return place in wanted or (place not in saved.rich and not saved.state(place).formula)

    return may_fill
