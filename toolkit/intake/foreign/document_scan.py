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
_UNUSUAL = (b"<!", b"<mc:", b"<w:sdt", b"w:author=", b"<w:smartTag", b"<w:customXml", b"<w:txbxContent", b"w:val='")
"""Looked for one by one: that is five times as fast as one pattern for all. Every revision names its author."""
_BLOCK = re.compile(rb"<w:(?:(tbl)>|p(?:/| [^>]*/)>|p[ >])")
_TABLE_END, _PARAGRAPH_END = b"</w:tbl>", b"</w:p>"
_TEXT = re.compile(rb"<w:t(?: [^>/]*)?>([^<]+)")
_SPAN = re.compile(rb'<w:gridSpan w:val="([0-9]+)"')
_MERGE = re.compile(rb'<w:vMerge( w:val="restart")?[ />]')
_BEFORE = re.compile(rb'<w:gridBefore w:val="([0-9]+)"')
_CELL_END, _ROW_END = b"</w:tc>", b"</w:tr>"
_PIECE = re.compile(rb"<w:(?:(p)[ />]|t(?: [^>/]*)?>([^<]+)|(tab ?/>)|(br)[ />])")
_PARAGRAPH, _WORDS, _TAB, _BREAK = range(1, 5)

# Making a named tuple by its class costs three times as much.
_new = tuple.__new__


def scan(data: bytes) -> list[Block] | None:
    """Return the paragraphs and tables of a document's main part in reading order; ``None`` where it is not of the usual kind."""
    whole = _START.match(data) and b"<w:body" in data and data.rstrip().endswith(b"</w:document>")
    usual = data.count(b"xmlns:w=") == 1 and data.count(_NAMESPACE) == 1 and not any(mark in data for mark in _UNUSUAL)
    try:
        return list(_blocks(data)) if whole and usual else None
    except (UnicodeDecodeError, _NestedError):
        return None


class _NestedError(Exception):
    """A table stands in a table."""


def _blocks(text: bytes) -> Iterator[Block]:
    at = text.index(b"<w:body")
    while found := _BLOCK.search(text, at):
        if found[1]:
            end = _end(text, _TABLE_END, found.end())
            table = text[found.end() : end]
            if b"<w:tbl>" in table:
                raise _NestedError
            yield _table(table)
        elif found[0].endswith(b"/>"):
            end = found.end()
            yield ""
        else:
            end = _end(text, _PARAGRAPH_END, found.end())
            yield _words(text[found.start() : end]).strip()
        at = end


def _end(text: bytes, mark: bytes, at: int) -> int:
    found = text.find(mark, at)
    return found if found >= 0 else len(text)


def _table(text: bytes) -> Table:
    return list(_rows(text))


def _rows(text: bytes) -> Iterator[Row]:
    texts_of = _TEXT.findall
    for row in text.split(_ROW_END):
        *cells, _ = row.split(_CELL_END)
        if not cells:
            continue
        before = _BEFORE.search(cells[0]) if b"<w:gridBefore" in cells[0] else None
        plain = b"<w:vMerge" not in row and b"<w:gridSpan" not in row
        taken: list[Taken] = []
        for cell in cells:
            texts = texts_of(cell)
            if len(texts) > 1 or not (plain or (b"<w:vMerge" not in cell and b"<w:gridSpan" not in cell)):
                taken.append(_cell(cell, texts))
            else:
                taken.append(_new(Taken, (1, "", _unescaped(texts[0]).strip(), ())) if texts else BLANK)
        yield min(int(before[1]), MOST_COLUMNS) if before else 0, taken


def _cell(cell: bytes, texts: list[bytes]) -> Taken:
    """Return a cell from what stands between the end of the one before it and its own."""
    merge, span = _MERGE.search(cell), _SPAN.search(cell)
    text = joined(_words(cell, "\0").split("\0")) if len(texts) > 1 else _unescaped(b"".join(texts)).strip()
    columns = min(max(1, int(span[1])), MOST_COLUMNS) if span else 1
    merged = "" if merge is None else BEGINS if merge[1] else GOES_ON
    return Taken(columns, merged, text) if text or merged or columns > 1 else BLANK


def _unescaped(text: bytes) -> str:
    return unescape(text.decode()) if b"&" in text else text.decode()


def _words(text: bytes, paragraph: str = "") -> str:
    """Return what a stretch of the document says; ``paragraph`` stands before each of its paragraphs."""
    parts: list[str] = []
    for piece in _PIECE.finditer(text):
        kind = piece.lastindex
        if kind == _WORDS:
            parts.append(_unescaped(piece[_WORDS]))
        else:
            parts.append(paragraph if kind == _PARAGRAPH else " " if kind == _TAB else "\n")
    return "".join(parts)
