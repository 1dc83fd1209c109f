"""Notes and marks on cells with findings: ours can be told from the officer's, and only ours are taken away."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from toolkit.excel.areas import Place, joined, rectangles, text_of
from toolkit.excel.content import Rule
from toolkit.workbook.address import address_of
from toolkit.workbook.signs import MARK

COLOUR = 0xA5_D8_FF
"""Fill of a marked cell, blue-green-red as Excel counts: a light orange."""
_EXPRESSION, _NO_OPERATOR = 2, 3


def write_notes(
    sheet: Any,
    now: Mapping[Place, str],
    wanted: Mapping[Place, str],
    places: Collection[Place],
    unsure: Collection[Place] = (),
) -> None:
    """Give cells the notes that are wanted.

    Args:
        sheet: the open sheet, not protected.
        now: the notes that are there.
        wanted: those that shall be there.
        places: the cells in question; all others keep what they have.
        unsure: those of them that were copied over: whether the note is still there, or came along, is not known.
    """
    stale = {place for place in places if place in unsure or (place in now and now[place] != wanted.get(place))}
    for address in joined(text_of(area) for area in rectangles(stale)):
        sheet.range(address).api.ClearComments()
    for place in sorted(places):
        text = wanted.get(place)
        if text is not None and (place in stale or place not in now):
            sheet.range(address_of(*place)).api.AddComment(text)


def move_marks(sheet: Any, now: Sequence[Rule], wanted: Sequence[str]) -> None:
    """Let our marks cover just the areas wanted: a mark that is there is moved, a surplus one deleted.

    A mark is a conditional format that is always true: the colours that the officer gave stay below it.
    """
    lines = list(joined(wanted))
    if [line.replace(",", " ").split() for line in lines] == [list(rule.areas) for rule in now]:
        return
    there = _ours(sheet, [rule.rank for rule in now]) if now else []
    for mark in reversed(there[len(lines) :]):
        mark.Delete()
    for mark, line in zip(there, lines, strict=False):
        mark.ModifyAppliesToRange(sheet.range(line).api)
    for line in lines[len(there) :]:
        rule = sheet.range(line).api.FormatConditions.Add(_EXPRESSION, _NO_OPERATOR, f"={MARK}")
        rule.Interior.Color = COLOUR


def delete_marks(sheet: Any) -> None:
    """Take all our marks off a sheet, those that came along with copied cells too."""
    for mark in reversed(_ours(sheet)):
        mark.Delete()


def _ours(sheet: Any, ranks: Sequence[int] = ()) -> list[Any]:
    """Return our marks, each seen to be ours; where one is not at its supposed rank, or none is given, all are looked through."""
    every = sheet.api.Cells.FormatConditions
    count = int(every.Count)
    if ranks and max(ranks) <= count:
        found = [every(rank) for rank in ranks]
        if all(_is_ours(each) for each in found):
            return found
    return [each for rank in range(1, count + 1) if _is_ours(each := every(rank))]


def _is_ours(condition: Any) -> bool:
    # Colour scales, icons and the like have no formula to ask for.
    return condition.Type == _EXPRESSION and str(condition.Formula1).replace(" ", "").removeprefix("=") == MARK
