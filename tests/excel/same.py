"""Whether two saved workbooks are the same, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from toolkit.excel.content import Row, SavedBook, SavedSheet
from toolkit.workbook.address import address_of


def differences(first: Path, second: Path, *, besides: tuple[str, ...] = ()) -> list[str]:
    """Return every difference in values, formulas, looks, notes, rows, merges, links, marks and protection.

    Args:
        first: a saved workbook.
        second: another.
        besides: sheets that are left out.
    """
    with SavedBook(first) as one, SavedBook(second) as other:
        if one.names != other.names:
            return [f"sheets: {one.names} / {other.names}"]
        return [
            f"{name} {line}"
            for name in one.names
            if name not in besides
            for line in _of_sheet(one.sheet(name), other.sheet(name))
        ]


def _of_sheet(one: SavedSheet | None, other: SavedSheet | None) -> Iterator[str]:
    assert one is not None and other is not None
    for place in sorted(one.places() | other.places()):
        at = address_of(*place)
        for what, here, there in (
            ("value", one.state(place), other.state(place)),
            ("look", one.look(place), other.look(place)),
            ("note", one.notes.get(place), other.notes.get(place)),
            ("link", one.links.get(place), other.links.get(place)),
        ):
            if here != there:
                yield f"{at} {what}: {here} / {there}"
    for number in sorted(one.rows.keys() | other.rows.keys()):
        here_row, there_row = one.rows.get(number, Row()), other.rows.get(number, Row())
        if here_row != there_row:
            yield f"row {number}: {here_row} / {there_row}"
    for what in ("merges", "breaks", "protection"):
        if getattr(one, what) != getattr(other, what):
            yield f"{what}: {getattr(one, what)} / {getattr(other, what)}"
    marks = [[area for rule in sheet.marks for area in rule.areas] for sheet in (one, other)]
    if marks[0] != marks[1]:
        yield f"marks: {marks[0]} / {marks[1]}"
