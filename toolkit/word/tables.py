"""Tables that break well: widths that fit the page, heading rows that repeat, rows that stay whole."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from toolkit.word.styles import STYLES
from toolkit.word.text import clean, paragraphs, width_of

Merge = Literal["", "restart", "continue"]
Frame = Literal["all", "none", "below"]
_SPLIT_ABOVE = 5200
"""Height in twips of a row that is split rather than pushed to the next page as a whole: some half of a page."""
_PADDING = 140
"""Width of a cell that its text cannot take, in twips."""


_SPARE = 80
"""Width left free, since letters of another face may be a little wider."""
_WHOLE = re.compile(r"[0-9A-Za-z.,，%％≥≤<>=-]+")
_SHORT, _SHORT_WORD, _MOST_WHOLE = 2.0, 4.0, 9.0
"""Widths in characters: of the narrowest column, of a word that is kept whole, of the longest figure that is."""


@dataclass(frozen=True, slots=True)
class Box:
    """A cell.

    Attributes:
        span: how many columns it takes.
        merge: the first of merged cells one below the other, or a further one, which shows nothing.
        frame: whether it has borders; a signature line has none but the lower.
    """

    text: str
    style: str = "TableText"
    span: int = 1
    left: bool = False
    merge: Merge = ""
    frame: Frame = "all"
    pending: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row; heading rows repeat on every page, ``least`` is the least height in twips."""

    boxes: tuple[Box, ...]
    head: bool = False
    least: int = 0


def table_xml(rows: Sequence[Row], widths: Sequence[int]) -> str:
    """Return a table of columns ``widths`` wide, in twips."""
    edge = 'w:val="single" w:sz="4" w:space="0" w:color="000000"'
    borders = "".join(f"<w:{side} {edge}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{borders}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(_row(row, widths) for row in rows)}</w:tbl>"
    )


def _row(row: Row, widths: Sequence[int]) -> str:
    cells, at, height = [], 0, 0
    for box in row.boxes:
        width = sum(widths[at : at + box.span])
        at += box.span
        cells.append(_cell(box, width))
        height = max(height, lines_of(box, width) * STYLES[box.style].line)
    whole = "" if height > _SPLIT_ABOVE else "<w:cantSplit/>"
    least = f'<w:trHeight w:val="{row.least}" w:hRule="atLeast"/>' if row.least else ""
    head = "<w:tblHeader/>" if row.head else ""
    return f"<w:tr><w:trPr>{whole}{least}{head}</w:trPr>{''.join(cells)}</w:tr>"


def lines_of(box: Box, width: int) -> int:
    """Estimate how many lines a cell's text takes."""
    if box.merge == "continue":
        return 1
    room = max(1.0, (width - _PADDING) / (STYLES[box.style].size * 10))
    return sum(max(1, math.ceil(width_of(line) / room)) for line in clean(box.text).split("\n"))


def _cell(box: Box, width: int) -> str:
    span = f'<w:gridSpan w:val="{box.span}"/>' if box.span > 1 else ""
    merge = {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}[box.merge]
    text = paragraphs("" if box.merge == "continue" else box.text, box.style, pending=box.pending)
    if box.left:
        text = text.replace("</w:pPr>", '<w:jc w:val="left"/></w:pPr>')
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{_frame(box)}'
        f'<w:vAlign w:val="center"/></w:tcPr>{text}</w:tc>'
    )


def _frame(box: Box) -> str:
    if box.frame == "all":
        return ""
    sides = ("top", "left", "bottom", "right") if box.frame == "none" else ("top", "left", "right")
    edges = "".join(f'<w:{side} w:val="nil"/>' for side in sides)
    return f"<w:tcBorders>{edges}</w:tcBorders>"


def fitted_widths(texts: Sequence[Sequence[str]], room: int, size: int) -> list[int]:
    """Share out the width of the page over the columns of a table.

    No column gets less than keeps a figure or a short word whole. Beyond that a column gets the more, the more of the
    table's height its texts make: a long text counts in full where it is the longest of its row.

    Args:
        texts: the rows, all equally long.
        room: width of the page in twips.
        size: of the letters, in half points.
    """
    lengths = [[_length(text) for text in row] for row in texts]
    columns = list(zip(*lengths, strict=True))
    letter = size * 10
    needs = [max(column) * letter + _PADDING + _SPARE for column in columns]
    if sum(needs) <= room:
        return _exactly([need * room / sum(needs) for need in needs], room)
    least = [_least(column) * letter + _PADDING + _SPARE for column in zip(*texts, strict=True)]
    longest = [max(row) or 1.0 for row in lengths]
    weights = [math.sqrt(sum(length**2 / most for length, most in zip(column, longest, strict=True))) for column in columns]
    return _exactly(_grown([min(pair) for pair in zip(least, needs, strict=True)], needs, weights, room), room)


def _grown(widths: list[float], needs: Sequence[float], weights: Sequence[float], room: int) -> list[float]:
    """Share out what is left of the room by weight, to no column more than it needs."""
    for _ in widths:
        left = room - sum(widths)
        open_ = [place for place, need in enumerate(needs) if need > widths[place]]
        total = sum(weights[place] for place in open_)
        if left < 1 or not total:
            break
        for place in open_:
            widths[place] = min(needs[place], widths[place] + left * weights[place] / total)
    return [width * room / sum(widths) for width in widths]


def _length(text: str) -> float:
    return max(map(width_of, clean(text).split("\n")))


def _least(texts: Sequence[str]) -> float:
    """Return the width of what should not be broken: figures and Latin words, and short words of Chinese."""
    words = [width_of(word) for text in texts for word in _WHOLE.findall(text)]
    return min(_MOST_WHOLE, max([_SHORT, *words, *(min(_SHORT_WORD, width_of(text)) for text in texts)]))


def _exactly(widths: Sequence[float], room: int) -> list[int]:
    rounded = [int(width) for width in widths]
    rounded[-1] += room - sum(rounded)
    return rounded
