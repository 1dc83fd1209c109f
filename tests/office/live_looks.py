"""Formats, notes, rows and protection of open documents, changed as Excel would. Runs under the system's Python."""

from collections.abc import Callable, Sequence
from typing import Any

import uno

from tests.office.opened import Opened, bounds_of, cell_address, refuse_protected

_NO_COLOUR = -1
_BOLD, _NORMAL = 150.0, 100.0
_ALIGNMENTS = {"left": "LEFT", "center": "CENTER", "right": "RIGHT", "general": "STANDARD", "justify": "BLOCK"}
_UPRIGHT = {"top": 1, "center": 2, "bottom": 3, "general": 0}
_INSERT = {"rows": "ROWS", "columns": "COLUMNS", "down": "DOWN", "right": "RIGHT"}
_DELETE = {"rows": "ROWS", "columns": "COLUMNS", "up": "UP", "left": "LEFT"}


def _colour_out(number: int | None) -> list[int] | None:
    if number is None or number == _NO_COLOUR:
        return None
    return [number >> 16 & 255, number >> 8 & 255, number & 255]


def _colour_in(colour: Sequence[int] | None) -> int:
    return _NO_COLOUR if colour is None else colour[0] << 16 | colour[1] << 8 | colour[2]


def _enum(kind: str, name: str) -> Any:
    return uno.Enum(f"com.sun.star.{kind}", name)


_Out = Callable[[Any], Any]
# Per property of a range: LibreOffice's names for it (Asian text has its own), from LibreOffice, to LibreOffice.
_PROPERTIES: dict[str, tuple[tuple[str, ...], _Out, _Out]] = {
    "color": (("CellBackColor",), _colour_out, _colour_in),
    "wrap_text": (("IsTextWrapped",), bool, bool),
    "bold": (("CharWeight", "CharWeightAsian"), lambda v: v > _NORMAL, lambda v: _BOLD if v else _NORMAL),
    "italic": (
        ("CharPosture", "CharPostureAsian"),
        lambda v: v.value == "ITALIC",
        lambda v: _enum("awt.FontSlant", "ITALIC" if v else "NONE"),
    ),
    "size": (("CharHeight", "CharHeightAsian"), float, float),
    "font_name": (("CharFontName", "CharFontNameAsian"), str, str),
    "font_color": (("CharColor",), _colour_out, _colour_in),
    "horizontal_alignment": (
        ("HoriJustify",),
        lambda v: next((name for name, own in _ALIGNMENTS.items() if own == v.value), "general"),
        lambda v: _enum("table.CellHoriJustify", _ALIGNMENTS[v]),
    ),
    "vertical_alignment": (
        ("VertJustify",),
        lambda v: next((name for name, own in _UPRIGHT.items() if own == v), "bottom"),
        _UPRIGHT.__getitem__,
    ),
}


class LiveLooks:
    """The requests that concern anything of a cell but its contents."""

    def __init__(self, opened: Opened) -> None:
        """Answer for the documents of ``opened``."""
        self._opened = opened

    def get(self, sheet: int, area: Sequence[int], name: str) -> Any:
        """Return a property of a range; None where its cells differ."""
        names, read, _ = _PROPERTIES[name]
        value = self._opened.area(sheet, area).getPropertyValue(names[0])
        return None if value is None else read(value)

    def set(self, sheet: int, area: Sequence[int], name: str, value: Any) -> None:
        """Set a property of every cell of a range."""
        names, _, write = _PROPERTIES[name]
        found = self._changeable(sheet, area)
        for each in names:
            found.setPropertyValue(each, write(value))

    def _changeable(self, sheet: int, area: Sequence[int]) -> Any:
        refuse_protected(self._opened.sheet(sheet))
        return self._opened.area(sheet, area)

    def number_format(self, sheet: int, area: Sequence[int]) -> str | None:
        """Return the number format of a range; None where its cells differ."""
        key = self._opened.area(sheet, area).NumberFormat
        if key is None:
            return None
        text: str = self._opened.document_of(sheet).NumberFormats.getByKey(key).FormatString
        return text

    def set_number_format(self, sheet: int, area: Sequence[int], text: str) -> None:
        """Set the number format of a range, in Excel's English words."""
        formats = self._opened.document_of(sheet).NumberFormats
        english = uno.createUnoStruct("com.sun.star.lang.Locale")
        english.Language, english.Country = "en", "US"
        key = formats.queryKey(text, english, False)
        self._changeable(sheet, area).NumberFormat = key if key >= 0 else formats.addNew(text, english)

    def locked(self, sheet: int, area: Sequence[int]) -> bool | None:
        """Say whether protection would lock a range; None where its cells differ."""
        protection = self._opened.area(sheet, area).CellProtection
        return None if protection is None else bool(protection.IsLocked)

    def set_locked(self, sheet: int, area: Sequence[int], locked: bool) -> None:
        """Lock or unlock the cells of a range."""
        protection = uno.createUnoStruct("com.sun.star.util.CellProtection")
        protection.IsLocked = locked
        self._changeable(sheet, area).CellProtection = protection

    def notes(self, sheet: int) -> list[list[Any]]:
        """Return [row, column, text] of every note of a sheet."""
        notes = self._opened.sheet(sheet).Annotations
        found = [notes.getByIndex(index) for index in range(notes.Count)]
        return [[note.Position.Row, note.Position.Column, note.String] for note in found]

    def set_note(self, sheet: int, row: int, column: int, text: str | None) -> None:
        """Write, replace or (None) remove the note of a cell."""
        holder = self._opened.sheet(sheet)
        refuse_protected(holder)
        notes = holder.Annotations
        for index in range(notes.Count):
            at = notes.getByIndex(index).Position
            if (at.Row, at.Column) == (row, column):
                notes.removeByIndex(index)
                break
        if text is not None:
            notes.insertNew(cell_address(holder.RangeAddress.Sheet, row, column), text)

    def hyperlink(self, sheet: int, row: int, column: int) -> str | None:
        """Return where the link of a cell leads ("#自评表.B2" inside the workbook), or None."""
        fields = self._opened.sheet(sheet).getCellByPosition(column, row).TextFields.createEnumeration()
        return fields.nextElement().URL if fields.hasMoreElements() else None

    def add_hyperlink(self, sheet: int, row: int, column: int, url: str, text: str) -> None:
        """Make a cell a link."""
        cell = self._changeable(sheet, [row, column, row, column]).getCellByPosition(0, 0)
        field = self._opened.document_of(sheet).createInstance("com.sun.star.text.TextField.URL")
        field.URL, field.Representation = url, text
        cell.setString("")
        cell.insertTextContent(cell.createTextCursor(), field, False)

    def clear_hyperlinks(self, sheet: int, area: Sequence[int]) -> None:
        """Make links plain cells; the texts stay."""
        for row in range(area[0], area[2] + 1):
            for column in range(area[1], area[3] + 1):
                if self.hyperlink(sheet, row, column) is not None:
                    cell = self._changeable(sheet, [row, column, row, column]).getCellByPosition(0, 0)
                    cell.setString(cell.String)

    def hidden(self, sheet: int, area: Sequence[int], axis: str) -> bool | None:
        """Say whether the rows ("Rows") or columns ("Columns") of a range are hidden; None where they differ."""
        lines = getattr(self._opened.area(sheet, area), axis)
        states = {bool(lines.getByIndex(index).IsVisible) for index in range(lines.Count)}
        return None if len(states) > 1 else not states.pop()

    def set_hidden(self, sheet: int, area: Sequence[int], axis: str, hidden: bool) -> None:
        """Hide or show the rows or columns of a range."""
        getattr(self._changeable(sheet, area), axis).IsVisible = not hidden

    def extent(self, sheet: int, area: Sequence[int], axis: str) -> float:
        """Return the height of the first row, or the width of the first column, in points."""
        line = getattr(self._opened.area(sheet, area), axis).getByIndex(0)
        size: int = line.Height if axis == "Rows" else line.Width
        return round(size * 72 / 2540, 2)

    def set_extent(self, sheet: int, area: Sequence[int], axis: str, points: float | None) -> None:
        """Set the height of rows or the width of columns in points; None fits it to the contents."""
        lines = getattr(self._changeable(sheet, area), axis)
        name = "Height" if axis == "Rows" else "Width"
        if points is None:
            lines.setPropertyValue(f"Optimal{name}", True)
        else:
            lines.setPropertyValue(name, round(points * 2540 / 72))

    def box(self, sheet: int, area: Sequence[int]) -> list[float]:
        """Return left, top, width and height of a range in points."""
        found = self._opened.area(sheet, area)
        place, size = found.Position, found.Size
        return [round(each * 72 / 2540, 2) for each in (place.X, place.Y, size.Width, size.Height)]

    def insert(self, sheet: int, area: Sequence[int], mode: str) -> None:
        """Insert cells ("down", "right") or whole "rows" or "columns" at a range."""
        where = self._changeable(sheet, area).RangeAddress
        self._opened.sheet(sheet).insertCells(where, _enum("sheet.CellInsertMode", _INSERT[mode]))

    def delete(self, sheet: int, area: Sequence[int], mode: str) -> None:
        """Delete cells (the rest moves "up" or "left") or whole "rows" or "columns"."""
        where = self._changeable(sheet, area).RangeAddress
        self._opened.sheet(sheet).removeRange(where, _enum("sheet.CellDeleteMode", _DELETE[mode]))

    def copy(self, sheet: int, area: Sequence[int], target: int, row: int, column: int) -> None:
        """Copy a range with everything to a cell of a sheet of this or another open document."""
        there = self._changeable(target, [row, column, row, column])
        address = cell_address(there.RangeAddress.Sheet, row, column)
        if self._opened.book_of(sheet) == self._opened.book_of(target):
            self._opened.sheet(target).copyRange(address, self._opened.area(sheet, area).RangeAddress)
            return
        self._paste(sheet, area, target, there)

    def _paste(self, sheet: int, area: Sequence[int], target: int, there: Any) -> None:
        """Copy to another document through what the clipboard holds; what was selected there stays selected."""
        source, document = self._opened.document_of(sheet).CurrentController, self._opened.document_of(target)
        source.setActiveSheet(self._opened.sheet(sheet))
        source.select(self._opened.area(sheet, area))
        controller, selected = document.CurrentController, document.CurrentSelection
        shown = controller.ActiveSheet
        controller.setActiveSheet(self._opened.sheet(target))
        controller.select(there)
        controller.insertTransferable(source.getTransferable())
        controller.setActiveSheet(shown)
        controller.select(selected)

    def merged(self, sheet: int, area: Sequence[int]) -> list[int]:
        """Return the merged range around a range, or the range itself."""
        cursor = self._opened.sheet(sheet).createCursorByRange(self._opened.area(sheet, area))
        cursor.collapseToMergedArea()
        return bounds_of(cursor.RangeAddress)

    def merge(self, sheet: int, area: Sequence[int], merged: bool) -> None:
        """Merge a range, or part what is merged in it."""
        self._changeable(sheet, area).merge(merged)
