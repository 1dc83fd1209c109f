"""The sheet 自评报告 written into a real workbook and edited in its XML as a spreadsheet program would."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from lxml import etree

from toolkit.core.scheme import load_schemes
from toolkit.intake.interchange import read_interchange
from toolkit.narrative.model import Report
from toolkit.workbook.address import read_area
from toolkit.workbook.book import Book
from toolkit.workbook.report.layout import SHEET
from toolkit.workbook.report.read import StoredSheet, read_report
from toolkit.workbook.report.write import write_report
from toolkit.workbook.template import build_workbook

CASES = Path(__file__).parents[2] / "cases"
SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SCHEME = load_schemes()["shenzhen-2021"]


def blank(path: Path, *cases: str) -> Path:
    """Build a workbook filled from published forms, without a report."""
    build_workbook(path, [read_interchange(CASES / f"{case}.json").form for case in cases], SCHEME)
    return path


def written(source: Path, out: Path, **reports: Report) -> Path:
    """Write reports into a copy; the names are those of the form sheets, _2 for the second."""
    names = {name.replace("_2", " (2)"): report for name, report in reports.items()}
    write_report(source, out, names)
    return out


def stored(path: Path) -> StoredSheet:
    with Book(path) as book:
        found = read_report(book)
    assert found is not None
    return found


def rows(path: Path) -> list[tuple[str, str, str]]:
    """Return 状态, text and 建议稿 of every row of the report."""
    return [(row.state, "｜".join(row.row.texts), row.suggestion) for row in stored(path).rows]


def part_of(path: Path) -> str:
    """Return the part of the sheet."""
    with Book(path) as book:
        entry = book.entry(SHEET)
    assert entry is not None
    return entry.part


def differing(before: Path, after: Path) -> set[str]:
    """Return the parts that differ; both packages hold the same ones in the same order."""
    with zipfile.ZipFile(before) as one, zipfile.ZipFile(after) as two:
        assert one.namelist() == two.namelist()
        return {name for name in one.namelist() if one.read(name) != two.read(name)}


def typed(source: Path, out: Path, texts: Mapping[int, str]) -> Path:
    """Type texts into column A of some rows."""

    def change(data: etree._Element) -> None:
        for number, text in texts.items():
            row = next(row for row in data if row.get("r") == str(number))
            cell = next(cell for cell in row if cell.get("r") == f"A{number}")
            style = cell.get("s", "0")
            cell.clear()
            cell.attrib.update({"r": f"A{number}", "s": style, "t": "inlineStr"})
            etree.SubElement(etree.SubElement(cell, f"{SPACE}is"), f"{SPACE}t").text = text

    return _changed(source, out, change)


def deleted(source: Path, out: Path, number: int) -> Path:
    """Delete a row."""
    return _changed(source, out, lambda data: _shift(data, number, -1))


def inserted(source: Path, out: Path, number: int, text: str) -> Path:
    """Insert a row with a text in column A."""

    def change(data: etree._Element) -> None:
        _shift(data, number, 1)
        row = etree.Element(f"{SPACE}row", r=str(number))
        cell = etree.SubElement(row, f"{SPACE}c", r=f"A{number}", t="inlineStr")
        etree.SubElement(etree.SubElement(cell, f"{SPACE}is"), f"{SPACE}t").text = text
        data.insert(sum(int(each.get("r", "0")) < number for each in data), row)

    return _changed(source, out, change)


def _shift(data: etree._Element, number: int, by: int) -> None:
    """Move the rows from ``number`` on, their merges too; the row itself is dropped when they move up."""
    for row in list(data):
        old = int(row.get("r", "0"))
        if by < 0 and old == number:
            data.remove(row)
        elif old >= number:
            row.set("r", str(old + by))
            for cell in row:
                cell.set("r", re.sub(r"\d+", str(old + by), cell.get("r", "")))
    root = data.getparent()
    assert root is not None
    for node in list(root.iterfind(f"{SPACE}mergeCells/{SPACE}mergeCell")):
        area = read_area(node.get("ref", ""))
        assert area is not None
        holder = node.getparent()
        if by < 0 and area.top == number == area.bottom and holder is not None:
            holder.remove(node)
        elif area.top >= number:
            node.set("ref", re.sub(r"\d+", lambda found: str(int(found[0]) + by), node.get("ref", "")))


def _changed(source: Path, out: Path, change: Callable[[etree._Element], None]) -> Path:
    part = part_of(source)
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == part:
                root = etree.fromstring(data)
                found = root.find(f"{SPACE}sheetData")
                assert found is not None
                change(found)
                data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            after.writestr(name, data)
    return out
