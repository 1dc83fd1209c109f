"""The tables of a .docx as one grid from top to bottom, with the paragraphs between them."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from lxml import etree

from toolkit.intake.foreign.model import ForeignGrid, Piece
from toolkit.problem import Unreadable

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LONGEST_TITLE = 200
_MAIN_PART = "word/document.xml"
_MOST_BYTES = 100_000_000
_WRAPPERS = (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}smartTag", f"{_W}customXml")


def read_docx(path: Path) -> tuple[list[ForeignGrid], list[str]]:
    """Read a Word document.

    Returns:
        One grid: a form may be split over several tables, and its title stands above them.

    Raises:
        Unreadable: it is no document, has a password, or holds no table.
    """
    with path.open("rb") as file:
        if file.read(8) == _OLE:
            raise Unreadable(path, "有打开密码，或是旧版 .doc 格式", "请用 Word 打开、取消密码，另存为 .docx 再试")
    body = _body(path)
    tables = [node for node in body.iter(f"{_W}tbl")]
    if not tables:
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
                    yield Piece(self._row, 1, text, f"第 {self._line} 段")

    def _read_table(self, table: Any) -> Iterator[Piece]:
        self._table += 1
        number, open_merges = self._table, dict[int, Piece]()
        done: list[Piece] = []
        for at, row in enumerate(_rows(table), 1):
            self._row += 1
            nested: list[Any] = []
            column = 1 + _number(row.find(f"{_W}trPr/{_W}gridBefore"))
            for place, cell in enumerate(_cells(row), 1):
                width = max(1, _number(cell.find(f"{_W}tcPr/{_W}gridSpan")))
                merge = cell.find(f"{_W}tcPr/{_W}vMerge")
                above = open_merges.pop(column, None)
                if merge is not None and merge.get(f"{_W}val") != "restart" and above is not None:
                    open_merges[column] = replace(above, rows=self._row - above.row + 1)
                else:
                    done += [above] if above is not None else []
                    text = "\n".join(filter(None, (_text(each) for each in cell if each.tag == f"{_W}p")))
                    piece = Piece(self._row, column, text, f"表 {number} 第 {at} 行第 {place} 列", 1, width)
                    if merge is not None:
                        open_merges[column] = piece
                    else:
                        done.append(piece)
                nested += [each for each in cell if each.tag == f"{_W}tbl"]
                column += width
            for inner in nested:
                yield from self._read_table(inner)
        yield from (piece for piece in (*done, *open_merges.values()) if piece.text)


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
    for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br"):
        if node.tag == f"{_W}t":
            parts.append(node.text or "")
        elif node.getparent().tag == f"{_W}r":
            parts.append("\n" if node.tag == f"{_W}br" else " ")
    return "".join(parts).strip()
