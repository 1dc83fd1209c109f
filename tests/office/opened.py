"""Documents of a LibreOffice that stay open, and their sheets by number. Runs under the system's Python."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import uno

from tests.office.cells import properties

FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".xls": "MS Excel 97",
    ".ods": "calc8",
    ".docx": "MS Word 2007 XML",
    ".pdf": "calc_pdf_Export",
}
NEVER_EXECUTE_MACROS = 0
ALWAYS_EXECUTE_MACROS = 4


class Opened:
    """Numbers for open documents and for their sheets, which they keep through renaming and moving."""

    def __init__(self, desktop: Any) -> None:
        """Work through ``desktop`` of a running LibreOffice."""
        self.desktop = desktop
        self.documents: dict[int, Any] = {}
        self._sheets: dict[int, tuple[int, Any]] = {}
        self._next = 1

    def load(self, path: str, hidden: bool, read_only: bool) -> int:
        """Open a file, macros allowed, and number it."""
        if not Path(path).is_file():
            raise ValueError(f"there is no file {path}")
        options = properties(Hidden=hidden, ReadOnly=read_only, MacroExecutionMode=ALWAYS_EXECUTE_MACROS)
        document = self.desktop.loadComponentFromURL(Path(path).as_uri(), "_blank", 0, options)
        if document is None:
            raise ValueError(f"LibreOffice cannot open {path}")
        return self._number(document)

    def create(self, hidden: bool) -> int:
        """Open an empty workbook."""
        options = properties(Hidden=hidden, MacroExecutionMode=ALWAYS_EXECUTE_MACROS)
        return self._number(self.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, options))

    def _number(self, document: Any) -> int:
        number, self._next = self._next, self._next + 1
        self.documents[number] = document
        return number

    def close(self, book: int) -> None:
        """Close a document without saving and forget its sheets."""
        self.documents.pop(book).close(True)
        self._sheets = {number: kept for number, kept in self._sheets.items() if kept[0] != book}

    def document(self, book: int) -> Any:
        """Return an open document.

        Raises:
            ValueError: it was closed.
        """
        if book not in self.documents:
            raise ValueError(f"the workbook {book} is closed")
        return self.documents[book]

    def sheet(self, number: int) -> Any:
        """Return a sheet by its number.

        Raises:
            ValueError: it was deleted, or its document closed.
        """
        if number not in self._sheets:
            raise ValueError(f"the sheet {number} is gone")
        return self._sheets[number][1]

    def book_of(self, number: int) -> int:
        """Return the number of the document that holds a sheet."""
        self.sheet(number)
        return self._sheets[number][0]

    def number_at(self, book: int, index: int) -> int:
        """Return the number of the sheet at a place (from 0)."""
        # LibreOffice makes a new object at every look-up, so sheets are told apart by where they stand now.
        for number, (owner, sheet) in self._sheets.items():
            if owner == book and sheet.RangeAddress.Sheet == index:
                return number
        number, self._next = self._next, self._next + 1
        self._sheets[number] = (book, self.document(book).Sheets.getByIndex(index))
        return number

    def forget(self, number: int) -> None:
        """Drop the number of a sheet that is deleted."""
        self._sheets.pop(number)

    def document_of(self, number: int) -> Any:
        """Return the document that holds a sheet."""
        return self.document(self.book_of(number))

    def area(self, number: int, bounds: Sequence[int]) -> Any:
        """Return the range [top, left, bottom, right] (from 0, ends included) of a sheet."""
        top, left, bottom, right = bounds
        return self.sheet(number).getCellRangeByPosition(left, top, right, bottom)

    def areas(self, number: int, several: Sequence[Sequence[int]]) -> Any:
        """Return several ranges of a sheet as one object."""
        ranges = self.document_of(number).createInstance("com.sun.star.sheet.SheetCellRanges")
        for bounds in several:
            ranges.addRangeAddress(self.area(number, bounds).RangeAddress, False)
        return ranges


def bounds_of(address: Any) -> list[int]:
    """Return [top, left, bottom, right] of a ``CellRangeAddress``."""
    return [address.StartRow, address.StartColumn, address.EndRow, address.EndColumn]


def refuse_protected(sheet: Any, area: Any = None) -> None:
    """Raise where Excel would: a protected sheet, and a range of it (any change when None) that is locked.

    Raises:
        ValueError: the change is not allowed. LibreOffice itself lets some such changes through without a word.
    """
    if not sheet.isProtected():
        return
    # A range whose cells differ has no value of its own, so some cell in it is locked.
    protection = area.CellProtection if area is not None else None
    if protection is None or protection.IsLocked:
        raise ValueError(f"the sheet {sheet.Name} is protected")


def cell_address(sheet: int = 0, row: int = 0, column: int = 0) -> Any:
    """Make a ``CellAddress``."""
    address = uno.createUnoStruct("com.sun.star.table.CellAddress")
    address.Sheet, address.Row, address.Column = sheet, row, column
    return address
