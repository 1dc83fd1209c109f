"""A long table shared out over pages, so that merged cells show what they hold on every page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from toolkit.word.styles import STYLES
from toolkit.word.tables import Box, Row, lines_of

_BORDER = 15
"""What the lines between two rows take, in twips."""
NEW_PAGE = '<w:p><w:pPr><w:pStyle w:val="Tie"/><w:pageBreakBefore/></w:pPr></w:p>'
"""An empty paragraph, too small to be seen, at the top of a page."""


def height_of(rows: Iterable[Row], widths: Sequence[int]) -> int:
    """Estimate the height of rows in twips."""
    return sum(_height(row, widths) for row in rows)


def shared_out(body: Sequence[Row], widths: Sequence[int], first: int, room: int) -> Iterator[list[Row]]:
    """Yield the rows page by page; merged cells that reach over begin anew on the next page.

    Args:
        body: the rows, headings left out.
        widths: of the columns, in twips.
        first: height left for them on the first page, in twips; no row may fit there.
        room: height for them on every further one.
    """
    page: list[Row] = []
    left = first if body and _height(body[0], widths) <= first else room
    for row in body:
        height = _height(row, widths)
        if page and height > left:
            yield page
            page, left = [], room
            row = replace(row, boxes=tuple(map(_begun, row.boxes)))
        page.append(row)
        left -= height
    if page:
        yield page


def _begun(box: Box) -> Box:
    return replace(box, merge="restart") if box.merge == "continue" else box


def _height(row: Row, widths: Sequence[int]) -> int:
    height, at = row.least, 0
    for box in row.boxes:
        width = sum(widths[at : at + box.span])
        at += box.span
        height = max(height, lines_of(box, width) * STYLES[box.style].line)
    return height + _BORDER
