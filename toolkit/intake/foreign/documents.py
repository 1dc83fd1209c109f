"""The tables of a .docx as one grid from top to bottom, with the paragraphs between them."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from toolkit.intake.foreign.model import OUTSIDE, ForeignGrid, Piece
from toolkit.problem import Unreadable

_OLE_LOOK = 2_000_000
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LONGEST_TITLE = 200
_MAIN_PART = "word/document.xml"
_MOST_BYTES = 100_000_000
_PARAGRAPH, _TABLE, _PROPERTIES = f"{_W}p", f"{_W}tbl", f"{_W}tcPr"
_ROW, _CELL, _BEFORE = f"{_W}tr", f"{_W}tc", f"{_W}gridBefore"
_SPAN, _MERGE, _VALUE = f"{_W}gridSpan", f"{_W}vMerge", f"{_W}val"
_TEXT, _TAB, _BREAK, _RUN = f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}r"
_BEGINS, _GOES_ON = "begins", "goes on"
_WRAPPERS = (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}smartTag", f"{_W}customXml")


def read_docx(path: Path) -> tuple[list[ForeignGrid], list[str]]:
    """Read a Word document.

    Returns:
        One grid: a form may be split over several tables, and its title stands above them.

    Raises:
        Unreadable: it is no document, has a password, or holds no table.
    """
    with path.open("rb") as file:
        data = file.read(_OLE_LOOK)
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Unreadable(path, "有打开密码", "请在 Word 或 WPS 里取消打开密码，保存后再试")
        raise Unreadable(path, "其实是旧版 Word 文档（.doc）", "请用 Word 或 WPS 打开，另存为 .docx 再试")
    body = _body(path)
    if next(body.iter(_TABLE), None) is None:
        pictures = next(body.iter(f"{_W}drawing", f"{_W}pict"), None)
        if pictures is not None:
            raise Unreadable(path, "里是图片，没有表格", "扫描件读不了，请向提供的人要可编辑的 .docx 或 .xlsx")
        raise Unreadable(path, "里没有表格", "请换成带自评表的文档，或把表格粘贴到 .xlsx 里")
    return [ForeignGrid(path.stem, tuple(_Reader().read(body)))], []


def _body(path: Path) -> Any:
    """Parse the main part; no entity is expanded and nothing outside the file is read."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        with zipfile.ZipFile(path) as package:
            if package.getinfo(_MAIN_PART).file_size > _MOST_BYTES:
                raise Unreadable(path, "太大，没有读取", "请只留自评表，另存后再试")
            data = package.read(_MAIN_PART)
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise Unreadable(path, "含有文档类型声明，可能有害，没有读取", "请用 Word 或 WPS 打开后另存为 .docx 再试")
        body = etree.fromstring(data, parser).find(f"{_W}body")
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, OSError, zlib.error, etree.XMLSyntaxError) as error:
        raise Unreadable(path, "读不了，不是完好的 Word 文档", "请用 Word 或 WPS 打开后另存为 .docx 再试") from error
    if body is None:
        raise Unreadable(path, "读不了，不是常见的 Word 文档", "请用 Word 或 WPS 打开后另存为 .docx 再试")
    return body


class _Reader:
    """Walks a document in reading order and numbers rows through all its tables."""

    def __init__(self) -> None:
        self._row = 0
        self._table = 0
        self._line = 0

    def read(self, body: Any) -> Iterator[Piece]:
        """Yield the cells of all tables, and each short paragraph outside them as a row of its own."""
        for node in _blocks(body):
            if node.tag == f"{_W}tbl":
                yield from self._read_table(node)
            else:
                self._line += 1
                text = _text(node)
                self._row += 1
                if text and len(text) <= _LONGEST_TITLE:
                    yield Piece(self._row, OUTSIDE, text, f"第 {self._line} 段")

    def _read_table(self, table: Any) -> Iterator[Piece]:
        self._table += 1
        number, open_merges = self._table, dict[int, Piece]()
        done: list[Piece] = []
        for at, (before, cells) in enumerate(_taken_apart(table), 1):
            self._row += 1
            row, column, nested = self._row, 1 + before, list[Any]()
            for place, (width, merge, text, inner) in enumerate(cells, 1):
                above = open_merges.pop(column, None) if open_merges else None
                if merge == _GOES_ON and above is not None:
                    # No one else holds it yet: a cell is handed out when its table has been read.
                    above.rows = row - above.row + 1
                    open_merges[column] = above
                elif text or merge or above is not None:
                    if above is not None:
                        done.append(above)
                    piece = Piece(row, column, text, f"表 {number} 第 {at} 行第 {place} 列", 1, width)
                    if merge:
                        open_merges[column] = piece
                    else:
                        done.append(piece)
                column += width
                if inner:
                    nested += inner
            for each in nested:
                yield from self._read_table(each)
        yield from (piece for piece in (*done, *open_merges.values()) if piece.text)


Taken = tuple[int, str, str, list[Any]]
"""A cell: how many columns it spans, whether it begins or goes on a merge, its text, and the tables in it."""
_BLANK: Taken = 1, "", "", []


def _taken_apart(table: Any) -> Iterator[tuple[int, list[Taken]]]:
    """Yield each row: how many columns it leaves out at its left, and its cells."""
    if next(table.iterdescendants(_TABLE), None) is None:
        yield from _flat(table)
        return
    for row in _rows(table):
        yield _before(row), [_with_tables(cell) for cell in _cells(row)]


def _flat(table: Any) -> Iterator[tuple[int, list[Taken]]]:
    """Yield the rows of a table without tables in it, all of it walked once: each step into an element costs."""
    before, cells, cell = 0, list[Taken](), None
    width, merge, text, several = 1, "", "", False
    for node in table.iter(_ROW, _BEFORE, _CELL, _SPAN, _MERGE, _TEXT, _TAB, _BREAK):
        tag = node.tag
        if tag in (_CELL, _ROW):
            if cell is not None:
                if several:
                    text = _lines(cell)
                cells.append((width, merge, text.strip(), []) if text or merge or width > 1 else _BLANK)
            if tag == _CELL:
                cell, width, merge, text, several = node, 1, "", "", False
                continue
            if cells:
                yield before, cells
            before, cells, cell = 0, [], None
        elif tag == _TEXT:
            several = several or bool(text)
            text = node.text or text
        elif tag == _SPAN:
            width = max(1, _number(node))
        elif tag == _MERGE:
            merge = _BEGINS if node.get(_VALUE) == "restart" else _GOES_ON
        elif tag == _BEFORE:
            before = _number(node)
        else:
            several = True
    if cell is not None:
        yield before, [*cells, (width, merge, _lines(cell), [])]


def _lines(cell: Any) -> str:
    """Return the text of a cell that stands in several pieces: each paragraph is a line, blank ones are left out."""
    texts = [""]
    for node in cell.iter(_PARAGRAPH, _TEXT, _TAB, _BREAK):
        if node.tag == _TEXT:
            texts[-1] += node.text or ""
        elif node.tag == _PARAGRAPH:
            texts.append("")
        elif node.getparent().tag == _RUN:
            texts[-1] += "\n" if node.tag == _BREAK else " "
    return _joined(texts)


def _joined(texts: list[str]) -> str:
    return "\n".join(filter(None, (text.strip() for text in texts)))


def _before(row: Any) -> int:
    """Return how many columns a row leaves out at its left."""
    return _number(next(row.iterfind(f"{_W}trPr/{_W}gridBefore"), None))


def _with_tables(cell: Any) -> Taken:
    width, merge, texts, tables = 1, "", list[str](), list[Any]()
    for node in cell.iterchildren(_PARAGRAPH, _PROPERTIES, _TABLE):
        if node.tag == _PARAGRAPH:
            texts.append(_text(node))
        elif node.tag == _TABLE:
            tables.append(node)
        else:
            for each in node.iterchildren(_SPAN, _MERGE):
                if each.tag == _SPAN:
                    width = max(1, _number(each))
                else:
                    merge = _BEGINS if each.get(_VALUE) == "restart" else _GOES_ON
    return width, merge, _joined(texts), tables


def _blocks(parent: Any) -> Iterator[Any]:
    for node in parent:
        if node.tag in (f"{_W}p", f"{_W}tbl"):
            yield node
        elif node.tag in _WRAPPERS:
            yield from _blocks(node)


def _rows(table: Any) -> Iterator[Any]:
    for node in table:
        if node.tag == f"{_W}tr":
            yield node
        elif node.tag in _WRAPPERS:
            yield from _rows(node)


def _cells(row: Any) -> Iterator[Any]:
    for node in row:
        if node.tag == f"{_W}tc":
            yield node
        elif node.tag in _WRAPPERS:
            yield from _cells(node)


def _number(node: Any) -> int:
    if node is None:
        return 0
    value = node.get(f"{_W}val", "0")
    return min(int(value), 200) if value.isdigit() else 0


def _text(paragraph: Any) -> str:
    parts: list[str] = []
    for node in paragraph.iter(_TEXT, _TAB, _BREAK):
        if node.tag == _TEXT:
            parts.append(node.text or "")
        elif node.getparent().tag == _RUN:
            parts.append("\n" if node.tag == _BREAK else " ")
    return "".join(parts).strip()
