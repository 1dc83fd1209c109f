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
    (b"!", b"<!"),
    (b"'", b"w:val='"),
    (b"\0", b"\0"),
    (b"u", b"w:author="),
    (b"C", b"<mc:AlternateContent"),
    (b"X", b"<w:customXml"),
    (b"g", b"<w:smartTag"),
    (b"C", b"<w:sdtContent"),
    (b"C", b"<w:txbxContent"),
)
"""What the scan does not know, each after a rare part of it that is found, or not, in no time. Every revision names its author.

Looked for one by one: that is five times as fast as one pattern for all.
"""
_BLOCK = re.compile(rb"<w:(?:(tbl)>|p(?:/| [^>]*/)>|p[ >])")
_TABLE_END, _PARAGRAPH_END = b"</w:tbl>", b"</w:p>"
_TEXT = re.compile(rb"<w:t(?: [^>/]*)?>([^<]+)")
_PLAIN_TEXT = re.compile(rb"<w:t>([^<]+)")
_SPAN = re.compile(rb'<w:gridSpan w:val="([0-9]+)"')
_MERGE = re.compile(rb'<w:vMerge( w:val="restart")?[ />]')
_BEFORE = re.compile(rb'<w:gridBefore w:val="([0-9]+)"')
_CELL_END, _ROW_END = b"</w:tc>", b"</w:tr>"
_PIECE = re.compile(rb"<w:(?:(p)[ />]|t(?: [^>/]*)?>([^<]+)|(tab ?/>)|(br)[ />])")
_PARAGRAPH, _WORDS, _TAB, _BREAK = range(1, 5)


def scan(data: bytes) -> list[Block] | None:
    """Return the paragraphs and tables of a document's main part in reading order; ``None`` where it is not of the usual kind."""
    begins = data.find(b"<w:body")
    whole = begins >= 0 and b"<!" not in data[:begins] and _START.match(data) and data.rstrip().endswith(b"</w:document>")
    if not whole or data.count(b"xmlns:w=") != 1 or data.count(_NAMESPACE) != 1:
        return None
    body = data[begins:]
    if any(part in body and mark in body for part, mark in _UNUSUAL):
        return None
    try:
        return list(_blocks(body))
    except (UnicodeDecodeError, _NestedError):
        return None


class _NestedError(Exception):
    """A table stands in a table."""


def _blocks(text: bytes) -> Iterator[Block]:
    at = 0
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
    texts_of = (_TEXT if b"<w:t " in text else _PLAIN_TEXT).findall
    for row in text.split(_ROW_END):
        *cells, _ = row.split(_CELL_END)
        if not cells:
            continue
        before = _BEFORE.search(cells[0]) if b"<w:gridBefore" in cells[0] else None
        texts = [texts_of(cell) for cell in cells]
        # Read together: to decode each text of its own costs twice as much.
        said = _unescaped(b"\0".join([found[0] if found else b"" for found in texts])).split("\0")
        taken: list[str | Taken] = [words.strip() for words in said]
        merged = b"<w:vMerge" in row or b"<w:gridSpan" in row
        if merged or max(map(len, texts)) > 1:
            for place, (cell, found) in enumerate(zip(cells, texts, strict=True)):
                if len(found) > 1 or (merged and (b"<w:vMerge" in cell or b"<w:gridSpan" in cell)):
                    taken[place] = _cell(cell, found)
        yield min(int(before[1]), MOST_COLUMNS) if before else 0, taken


def _cell(cell: bytes, texts: list[bytes]) -> str | Taken:
    """Return a cell from what stands between the end of the one before it and its own."""
    merge, span = _MERGE.search(cell), _SPAN.search(cell)
    text = joined(_words(cell, "\0").split("\0")) if len(texts) > 1 else _unescaped(b"".join(texts)).strip()
    columns = min(max(1, int(span[1])), MOST_COLUMNS) if span else 1
    merged = "" if merge is None else BEGINS if merge[1] else GOES_ON
    return Taken(columns, merged, text) if merged or columns > 1 else text


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
