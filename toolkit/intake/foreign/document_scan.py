"""The usual document, scanned by its marks: an eighth of what a tree of all its elements costs.

What the scan does not know (tables in tables, content controls, revisions, text boxes, odd spellings) it leaves to
:mod:`toolkit.intake.foreign.document_tree`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from toolkit.intake.foreign.document_blocks import (
    BEGINS,
    BLANK,
    GOES_ON,
    MOST_COLUMNS,
    Block,
    Row,
    Table,
    Taken,
    joined,
)

_NAMESPACE = b'"http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_START = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:<\?xml [^>]*encoding=["\'](?i:utf-8)["\'][^>]*\?>\s*)?<w:document[ >]')
_UNUSUAL = (
    *(b"<!", b"<mc:", b"<w:sdt", b"<w:ins ", b"<w:ins>", b"<w:del ", b"<w:del>", b"<w:move"),
    *(b"<w:smartTag", b"<w:customXml", b"<w:txbxContent", b"w:val='"),
)
"""Looked for one by one: that is five times as fast as one pattern for all."""
_BLOCK = re.compile(r"<w:(?:(tbl)>|p(?:/| [^>]*/)>|p[ >])")
_TABLE_END, _PARAGRAPH_END = "</w:tbl>", "</w:p>"
_MARK = re.compile(
    r'<w:(?:(tc)[ >]|t(?: [^>/]*)?>([^<]+)|(tr)[ >]|gridSpan w:val="([0-9]+)"|(vMerge)( w:val="restart")?|'
    r'gridBefore w:val="([0-9]+)"|tab ?/>|br[ />])'
)
_CELL, _TEXT, _ROW, _SPAN, _MERGE, _RESTART, _BEFORE = range(1, 8)
_PIECE = re.compile(r"<w:(?:(p)[ />]|t(?: [^>/]*)?>([^<]+)|(tab ?/>)|(br)[ />])")
_PARAGRAPH, _WORDS, _TAB, _BREAK = range(1, 5)


def scan(data: bytes) -> list[Block] | None:
    """Return the paragraphs and tables of a document's main part in reading order; ``None`` where it is not of the usual kind."""
    whole = _START.match(data) and b"<w:body" in data and data.rstrip().endswith(b"</w:document>")
    usual = data.count(b"xmlns:w=") == 1 and data.count(_NAMESPACE) == 1 and not any(mark in data for mark in _UNUSUAL)
    try:
        return list(_blocks(data.decode())) if whole and usual else None
    except (UnicodeDecodeError, _NestedError):
        return None


class _NestedError(Exception):
    """A table stands in a table."""


def _blocks(text: str) -> Iterator[Block]:
    at = text.index("<w:body")
    while found := _BLOCK.search(text, at):
        if found[1]:
            end = _end(text, _TABLE_END, found.end())
            table = text[found.end() : end]
            if "<w:tbl>" in table:
                raise _NestedError
            yield _table(table)
        elif found[0].endswith("/>"):
            end = found.end()
            yield ""
        else:
            end = _end(text, _PARAGRAPH_END, found.end())
            yield _words(text[found.start() : end]).strip()
        at = end


def _end(text: str, mark: str, at: int) -> int:
    found = text.find(mark, at)
    return found if found >= 0 else len(text)


def _table(text: str) -> Table:
    return list(_rows(text))


def _rows(text: str) -> Iterator[Row]:
    before, cells, start = 0, list[Taken](), -1
    width, merge, words, pieces = 1, "", "", 0
    for mark in _MARK.finditer(text):
        kind = mark.lastindex
        if kind == _TEXT:
            words, pieces = mark[_TEXT], pieces + 1
        elif kind in (_CELL, _ROW):
            if start >= 0:
                cells.append(_cell(width, merge, words if pieces < 2 else text[start : mark.start()], pieces))
            start, width, merge, words, pieces = -1, 1, "", "", 0
            if kind == _CELL:
                start = mark.end()
                continue
            if cells:
                yield before, cells
            before, cells = 0, []
        elif kind == _SPAN:
            width = min(max(1, int(mark[_SPAN])), MOST_COLUMNS)
        elif kind == _BEFORE:
            before = min(int(mark[_BEFORE]), MOST_COLUMNS)
        elif kind is None:
            pieces += 2
        else:
            merge = BEGINS if kind == _RESTART else GOES_ON
    if start >= 0:
        cells.append(_cell(width, merge, words if pieces < 2 else text[start:], pieces))
    if cells:
        yield before, cells


def _cell(width: int, merge: str, text: str, pieces: int) -> Taken:
    """Return a cell from its one text, or from all that it holds where it holds several."""
    if pieces > 1:
        text = joined(_words(text, "\0").split("\0"))
    elif text:
        text = (unescape(text) if "&" in text else text).strip()
    return Taken(width, merge, text) if text or merge or width > 1 else BLANK


def _words(text: str, paragraph: str = "") -> str:
    """Return what a stretch of the document says; ``paragraph`` stands before each of its paragraphs."""
    parts: list[str] = []
    for piece in _PIECE.finditer(text):
        kind = piece.lastindex
        if kind == _WORDS:
            parts.append(unescape(piece[_WORDS]) if "&" in piece[_WORDS] else piece[_WORDS])
        else:
            parts.append(paragraph if kind == _PARAGRAPH else " " if kind == _TAB else "\n")
    return "".join(parts)
