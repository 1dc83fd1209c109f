"""Addresses of cells: "B2", "A1:C9", "2:3", "A:C", several with commas, as rows and columns from 0."""

import re
from typing import NamedTuple

LAST_ROW, LAST_COLUMN = 1_048_575, 16_383
_PART = re.compile(r"\$?([A-Za-z]{1,3})?\$?(\d+)?(?::\$?([A-Za-z]{1,3})?\$?(\d+)?)?")


class Area(NamedTuple):
    """A rectangle of cells, ends included, from 0."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.bottom - self.top + 1, self.right - self.left + 1

    @property
    def whole_rows(self) -> bool:
        """Whether it takes in every column."""
        return (self.left, self.right) == (0, LAST_COLUMN)

    @property
    def whole_columns(self) -> bool:
        """Whether it takes in every row."""
        return (self.top, self.bottom) == (0, LAST_ROW)

    def around(self, other: "Area") -> "Area":
        """Return the smallest rectangle around both."""
        return Area(
            min(self.top, other.top),
            min(self.left, other.left),
            max(self.bottom, other.bottom),
            max(self.right, other.right),
        )


def letters(column: int) -> str:
    """Return the letters of a column from 0."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def _column(text: str) -> int:
    number = 0
    for letter in text.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _one(text: str) -> Area | None:
    found = _PART.fullmatch(text.strip())
    if not found or not any(found.groups()):
        return None
    left, top, right, bottom = found.groups()
    if ":" not in text:
        right, bottom = left, top
        if not left or not top:
            return None
    if bool(left) != bool(right) or bool(top) != bool(bottom):
        return None
    rows = sorted((int(top) - 1, int(bottom) - 1)) if top and bottom else [0, LAST_ROW]
    columns = sorted((_column(left), _column(right))) if left and right else [0, LAST_COLUMN]
    return Area(rows[0], columns[0], rows[1], columns[1])


def areas_of(text: str) -> list[Area] | None:
    """Read an address of one or more ranges; None for anything else, as a defined name.

    Raises:
        ValueError: it is longer than the 255 characters that Excel takes.
    """
    if len(text) > 255:
        raise ValueError(f"Excel takes addresses of at most 255 characters, not {len(text)}")
    found = [_one(part) for part in text.split(",")]
    return [each for each in found if each is not None] if all(found) else None


def address_of(area: Area, row_absolute: bool = True, column_absolute: bool = True) -> str:
    """Write an address as Excel does ("$A$1:$C$9", "$2:$3", "$A:$C")."""
    row, column = "$" * row_absolute, "$" * column_absolute
    if area.whole_rows:
        return f"{row}{area.top + 1}:{row}{area.bottom + 1}"
    if area.whole_columns:
        return f"{column}{letters(area.left)}:{column}{letters(area.right)}"
    ends = [f"{column}{letters(c)}{row}{r + 1}" for r, c in ((area.top, area.left), (area.bottom, area.right))]
    return ends[0] if ends[0] == ends[1] else ":".join(ends)
