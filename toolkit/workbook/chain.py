"""The list of formulas of a workbook (calcChain): what no longer holds a formula may not stand in it."""

from __future__ import annotations

from lxml import etree

from toolkit.workbook.address import read_area
from toolkit.workbook.book import Book
from toolkit.workbook.strings import namespace_of

CHAIN = "xl/calcChain.xml"


def chain_without(book: Book, sheet: str, first_row: int) -> bytes:
    """Return the list without the cells of a sheet from a row on; the workbook must have one."""
    root = book.package.parse(CHAIN)
    number, current = str(_sheet_id(book, sheet)), ""
    for node in list(root):
        # An entry without a sheet is on that of the one before it.
        current = node.get("i", current)
        node.set("i", current)
        area = read_area(node.get("r", ""))
        if current == number and area is not None and area.top >= first_row:
            root.remove(node)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _sheet_id(book: Book, name: str) -> int:
    root = book.package.parse("xl/workbook.xml")
    space = namespace_of(root)
    nodes = root.iterfind(f"{space}sheets/{space}sheet")
    return next((int(node.get("sheetId", "0")) for node in nodes if node.get("name") == name), 0)
