"""Application, Workbooks, Workbook and their collections: an Excel in memory that reads and writes real files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import openpyxl

from tests.excel.com.areas import Area
from tests.excel.com.proxy import Messages, Served
from tests.excel.com.pywin32 import RUNNING, excel_error
from tests.excel.com.ranges import Range
from tests.excel.com.sheets import Worksheet, duplicate
from tests.excel.com.storage import Results, load, save

WINDOW = 1312
_AUTOMATIC, _MANUAL, _SEMIAUTOMATIC = -4105, -4135, 2


class Application(Served):
    """Excel."""

    def __init__(self) -> None:
        """Start with no workbook."""
        self.books: list[Workbook] = []
        self.status: list[object] = []
        self._screen = self._alerts = self._events = self._interactive = True
        self._calculation, self._bar = _AUTOMATIC, None

    def open(self, path: Path) -> Workbook:
        """Open a file."""
        stored, results = load(path)
        return self._add(Workbook(self, stored, results, path))

    def add(self, sheets: Sequence[str] = ("Sheet1",)) -> Workbook:
        """Make a workbook that was never saved."""
        stored: Any = openpyxl.Workbook()
        stored.active.title = sheets[0]
        for name in sheets[1:]:
            stored.create_sheet(name)
        return self._add(Workbook(self, stored, {name: {} for name in sheets}, None))

    def _add(self, book: Workbook) -> Workbook:
        self.books.append(book)
        return book

    @property
    def Application(self) -> Application:
        """Return itself."""
        return self

    @property
    def Hwnd(self) -> int:
        """Return the handle of the window."""
        return WINDOW

    @property
    def Name(self) -> str:
        """Return the name."""
        return "Microsoft Excel"

    @property
    def Version(self) -> str:
        """Return the version."""
        return "16.0"

    @property
    def UserName(self) -> str:
        """Return who it is registered for."""
        return "甲"

    @property
    def Workbooks(self) -> Workbooks:
        """Return the open workbooks."""
        return Workbooks(self)

    @property
    def ActiveWorkbook(self) -> Workbook | None:
        """Return the workbook opened last."""
        return self.books[-1] if self.books else None

    @property
    def ActiveSheet(self) -> Worksheet | None:
        """Return the sheet that is shown."""
        return self.books[-1].active if self.books else None

    @property
    def Selection(self) -> Range | None:
        """Return the selected cells of the sheet that is shown."""
        shown = self.ActiveSheet
        return Range(shown, shown.selected) if shown else None

    def Calculate(self) -> None:
        """Calculate: nothing here does."""

    def CalculateFull(self) -> None:
        """Calculate: nothing here does."""

    def Intersect(self, Arg1: Range, Arg2: Range) -> Range | None:
        """Return the cells that two ranges share."""
        shared = [
            Area(max(a.top, b.top), max(a.left, b.left), min(a.bottom, b.bottom), min(a.right, b.right))
            for a in Arg1.areas
            for b in Arg2.areas
            if a.meets(b)
        ]
        return Range(Arg1.Worksheet, shared) if shared else None

    @property
    def StatusBar(self) -> object:
        """Return the text of the status bar, False where Excel has its own."""
        return self._bar if self._bar is not None else False

    @StatusBar.setter
    def StatusBar(self, text: object) -> None:
        self._bar = None if text is False else text  # type: ignore[assignment]  # a text
        self.status.append(text)

    @property
    def Calculation(self) -> int:
        """Return when Excel calculates; it refuses without a workbook."""
        self._need_book()
        return self._calculation

    @Calculation.setter
    def Calculation(self, mode: int) -> None:
        self._need_book()
        if mode not in (_AUTOMATIC, _MANUAL, _SEMIAUTOMATIC):
            raise excel_error("不能设置类 Application 的 Calculation 属性")
        self._calculation = mode

    def _need_book(self) -> None:
        if not self.books:
            raise excel_error("不能设置类 Application 的 Calculation 属性")


def _switch(name: str) -> property:
    def read(self: Application) -> bool:
        return bool(getattr(self, name))

    def write(self: Application, value: bool) -> None:
        setattr(self, name, bool(value))

    return property(read, write)


for _public, _private in {"ScreenUpdating": "_screen", "DisplayAlerts": "_alerts", "EnableEvents": "_events", "Interactive": "_interactive"}.items():
    setattr(Application, _public, _switch(_private))


class Workbooks(Served):
    """The open workbooks."""

    def __init__(self, application: Application) -> None:
        """Belong to Excel."""
        self._application = application

    @property
    def Application(self) -> Application:
        """Return Excel."""
        return self._application

    @property
    def Count(self) -> int:
        """Return how many are open."""
        return len(self._application.books)

    def items(self) -> Sequence[Workbook]:
        """Return all."""
        return self._application.books

    def __call__(self, which: int | str) -> Workbook:
        """Return one by its number, counted from 1, or by its name."""
        found = [book for number, book in enumerate(self._application.books, 1) if which in (number, book.Name)]
        if not found:
            raise excel_error("下标越界")
        return found[0]

    def Open(self, Filename: str, *_more: object) -> Workbook:
        """Open a file; two of one name cannot be open at once."""
        path = Path(Filename)
        if not path.is_file():
            raise excel_error(f"很抱歉，找不到 {Filename}。是否可能被移动、重命名或删除?")
        if any(book.Name == path.name for book in self._application.books):
            raise excel_error("不能同时打开两个同名的工作簿。")
        return self._application.open(path)

    def Add(self) -> Workbook:
        """Make a workbook."""
        return self._application.add()


class Workbook(Served):
    """A workbook."""

    def __init__(self, application: Application, stored: Any, results: dict[str, Results], path: Path | None) -> None:
        """Take over a workbook of openpyxl's."""
        self._application, self.stored, self._path = application, stored, path
        self.since_1904 = stored.epoch.year == 1904
        self.structure_locked = bool(stored.security and stored.security.lockStructure)
        self.sheets = [Worksheet(self, sheet, results[sheet.title]) for sheet in stored.worksheets]
        self.active = next(each for each in self.sheets if each.stored is stored.active)
        self._saved = True

    def __repr__(self) -> str:
        """Return the name."""
        return f"<{self.Name}>"

    def remove(self, sheet: Worksheet) -> None:
        """Take a sheet away."""
        place = self.sheets.index(sheet)
        self.sheets.remove(sheet)
        self.stored.remove(sheet.stored)
        if self.active is sheet:
            self.active = self.sheets[min(place, len(self.sheets) - 1)]

    def take_copy(self, sheet: Worksheet, place: int) -> None:
        """Put a copy of a sheet at a place and show it."""
        if self.structure_locked:
            raise excel_error("工作簿受保护，无法更改。")
        taken = {each.Name for each in self.sheets}
        free = (f"{sheet.Name[:27]} ({number})" for number in range(2, 1000))
        name = sheet.Name if sheet.Name not in taken else next(each for each in free if each not in taken)
        made = duplicate(sheet, self, self.stored.create_sheet(name, place))
        self.sheets.insert(place, made)
        self.active = made

    def write(self, path: Path) -> None:
        """Write it into a file."""
        for sheet in self.sheets:
            sheet.store()
        self.stored.active = self.sheets.index(self.active)
        save(self.stored, {sheet.Name: sheet.results for sheet in self.sheets}, path)

    @property
    def Application(self) -> Any:
        """Return Excel."""
        return self._application

    @property
    def Parent(self) -> Any:
        """Return Excel."""
        return self._application

    @property
    def Name(self) -> str:
        """Return the name of the file."""
        return self._path.name if self._path else f"工作簿{self._application.books.index(self) + 1}"

    @property
    def Path(self) -> str:
        """Return the folder, "" where it was never saved."""
        return str(self._path.parent) if self._path else ""

    @property
    def FullName(self) -> str:
        """Return folder and name."""
        return str(self._path) if self._path else self.Name

    @property
    def Date1904(self) -> bool:
        """Tell whether days count from 1904."""
        return bool(self.since_1904)

    @property
    def ReadOnly(self) -> bool:
        """Tell whether it cannot be saved under its name."""
        return False

    @property
    def Saved(self) -> bool:
        """Tell whether nothing was changed since it was saved."""
        return self._saved

    @Saved.setter
    def Saved(self, saved: bool) -> None:
        self._saved = saved

    @property
    def Worksheets(self) -> Worksheets:
        """Return the sheets."""
        return Worksheets(self)

    @property
    def Sheets(self) -> Served:
        """Return the sheets; there are no chart sheets here."""
        return Worksheets(self)

    @property
    def ActiveSheet(self) -> Worksheet:
        """Return the sheet that is shown."""
        return self.active

    @property
    def ProtectStructure(self) -> bool:
        """Tell whether sheets can be neither added nor removed."""
        return self.structure_locked

    def Activate(self) -> None:
        """Show it."""
        self._application.books.remove(self)
        self._application.books.append(self)

    def SaveCopyAs(self, Filename: str) -> None:
        """Write a copy; the workbook itself stays unsaved."""
        target = Path(Filename)
        if not target.parent.is_dir():
            raise excel_error(f"Microsoft Excel 无法访问文件“{target.parent}”。")
        self.write(target)

    def Save(self) -> None:
        """Save it."""
        if self._path is None:
            raise excel_error("没有文件名")
        self.write(self._path)
        self._saved = True

    def Close(self, SaveChanges: bool | None = None) -> None:
        """Close it."""
        if SaveChanges:
            self.Save()
        self._application.books.remove(self)


class Worksheets(Served):
    """The sheets of a workbook."""

    def __init__(self, book: Workbook) -> None:
        """Belong to a workbook."""
        self._book = book

    @property
    def Parent(self) -> Workbook:
        """Return the workbook."""
        return self._book

    @property
    def Count(self) -> int:
        """Return how many there are."""
        return len(self._book.sheets)

    def items(self) -> Sequence[Worksheet]:
        """Return all."""
        return list(self._book.sheets)

    def __call__(self, which: int | str) -> Worksheet:
        """Return one by its number, counted from 1, or by its name in any case."""
        sheets = self._book.sheets
        if isinstance(which, str):
            found = [sheet for sheet in sheets if sheet.Name.lower() == which.lower()]
        else:
            found = [sheets[int(which) - 1]] if 1 <= which <= len(sheets) else []
        if not found:
            raise excel_error("下标越界")
        return found[0]


class Excel:
    """A running Excel in memory, seen from both sides.

    Attributes:
        application: its own side.
        messages: what crossed to it.
    """

    def __init__(self, modules: Any) -> None:
        """Start it; ``modules`` are xlwings' for Windows."""
        self.application, self.messages = Application(), Messages()
        self._modules = modules
        RUNNING[WINDOW] = (self.application, self.messages)

    @property
    def app(self) -> Any:
        """Return the xlwings App, fetched by its window as in a real Excel."""
        return self._modules.xlwings.App(impl=self._modules.xlwindows.App(xl=WINDOW))

    def open(self, path: Path) -> Any:
        """Open a file as the officer does, and return the xlwings Book; opening counts no message."""
        self.application.open(path)
        book = self.app.books[path.name]
        self.messages.log.clear()
        return book

    @contextmanager
    def counted(self) -> Iterator[list[str]]:
        """Give the messages of a block, which are complete when it ends."""
        before, log = self.messages.count, list[str]()
        yield log
        log += self.messages.log[before:]
