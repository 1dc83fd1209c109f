"""The charts of the report: put over the rows kept free for them, or aside where there is nothing to draw."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from toolkit.workbook.address import Area, read_reference
from toolkit.workbook.book import Book
from toolkit.workbook.report.layout import CHART_KEYS, FIRST_ROW, LAST_COLUMN, LOOKS, LOOKS_FROM
from toolkit.workbook.sheet import Sheet

_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PARKED_COLUMN = LOOKS_FROM + len(LOOKS)
_PARKED_SIZE = (16, 8)
"""Rows and columns a chart covers while it waits."""
_UNITS_PER_POINT = 12_700
"""In which a drawing measures how far into a cell it reaches."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of the sheet.

    Attributes:
        key: which of the charts it is.
        sheet: the sheet its figures stand on.
        points: how many of its categories hold something to draw, those behind the last left out.
        place: of its anchor in the drawing, counted from 0.
    """

    key: str
    sheet: str
    part: str
    points: int
    place: int


@dataclass(frozen=True, slots=True)
class Room:
    """Where a chart lies: its first and last row, and how far down the last one, in points."""

    top: int
    bottom: int
    down: float


class Charts:
    """The charts on the sheet 自评报告 of an open workbook."""

    def __init__(self, book: Book, part: str) -> None:
        """Find the drawing of the worksheet ``part`` and what its charts show."""
        self._book = book
        self._drawing = next((target for kind, target in _links(book, part).values() if kind == "drawing"), "")
        self._root = book.package.parse(self._drawing) if self._drawing else None
        self.found = tuple(self._charts())

    def changed(self, places: Mapping[int, Room]) -> Iterator[tuple[str, bytes]]:
        """Yield the parts that change when charts are put over rows.

        Args:
            places: the room of each chart by its place; a chart that has none is put aside.
        """
        if self._root is None:
            return
        row = FIRST_ROW
        anchors = list(self._anchors())
        for chart in self.found:
            room = places.get(chart.place)
            if room is None:
                size, columns = _PARKED_SIZE
                _put(anchors[chart.place], Room(row + 1, row + size, 0), (_PARKED_COLUMN, _PARKED_COLUMN + columns))
                row += size
            else:
                _put(anchors[chart.place], room, (0, LAST_COLUMN))
                yield chart.part, self._cut(chart)
        yield self._drawing, _bytes(self._root)

    def _anchors(self) -> Iterator[etree._Element]:
        if self._root is not None:
            yield from self._root.iterfind(f"{_DRAWING}twoCellAnchor")

    def _charts(self) -> Iterator[Chart]:
        links = _links(self._book, self._drawing) if self._drawing else {}
        for place, anchor in enumerate(self._anchors()):
            frame = next(anchor.iter(f"{_CHART}chart"), None)
            kind, part = links.get("" if frame is None else frame.get(_LINK, ""), ("", ""))
            if kind == "chart" and self._book.package.has(part):
                yield from self._chart(part, place)

    def _chart(self, part: str, place: int) -> Iterator[Chart]:
        root = self._book.package.parse(part)
        areas = [read_reference(node.text or "") for node in root.iter(f"{_CHART}f")]
        known = [area for area in areas if area is not None]
        key = CHART_KEYS["支出" if root.find(f".//{_CHART}barDir[@val='bar']") is not None else "得分"]
        sheet = self._sheet(known[0][0]) if known else None
        if sheet is not None:
            yield Chart(key, known[0][0], part, _points(sheet, [area for _, area in known]), place)

    def _sheet(self, name: str) -> Sheet | None:
        entry = self._book.entry(name)
        return None if entry is None else self._book.sheet(entry)

    def _cut(self, chart: Chart) -> bytes:
        """Return the chart with its ranges cut to what there is to draw, and the values as they stand in the sheet."""
        root, sheet = self._book.package.parse(chart.part), self._sheet(chart.sheet)
        for node in root.iter(f"{_CHART}f"):
            found = read_reference(node.text or "")
            if found is not None and sheet is not None:
                area = Area(found[1].top, found[1].left, found[1].top + chart.points - 1, found[1].right)
                head, _, bounds = (node.text or "").rpartition("!")
                corner = bounds.split(":")[0]
                letters = corner.strip("$").split("$")[0]
                node.text = f"{head}!{corner}:${letters}${area.bottom}"
                _refresh(node, sheet, area)
        return _bytes(root)


def _links(book: Book, part: str) -> Mapping[str, tuple[str, str]]:
    folder, name = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    if not book.package.has(rels):
        return {}
    links = {}
    for node in book.package.parse(rels):
        target = posixpath.normpath(posixpath.join("/", folder, node.get("Target", ""))).lstrip("/")
        links[node.get("Id", "")] = (node.get("Type", "").rpartition("/")[2], target)
    return links


def _points(sheet: Sheet, areas: list[Area]) -> int:
    """Count the rows down to the last that has a name and a figure above zero."""
    names, *figures = dict.fromkeys(areas)
    last = 0
    # A range that was cut before may have grown since.
    for place, row in enumerate(range(names.top, names.top + _most_rows(sheet, names)), 1):
        numbers = [sheet.content(row, area.left).number for area in figures]
        if not sheet.text(row, names.left):
            break
        if any(number is not None and number > 0 for number in numbers):
            last = place
    return last


def _most_rows(sheet: Sheet, area: Area) -> int:
    return max(sheet.row_numbers, default=area.top) - area.top + 1


def _put(anchor: etree._Element, room: Room, columns: tuple[int, int]) -> None:
    corners = {"from": (columns[0], room.top - 1, 0), "to": (columns[1], room.bottom - 1, round(room.down * _UNITS_PER_POINT))}
    for name, (column, row, down) in corners.items():
        corner = anchor.find(f"{_DRAWING}{name}")
        for tag, value in (("col", column), ("colOff", 0), ("row", row), ("rowOff", down)):
            node = None if corner is None else corner.find(f"{_DRAWING}{tag}")
            if node is not None:
                node.text = str(value)


def _refresh(formula: etree._Element, sheet: Sheet, area: Area) -> None:
    """Write the values of a range behind it, where the chart keeps them."""
    holder = formula.getparent()
    above = None if holder is None else holder.getparent()
    if holder is None or above is None:
        return
    texts = above.tag == f"{_CHART}cat"
    # A blank list of names is taken for numbers when the chart is made.
    holder.tag = f"{_CHART}{'strRef' if texts else 'numRef'}"
    holder[:] = [formula]
    cache = etree.SubElement(holder, f"{_CHART}{'strCache' if texts else 'numCache'}")
    if not texts:
        etree.SubElement(cache, f"{_CHART}formatCode").text = "General"
    etree.SubElement(cache, f"{_CHART}ptCount", val=str(area.bottom - area.top + 1))
    for place, row in enumerate(range(area.top, area.bottom + 1)):
        content = sheet.content(row, area.left)
        value = content.text if texts else "" if content.number is None else f"{content.number:f}"
        if value:
            point = etree.SubElement(cache, f"{_CHART}pt", idx=str(place))
            etree.SubElement(point, f"{_CHART}v").text = value


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
