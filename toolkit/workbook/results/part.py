"""The XML of the sheet 检查结果 with its list replaced and everything else kept."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence

from lxml import etree

from toolkit.workbook.address import address_of, column_letters, read_area
from toolkit.workbook.results.layout import HEADER_ROW, ResultLayout
from toolkit.workbook.results.rows import ResultRow
from toolkit.workbook.strings import namespace_of

_LONGEST_TEXT = 32_767
"""Characters an Excel cell holds."""
_LINE_HEIGHT = 15.0
"""Height of a line of text, in points."""
_TALLEST_ROW = 409.0
_DEFAULT_WIDTH = 9.0
"""Column width in characters where the sheet states none."""
_AFTER_LINKS = (
    *("printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties"),
    *("cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF"),
    *("picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"),
)
"""Elements that follow the hyperlinks in a worksheet, by its schema."""

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class ResultPart:
    """The worksheet part being rewritten."""

    def __init__(self, root: etree._Element, layout: ResultLayout) -> None:
        """Take the parsed part of the template or of an earlier result."""
        self._root = root
        self._layout = layout
        self._space = namespace_of(root)
        data = root.find(f"{self._space}sheetData")
        if data is None:
            data = etree.SubElement(root, f"{self._space}sheetData")
        self._data = data
        self.dropped = False
        """Whether a formula was among what was replaced: a button writes links as formulas."""
        self._styles = self._styles_of(layout.first_row)
        self._widths = self._column_widths()

    def fill(self, header: str, rows: Sequence[ResultRow]) -> bytes:
        """Replace the first line and the list, and return the part."""
        for element in [row for row in self._data if int(row.get("r", "0")) >= self._layout.first_row]:
            self.dropped = self.dropped or element.find(f".//{self._space}f") is not None
            self._data.remove(element)
        self._write_header(header)
        for offset, row in enumerate(rows):
            self._append(self._layout.first_row + offset, row)
        last = self._layout.first_row + len(rows) - 1
        self._set_dimension(last)
        self._drop_merges()
        self._set_links(rows)
        return etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def _styles_of(self, row: int) -> Mapping[int, str]:
        """Return the style of each column in the first row of the list, which the template has prepared."""
        for element in self._data:
            if element.get("r") == str(row):
                cells = (cell.get("r", "") for cell in element)
                areas = [read_area(ref) for ref in cells]
                return {area.left: cell.get("s", "0") for area, cell in zip(areas, element, strict=True) if area}
        return {}

    def _column_widths(self) -> Mapping[int, float]:
        widths: dict[int, float] = {}
        for node in self._root.iterfind(f"{self._space}cols/{self._space}col"):
            first, last = int(node.get("min", "1")), int(node.get("max", "1"))
            for column in range(first, min(last, 64) + 1):
                widths[column] = float(node.get("width", str(_DEFAULT_WIDTH)))
        return widths

    def _write_header(self, text: str) -> None:
        row = next((each for each in self._data if each.get("r") == str(HEADER_ROW)), None)
        if row is None:
            row = etree.Element(f"{self._space}row", r=str(HEADER_ROW))
            self._data.insert(0, row)
        cell = next((each for each in row if each.get("r") == f"A{HEADER_ROW}"), None)
        style = "0" if cell is None else cell.get("s", "0")
        if cell is not None:
            row.remove(cell)
        row.insert(0, self._text_cell(f"A{HEADER_ROW}", style, text))
        width = sum(self._widths.get(column, _DEFAULT_WIDTH) for column in self._layout.columns.values())
        self._set_height(row, max(2, _lines(text, width)))

    def _append(self, number: int, row: ResultRow) -> None:
        element = etree.SubElement(self._data, f"{self._space}row", r=str(number))
        tallest = 1
        for heading, column in sorted(self._layout.columns.items(), key=lambda item: item[1]):
            address, style = address_of(number, column), self._styles.get(column, "0")
            text = row.texts.get(heading, "")
            if heading == "序号" and row.number is not None:
                self._number_cell(element, address, style, row.number)
            elif text:
                element.append(self._text_cell(address, style, text))
                if heading != "当时值":
                    tallest = max(tallest, _lines(text, self._widths.get(column, _DEFAULT_WIDTH)))
            else:
                etree.SubElement(element, f"{self._space}c", r=address, s=style)
        self._set_height(element, tallest)

    def _text_cell(self, address: str, style: str, text: str) -> etree._Element:
        cell = etree.Element(f"{self._space}c", r=address, s=style, t="inlineStr")
        holder = etree.SubElement(cell, f"{self._space}is")
        node = etree.SubElement(holder, f"{self._space}t")
        node.text = clean_text(text)
        node.set(_SPACE, "preserve")
        return cell

    def _number_cell(self, row: etree._Element, address: str, style: str, number: int) -> None:
        cell = etree.SubElement(row, f"{self._space}c", r=address, s=style)
        etree.SubElement(cell, f"{self._space}v").text = str(number)

    def _set_height(self, row: etree._Element, lines: int) -> None:
        row.set("ht", f"{min(_TALLEST_ROW, lines * _LINE_HEIGHT + 3):g}")
        row.set("customHeight", "1")

    def _set_dimension(self, last: int) -> None:
        node = self._root.find(f"{self._space}dimension")
        if node is not None:
            node.set("ref", f"A1:{column_letters(max(self._layout.columns.values()))}{last}")

    def _drop_merges(self) -> None:
        holder = self._root.find(f"{self._space}mergeCells")
        if holder is None:
            return
        for node in list(holder):
            area = read_area(node.get("ref", ""))
            if area is not None and area.bottom >= self._layout.first_row:
                holder.remove(node)
        holder.set("count", str(len(holder)))
        if not len(holder):
            self._root.remove(holder)

    def _set_links(self, rows: Sequence[ResultRow]) -> None:
        holder = self._root.find(f"{self._space}hyperlinks")
        if holder is None:
            holder = etree.Element(f"{self._space}hyperlinks")
            self._root.insert(self._place_of_links(), holder)
        for node in list(holder):
            area = read_area(node.get("ref", ""))
            if area is None or area.bottom >= self._layout.first_row:
                holder.remove(node)
        for number, row in enumerate(rows, self._layout.first_row):
            if row.link:
                address = address_of(number, self._layout.columns["位置"])
                etree.SubElement(
                    holder, f"{self._space}hyperlink", ref=address, location=row.link, display=row.texts["位置"]
                )
        if not len(holder):
            self._root.remove(holder)

    def _place_of_links(self) -> int:
        later = {f"{self._space}{name}" for name in _AFTER_LINKS}
        return next((index for index, node in enumerate(self._root) if node.tag in later), len(self._root))


def clean_text(text: str) -> str:
    """Return a text as a cell can hold it: no control characters, not too long, nothing that looks like an escape."""
    bare = _NOT_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _LOOKS_ESCAPED.sub("_x005F_", bare)[:_LONGEST_TEXT]


def _lines(text: str, width: float) -> int:
    """Estimate how many lines a text takes in a column of ``width`` narrow characters; a Chinese one takes two."""
    room = max(1.0, width - 1)
    return sum(max(1, math.ceil(_width(line) / room)) for line in text.split("\n"))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(mark) in "WFA" else 1 for mark in text)
