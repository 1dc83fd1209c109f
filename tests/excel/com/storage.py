"""A workbook file in memory and back, with the results of its formulas, which openpyxl alone would drop.

openpyxl is good enough here: what it loses (buttons, form controls) no test of the Excel in memory looks at.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
from lxml import etree
from openpyxl.cell import MergedCell
from openpyxl.utils.cell import coordinate_to_tuple

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TYPES = {str: "str", bool: "b"}
Results = dict[tuple[int, int], object]
"""What the formulas of a sheet gave when they were last calculated, by row and column."""


def load(path: Path) -> tuple[Any, dict[str, Results]]:
    """Read a workbook and the results of its formulas by sheet."""
    with warnings.catch_warnings():
        # It says that it leaves out print areas of whole columns.
        warnings.simplefilter("ignore", UserWarning)
        book = openpyxl.load_workbook(path)
        calculated = openpyxl.load_workbook(path, data_only=True)
    return book, {sheet.title: dict(_results(sheet, calculated[sheet.title])) for sheet in book.worksheets}


def _results(sheet: Any, calculated: Any) -> Iterator[tuple[tuple[int, int], object]]:
    for row in sheet.iter_rows():
        for cell in row:
            if not isinstance(cell, MergedCell) and cell.data_type == "f":
                yield (cell.row, cell.column), calculated.cell(cell.row, cell.column).value


def save(book: Any, results: dict[str, Results], path: Path) -> None:
    """Write the workbook with the results of its formulas."""
    stream = io.BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream) as package, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        names = {f"xl/worksheets/sheet{number}.xml": sheet.title for number, sheet in enumerate(book.worksheets, 1)}
        for name in package.namelist():
            data = package.read(name)
            target.writestr(name, _with_results(data, results[names[name]]) if name in names else data)


def _with_results(part: bytes, results: Results) -> bytes:
    root = etree.fromstring(part)
    for formula in root.iter(f"{_MAIN}f"):
        cell: Any = formula.getparent()
        row, column = coordinate_to_tuple(str(cell.get("r")))
        value = results.get((row, column))
        stored = cell.find(f"{_MAIN}v")
        if value is None:
            if stored is not None:
                cell.remove(stored)
            continue
        stored = etree.SubElement(cell, f"{_MAIN}v") if stored is None else stored
        stored.text = str(int(value)) if isinstance(value, bool) else repr(value) if isinstance(value, float) else str(value)
        kind = "e" if isinstance(value, str) and value.startswith("#") else _TYPES.get(type(value))
        if kind:
            cell.set("t", kind)
        elif "t" in cell.attrib:
            del cell.attrib["t"]
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
