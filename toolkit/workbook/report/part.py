"""The XML of the sheet 自评报告 with its lines replaced; cells the officer wrote are moved as they are."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from toolkit.workbook.address import address_of, column_letters, read_area
from toolkit.workbook.report.compose import Line
from toolkit.workbook.report.layout import FIRST_ROW, HEADINGS, LAST_COLUMN, LOOKS, LOOKS_FROM, NOTE_ROW
from toolkit.workbook.results.part import clean_text
from toolkit.workbook.strings import namespace_of

_TALLEST_ROW = 409.0
_NOTE_WIDTH, _NOTE_LINE = 100, 12.5
_AFTER_MERGES = (
    *("phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup"),
    *("headerFooter", "rowBreaks"),
)
_AFTER_BREAKS = (
    *("colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing"),
    *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"),
)
"""Elements that follow the merged cells, and those that follow the page breaks, by the schema of a worksheet."""
_DIGITS = re.compile(r"\d+")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PLAIN = ("", "0")
_SIDE_LOOKS = {"建议稿": "建议稿", "状态": "状态", "段落": "段落", "校验": "段落"}


class ReportPart:
    """The worksheet part being rewritten."""

    def __init__(self, root: etree._Element, looks: Mapping[str, str]) -> None:
        """Take the parsed part and the style of each look."""
        self._root = root
        self._looks = looks
        self._space = namespace_of(root)
        data = root.find(f"{self._space}sheetData")
        self._data = etree.SubElement(root, f"{self._space}sheetData") if data is None else data
        self._old = {_row_number(row): row for row in self._data}
        self._moved: dict[int, int] = {}
        """New number of each row that was kept."""
        self._merges: list[str] = []
        self._breaks: list[int] = []
        self.froze = False
        """Whether a formula was replaced by its result."""

    def fill(self, lines: Sequence[Line], note: str, records: Sequence[str]) -> tuple[bytes, list[int]]:
        """Replace the report, the note and the records.

        Returns:
            The part, and the first row of every line.
        """
        broken = self._broken_rows()
        for row in [row for number, row in self._old.items() if number >= FIRST_ROW]:
            self._data.remove(row)
        self._write_note(note, records)
        tops, number = [], FIRST_ROW
        for line in lines:
            tops.append(number)
            kept_break = line.below is not None and line.below.top in broken
            if (line.new_page or kept_break) and number > FIRST_ROW:
                self._breaks.append(number - 1)
            number = self._append(number, line)
        self._finish(number - 1)
        return etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True), tops

    def _append(self, number: int, line: Line) -> int:
        """Write a line and return the number of the row below it."""
        last = number + len(line.heights) - 1
        for row in range(number, last + 1):
            element = etree.SubElement(self._data, f"{self._space}row", r=str(row))
            element.set("ht", f"{self._height(line, row - number):g}")
            element.set("customHeight", "1")
            element.extend(self._cells(line, row, first=row == number))
        for left, right in line.spans:
            if left != right or number != last:
                self._merges.append(f"{address_of(number, left)}:{address_of(last, right)}")
        if line.below is not None:
            self._moved[line.below.top] = number
        return last + 1

    def _height(self, line: Line, place: int) -> float:
        height = line.heights[place]
        if line.kept is not None and not line.kept.row.key and len(line.heights) == 1:
            # The officer may have given an own row more room.
            own = self._old.get(line.kept.top)
            height = max(height, float(own.get("ht", "0"))) if own is not None else height
        return min(_TALLEST_ROW, height)

    def _cells(self, line: Line, row: int, first: bool) -> Iterator[etree._Element]:
        old = self._cells_of(line.kept.top) if line.kept is not None else {}
        for place, (left, right) in enumerate(line.spans):
            origin = old.get(left)
            style = self._style(line, place, origin)
            if not first:
                yield self._blank(row, left, style)
            elif line.kept is not None:
                yield self._blank(row, left, style) if origin is None else self._transferred(origin, row, left, style)
            else:
                text = line.texts[place] if place < len(line.texts) else ""
                yield self._text_cell(row, left, style, text)
            yield from (self._blank(row, column, style) for column in range(left + 1, right + 1))
        if first:
            yield from self._right_of(line, row)

    def _style(self, line: Line, place: int, origin: etree._Element | None) -> str:
        """Return the style of a cell: that of its look, or the one the officer's cell has."""
        look = self._looks[line.looks[place]]
        own = "" if origin is None else origin.get("s", "")
        if line.kept is None or own in _PLAIN or own == self._looks["待完善"]:
            return look
        return own

    def _right_of(self, line: Line, row: int) -> Iterator[etree._Element]:
        beside = self._cells_of(line.below.top) if line.below is not None else {}
        own = {column: cell for column, cell in beside.items() if column > LAST_COLUMN}
        written = {HEADINGS[heading] for heading in _SIDE_LOOKS}
        cells = {
            HEADINGS[heading]: self._text_cell(row, HEADINGS[heading], self._looks[look], line.side.get(heading, ""))
            for heading, look in _SIDE_LOOKS.items()
            if line.side.get(heading)
        }
        for column, cell in own.items():
            if column not in written:
                cells[column] = self._transferred(cell, row, column, cell.get("s", "0"))
        yield from (cells[column] for column in sorted(cells))

    def _transferred(self, cell: etree._Element, row: int, column: int, style: str) -> etree._Element:
        """Return a copy of a cell for another row; a formula would refer to other cells there and gives way to its result."""
        copy = etree.fromstring(etree.tostring(cell))
        copy.tail = None
        copy.set("r", address_of(row, column))
        copy.set("s", style)
        formula = copy.find(f"{self._space}f")
        if formula is not None:
            copy.remove(formula)
            self.froze = True
        return copy

    def _cells_of(self, number: int) -> Mapping[int, etree._Element]:
        row = self._old.get(number)
        areas = [] if row is None else [(read_area(cell.get("r", "")), cell) for cell in row]
        return {area.left: cell for area, cell in areas if area is not None}

    def _text_cell(self, row: int, column: int, style: str, text: str) -> etree._Element:
        if not text:
            return self._blank(row, column, style)
        cell = etree.Element(f"{self._space}c", r=address_of(row, column), s=style, t="inlineStr")
        node = etree.SubElement(etree.SubElement(cell, f"{self._space}is"), f"{self._space}t")
        node.text = clean_text(text)
        node.set(_SPACE, "preserve")
        return cell

    def _blank(self, row: int, column: int, style: str) -> etree._Element:
        return etree.Element(f"{self._space}c", r=address_of(row, column), s=style)

    def _write_note(self, note: str, records: Sequence[str]) -> None:
        row = self._old.get(NOTE_ROW)
        if row is None:
            row = etree.Element(f"{self._space}row", r=str(NOTE_ROW))
            self._data.insert(1, row)
        cells = dict(self._cells_of(NOTE_ROW))
        first = HEADINGS["生成记录"]
        texts = {HEADINGS["建议稿"]: note} | dict(enumerate(records, first))
        texts |= {column: "" for column in cells if column >= first and column not in texts}
        for column, text in texts.items():
            style = cells[column].get("s", "0") if column in cells else self._looks["段落"]
            cells[column] = self._text_cell(NOTE_ROW, column, self._looks["段落"] if column >= first else style, text)
        row[:] = [cells[column] for column in sorted(cells)]
        lines = sum(max(1, math.ceil(2 * len(line) / _NOTE_WIDTH)) for line in note.split("\n"))
        row.set("ht", f"{min(120.0, max(26.0, lines * _NOTE_LINE + 2)):g}")
        row.set("customHeight", "1")

    def _finish(self, last: int) -> None:
        dimension = self._root.find(f"{self._space}dimension")
        if dimension is not None:
            dimension.set("ref", f"A1:{column_letters(LOOKS_FROM + len(LOOKS) - 1)}{max(last, NOTE_ROW)}")
        self._set_merges()
        self._set_breaks()
        self._move_links()

    def _set_merges(self) -> None:
        kept = [node.get("ref", "") for node in self._root.iterfind(f"{self._space}mergeCells/{self._space}mergeCell")]
        areas = [(ref, read_area(ref)) for ref in kept]
        above = [ref for ref, area in areas if area is not None and area.bottom < FIRST_ROW]
        self._replace("mergeCells", "mergeCell", [{"ref": ref} for ref in [*above, *self._merges]], _AFTER_MERGES + _AFTER_BREAKS)

    def _set_breaks(self) -> None:
        marks = [{"id": str(row), "max": "16383", "man": "1"} for row in self._breaks]
        holder = self._replace("rowBreaks", "brk", marks, _AFTER_BREAKS)
        if holder is not None:
            holder.set("manualBreakCount", str(len(marks)))

    def _replace(
        self, name: str, item: str, attributes: Sequence[Mapping[str, str]], later: Sequence[str]
    ) -> etree._Element | None:
        """Replace a counted list of the sheet; an empty one is left out."""
        old = self._root.find(f"{self._space}{name}")
        if old is not None:
            self._root.remove(old)
        if not attributes:
            return None
        holder = etree.Element(f"{self._space}{name}", count=str(len(attributes)))
        for each in attributes:
            etree.SubElement(holder, f"{self._space}{item}", dict(each))
        tags = {f"{self._space}{each}" for each in later}
        place = next((index for index, node in enumerate(self._root) if node.tag in tags), len(self._root))
        self._root.insert(place, holder)
        return holder

    def _broken_rows(self) -> set[int]:
        """Return the rows that begin a page because somebody said so."""
        marks = self._root.iterfind(f"{self._space}rowBreaks/{self._space}brk")
        return {int(mark.get("id", "0")) + 1 for mark in marks if mark.get("man") in ("1", "true")}

    def _move_links(self) -> None:
        holder = self._root.find(f"{self._space}hyperlinks")
        if holder is None:
            return
        for node in list(holder):
            area = read_area(node.get("ref", ""))
            if area is None or area.top < FIRST_ROW:
                continue
            if area.top in self._moved:
                node.set("ref", address_of(self._moved[area.top], area.left))
            else:
                holder.remove(node)
        if not len(holder):
            self._root.remove(holder)


def _row_number(row: etree._Element) -> int:
    found = _DIGITS.fullmatch(row.get("r", ""))
    return int(found[0]) if found else 0
