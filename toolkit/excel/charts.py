"""Charts of a sheet: where they lie and what they show, read from the file and set in Excel."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from toolkit.workbook.address import address_of
from toolkit.workbook.package import Package

_UNITS_PER_POINT = 12_700
"""In which a drawing measures how far into a cell it reaches."""
_ORIGIN = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class SavedChart:
    """A chart as the file holds it.

    Attributes:
        first: row and column of its upper left corner from 0, and how far down and right in that cell, in points.
        last: the same of its lower right corner.
        series: of each series the cells with its names and those with its values, as references.
    """

    first: tuple[int, int, float, float]
    last: tuple[int, int, float, float]
    series: tuple[tuple[str, str], ...]


def read_charts(package: Package, drawing: str) -> Iterator[SavedChart]:
    """Yield the charts of a drawing in their order."""
    folder, name = posixpath.split(drawing)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    if not package.has(drawing) or not package.has(rels):
        return
    links = {
        node.get("Id"): posixpath.normpath(posixpath.join("/", folder, node.get("Target", ""))).lstrip("/")
        for node in package.parse(rels)
    }
    for anchor in package.parse(drawing).iterfind("{*}twoCellAnchor"):
        frame = next(anchor.iter("{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"), None)
        keys = [] if frame is None else [value for key, value in frame.attrib.items() if str(key).endswith("}id")]
        part = links.get(str(keys[0]), "") if keys else ""
        if part and package.has(part):
            yield SavedChart(_corner(anchor, "from"), _corner(anchor, "to"), tuple(_series(package.parse(part))))


def set_charts(sheet: Any, now: Sequence[SavedChart], wanted: Sequence[SavedChart]) -> None:
    """Put charts where they are wanted and let them show what they shall; rows and columns have their sizes already."""
    for number, (before, after) in enumerate(zip(now, wanted, strict=False)):
        if before == after:
            continue
        chart = sheet.charts[number]
        if (before.first, before.last) != (after.first, after.last):
            _place(sheet, chart, after)
        for place, (names, values) in enumerate(after.series, 1):
            if before.series[place - 1 : place] != after.series[place - 1 : place]:
                series = chart.api[1].SeriesCollection(place)
                series.XValues, series.Values = f"={names}", f"={values}"


def _place(sheet: Any, chart: Any, wanted: SavedChart) -> None:
    (top, left, down, right), (bottom, end, further_down, further_right) = wanted.first, wanted.last
    first = sheet.range(address_of(top + 1, left + 1))
    last = sheet.range(address_of(bottom + 1, end + 1))
    upper, edge = first.top + down, first.left + right
    chart.top, chart.left = upper, edge
    chart.height, chart.width = last.top + further_down - upper, last.left + further_right - edge


def _corner(anchor: etree._Element, name: str) -> tuple[int, int, float, float]:
    corner = anchor.find(f"{{*}}{name}")
    if corner is None:
        return _ORIGIN
    row, column, down, right = (int(corner.findtext(f"{{*}}{tag}") or "0") for tag in ("row", "col", "rowOff", "colOff"))
    return row, column, down / _UNITS_PER_POINT, right / _UNITS_PER_POINT


def _series(root: etree._Element) -> Iterator[tuple[str, str]]:
    for series in root.iter("{http://schemas.openxmlformats.org/drawingml/2006/chart}ser"):
        names, values = (series.findtext(f"{{*}}{tag}//{{*}}f") or "" for tag in ("cat", "val"))
        if names and values:
            yield names, values
