"""The rows of a worksheet part as raw cells.

Reading a form is mostly reading its cells. All usual programs write them in one notation, which one pattern takes
apart several times faster than a tree of elements is built; a row written in any other way is parsed as XML.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from html import unescape as unescape_entities

from lxml import etree

from toolkit.workbook.package import Package
from toolkit.workbook.strings import namespace_of, text_of

RawCell = tuple[str, str, str, str, str, str, str]
"""A cell as written: column letters ("" where the file leaves the address out), style, type of the value ("" for a
number), start tag of the formula ("" where there is none), formula, value, inline text; entities are not resolved."""

_DECLARED = re.compile(rb"""<\?xml[^>]*encoding=["'](?!utf-?8["'])""", re.IGNORECASE)
_ENDS = re.compile(rb"</worksheet>\s*\Z")
_ROOT = re.compile(rb"<worksheet[^>]*>")
_ROW = re.compile(rb'<row (?:r=|[^>]*? r=)"(\d+)"')
_EMPTY_ROWS = re.compile(rb"(?:<row(?: [^>]*)?/>)+")
_MERGE = re.compile(rb'<mergeCell ref="([A-Z0-9:]+)" ?/>')
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})\d+"(?: s="(\d+)")?(?: t="(\w+)")?(?:/>|>'
    r"(?:(<f(?: [^>]*)?>)(?:([^<]*)</f>)?)?(?:<v>([^<]*)</v>|<v/>)?(?:<is><t(?: [^>]*)?>([^<]*)</t></is>)?</c>)"
)
_SHARED = re.compile(r' si="(\d+)"')


class Rows:
    """The rows of one worksheet part."""

    def __init__(self, package: Package, part: str) -> None:
        """Unpack the part and take it apart.

        Raises:
            Unreadable: the part is missing or damaged.
        """
        self._package, self._part = package, part
        self._root_tag = b""
        taken = _take_rows(package.read(part))
        if taken is None:
            self._parsed(package.parse(part))
        else:
            head, rows, tail = taken
            self._rows: list[bytes | etree._Element] = list(rows)
            self.merges = [ref.decode() for ref in _MERGE.findall(tail)]
            found = _ROOT.search(head)
            self._root_tag = found.group() if found else b""

    def _parsed(self, root: etree._Element) -> None:
        space = namespace_of(root)
        data = root.find(f"{space}sheetData")
        self._rows = [row for row in data if len(row)] if data is not None else []
        self.merges = [node.get("ref", "") for node in root.iterfind(f"{space}mergeCells/{space}mergeCell")]

    def numbers(self) -> Iterator[str]:
        """Yield the number of each row as written, "" where the file leaves it out."""
        for row in self._rows:
            if isinstance(row, bytes):
                found = _ROW.match(row)
                yield found.group(1).decode() if found else ""
            else:
                yield row.get("r", "")

    def holding(self, letters: Collection[str], before: bytes = b"") -> Iterator[int]:
        """Yield the index of each row that may hold something in one of the columns; ``before`` as for the cells."""
        filled = re.compile(rf' r="(?:{"|".join(letters)})\d+"[^>/]*>'.encode())
        for index, row in enumerate(self._rows):
            if isinstance(row, bytes):
                end = row.find(before) if before else -1
                # The row's own number is the only address in a row whose cells have none.
                if not filled.search(row, 0, end if end >= 0 else len(row)) and row.count(b' r="') > 1:
                    continue
            yield index

    def cells(self, index: int, before: bytes = b"") -> list[RawCell]:
        """Return the cells of the row at ``index``.

        Args:
            index: counted from 0.
            before: how the first cell begins that is not needed; it and all behind it may be left out.
        """
        row = self._rows[index]
        if not isinstance(row, bytes):
            return list(_parsed_cells(row))
        cut = row.find(before) if before else -1
        if cut >= 0:
            row = row[:cut]
        try:
            text = row.decode()
        except UnicodeDecodeError:
            text = ""
        found: list[RawCell] = _CELL.findall(text)
        if found and len(found) == text.count("<c ") == text.count("<c"):
            return found
        tree = self._package.parse_text(self._root_tag + row + b"</row></worksheet>", self._part)
        return list(_parsed_cells(tree[0]))


def shared_number(tag: str) -> str:
    """Return the number of a formula that is stored once for several cells, "" for any other."""
    found = _SHARED.search(tag) if 't="shared"' in tag else None
    return found.group(1) if found else ""


def resolved(text: str) -> str:
    """Return a text with its entities resolved: &lt; is <."""
    return unescape_entities(text) if "&" in text else text


def _take_rows(data: bytes) -> tuple[bytes, list[bytes], bytes] | None:
    """Return what stands before the rows, the rows without their end tags, and what stands behind them.

    ``None`` where the part is in another encoding, has prefixed elements, comments or anything else out of the usual.
    """
    start, end = data.find(b"<sheetData>"), data.rfind(b"</sheetData>")
    head, tail = data[:start], data[end + len(b"</sheetData>") :]
    if start < 0 or end < start or _DECLARED.match(head) or b"<!" in head + tail or not _ENDS.search(tail):
        return None
    if tail.count(b"<mergeCell ") != len(_MERGE.findall(tail)):
        return None
    *rows, last = data[start + len(b"<sheetData>") : end].split(b"</row>")
    rows = [_without_empty_rows(row) for row in rows]
    usual = all(row.startswith(b"<row") for row in rows) and not _without_empty_rows(last).strip()
    return (head, rows, tail) if usual else None


def _without_empty_rows(row: bytes) -> bytes:
    """Drop the rows without cells that stand in front of a row: <row r="1"/><row r="2">…"""
    return row if row[row.find(b">") - 1 : row.find(b">")] != b"/" else _EMPTY_ROWS.sub(b"", row, count=1)


def _parsed_cells(row: etree._Element) -> Iterator[RawCell]:
    for element in row:
        tag, formula, raw, inline = "", "", "", ""
        for child in element:
            name = str(child.tag).rpartition("}")[2]
            if name == "v":
                raw = child.text or ""
            elif name == "f":
                tag = f'<f t="{child.get("t", "")}" si="{child.get("si", "")}">'
                formula = child.text or ""
            elif name == "is":
                inline = text_of(child)
        letters = element.get("r", "").rstrip("0123456789")
        formula, raw, inline = (text.replace("&", "&amp;") for text in (formula, raw, inline))
        yield letters, element.get("s", ""), element.get("t", ""), tag, formula, raw, inline
