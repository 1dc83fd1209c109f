"""Calling a function as the macros do: through the COM server of xlwings, with ranges of an Excel in memory."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tests.excel.com.books import Excel
from tests.excel.com.proxy import ComObject
from tests.excel.com.ranges import Range
from toolkit.functions.__main__ import MODULE, announce
from toolkit.functions.catalogue import FUNCTIONS

MISSING = -2147352572
"""What VBA hands over for an argument that was left out."""
_REFERENCE = re.compile(r"&[A-Z]\d*(:[A-Z]\d*)?")
PARAMETERS = {function.name: tuple(function.arguments) for function in FUNCTIONS}


class Sheet:
    """A sheet whose cells hold what a test puts there, and formulas that call functions."""

    def __init__(self, excel: Excel, cells: Mapping[str, object] | None = None) -> None:
        """Fill the first sheet of a new workbook; texts stay texts."""
        from xlwings.com_server import XLPython

        announce()
        self._excel, self._server = excel, XLPython()
        self.book = excel.application.add()
        self.sheet = self.book.sheets[0]
        self.calls = 0
        for address, value in (cells or {}).items():
            self.put(address, value)

    def put(self, address: str, value: object, number_format: str = "") -> None:
        """Put a value into a cell, or rows of values into a range."""
        cells = self.sheet.Range(address)
        cells.NumberFormat = number_format or ("@" if isinstance(value, str) else "General")
        rows = value if isinstance(value, list) else [[value]]
        for down, row in enumerate(rows):
            for right, each in enumerate(row):
                at = self.sheet.stored.cell(cells.Row + down, cells.Column + right)
                at.number_format = number_format or ("@" if isinstance(each, str) else at.number_format)
                self.sheet.cells.put(at.row, at.column, each)

    def range(self, address: str) -> Any:
        """Return a range as VBA hands it over."""
        return self._outward(self.sheet.Range(address))

    def call(self, name: str, *given: Any, caller: str = "Z1") -> Any:
        """Call a function from a cell; texts such as ``A1:A3`` behind a ``&`` are ranges of the sheet."""
        arguments = [self.range(each[1:]) if isinstance(each, str) and _REFERENCE.fullmatch(each) else each for each in given]
        arguments += [MISSING] * (len(PARAMETERS[name]) - len(given))
        self.calls += 1
        book = ComObject(self.book, self._excel.messages)
        return self._server.CallUDF(MODULE, name, tuple(arguments), book, self.range(caller))

    def _outward(self, cells: Range) -> ComObject:
        return ComObject(cells, self._excel.messages)


def column(values: Any) -> list[list[Any]]:
    """Return values as the rows of a column."""
    return [[value] for value in values]
