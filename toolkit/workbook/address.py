"""Cell addresses in A1 notation and ranges as defined names hold them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from toolkit.core.letters import LAST_COLUMN, column_letters, column_number

__all__ = ["LAST_COLUMN", "LAST_ROW", "Area", "address_of", "column_letters", "column_number", "read_area", "read_reference"]

LAST_ROW = 1_048_576

_RANGE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")
_CORNERS = re.compile(r"([A-Z]{1,3})(\d+)(?::([A-Z]{1,3})(\d+))?")


def address_of(row: int, column: int) -> str:
    """Return a cell in A1 notation."""
    return f"{column_letters(column)}{row}"


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, rows and columns counted from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def __contains__(self, place: tuple[int, int]) -> bool:
        """Tell whether the cell (row, column) lies inside."""
        row, column = place
        return self.top <= row <= self.bottom and self.left <= column <= self.right


def read_area(text: str) -> Area | None:
    """Read a range such as B3:E3 or B3, ``None`` where it is none."""
    found = _CORNERS.fullmatch(text)
    return _area(*found.groups()) if found else None


def read_reference(text: str) -> tuple[str, Area] | None:
    """Read the sheet and the range of a defined name, ``None`` where it is damaged (#REF!) or no range."""
    found = _RANGE.fullmatch(text.strip().removeprefix("="))
    if found is None:
        return None
    quoted, plain, *corners = found.groups()
    area = _area(*corners)
    sheet = quoted.replace("''", "'") if quoted else plain
    return None if area is None else (sheet.removeprefix("$"), area)


def _area(left: str, top: str, right: str | None, bottom: str | None) -> Area | None:
    try:
        area = Area(int(top), column_number(left), int(bottom or top), column_number(right or left))
    except ValueError:
        return None
    inside = 1 <= area.top <= area.bottom <= LAST_ROW and area.left <= area.right
    return area if inside else None
