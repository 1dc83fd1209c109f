"""Adding the sheet 检查结果 to somebody else's workbook; every other sheet stays byte for byte."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Mapping, Sequence
from copy import copy
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import quoteattr

from lxml import etree

from toolkit.checks.answers import Answer
from toolkit.checks.review import Review
from toolkit.problem import Unreadable
from toolkit.workbook.book import Book
from toolkit.workbook.results.header import header_lines
from toolkit.workbook.results.layout import HEADER_ROW, HEADINGS, SHEET, ResultLayout, find_layout
from toolkit.workbook.results.part import ResultPart
from toolkit.workbook.results.rows import result_rows
from toolkit.workbook.results.write import write_results
from toolkit.workbook.save import write_atomically
from toolkit.workbook.strings import namespace_of

_WIDTHS = (6, 8, 14, 26, 60, 44, 44, 34, 8, 24, 10, 10)
"""Widths of the columns in characters, in the order of the headings."""
_HEADING_ROW = 2
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_TYPES = "[Content_Types].xml"
_END = r"</(?:[\w.-]+:)?{0}\s*>"
_LINK_SPACE = re.compile(rb"""xmlns:[\w.-]+\s*=\s*["'](http://[^"']*officeDocument/(?:2006/)?relationships)["']""")
_ELEMENT_PREFIX = re.compile(rb"</([\w.-]+:)?sheets\s*>")

Styles = tuple[int, int, int]
"""Indices of the styles of the first line, the headings and the list."""


def add_results(
    source: Path,
    out: Path,
    reviews: Sequence[Review],
    answers: Sequence[Answer] = (),
    moment: datetime | None = None,
) -> None:
    """Write a copy of a foreign workbook with one sheet more, 检查结果; a sheet of ours that is there is filled anew.

    Content types, the workbook's list of sheets, its relationships and the end of the styles are added to; no style
    that exists changes its index. All other parts are copied byte for byte.

    Raises:
        Unreadable: the workbook is built in a way that nothing can be added to.
        Unwritable: the copy cannot be written; nothing is left behind.
    """
    with Book(source) as book:
        entry = book.entry(SHEET)
        if entry is None or find_layout(book.sheet(entry)) is None:
            header = header_lines(reviews, moment or datetime.now())
            changed = _Adding(book).parts(header, reviews, answers)
            write_atomically(out, lambda path: _copy(book, path, changed), source)
            return
    write_results(source, out, reviews, answers, moment)


class _Adding:
    """Works out the parts that change and the one that is new."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._package = book.package
        self._names = {entry.filename for entry in book.package.entries}
        self._main = "xl/workbook.xml"
        if self._main not in self._names:
            raise self._refused("工作簿的内部结构与众不同")
        self._rels = "xl/_rels/workbook.xml.rels"

    def parts(self, header: str, reviews: Sequence[Review], answers: Sequence[Answer]) -> Mapping[str, bytes]:
        """Return the new content of each part that changes, the new sheet among them."""
        number = next(n for n in range(1, 10_000) if f"xl/worksheets/sheet{n}.xml" not in self._names)
        part = f"xl/worksheets/sheet{number}.xml"
        rels = self._package.read(self._rels)
        key = next(f"rId{n}" for n in range(1, 10_000) if f'"rId{n}"'.encode() not in rels and f"'rId{n}'".encode() not in rels)
        styles_part, styles, styled = self._styles()
        layout = ResultLayout(_HEADING_ROW, {heading: at for at, heading in enumerate(HEADINGS, 1)})
        sheet = ResultPart(_blank_sheet(styled), layout).fill(header, list(result_rows(reviews, answers)))
        changed = {
            _TYPES: self._with_type(part),
            self._main: self._with_sheet(key),
            self._rels: self._with_link(rels, key, part),
            part: sheet,
        }
        return changed | ({styles_part: styles} if styles_part else {})

    def _with_type(self, part: str) -> bytes:
        piece = f'<Override PartName="/{part}" ContentType="{_SHEET_TYPE}"/>'
        return self._inserted(self._package.read(_TYPES), "Types", piece)

    def _with_link(self, rels: bytes, key: str, part: str) -> bytes:
        target = posixpath.relpath(part, "xl")
        kind = self._link_space() + "/worksheet"
        return self._inserted(rels, "Relationships", f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>')

    def _link_space(self) -> str:
        found = _LINK_SPACE.search(self._package.read(self._main))
        return found[1].decode() if found else _LINKS

    def _with_sheet(self, key: str) -> bytes:
        data = self._package.read(self._main)
        root = self._package.parse(self._main)
        space = namespace_of(root)
        listed = list(root.iterfind(f"{space}sheets/{space}sheet"))
        names = {node.get("name", "").lower() for node in listed}
        name = next(each for each in (SHEET, *(f"{SHEET}{n}" for n in range(2, 10_000))) if each.lower() not in names)
        number = 1 + max((int(node.get("sheetId", "0")) for node in listed), default=0)
        element = _ELEMENT_PREFIX.search(data)
        own = element[1].decode() if element and element[1] else ""
        # The prefix is declared on the element: some programs declare it on each sheet and nowhere else.
        piece = f'<{own}sheet xmlns:r="{self._link_space()}" name={quoteattr(name)} sheetId="{number}" r:id="{key}"/>'
        return self._inserted(data, "sheets", piece)

    def _inserted(self, data: bytes, element: str, piece: str) -> bytes:
        """Return a part with a piece before the end tag of one of its elements."""
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise self._refused("内部文件的编码少见")
        ends = list(re.finditer(_END.format(element).encode(), data))
        if not ends:
            raise self._refused("工作簿的内部结构与众不同")
        return data[: ends[-1].start()] + piece.encode() + data[ends[-1].start() :]

    def _styles(self) -> tuple[str, bytes, Styles]:
        """Return the part of the styles with three added at its end, and their indices."""
        part = "xl/styles.xml"
        if part not in self._names:
            return "", b"", (0, 0, 0)
        root = self._package.parse(part)
        space = namespace_of(root)
        holder = root.find(f"{space}cellXfs")
        if holder is None:
            return "", b"", (0, 0, 0)
        bold = _append(root, "fonts", f'<font xmlns="{_MAIN}"><b/><sz val="11"/></font>')
        fill = _append(
            root,
            "fills",
            f'<fill xmlns="{_MAIN}"><patternFill patternType="solid"><fgColor rgb="FFD9E1F2"/>'
            '<bgColor indexed="64"/></patternFill></fill>',
        )
        sides = "".join(f'<{side} style="thin"><color auto="1"/></{side}>' for side in ("left", "right", "top", "bottom"))
        border = _append(root, "borders", f'<border xmlns="{_MAIN}">{sides}<diagonal/></border>')
        wrap = '<alignment vertical="{0}" horizontal="{1}" wrapText="1"/>'
        first = _append(root, "cellXfs", _style(bold, 0, 0, wrap.format("center", "left")))
        heading = _append(root, "cellXfs", _style(bold, fill, border, wrap.format("center", "center")))
        body = _append(root, "cellXfs", _style(0, 0, border, wrap.format("top", "left")))
        data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return part, data, (first, heading, body)

    def _refused(self, reason: str) -> Unreadable:
        return Unreadable(self._package.path, f"加不进“{SHEET}”：{reason}", "请用 Excel 另存为 .xlsx，或用 selfeval fill 转成自评表后再检查")


def _style(font: int, fill: int, border: int, alignment: str) -> str:
    return (
        f'<xf xmlns="{_MAIN}" numFmtId="0" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0" '
        f'applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">{alignment}</xf>'
    )


def _append(root: etree._Element, collection: str, xml: str) -> int:
    """Append an element to a collection of the styles and return its index, 0 where the collection is missing."""
    space = namespace_of(root)
    holder = root.find(f"{space}{collection}")
    if holder is None:
        return 0
    if space:
        xml = xml.replace(_MAIN, space[1:-1])
    index = len(holder.findall(f"{space}*"))
    holder.append(etree.fromstring(xml))
    holder.set("count", str(index + 1))
    return index


def _blank_sheet(styles: Styles) -> etree._Element:
    """Return the sheet with its headings and one row whose styles the list takes over."""
    first, heading, body = styles
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(_WIDTHS, 1)
    )
    letters = [chr(64 + at) for at in range(1, len(HEADINGS) + 1)]
    named = "".join(
        f'<c r="{letter}{_HEADING_ROW}" s="{heading}" t="inlineStr"><is><t>{text}</t></is></c>'
        for letter, text in zip(letters, HEADINGS, strict=True)
    )
    sample = "".join(f'<c r="{letter}{_HEADING_ROW + 1}" s="{body}"/>' for letter in letters)
    pane = f'<pane ySplit="{_HEADING_ROW}" topLeftCell="A{_HEADING_ROW + 1}" activePane="bottomLeft" state="frozen"/>'
    return etree.fromstring(
        f'<worksheet xmlns="{_MAIN}" xmlns:r="{_LINKS}"><dimension ref="A1"/>'
        f'<sheetViews><sheetView workbookViewId="0" showGridLines="0">{pane}</sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>'
        f'<row r="{HEADER_ROW}"><c r="A{HEADER_ROW}" s="{first}"/></row>'
        f'<row r="{_HEADING_ROW}">{named}</row><row r="{_HEADING_ROW + 1}">{sample}</row></sheetData>'
        f'<mergeCells count="1"><mergeCell ref="A{HEADER_ROW}:{letters[-1]}{HEADER_ROW}"/></mergeCells>'
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape"/></worksheet>'
    )


def _copy(book: Book, path: Path, changed: Mapping[str, bytes]) -> None:
    """Copy the package entry by entry, in order; the new part comes last."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        known = set()
        for entry in book.package.entries:
            known.add(entry.filename)
            content = changed.get(entry.filename)
            data = book.package.read(entry.filename) if content is None else content
            target.writestr(copy(entry), data, compress_type=entry.compress_type)
        for name, content in changed.items():
            if name not in known:
                target.writestr(name, content)
