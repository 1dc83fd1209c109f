"""How much room a text takes in the report: lines, heights, and the columns of a table."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from itertools import combinations

from toolkit.workbook.report.layout import FIRST_COLUMN, LAST_COLUMN, WIDTHS

Span = tuple[int, int]
"""First and last column of a cell of the report."""
WHOLE: Span = (FIRST_COLUMN, LAST_COLUMN)

_PIXELS_PER_UNIT, _PADDING = 7, 5
"""Of a column: pixels for a unit of its width, and beside its text."""
_PIXELS_PER_POINT = 96 / 72
_LEADING = 1.62
"""Height of a line by the size of its characters."""
_SIZES = {"标题": 22.0, "表名": 14.0, "表头": 12.0, "表内文字": 12.0, "表内数字": 12.0}
_BODY = 16.0
_LEADINGS = {"表头": 1.4, "表内文字": 1.4, "表内数字": 1.4}
_MOST_LINES_OF_A_ROW = 12
"""A longer text is laid over several rows, so that a page can end within it."""
_ROW_PADDING = 4.0


def height_of(look: str) -> float:
    """Return the height of a line of a look, in points."""
    return size_of(look) * _LEADINGS.get(look, _LEADING)


def size_of(look: str) -> float:
    """Return the size of the characters of a look, in points."""
    return _SIZES.get(look, _BODY)


def heights(lines: int, look: str) -> list[float]:
    """Return the heights of the rows over which a text of so many lines is laid."""
    rows = max(1, math.ceil(lines / _MOST_LINES_OF_A_ROW))
    each, rest = divmod(max(1, lines), rows)
    return [round((each + (1 if row < rest else 0)) * height_of(look) + _ROW_PADDING / rows, 1) for row in range(rows)]


def lines_of(text: str, span: Span, look: str) -> int:
    """Estimate how many lines a text takes in its columns."""
    pixels = sum(WIDTHS[column - 1] * _PIXELS_PER_UNIT + _PADDING for column in range(span[0], span[1] + 1)) - _PADDING
    room = max(2, int(2 * pixels / (size_of(look) * _PIXELS_PER_POINT)))
    return sum(max(1, math.ceil(_width(line) / room)) for line in text.split("\n"))


def spans_of(rows: Sequence[Sequence[str]]) -> tuple[Span, ...]:
    """Share the printed columns out over the cells of a table so that its rows become as low as can be."""
    count = max((len(row) for row in rows), default=1)
    columns = range(FIRST_COLUMN, LAST_COLUMN + 1)
    if count >= len(columns):
        return tuple((column, column) for column in columns)
    ways = [_between(cuts) for cuts in combinations(columns[1:], count - 1)]
    return min(ways, key=lambda spans: sum(_lines_of_row(row, spans) for row in rows))


def fitted(texts: Sequence[str], cells: int) -> tuple[str, ...]:
    """Return texts for so many cells: missing ones blank, surplus ones joined into the last."""
    if len(texts) > cells:
        return (*texts[: cells - 1], "　".join(texts[cells - 1 :]))
    return (*texts, *[""] * (cells - len(texts)))


def is_short(texts: Sequence[str], span: Span) -> bool:
    """Tell whether all cells of a table's column take one line: then they are centred."""
    return all(lines_of(text, span, "表内文字") == 1 for text in texts)


def _between(cuts: Sequence[int]) -> tuple[Span, ...]:
    starts = (FIRST_COLUMN, *cuts)
    ends = (*(cut - 1 for cut in cuts), LAST_COLUMN)
    return tuple(zip(starts, ends, strict=True))


def _lines_of_row(row: Sequence[str], spans: Sequence[Span]) -> int:
    return max((lines_of(text, span, "表内文字") for text, span in zip(row, spans, strict=False)), default=1)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(mark) in "WFA" else 1 for mark in text)
