"""Tables of a web page, as many office systems save them under the name .xls."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from toolkit.intake.foreign.model import OUTSIDE, ForeignGrid, Piece
from toolkit.intake.foreign.texts import decoded
from toolkit.problem import Unreadable

_MOST_BYTES = 20_000_000
_MOST_SPAN = 200
_LONGEST_TITLE = 200
_LEFT_OUT = ("script", "style", "head")
_BEGINNINGS = (b"<!doctype html", b"<html", b"<table", b"<meta", b"<head")
_LONGEST_PREAMBLE = 4096


def is_page(path: Path) -> bool:
    """Tell whether a file is a web page, whatever its name says."""
    with path.open("rb") as file:
        start = file.read(_LONGEST_PREAMBLE).removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return start.startswith(_BEGINNINGS) or b"<html" in start


def read_page(path: Path) -> tuple[list[ForeignGrid], list[str]]:
    """Read the tables of a web page from top to bottom as one grid.

    Raises:
        Unreadable: it is too large, or holds no table.
    """
    from lxml import etree, html

    if path.stat().st_size > _MOST_BYTES:
        raise Unreadable(path, "太大，没有读取", "请只留自评表，另存后再试")
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = html.document_fromstring(decoded(path).encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(path, "里没有内容", "请确认选对了文件") from error
    pieces = tuple(_Reader().read(root))
    if not any(piece.place.startswith("表") for piece in pieces):
        raise Unreadable(path, "其实是网页（HTML），里面没有表格", "请在 Excel 或 WPS 里打开，另存为 .xlsx 再试")
    return [ForeignGrid(path.stem, pieces)], []


class _Reader:
    """Walks a page in reading order and numbers rows through all its tables."""

    def __init__(self) -> None:
        self._row = 0
        self._tables = 0

    def read(self, node: Any) -> Iterator[Piece]:
        """Yield the cells of all tables, and each short text outside them as a row of its own."""
        for each in node:
            if each.tag == "table":
                yield from self._read_table(each)
            elif each.tag not in _LEFT_OUT and next(each.iter("table"), None) is not None:
                yield from self.read(each)
            elif each.tag not in _LEFT_OUT and isinstance(each.tag, str):
                text = _squeezed(each.text_content())
                self._row += 1
                if text and len(text) <= _LONGEST_TITLE:
                    yield Piece(self._row, OUTSIDE, text, f"第 {self._row} 段")

    def _read_table(self, table: Any) -> Iterator[Piece]:
        self._tables += 1
        number = self._tables
        held: set[tuple[int, int]] = set()
        for at, row in enumerate(_rows(table), 1):
            self._row += 1
            column = 1
            nested: list[Any] = []
            for cell in row.iterchildren("td", "th"):
                while (self._row, column) in held:
                    column += 1
                rows, columns = _span(cell, "rowspan"), _span(cell, "colspan")
                held |= {(self._row + down, column + right) for down in range(rows) for right in range(columns)}
                inner = list(cell.iter("table"))
                nested += inner[:1]
                text = _squeezed(_without(cell, inner[:1]) if inner else cell.text_content())
                if text:
                    yield Piece(self._row, column, text, f"表 {number} 第 {at} 行第 {column} 列", rows, columns)
                column += columns
            for each in nested:
                yield from self._read_table(each)


def _rows(table: Any) -> Iterator[Any]:
    for node in table.iterchildren("tr", "thead", "tbody", "tfoot", "caption"):
        if node.tag == "tr":
            yield node
        else:
            yield from node.iterchildren("tr")


def _without(cell: Any, tables: list[Any]) -> str:
    """Return the text of a cell before the table in it."""
    before = str(tables[0].text_content())
    return str(cell.text_content()).replace(before, "", 1)


def _span(cell: Any, name: str) -> int:
    value = str(cell.get(name) or "1").strip()
    return min(max(int(value), 1), _MOST_SPAN) if value.isdigit() else 1


def _squeezed(text: str) -> str:
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.replace("\xa0", " ").splitlines())))
