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
_ROOT = re.compile(r"<worksheet[^>]*>")
_ROW = re.compile(r'<row (?:r=|[^>]*? r=)"(\d+)"')
_EMPTY_ROW = re.compile(r"<row(?: [^>]*)?/>")
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})\d+"(?: s="(\d+)")?(?: t="(\w+)")?(?:/>|>'
    r"(?:(<f(?: [^>]*)?>)(?:([^<]*)</f>)?)?(?:<v>([^<]*)</v>|<v/>)?(?:<is><t(?: [^>]*)?>([^<]*)</t></is>)?</c>)"
)
_SHARED = re.compile(r' si="(\d+)"')


class Rows:
    """The rows of one worksheet part."""

    def __init__(self, package: Package, part: str) -> None:
        """Unpack the part and take it apart into rows and the rest.

        Raises:
            Unreadable: the part is missing or damaged.
        """
        data = package.read(part)
        taken = _take_rows(data)
        if taken is None:
            self.rest = package.parse(part)
            sheet_data = self.rest.find(f"{namespace_of(self.rest)}sheetData")
            elements = () if sheet_data is None else sheet_data
            self._rows: list[str | etree._Element] = [row for row in elements if len(row)]
            self._root_tag = ""
        else:
            head, rows, tail = taken
            self.rest = package.parse_text(f"{head}<sheetData/>{tail}".encode(), part)
            self._rows = list(rows)
            found = _ROOT.search(head)
            self._root_tag = found.group() if found else ""
        self._package, self._part = package, part

    def numbers(self) -> Iterator[str]:
        """Yield the number of each row as written, "" where the file leaves it out."""
        for row in self._rows:
            if isinstance(row, str):
                found = _ROW.match(row)
                yield found.group(1) if found else ""
            else:
                yield row.get("r", "")

    def holding(self, letters: Collection[str]) -> Iterator[int]:
        """Yield the index of each row that may hold something in one of the columns."""
        filled = re.compile(rf'<c r="(?:{"|".join(letters)})\d+"[^>/]*>')
        for index, row in enumerate(self._rows):
            if not isinstance(row, str) or row.count("<c ") != row.count('<c r="') or filled.search(row):
                yield index

    def cells(self, index: int, before: str = "") -> list[RawCell]:
        """Return the cells of the row at ``index``.

        Args:
            index: counted from 0.
            before: how the first cell begins that is not needed; it and all behind it may be left out.
        """
        row = self._rows[index]
        if not isinstance(row, str):
            return list(_parsed_cells(row))
        cut = row.find(before) if before else -1
        if cut >= 0:
            row = row[:cut]
        found: list[RawCell] = _CELL.findall(row)
        if len(found) == row.count("<c ") == row.count("<c"):
            return found
        tree = self._package.parse_text(f"{self._root_tag}{row}</row></worksheet>".encode(), self._part)
        return list(_parsed_cells(tree[0]))


def shared_number(tag: str) -> str:
    """Return the number of a formula that is stored once for several cells, "" for any other."""
    found = _SHARED.search(tag) if 't="shared"' in tag else None
    return found.group(1) if found else ""


def resolved(text: str) -> str:
    """Return a text with its entities resolved: &lt; is <."""
    return unescape_entities(text) if "&" in text else text


def _take_rows(data: bytes) -> tuple[str, list[str], str] | None:
    """Return what stands before the rows, the rows without their end tags, and what stands behind them.

    ``None`` where the part is in another encoding, has prefixed elements, comments or anything else out of the usual.
    """
    if _DECLARED.match(data) or b"<!" in data or data.count(b"<sheetData>") != 1:
        return None
    try:
        head, _, rest = data.decode("utf-8-sig").partition("<sheetData>")
    except UnicodeDecodeError:
        return None
    inside, end, tail = rest.partition("</sheetData>")
    *rows, last = inside.split("</row>")
    if not end or _EMPTY_ROW.sub("", last).strip():
        return None
    if "/><row" in inside:
        rows = [_EMPTY_ROW.sub("", row) for row in rows]
    return (head, rows, tail) if all(row.startswith("<row") for row in rows) else None


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
