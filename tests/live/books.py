"""Workbooks and sheets of the engine: what xlwings' ``Book`` and ``Sheet`` stand on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.live.api import BookApi, ChartApi, SheetApi
from tests.live.link import Link
from tests.live.places import Area, areas_of
from tests.live.ranges import Note, Range, everything

if TYPE_CHECKING:
    from tests.live.engine import App


class Books:
    """The open workbooks of one LibreOffice."""

    def __init__(self, app: App) -> None:
        """Belong to ``app``."""
        self.app = app

    @property
    def _all(self) -> list[Book]:
        return [Book(self.app, number) for number in self.app.link.ask("books.listed")]

    @property
    def active(self) -> Book:
        """The workbook in front: the one activated or opened last."""
        return next(book for book in self._all if book.number == self.app.front)

    def __call__(self, name_or_index: str | int) -> Book:
        """Return a workbook by its name or its place from 1.

        Raises:
            KeyError: none is open under this name.
        """
        if isinstance(name_or_index, int):
            return self._all[name_or_index - 1]
        for book in self._all:
            if book.name.lower() == name_or_index.lower():
                return book
        raise KeyError(name_or_index)

    def __len__(self) -> int:
        return len(self._all)

    def __iter__(self) -> Iterator[Book]:
        return iter(self._all)

    def __contains__(self, name: object) -> bool:
        return any(book.name == name for book in self._all)

    def _front(self, number: int) -> Book:
        self.app.front = number
        self.app.apply_calculation()
        return Book(self.app, number)

    def add(self) -> Book:
        """Open an empty workbook."""
        return self._front(self.app.link.ask("books.create", not self.app.visible))

    def open(self, fullname: str, update_links: Any = None, read_only: bool | None = None, *others: Any) -> Book:
        """Open a file; what else Excel's Workbooks.Open takes has no meaning here."""
        path = str(Path(fullname).resolve())
        return self._front(self.app.link.ask("books.open", path, not self.app.visible, bool(read_only)))


class Book:
    """One open workbook."""

    def __init__(self, app: App, number: int) -> None:
        """Stand for the document ``number`` of the server."""
        self.app, self.number = app, number

    @property
    def link(self) -> Link:
        """The line to LibreOffice."""
        return self.app.link

    @property
    def api(self) -> BookApi:
        """What the toolkit calls of Excel's own Workbook."""
        return BookApi(self)

    @property
    def fullname(self) -> str:
        """The full path, or the title before the first saving."""
        return str(self.link.ask("books.path", self.number))

    @property
    def name(self) -> str:
        """The name without the folder."""
        return Path(self.fullname).name

    @property
    def sheets(self) -> Sheets:
        """The sheets."""
        return Sheets(self)

    def close(self) -> None:
        """Close without saving; the workbook opened before comes to the front."""
        self.link.ask("books.close", self.number)
        left: list[int] = self.link.ask("books.listed")
        if self.app.front == self.number and left:
            self.app.front = left[-1]

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Save in place or under another path."""
        self.link.ask("books.save", self.number, str(Path(path).resolve()) if path else None)

    def activate(self) -> None:
        """Bring to the front."""
        self.app.front = self.number


class Sheets:
    """The sheets of a workbook."""

    def __init__(self, book: Book) -> None:
        """Belong to ``book``."""
        self.book = book

    @property
    def _all(self) -> list[Sheet]:
        return [Sheet(self.book, number) for number in self.book.link.ask("books.sheets", self.book.number)]

    @property
    def active(self) -> Sheet:
        """The sheet in front."""
        return Sheet(self.book, self.book.link.ask("books.active_sheet", self.book.number))

    def __call__(self, name_or_index: str | int) -> Sheet:
        """Return a sheet by its name or its place from 1.

        Raises:
            KeyError: there is none of this name.
        """
        if isinstance(name_or_index, int):
            return self._all[name_or_index - 1]
        names: list[str] = self.book.link.ask("books.names_of_sheets", self.book.number)
        for sheet, name in zip(self._all, names, strict=True):
            if name.lower() == name_or_index.lower():
                return sheet
        raise KeyError(name_or_index)

    def __len__(self) -> int:
        return len(self._all)

    def __iter__(self) -> Iterator[Sheet]:
        return iter(self._all)

    def __contains__(self, name: object) -> bool:
        return name in self.book.link.ask("books.names_of_sheets", self.book.number)

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        """Insert an empty sheet and bring it to the front."""
        at = before.index - 1 if before else after.index if after else self.active.index - 1
        return Sheet(self.book, self.book.link.ask("sheets_of.add", self.book.number, at, name))


class Sheet:
    """One sheet, through renaming and moving."""

    def __init__(self, book: Book, number: int) -> None:
        """Stand for the sheet ``number`` of the server."""
        self.book, self.number = book, number

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sheet) and self.number == other.number

    def __hash__(self) -> int:
        return hash(self.number)

    @property
    def app(self) -> App:
        """The program."""
        return self.book.app

    @property
    def link(self) -> Link:
        """The line to LibreOffice."""
        return self.book.link

    def _ask(self, method: str, *arguments: Any) -> Any:
        return self.link.ask(method, self.number, *arguments)

    @property
    def api(self) -> SheetApi:
        """What the toolkit calls of Excel's own Worksheet."""
        return SheetApi(self)

    @property
    def name(self) -> str:
        """Its name."""
        return str(self._ask("sheets_of.name"))

    @name.setter
    def name(self, value: str) -> None:
        self._ask("sheets_of.rename", value)

    @property
    def index(self) -> int:
        """Its place, from 1."""
        return int(self._ask("sheets_of.index")) + 1

    @property
    def visible(self) -> bool:
        """Whether it shows."""
        return bool(self._ask("sheets_of.visible"))

    @visible.setter
    def visible(self, value: bool) -> None:
        self._ask("sheets_of.set_visible", bool(value))

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        """Return a range by address, by defined name, or by its corners as (row, column) from 1."""
        if isinstance(arg1, int) and isinstance(arg2, int):
            arg1, arg2 = (arg1, arg2), None
        first = self._corner(arg1)
        if arg2 is None:
            return first
        return Range(self, [first.area.around(self._corner(arg2).area)])

    def _corner(self, corner: Any) -> Range:
        if isinstance(corner, Range):
            return corner
        if isinstance(corner, tuple):
            row, column, *size = corner
            if row < 1 or column < 1:
                raise IndexError("cells are counted from 1")
            rows, columns = size or (1, 1)
            return Range(self, [Area(row - 1, column - 1, row + rows - 2, column + columns - 2)])
        areas = areas_of(corner)
        if areas is not None:
            return Range(self, areas, corner)
        number, bounds = self._ask("sheets_of.resolve", corner)
        return Range(Sheet(self.book, number), [Area(*bounds)], corner)

    @property
    def cells(self) -> Range:
        """All cells."""
        return everything(self)

    @property
    def used_range(self) -> Range:
        """The smallest range around all cells that hold something."""
        return Range(self, [Area(*self._ask("sheets_of.used"))])

    @property
    def notes(self) -> list[Note]:
        """The notes."""
        return [Note(self, row, column) for row, column, _ in self._ask("looks.notes")]

    @property
    def charts(self) -> Charts:
        """The charts."""
        return Charts(self)

    def activate(self) -> None:
        """Bring to the front."""
        self._ask("books.activate_sheet")

    select = activate

    def delete(self) -> None:
        """Delete, without a question."""
        self._ask("sheets_of.delete")

    def copy(self, before: Sheet | None, after: Sheet | None) -> None:
        """Copy before or behind a sheet of this or another open workbook.

        Raises:
            ValueError: neither is given.
        """
        target = before or after
        if target is None:
            raise ValueError("a copy needs a place")
        at = target.index - 1 if before else target.index
        self._ask("sheets_of.copy", target.book.number, at)

    def move(self, before: Sheet | None, after: Sheet | None) -> None:
        """Move before or behind another sheet of the workbook."""
        target = before or after
        assert target is not None
        self._ask("sheets_of.move", target.index - 1 if before else target.index)


class Charts:
    """The charts of a sheet."""

    def __init__(self, sheet: Sheet) -> None:
        """Belong to ``sheet``."""
        self._sheet = sheet

    @property
    def _names(self) -> list[str]:
        names: list[str] = self._sheet.link.ask("parts.charts", self._sheet.number)
        return names

    def __call__(self, name_or_index: str | int) -> Chart:
        """Return a chart by its name or its place from 1.

        Raises:
            KeyError: there is none of this name.
        """
        names = self._names
        if isinstance(name_or_index, int):
            return Chart(self._sheet, names[name_or_index - 1])
        if name_or_index not in names:
            raise KeyError(name_or_index)
        return Chart(self._sheet, name_or_index)

    def __len__(self) -> int:
        return len(self._names)

    def __iter__(self) -> Iterator[Chart]:
        return (Chart(self._sheet, name) for name in self._names)

    def __contains__(self, name: object) -> bool:
        return name in self._names


def _edge(place: int) -> property:
    """Make one of left, top, width and height, in points."""

    def read(self: Chart) -> float:
        return self.box[place]

    def write(self: Chart, value: float) -> None:
        box = self.box
        box[place] = value
        self.box = box

    return property(read, write)


class Chart:
    """One chart."""

    left, top, width, height = (_edge(place) for place in range(4))

    def __init__(self, sheet: Sheet, name: str) -> None:
        """Stand for the chart ``name`` of ``sheet``."""
        self._sheet, self._name = sheet, name

    @property
    def name(self) -> str:
        """Its name."""
        return self._name

    @property
    def api(self) -> tuple[None, ChartApi]:
        """The chart's frame, which nobody uses, and Excel's own Chart."""
        return None, ChartApi(self._sheet, self._name)

    @property
    def box(self) -> list[float]:
        """Left, top, width and height in points."""
        box: list[float] = self._sheet.link.ask("parts.chart_box", self._sheet.number, self._name)
        return box

    @box.setter
    def box(self, value: list[float]) -> None:
        self._sheet.link.ask("parts.set_chart_box", self._sheet.number, self._name, value)
