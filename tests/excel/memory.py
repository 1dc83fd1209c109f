"""An open workbook in memory: the calls of the button actions on an openpyxl workbook, counted, and failing on demand.

It shows in a second what a real spreadsheet program takes a minute for: that whatever call fails, an action leaves the
workbook and the program as they were. It computes no formulas.
"""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell import MergedCell
from openpyxl.worksheet.pagebreak import Break, RowBreak

from tests.excel.memory_cells import Conditions, Range, copy_cell


class Failure(Exception):
    """What a call raises that was told to fail."""


class Program:
    """The spreadsheet program: its state, and the count of the calls that reached it.

    Attributes:
        calls: how many calls there were.
        fail_at: the number of the call that fails, 0 for none.
    """

    def __init__(self) -> None:
        """Start with the state of a program at rest."""
        self.calls = 0
        self.fail_at = 0
        self.state: dict[str, Any] = {
            "screen_updating": True,
            "calculation": "automatic",
            "enable_events": True,
            "display_alerts": True,
            "status_bar": False,
        }
        self.selection: Any = None
        self.opened: list[str] = []

    def count(self) -> None:
        """Count a call."""
        self.calls += 1
        if self.calls == self.fail_at:
            raise Failure(f"call {self.calls}")


class App:
    """What xlwings calls ``App``."""

    def __init__(self, program: Program) -> None:
        """Take the program."""
        object.__setattr__(self, "program", program)

    def __getattr__(self, name: str) -> Any:
        """Return a property of the program."""
        self.program.count()
        if name == "selection":
            return self.program.selection
        if name == "books":
            return Books(self)
        return self.program.state[name]

    def __setattr__(self, name: str, value: Any) -> None:
        """Set a property of the program."""
        self.program.count()
        self.program.state[name] = value


class Books:
    """What xlwings calls ``Books``."""

    def __init__(self, app: App) -> None:
        """Take the program."""
        self._app = app

    def open(self, path: str, **_: Any) -> Book:
        """Open a file."""
        self._app.program.count()
        self._app.program.opened.append(path)
        return Book(Path(path), self._app)


class Book:
    """What xlwings calls ``Book``."""

    def __init__(self, path: Path, app: App, folder: Path | None = None) -> None:
        """Open a file; ``folder`` is where the program says it lies."""
        self.app = app
        self.name = path.name
        self.work = openpyxl.load_workbook(path, keep_vba=path.suffix == ".xlsm")
        self._folder = folder

    def close(self) -> None:
        """Close it."""
        self.app.program.count()

    @property
    def api(self) -> Book:
        """Return the program's own object."""
        return self

    @property
    def Path(self) -> str:
        """Return the folder."""
        self.app.program.count()
        return "" if self._folder is None else str(self._folder)

    def SaveCopyAs(self, path: str) -> None:
        """Save a copy."""
        self.app.program.count()
        self.work.save(path)

    @property
    def sheets(self) -> Sheets:
        """Return the worksheets."""
        self.app.program.count()
        return Sheets(self)


class Sheets:
    """What xlwings calls ``Sheets``."""

    def __init__(self, book: Book) -> None:
        """Take the workbook."""
        self._book = book

    def __getitem__(self, key: str | int) -> Sheet:
        """Return a sheet."""
        self._book.app.program.count()
        return Sheet(self._book, self._book.work[key] if isinstance(key, str) else self._book.work.worksheets[key])

    @property
    def active(self) -> Sheet:
        """Return the sheet that is shown."""
        self._book.app.program.count()
        return Sheet(self._book, self._book.work.active)


class Sheet:
    """What xlwings calls ``Sheet``, and its own object."""

    def __init__(self, book: Book, sheet: Any) -> None:
        """Take the worksheet."""
        self.book, self.sheet = book, sheet
        self.program = book.app.program

    @property
    def api(self) -> Sheet:
        """Return the program's own object."""
        return self

    @property
    def name(self) -> str:
        """Return the name."""
        self.program.count()
        return str(self.sheet.title)

    @name.setter
    def name(self, name: str) -> None:
        self.program.count()
        self.sheet.title = name

    def activate(self) -> None:
        """Show the sheet."""
        self.program.count()
        self.book.work.active = self.book.work.worksheets.index(self.sheet)

    def delete(self) -> None:
        """Delete the sheet."""
        self.program.count()
        self.book.work.remove(self.sheet)

    def copy(self, after: Sheet, name: str = "") -> None:
        """Copy the sheet behind another one, in its own workbook or another."""
        self.program.count()
        target = after.book.work
        place = target.worksheets.index(after.sheet) + 1
        name = name or self.sheet.title
        if name in target.sheetnames:
            name = next(f"{name} ({n})" for n in range(2, 99) if f"{name} ({n})" not in target.sheetnames)
        made = target.create_sheet(name, place)
        for row in self.sheet.iter_rows():
            for cell in row:
                if not isinstance(cell, MergedCell):
                    copy_cell(cell, made.cell(cell.row, cell.column))
        for area in self.sheet.merged_cells.ranges:
            made.merge_cells(str(area))
        for number, row_size in self.sheet.row_dimensions.items():
            made.row_dimensions[number].height = row_size.height
            made.row_dimensions[number].hidden = row_size.hidden
        made.protection = copy.copy(self.sheet.protection)
        for each, named in self.sheet.defined_names.items():
            quoted = name.replace("'", "''")
            made.defined_names[each] = type(named)(each, attr_text=re.sub(r"^.*!", f"'{quoted}'!", named.attr_text))
        target.active = place

    def range(self, address: str) -> Range:
        """Return a range."""
        self.program.count()
        assert len(address) <= 255, address
        return Range(self, address)

    def Unprotect(self) -> None:
        """Lift the protection."""
        self.program.count()
        self.sheet.protection.sheet = False

    def Protect(self, password: str, objects: bool, contents: bool, scenarios: bool, _: bool, *allowed: bool) -> None:
        """Protect the sheet."""
        self.program.count()
        names = "formatCells formatColumns formatRows insertColumns insertRows insertHyperlinks"
        names += " deleteColumns deleteRows sort autoFilter pivotTables"
        protection = self.sheet.protection
        protection.sheet, protection.objects, protection.scenarios = contents, objects, scenarios
        for name, allows in zip(names.split(), allowed, strict=True):
            setattr(protection, name, not allows)
        assert password == ""

    @property
    def charts(self) -> list[Chart]:
        """Return the charts."""
        self.program.count()
        return [Chart(self) for _ in self.sheet._charts]

    @property
    def Cells(self) -> Conditions:
        """Return all cells."""
        self.program.count()
        return Conditions(self)

    def ResetAllPageBreaks(self) -> None:
        """Forget the page breaks that somebody set."""
        self.program.count()
        self.sheet.row_breaks = RowBreak()

    @property
    def HPageBreaks(self) -> PageBreaks:
        """Return the page breaks."""
        self.program.count()
        return PageBreaks(self)


class Chart:
    """A chart; where it lies is not kept."""

    top = left = width = height = 0.0

    def __init__(self, sheet: Sheet) -> None:
        """Take the sheet."""
        self._sheet = sheet

    @property
    def api(self) -> tuple[Chart, Chart]:
        """Return the program's own objects."""
        return self, self

    def SeriesCollection(self, _: int) -> Chart:
        """Return a series."""
        self._sheet.program.count()
        return self


class PageBreaks:
    """Page breaks between rows."""

    def __init__(self, sheet: Sheet) -> None:
        """Take the sheet."""
        self._sheet = sheet

    def Add(self, before: Range) -> None:
        """Set a break above a range."""
        self._sheet.program.count()
        self._sheet.sheet.row_breaks.append(Break(id=before.boxes[0][1] - 1))
