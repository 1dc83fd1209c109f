"""A blank form's file: its grids, and the texts that stand beside them: footnotes, comments, text boxes."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from toolkit.intake.foreign import READERS
from toolkit.intake.foreign.model import ForeignGrid
from toolkit.intake.learn.footnotes import Note
from toolkit.intake.learn.model import Unread
from toolkit.problem import Unreadable

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_LONG = 200
"""Paragraphs of a document longer than this are no part of its grid."""
_IN_BOX = "写在文本框里，没有读；请把它写进单元格或正文再试"
_MOST_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Pages:
    """What a file holds.

    Attributes:
        grids: its sheets, or the document.
        notes: texts outside the grids.
        unread: texts that are not read, such as text boxes.
        remarks: what the officer should know about the reading.
    """

    grids: tuple[ForeignGrid, ...]
    notes: tuple[Note, ...]
    unread: tuple[Unread, ...]
    remarks: tuple[str, ...]


def read_pages(path: Path) -> Pages:
    """Read a blank form's file.

    Raises:
        Unreadable: the file is of another kind, damaged, or holds no table.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise Unreadable(path, f"是“{path.suffix or '没有后缀的'}”文件，读不了", "请用空白表的 .xlsx、.xls 或 .docx")
    grids, remarks = reader(path)
    notes: tuple[Note, ...] = ()
    boxes: tuple[Unread, ...] = ()
    if path.suffix.lower() == ".docx":
        notes, boxes = _document(path)
    elif path.suffix.lower() in (".xlsx", ".xlsm"):
        notes, boxes = _workbook(path, {grid.sheet for grid in grids})
    hidden = {_bare(box.text) for box in boxes}
    return Pages(tuple(_without(grid, hidden) for grid in grids), notes, boxes, tuple(remarks))


def _without(grid: ForeignGrid, hidden: set[str]) -> ForeignGrid:
    """Leave out paragraphs that only hold a text box: what a box says is named, not read."""
    pieces = tuple(piece for piece in grid.pieces if not _only(_bare(piece.text), hidden))
    return grid if len(pieces) == len(grid.pieces) else replace(grid, pieces=pieces)


def _only(text: str, hidden: set[str]) -> bool:
    return any(box and not text.replace(box, "") for box in hidden)


def _bare(text: str) -> str:
    return "".join(text.split())


def _document(path: Path) -> tuple[tuple[Note, ...], tuple[Unread, ...]]:
    with zipfile.ZipFile(path) as package:
        body = _parsed(package, "word/document.xml")
        boxes = tuple(
            Unread(text, "文本框", _IN_BOX) for text in dict.fromkeys(_boxes(body, f"{_WORD}txbxContent", f"{_WORD}t"))
        )
        notes = [*_long_paragraphs(body), *_footnotes(package)]
    return tuple(notes), boxes


def _long_paragraphs(body: Any) -> Iterator[Note]:
    """Yield paragraphs outside the tables that are too long to be labels."""
    number = 0
    for node in body.iter(f"{_WORD}p"):
        if next(node.iterancestors(f"{_WORD}tbl", f"{_WORD}txbxContent"), None) is not None:
            continue
        number += 1
        text = _text(node)
        if len(text) > _LONG:
            yield Note(text, f"第 {number} 段")


def _footnotes(package: zipfile.ZipFile) -> Iterator[Note]:
    for part, name in (("word/footnotes.xml", "脚注"), ("word/endnotes.xml", "尾注")):
        if part in package.namelist():
            kind = "footnote" if name == "脚注" else "endnote"
            found = [
                node
                for node in _parsed(package, part).iter(f"{_WORD}{kind}")
                if node.get(f"{_WORD}type") in (None, "normal")
            ]
            for number, node in enumerate(found, 1):
                text = "\n".join(filter(None, (_text(each) for each in node.iter(f"{_WORD}p"))))
                if text:
                    yield Note(text, f"{name} {number}")


def _workbook(path: Path, sheets: set[str | None]) -> tuple[tuple[Note, ...], tuple[Unread, ...]]:
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        drawings = [name for name in names if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name)]
        texts = [text for name in drawings for text in _boxes(_parsed(package, name), None, f"{_DRAWING}t")]
        commented = any(name.startswith("xl/comments") or name.startswith("xl/comments/") for name in names)
    boxes = tuple(Unread(text, "文本框", _IN_BOX) for text in dict.fromkeys(texts))
    return (tuple(_comments(path, sheets)) if commented else ()), boxes


def _comments(path: Path, sheets: set[str | None]) -> Iterator[Note]:
    import openpyxl

    for sheet in openpyxl.load_workbook(path).worksheets:
        if sheet.title not in sheets:
            continue
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment is not None and str(cell.comment.text).strip():
                    yield Note(str(cell.comment.text).strip(), f"{sheet.title}!{cell.coordinate} 的批注")


def _boxes(root: Any, holder: str | None, letters: str) -> Iterator[str]:
    """Yield the texts of boxes; without a holder each body of text in a drawing is one."""
    holders = root.iter(holder) if holder else (node for node in root.iter() if str(node.tag).endswith("}txBody"))
    for node in holders:
        text = "".join(each.text or "" for each in node.iter(letters)).strip()
        if text:
            yield text


def _text(paragraph: Any) -> str:
    """Return what a paragraph says, text boxes anchored in it left out."""
    inner = {id(each) for box in paragraph.iter(f"{_WORD}txbxContent") for each in box.iter(f"{_WORD}t")}
    parts = (
        "\n" if each.tag == f"{_WORD}br" else each.text or ""
        for each in paragraph.iter(f"{_WORD}t", f"{_WORD}br")
        if id(each) not in inner
    )
    return "".join(parts).strip()


def _parsed(package: zipfile.ZipFile, part: str) -> Any:
    from lxml import etree

    data = package.read(part) if package.getinfo(part).file_size <= _MOST_BYTES else b"<none/>"
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
