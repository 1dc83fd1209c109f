"""Columns by number and by letters: 1 is A."""

from __future__ import annotations

import re
from functools import cache

LAST_COLUMN = 16_384

_LETTERS = re.compile(r"[A-Z]{1,3}")


@cache
def column_number(letters: str) -> int:
    """Return the number of a column, A being 1.

    Raises:
        ValueError: no such column exists.
    """
    if not _LETTERS.fullmatch(letters):
        raise ValueError(f"no column {letters}")
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    if number > LAST_COLUMN:
        raise ValueError(f"no column {letters}")
    return number


@cache
def column_letters(number: int) -> str:
    """Return the letters of a column, 1 being A."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
