"""The few members of Excel's own objects that the toolkit calls through ``.api``; any other is an error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.live.places import Area

if TYPE_CHECKING:
    from tests.live.books import Book, Sheet
    from tests.live.ranges import Range

_EXPRESSION = 2


def _swapped(colour: int) -> int:
    """Turn Excel's blue-green-red number into red-green-blue."""
    return (colour & 255) << 16 | colour & 0xFF00 | colour >> 16 & 255


class BookApi:
    """Excel's Workbook."""

    def __init__(self, book: Book) -> None:
        """Stand for ``book``."""
        self._book = book

    @property
    def Path(self) -> str:
        """The folder, or nothing before the first saving."""
        return self._book.fullname.rpartition("/")[0]

    def SaveCopyAs(self, path: str) -> None:
        """Write a copy of the workbook as it stands."""
        self._book.link.ask("books.save_copy", self._book.number, str(path))

    @property
    def Saved(self) -> bool:
        """Whether nothing was changed since the last saving."""
        return bool(self._book.link.ask("books.saved", self._book.number))

    @Saved.setter
    def Saved(self, value: bool) -> None:
        self._book.link.ask("books.set_saved", self._book.number, value)


class SheetApi:
    """Excel's Worksheet."""

    def __init__(self, sheet: Sheet) -> None:
        """Stand for ``sheet``."""
        self._sheet = sheet

    @property
    def Cells(self) -> RangeApi:
        """All cells."""
        return self._sheet.cells.api

    def Protect(self, password: str = "", *options: bool) -> None:
        """Protect the sheet; LibreOffice keeps the options that the sheet had, so what is asked is noted only."""
        self._sheet.app.protected_with.append((self._sheet.name, (password, *options)))
        self._sheet.link.ask("sheets_of.protect", self._sheet.number, password)

    def Unprotect(self, password: str = "") -> None:
        """Lift the protection."""
        self._sheet.link.ask("sheets_of.unprotect", self._sheet.number, password)

    @property
    def ProtectContents(self) -> bool:
        """Whether the sheet is protected."""
        return bool(self._sheet.link.ask("sheets_of.protected", self._sheet.number))

    @property
    def EnableSelection(self) -> int:
        """What may be selected on the protected sheet; LibreOffice keeps this with the sheet's options."""
        return self._sheet.app.selectable.get(self._sheet.number, 0)

    @EnableSelection.setter
    def EnableSelection(self, value: int) -> None:
        self._sheet.app.selectable[self._sheet.number] = value

    def ResetAllPageBreaks(self) -> None:
        """Remove the page breaks that were set by hand."""
        self._sheet.link.ask("parts.clear_breaks", self._sheet.number)

    @property
    def HPageBreaks(self) -> _PageBreaks:
        """The breaks between rows."""
        return _PageBreaks(self._sheet)


class _PageBreaks:
    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def Add(self, before: RangeApi) -> None:
        """Begin a page with the first row of a range."""
        self._sheet.link.ask("parts.break_before", self._sheet.number, before.range.area.top)


class RangeApi:
    """Excel's Range."""

    def __init__(self, owner: Range) -> None:
        """Stand for ``owner``."""
        self.range = owner

    @property
    def EntireRow(self) -> _EntireRow:
        """The whole rows."""
        return _EntireRow(self.range)

    @property
    def Rows(self) -> _Rows:
        """The rows."""
        return _Rows(self.range)

    @property
    def Formula(self) -> Any:
        """Formulas and constants as texts."""
        return self.range.formula

    @Formula.setter
    def Formula(self, value: Any) -> None:
        self.range.formula = value

    @property
    def Value(self) -> Any:
        """The values."""
        return self.range.raw_value

    @Value.setter
    def Value(self, value: Any) -> None:
        self.range.raw_value = value

    def Copy(self, destination: RangeApi) -> None:
        """Copy to a range; a larger one is filled as often as the copy fits."""
        self.range.copy_to(destination.range)

    def Merge(self) -> None:
        """Merge each rectangle."""
        self.range.merge()

    def UnMerge(self) -> None:
        """Part what is merged."""
        self.range.unmerge()

    def FillDown(self) -> None:
        """Give every row the contents and formats of the first."""
        for area in self.range.areas:
            first = area._replace(bottom=area.top)
            for row in range(area.top + 1, area.bottom + 1):
                sheet = self.range.sheet
                sheet.link.ask("looks.copy", sheet.number, first, sheet.number, row, area.left)

    def AddComment(self, text: str) -> None:
        """Write a note."""
        self.range.add_note(text)

    def ClearComments(self) -> None:
        """Remove the notes."""
        sheet = self.range.sheet
        for row, column, _ in sheet.link.ask("looks.notes", sheet.number):
            if any(_inside(area, row, column) for area in self.range.areas):
                sheet.link.ask("looks.set_note", sheet.number, row, column, None)

    def ClearHyperlinks(self) -> None:
        """Make links plain cells; the texts stay."""
        sheet = self.range.sheet
        for area in self.range.areas:
            sheet.link.ask("looks.clear_hyperlinks", sheet.number, area)

    @property
    def FormatConditions(self) -> _Conditions:
        """The conditional formats."""
        return _Conditions(self.range)


def _inside(area: Area, row: int, column: int) -> bool:
    return area.top <= row <= area.bottom and area.left <= column <= area.right


class _EntireRow:
    def __init__(self, owner: Range) -> None:
        self._range = owner

    @property
    def Hidden(self) -> bool | None:
        """Whether the rows are hidden; None where they differ."""
        return self._range.row_hidden

    @Hidden.setter
    def Hidden(self, value: bool) -> None:
        self._range.row_hidden = value


class _Rows:
    def __init__(self, owner: Range) -> None:
        self._range = owner

    def AutoFit(self) -> None:
        """Fit the rows to what they hold."""
        self._range.autofit("r")


class _Conditions:
    def __init__(self, owner: Range) -> None:
        self._range = owner

    def __call__(self, rank: int) -> _Condition:
        """Return the condition of a rank, from 1 by priority."""
        sheet = self._range.sheet
        return _Condition(sheet, sheet.link.ask("parts.conditions", sheet.number)[rank - 1])

    @property
    def Count(self) -> int:
        """How many there are on the sheet."""
        return len(self._range.link.ask("parts.conditions", self._range.sheet.number))

    def Add(self, kind: int, operator: int, formula: str) -> _Condition:
        """Add a condition that is a formula."""
        if kind != _EXPRESSION:
            # The buttons add no other kind; one that did would fail its test here rather than pass unseen.
            raise NotImplementedError(f"a condition of the kind {kind}")
        sheet = self._range.sheet
        return _Condition(sheet, sheet.link.ask("parts.add_condition", sheet.number, self._range.areas, formula))


class _Condition:
    def __init__(self, sheet: Sheet, rule: list[int]) -> None:
        self._sheet, self._rule = sheet, rule

    @property
    def Type(self) -> int:
        """2 for a formula, 1 for any other kind."""
        return _EXPRESSION if self._sheet.link.ask("parts.is_expression", self._sheet.number, self._rule) else 1

    @property
    def Formula1(self) -> str:
        """The formula."""
        return str(self._sheet.link.ask("parts.condition_formula", self._sheet.number, self._rule))

    @property
    def Interior(self) -> _Interior:
        """The background it gives."""
        return _Interior(self._sheet, self._rule)

    def ModifyAppliesToRange(self, to: RangeApi) -> None:
        """Let it apply to other cells."""
        self._sheet.link.ask("parts.move_condition", self._sheet.number, self._rule, to.range.areas)

    def Delete(self) -> None:
        """Remove it."""
        self._sheet.link.ask("parts.delete_condition", self._sheet.number, self._rule)


class _Interior:
    def __init__(self, sheet: Sheet, rule: list[int]) -> None:
        self._sheet, self._rule = sheet, rule

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "Color":
            self._sheet.link.ask("parts.colour_condition", self._sheet.number, self._rule, _swapped(value))
        else:
            super().__setattr__(name, value)


class ChartApi:
    """Excel's Chart."""

    def __init__(self, sheet: Sheet, name: str) -> None:
        """Stand for the chart ``name`` of ``sheet``."""
        self._sheet, self._name = sheet, name

    def SeriesCollection(self, number: int) -> _Series:
        """Return a series, from 1."""
        return _Series(self._sheet, self._name, number - 1)


class _Series:
    def __init__(self, sheet: Sheet, chart: str, number: int) -> None:
        self._sheet, self._chart, self._number = sheet, chart, number

    def __setattr__(self, name: str, value: Any) -> None:
        roles = {"XValues": "categories", "Values": "values"}
        if name not in roles:
            super().__setattr__(name, value)
            return
        sheet, _, address = str(value).removeprefix("=").rpartition("!")
        plain = sheet.strip("'").replace("''", "'")
        where = (self._sheet.number, self._chart, self._number, roles[name], plain, address)
        self._sheet.link.ask("parts.show_in_chart", *where)
