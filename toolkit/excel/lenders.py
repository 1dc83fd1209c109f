"""Cells whose look others can take: those that bring nothing else along when they are copied."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from toolkit.excel.areas import Place, places_in
from toolkit.excel.content import SavedSheet


class Manner(NamedTuple):
    """What copying a cell gives another one besides contents and note: its look, and the rules it obeys."""

    look: str
    rules: frozenset[str]


def manner(sheet: SavedSheet, place: Place) -> Manner:
    """Return the manner of a cell."""
    return Manner(sheet.look(place), sheet.rules.at(place))


def lenders(sheet: SavedSheet, wanted: Collection[Manner], busy: Collection[Place] = ()) -> Mapping[Manner, Place]:
    """Return a cell of just the manner for each one wanted, as far as there is one.

    Args:
        sheet: where to look.
        wanted: the manners.
        busy: cells that are about to change.
    """
    looks, found = {each.look for each in wanted}, {}
    for place in _free(sheet, busy):
        if sheet.look(place) in looks:
            has = manner(sheet, place)
            if has in wanted and has not in found:
                found[has] = place
    return found


def lender_of_look(sheet: SavedSheet, look: str, column: int) -> Place | None:
    """Return a cell that has a look at least, near a column; the rules it brings along are not those of the cell."""
    having = [place for place in _free(sheet) if sheet.look(place) == look]
    having = having or [place for place in sheet.styles if sheet.look(place) == look]
    return min(having, key=lambda place: (abs(place[1] - column), place), default=None)


def _free(sheet: SavedSheet, busy: Collection[Place] = ()) -> list[Place]:
    return sorted(sheet.styles.keys() - set(busy) - sheet.notes.keys() - places_in(sheet.merges) - sheet.rich)
