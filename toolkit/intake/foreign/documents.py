"""The tables of a .docx as one grid from top to bottom, with the paragraphs between them."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from lxml import etree

from toolkit.intake.foreign.document_blocks import GOES_ON, Block, Table
from toolkit.intake.foreign.document_scan import scan
from toolkit.intake.foreign.document_tree import W, walk
from toolkit.intake.foreign.model import OUTSIDE, ForeignGrid, Piece
from toolkit.problem import Unreadable

_OLE_LOOK = 2_000_000
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_LONGEST_TITLE = 200
_MAIN_PART = "word/document.xml"
_MOST_BYTES = 100_000_000
_SAVE_AGAIN = "请用 Word 或 WPS 打开后另存为 .docx 再试"


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
    return [ForeignGrid(path.stem, tuple(_Reader().read(_blocks(path))))], []


def _blocks(path: Path) -> list[Block]:
    data = _main_part(path)
    blocks = scan(data)
    if blocks is None or all(isinstance(block, str) for block in blocks):
        body = _body(path, data)
        blocks = list(walk(body))
        if next(body.iter(f"{W}tbl"), None) is None:
            if next(body.iter(f"{W}drawing", f"{W}pict"), None) is not None:
                raise Unreadable(path, "里是图片，没有表格", "扫描件读不了，请向提供的人要可编辑的 .docx 或 .xlsx")
            raise Unreadable(path, "里没有表格", "请换成带自评表的文档，或把表格粘贴到 .xlsx 里")
    return blocks


def _main_part(path: Path) -> bytes:
    try:
        with zipfile.ZipFile(path) as package:
            if package.getinfo(_MAIN_PART).file_size > _MOST_BYTES:
                raise Unreadable(path, "太大，没有读取", "请只留自评表，另存后再试")
            data = package.read(_MAIN_PART)
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, OSError, zlib.error) as error:
        raise Unreadable(path, "读不了，不是完好的 Word 文档", _SAVE_AGAIN) from error
    if b"<!" in data and (b"<!DOCTYPE" in data or b"<!ENTITY" in data):
        raise Unreadable(path, "含有文档类型声明，可能有害，没有读取", _SAVE_AGAIN)
    return data


def _body(path: Path, data: bytes) -> Any:
    """Parse the main part; no entity is expanded and nothing outside the file is read."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        body = etree.fromstring(data, parser).find(f"{W}body")
    except etree.XMLSyntaxError as error:
        raise Unreadable(path, "读不了，不是完好的 Word 文档", _SAVE_AGAIN) from error
    if body is None:
        raise Unreadable(path, "读不了，不是常见的 Word 文档", _SAVE_AGAIN)
    return body


class _Reader:
    """Numbers rows through all tables of a document, and the cells in them."""

    def __init__(self) -> None:
        self._row = 0
        self._table = 0
        self._line = 0

    def read(self, blocks: Iterable[Block]) -> list[Piece]:
        """Return the cells of all tables, and each short paragraph outside them as a row of its own."""
        found: list[Piece] = []
        for block in blocks:
            if isinstance(block, str):
                self._line += 1
                self._row += 1
                if block and len(block) <= _LONGEST_TITLE:
                    found.append(Piece(self._row, OUTSIDE, block, f"第 {self._line} 段"))
            else:
                self._read_table(block, found)
        return found

    def _read_table(self, table: Table, found: list[Piece]) -> None:
        self._table += 1
        number, open_merges = self._table, dict[int, Piece]()
        for at, (before, cells) in enumerate(table, 1):
            self._row += 1
            row, column, nested, where = self._row, 1 + before, list[Table](), f"表 {number} 第 {at} 行第 "
            for place, cell in enumerate(cells, 1):
                above = open_merges.pop(column, None) if open_merges else None
                if isinstance(cell, str):
                    if cell:
                        found.append(Piece(row, column, cell, f"{where}{place} 列"))
                    column += 1
                    continue
                width, merge, text, tables = cell
                if merge == GOES_ON and above is not None:
                    above.rows = row - above.row + 1
                    open_merges[column] = above
                elif text or merge:
                    piece = Piece(row, column, text, f"{where}{place} 列", 1, width)
                    if text:
                        found.append(piece)
                    if merge:
                        open_merges[column] = piece
                column += width
                nested += tables
            for each in nested:
                self._read_table(each, found)
