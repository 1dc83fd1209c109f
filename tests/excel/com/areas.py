"""Addresses as Excel's Range takes them, and the rectangles they mean."""

from __future__ import annotations

import re
from typing import NamedTuple

from openpyxl.utils import column_index_from_string, get_column_letter

ROWS, COLUMNS = 1048576, 16384
LONGEST = 255
"""Characters that Range takes."""
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d+)(?::\$?([A-Za-z]{1,3})\$?(\d+))?")
_ROWS = re.compile(r"\$?(\d+):\$?(\d+)")
_COLUMNS = re.compile(r"\$?([A-Za-z]{1,3}):\$?([A-Za-z]{1,3})")


class Area(NamedTuple):
    """A rectangle of cells, both ends included, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def rows(self) -> int:
        """Return the count of its rows."""
        return self.bottom - self.top + 1

    @property
    def columns(self) -> int:
        """Return the count of its columns."""
        return self.right - self.left + 1

    def meets(self, other: Area) -> bool:
        """Tell whether the two share a cell."""
        return self.top <= other.bottom and other.top <= self.bottom and self.left <= other.right and other.left <= self.right

    def holds(self, other: Area) -> bool:
        """Tell whether all of ``other`` lies in it."""
        return self.top <= other.top and self.left <= other.left and self.bottom >= other.bottom and self.right >= other.right

    def address(self, mark: str = "$") -> str:
        """Return it in A1 notation."""
        left, right = get_column_letter(self.left), get_column_letter(self.right)
        if (self.left, self.right) == (1, COLUMNS):
            return f"{mark}{self.top}:{mark}{self.bottom}"
        if (self.top, self.bottom) == (1, ROWS):
            return f"{mark}{left}:{mark}{right}"
        first = f"{mark}{left}{mark}{self.top}"
        return first if (self.top, self.left) == (self.bottom, self.right) else f"{first}:{mark}{right}{mark}{self.bottom}"


def read_areas(address: str) -> list[Area] | None:
    """Return the rectangles of an address, ``None`` where it is none."""
    areas = [_read(part.strip()) for part in address.split(",")]
    return None if None in areas else [area for area in areas if area is not None]


def _read(part: str) -> Area | None:
    if found := _CELL.fullmatch(part):
        left, right = column_index_from_string(found[1]), column_index_from_string(found[3] or found[1])
        top, bottom = int(found[2]), int(found[4] or found[2])
        return Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))
    if found := _ROWS.fullmatch(part):
        return Area(min(map(int, found.groups())), 1, max(map(int, found.groups())), COLUMNS)
    if found := _COLUMNS.fullmatch(part):
        ends = [column_index_from_string(letters) for letters in found.groups()]
        return Area(1, min(ends), ROWS, max(ends))
    return None
