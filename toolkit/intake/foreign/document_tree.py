"""Any document, walked element by element: tables in tables, content controls, revisions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

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

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _TABLE, _PROPERTIES = f"{W}p", f"{W}tbl", f"{W}tcPr"
_ROW, _CELL = f"{W}tr", f"{W}tc"
_SPAN, _MERGE, _VALUE = f"{W}gridSpan", f"{W}vMerge", f"{W}val"
_TEXT, _TAB, _BREAK, _RUN = f"{W}t", f"{W}tab", f"{W}br", f"{W}r"
_WRAPPERS = (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}smartTag", f"{W}customXml")


def walk(body: Any) -> Iterator[Block]:
    """Yield the paragraphs and tables of a document's body in reading order."""
    for node in _within(body, _PARAGRAPH, _TABLE):
        yield _table(node) if node.tag == _TABLE else _text(node)


def _within(parent: Any, *tags: str) -> Iterator[Any]:
    """Yield the children with these tags, also those that a content control or a revision holds."""
    for node in parent:
        if node.tag in tags:
            yield node
        elif node.tag in _WRAPPERS:
            yield from _within(node, *tags)


def _table(table: Any) -> Table:
    return [_row(row) for row in _within(table, _ROW)]


def _row(row: Any) -> Row:
    before = _number(next(row.iterfind(f"{W}trPr/{W}gridBefore"), None))
    return before, [_cell(cell) for cell in _within(row, _CELL)]


def _cell(cell: Any) -> str | Taken:
    width, merge, texts, tables = 1, "", list[str](), list[Table]()
    for node in _within(cell, _PARAGRAPH, _PROPERTIES, _TABLE):
        if node.tag == _PARAGRAPH:
            texts.append(_text(node))
        elif node.tag == _TABLE:
            tables.append(_table(node))
        else:
            for each in node.iterchildren(_SPAN, _MERGE):
                if each.tag == _SPAN:
                    width = max(1, _number(each))
                else:
                    merge = BEGINS if each.get(_VALUE) == "restart" else GOES_ON
    text = joined(texts)
    return Taken(width, merge, text, tuple(tables)) if merge or tables or width > 1 else text


def _number(node: Any) -> int:
    value = "0" if node is None else node.get(_VALUE, "0")
    return min(int(value), MOST_COLUMNS) if value.isdecimal() else 0


def _text(paragraph: Any) -> str:
    parts: list[str] = []
    for node in paragraph.iter(_TEXT, _TAB, _BREAK):
        if node.tag == _TEXT:
            parts.append(node.text or "")
        elif node.getparent().tag == _RUN:
            parts.append("\n" if node.tag == _BREAK else " ")
    return "".join(parts).strip()
