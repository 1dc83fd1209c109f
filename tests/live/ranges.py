"""Ranges, notes and fonts of the engine: what xlwings' ``Range`` stands on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import xlwings as xw

from tests.live.api import RangeApi
from tests.live.link import Link
from tests.live.places import LAST_COLUMN, LAST_ROW, Area, address_of
from tests.live.values import as_rows, from_office

if TYPE_CHECKING:
    from tests.live.books import Sheet


def rgb(colour: Any) -> list[int] | None:
    """Return red, green, blue of a colour as xlwings takes it: None, "#RRGGBB", a triple, or Excel's number."""
    if colour is None:
        return None
    if isinstance(colour, str):
        return list(xw.utils.hex_to_rgb(colour))
    if isinstance(colour, int):
        return [colour & 255, colour >> 8 & 255, colour >> 16 & 255]
    return list(colour)


def _box_part(place: int) -> property:
    """Make one of left, top, width and height, in points."""

    def read(self: Range) -> float:
        box: list[float] = self.link.ask("looks.box", self.sheet.number, self.area)
        return box[place]

    return property(read)


class Range:
    """One or more rectangles of a sheet."""

    max_cells_per_read = max_cells_per_write = None

    def __init__(self, sheet: Sheet, areas: Iterable[Area], text: str = "") -> None:
        """Stand for ``areas`` of ``sheet``; ``text`` is the address it was asked for with."""
        self.sheet, self.areas, self.arg1_input = sheet, list(areas), text

    @property
    def area(self) -> Area:
        """The first rectangle."""
        return self.areas[0]

    @property
    def link(self) -> Link:
        """The line to LibreOffice."""
        return self.sheet.link

    def _ask(self, method: str, *arguments: Any) -> Any:
        return self.link.ask(method, self.sheet.number, self.area, *arguments)

    def _ask_each(self, method: str, *arguments: Any) -> None:
        for area in self.areas:
            self.link.ask(method, self.sheet.number, area, *arguments)

    @property
    def api(self) -> RangeApi:
        """What the toolkit calls of Excel's own Range."""
        return RangeApi(self)

    @property
    def coords(self) -> tuple[str, int, int, int, int]:
        """Sheet, first row and column from 1, and size."""
        return (self.sheet.name, self.row, self.column, *self.shape)

    def __len__(self) -> int:
        return sum(rows * columns for rows, columns in (area.shape for area in self.areas))

    @property
    def row(self) -> int:
        """First row, from 1."""
        return self.area.top + 1

    @property
    def column(self) -> int:
        """First column, from 1."""
        return self.area.left + 1

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.area.shape

    def __call__(self, row: int, column: int | None = None) -> Range:
        """Return a cell by its place in the range, from 1; with one number the cells are counted row by row."""
        if column is None:
            row, column = (row - 1) // self.shape[1] + 1, (row - 1) % self.shape[1] + 1
        if row < 1 or column < 1:
            raise IndexError("cells are counted from 1")
        top, left = self.area.top + row - 1, self.area.left + column - 1
        return Range(self.sheet, [Area(top, left, top, left)])

    def get_address(self, row_absolute: bool, column_absolute: bool, external: bool) -> str:
        """Return the address, with workbook and sheet when ``external``."""
        plain = ",".join(address_of(area, row_absolute, column_absolute) for area in self.areas)
        return f"[{self.sheet.book.name}]{self.sheet.name}!{plain}" if external else plain

    @property
    def address(self) -> str:
        """The absolute address."""
        return self.get_address(True, True, False)

    @property
    def raw_value(self) -> Any:
        """What ``Range.Value`` gives: a value for a cell, a tuple of rows else."""
        rows = tuple(tuple(from_office(value) for value in row) for row in self._ask("cells.read"))
        return rows[0][0] if self.shape == (1, 1) else rows

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        if isinstance(value, str) and value.startswith("=") and len(self) > 1:
            self._ask_each("cells.fill_formula", value)
            return
        for area in self.areas:
            self.link.ask("cells.write", self.sheet.number, area, as_rows(value, *area.shape))

    @property
    def formula(self) -> Any:
        """What ``Range.Formula`` gives: always texts."""
        rows = tuple(tuple(row) for row in self._ask("cells.read_formulas"))
        return rows[0][0] if self.shape == (1, 1) else rows

    @formula.setter
    def formula(self, value: Any) -> None:
        self.raw_value = value

    formula2 = formula

    def clear_contents(self) -> None:
        """Empty the cells."""
        self._ask_each("cells.clear", False)

    def clear(self) -> None:
        """Empty the cells and drop formats and notes."""
        self._ask_each("cells.clear", True)

    @property
    def number_format(self) -> str | None:
        """The number format; None where cells differ."""
        answer: str | None = self._ask("looks.number_format")
        return answer

    @number_format.setter
    def number_format(self, value: str) -> None:
        self._ask_each("looks.set_number_format", value)

    def look(self, name: str) -> Any:
        """Return one of the looks that the server knows by name."""
        return self._ask("looks.get", name)

    def set_look(self, name: str, value: Any) -> None:
        """Set one of the looks that the server knows by name."""
        self._ask_each("looks.set", name, value)

    @property
    def color(self) -> tuple[int, ...] | None:
        """The background as red, green, blue; None for none."""
        colour = self.look("color")
        return None if colour is None else tuple(colour)

    @color.setter
    def color(self, value: Any) -> None:
        self.set_look("color", rgb(value))

    @property
    def wrap_text(self) -> bool | None:
        """Whether long texts are broken."""
        answer: bool | None = self.look("wrap_text")
        return answer

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self.set_look("wrap_text", value)

    @property
    def font(self) -> Font:
        """The letters."""
        return Font(self)

    @property
    def row_height(self) -> float:
        """Height of the first row in points."""
        answer: float = self._ask("looks.extent", "Rows")
        return answer

    @row_height.setter
    def row_height(self, value: float) -> None:
        self._ask_each("looks.set_extent", "Rows", value)

    left, top, width, height = (_box_part(place) for place in range(4))

    def autofit(self, axis: str | None = None) -> None:
        """Fit rows, columns or both to what they hold."""
        for letter, name in (("r", "Rows"), ("c", "Columns")):
            if axis is None or axis.startswith(letter):
                self._ask_each("looks.set_extent", name, None)

    @property
    def row_hidden(self) -> bool | None:
        """Whether the rows are hidden; None where they differ."""
        answer: bool | None = self._ask("looks.hidden", "Rows")
        return answer

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        self._ask_each("looks.set_hidden", "Rows", value)

    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:
        """Insert cells; whole rows and columns stay whole."""
        self._ask("looks.insert", self._mode(shift or "down"))

    def delete(self, shift: str | None = None) -> None:
        """Delete cells; whole rows and columns stay whole."""
        self._ask("looks.delete", self._mode(shift or "up"))

    def _mode(self, shift: str) -> str:
        return "rows" if self.area.whole_rows else "columns" if self.area.whole_columns else shift

    def copy(self, destination: xw.Range | None = None) -> None:
        """Copy to a range; a larger one is filled as often as the copy fits.

        Raises:
            ValueError: no destination: this engine has no clipboard.
        """
        if destination is None:
            raise ValueError("copying to the clipboard is not supported")
        self.copy_to(destination.impl)

    def copy_to(self, target: Range) -> None:
        """Copy to a range of this program."""
        rows, columns = self.shape
        for area in target.areas:
            for top in range(area.top, max(area.bottom - rows + 1, area.top) + 1, rows):
                for left in range(area.left, max(area.right - columns + 1, area.left) + 1, columns):
                    self._ask("looks.copy", target.sheet.number, top, left)

    def merge(self, across: bool = False) -> None:
        """Merge each rectangle, or each of its rows."""
        for area in self.areas:
            lines = (
                [area._replace(top=row, bottom=row) for row in range(area.top, area.bottom + 1)] if across else [area]
            )
            for line in lines:
                self.link.ask("looks.merge", self.sheet.number, line, True)

    def unmerge(self) -> None:
        """Part what is merged."""
        self._ask_each("looks.merge", False)

    @property
    def merge_area(self) -> Range:
        """The merged range around the first cell."""
        return Range(self.sheet, [Area(*self._ask("looks.merged"))])

    @property
    def merge_cells(self) -> bool:
        """Whether the cell belongs to a merged range."""
        return len(self.merge_area) > 1

    @property
    def hyperlink(self) -> str:
        """Where the cell's link leads.

        Raises:
            ValueError: the cell has none.
        """
        url = self.link.ask("looks.hyperlink", self.sheet.number, self.area.top, self.area.left)
        if url is None:
            raise ValueError("The cell doesn't seem to contain a hyperlink!")
        return str(url)

    def add_hyperlink(self, address: str, text_to_display: str, screen_tip: str | None) -> None:
        """Make the cell a link."""
        top, left = self.area.top, self.area.left
        self.link.ask("looks.add_hyperlink", self.sheet.number, top, left, address, text_to_display)

    @property
    def note(self) -> Note | None:
        """The note of the first cell."""
        here = Note(self.sheet, self.area.top, self.area.left)
        return here if here.find() is not None else None

    def add_note(self, text: str) -> Note:
        """Write a note.

        Raises:
            ValueError: there is one, which Excel does not replace.
        """
        if self.note is not None:
            raise ValueError("the cell has a note already")
        note = Note(self.sheet, self.area.top, self.area.left)
        note.text = text
        return note

    def select(self) -> None:
        """Select the cells.

        Raises:
            ValueError: their sheet is not in front.
        """
        book = self.sheet.book
        if self.link.ask("books.active_sheet", book.number) != self.sheet.number:
            raise ValueError("only cells of the sheet in front can be selected")
        self.link.ask("books.select", self.sheet.number, self.areas)

    @property
    def current_region(self) -> Range:
        """Not offered: the toolkit knows its ranges."""
        # xlwings demands the member; code that came to rely on guessing a range would fail here.
        raise NotImplementedError("current_region")


class Note:
    """The note of a cell."""

    def __init__(self, sheet: Sheet, row: int, column: int) -> None:
        """Stand for the note at a place from 0."""
        self._sheet, self._row, self._column = sheet, row, column

    def find(self) -> str | None:
        """Return the text, or None where there is no note."""
        listed: Sequence[Sequence[Any]] = self._sheet.link.ask("looks.notes", self._sheet.number)
        return next((text for row, column, text in listed if (row, column) == (self._row, self._column)), None)

    def _set(self, text: str | None) -> None:
        self._sheet.link.ask("looks.set_note", self._sheet.number, self._row, self._column, text)

    @property
    def text(self) -> str:
        """What it says."""
        return self.find() or ""

    @text.setter
    def text(self, value: str) -> None:
        self._set(value)

    def delete(self) -> None:
        """Remove it."""
        self._set(None)

    @property
    def location(self) -> Range:
        """Its cell."""
        return Range(self._sheet, [Area(self._row, self._column, self._row, self._column)])


class Font:
    """The letters of a range."""

    def __init__(self, owner: Range) -> None:
        """Stand for the letters of ``owner``."""
        self._owner = owner

    @property
    def bold(self) -> bool | None:
        """Whether bold; None where cells differ."""
        answer: bool | None = self._owner.look("bold")
        return answer

    @bold.setter
    def bold(self, value: bool) -> None:
        self._owner.set_look("bold", value)

    @property
    def color(self) -> tuple[int, ...] | None:
        """Red, green, blue; None for the standard colour."""
        colour = self._owner.look("font_color")
        return None if colour is None else tuple(colour)

    @color.setter
    def color(self, value: Any) -> None:
        self._owner.set_look("font_color", rgb(value))

    @property
    def size(self) -> float | None:
        """Height in points."""
        answer: float | None = self._owner.look("size")
        return answer

    @size.setter
    def size(self, value: float) -> None:
        self._owner.set_look("size", value)


def everything(sheet: Sheet) -> Range:
    """Return all cells of a sheet."""
    return Range(sheet, [Area(0, 0, LAST_ROW, LAST_COLUMN)])
