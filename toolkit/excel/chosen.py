"""What the officer has selected in the open workbook."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.excel.live import LiveBook
from toolkit.workbook.address import read_area


@dataclass(frozen=True, slots=True)
class Selection:
    """The sheet that is shown and the rows selected on it."""

    sheet: str
    rows: frozenset[int]


def selection(live: LiveBook) -> Selection | None:
    """Return what is selected; ``None`` where it is no cells, or whole columns."""
    chosen = live.app.selection
    if chosen is None:
        return None
    areas = [read_area(text) for text in str(chosen.address).replace("$", "").split(",")]
    whole = [_rows(text) for text in str(chosen.address).replace("$", "").split(",")]
    rows = {row for area in areas if area is not None for row in range(area.top, area.bottom + 1)}
    return Selection(str(chosen.sheet.name), frozenset(rows.union(*whole)))


def _rows(text: str) -> set[int]:
    """Return the rows of an address of whole rows, such as 5:7."""
    first, _, last = text.partition(":")
    return set(range(int(first), int(last) + 1)) if first.isdigit() and last.isdigit() else set()
