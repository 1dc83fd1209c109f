"""Open documents, their sheets and names. Runs under the system's Python."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import uno

from tests.office.cells import properties
from tests.office.formulas import Formulas
from tests.office.opened import FILTERS, Opened, bounds_of


class LiveBooks:
    """The requests that concern documents and whole sheets."""

    def __init__(self, opened: Opened) -> None:
        """Answer for the documents of ``opened``."""
        self._opened = opened

    def open(self, path: str, hidden: bool, read_only: bool) -> int:
        """Open a file and return the document's number."""
        return self._opened.load(path, hidden, read_only)

    def create(self, hidden: bool) -> int:
        """Open a new workbook."""
        return self._opened.create(hidden)

    def close(self, book: int) -> None:
        """Close without saving."""
        self._opened.close(book)

    def listed(self) -> list[int]:
        """Return the numbers of the open documents, oldest first."""
        return list(self._opened.documents)

    def path(self, book: int) -> str:
        """Return the full path of a document, or its title before the first saving."""
        document = self._opened.document(book)
        path: str = uno.fileUrlToSystemPath(document.URL) if document.URL else document.Title
        return path

    def save(self, book: int, path: str | None) -> None:
        """Save in place, or under a new path that the document has from then on."""
        document = self._opened.document(book)
        target = path or self.path(book)
        store = document.storeAsURL if path else document.storeToURL
        store(Path(target).as_uri(), properties(FilterName=FILTERS[Path(target).suffix.lower()]))
        document.setModified(False)

    def save_copy(self, book: int, path: str) -> None:
        """Write a copy beside the document, in the format that the path says."""
        name = FILTERS[Path(path).suffix.lower()]
        self._opened.document(book).storeToURL(Path(path).as_uri(), properties(FilterName=name))

    def saved(self, book: int) -> bool:
        """Say whether nothing was changed since the last saving."""
        return not self._opened.document(book).isModified()

    def set_saved(self, book: int, saved: bool) -> None:
        """Take the document for saved or changed."""
        self._opened.document(book).setModified(not saved)

    def sheets(self, book: int) -> list[int]:
        """Return the sheets' numbers in order."""
        return [self._opened.number_at(book, index) for index in range(self._opened.document(book).Sheets.Count)]

    def names_of_sheets(self, book: int) -> list[str]:
        """Return the sheets' names in order."""
        return list(self._opened.document(book).Sheets.ElementNames)

    def active_sheet(self, book: int) -> int:
        """Return the number of the sheet in front."""
        front = self._opened.document(book).CurrentController.ActiveSheet
        return self._opened.number_at(book, front.RangeAddress.Sheet)

    def activate_sheet(self, sheet: int) -> None:
        """Bring a sheet to the front."""
        self._opened.document_of(sheet).CurrentController.setActiveSheet(self._opened.sheet(sheet))

    def selection(self, book: int) -> list[Any] | None:
        """Return [sheet, bounds of each range] of what is selected, or None where it is no cells."""
        chosen = self._opened.document(book).CurrentSelection
        if hasattr(chosen, "RangeAddresses"):
            areas = chosen.RangeAddresses
        else:
            areas = [chosen.RangeAddress] if hasattr(chosen, "RangeAddress") else []
        if not areas:
            return None
        return [self._opened.number_at(book, areas[0].Sheet), [bounds_of(area) for area in areas]]

    def select(self, sheet: int, areas: Sequence[Sequence[int]]) -> None:
        """Select ranges."""
        self._opened.document_of(sheet).CurrentController.select(self._opened.areas(sheet, areas))

    def automatic(self, book: int) -> bool:
        """Say whether a document recalculates by itself."""
        answer: bool = self._opened.document(book).isAutomaticCalculationEnabled()
        return answer

    def set_automatic(self, book: int, automatic: bool) -> None:
        """Let a document recalculate by itself, or not; what is due is computed when it begins to, as in Excel."""
        document = self._opened.document(book)
        began = automatic and not document.isAutomaticCalculationEnabled()
        document.enableAutomaticCalculation(automatic)
        if began:
            document.calculateAll()

    def calculate(self, book: int) -> None:
        """Recalculate everything: LibreOffice does not always know what is due."""
        self._opened.document(book).calculateAll()

    def button_spot(self, sheet: int, label: str) -> list[int]:
        """Return where on the screen the middle of a button of a sheet lies: from the left, from the top.

        Raises:
            ValueError: the sheet has no such button in sight.
        """
        controller = self._opened.document_of(sheet).CurrentController
        controller.setActiveSheet(self._opened.sheet(sheet))
        controller.setFormDesignMode(False)
        page = self._opened.sheet(sheet).DrawPage
        for index in range(page.Count):
            shape = page.getByIndex(index)
            if shape.supportsService("com.sun.star.drawing.ControlShape") and shape.Control.Label == label:
                seen = controller.getControl(shape.Control).getAccessibleContext()
                place, size = seen.getLocationOnScreen(), seen.getSize()
                return [place.X + size.Width // 2, place.Y + size.Height // 2]
        raise ValueError(f"there is no button {label}")

    def run_macro(self, book: int, name: str, arguments: list[Any]) -> Any:
        """Run "Module.Procedure" of a document's own macros."""
        document = self._opened.document(book)
        url = f"vnd.sun.star.script:{own_library(document)}.{name}?language=Basic&location=document"
        return document.getScriptProvider().getScript(url).invoke(tuple(arguments), (), ())[0]


def own_library(document: Any) -> str:
    """Return the library that holds the document's own macros: the name of its VBA project."""
    names: tuple[str, ...] = document.BasicLibraries.ElementNames
    return next(name for name in names if name != "Standard")


class LiveSheets:
    """The requests that concern one sheet."""

    def __init__(self, opened: Opened) -> None:
        """Answer for the documents of ``opened``."""
        self._opened = opened

    def book(self, sheet: int) -> int:
        """Return the number of the document that holds a sheet."""
        return self._opened.book_of(sheet)

    def name(self, sheet: int) -> str:
        """Return the name of a sheet."""
        name: str = self._opened.sheet(sheet).Name
        return name

    def rename(self, sheet: int, name: str) -> None:
        """Give a sheet another name."""
        self._opened.sheet(sheet).Name = name

    def index(self, sheet: int) -> int:
        """Return the place of a sheet, from 0."""
        place: int = self._opened.sheet(sheet).RangeAddress.Sheet
        return place

    def visible(self, sheet: int) -> bool:
        """Say whether a sheet is shown."""
        return bool(self._opened.sheet(sheet).IsVisible)

    def set_visible(self, sheet: int, visible: bool) -> None:
        """Show or hide a sheet."""
        self._opened.sheet(sheet).IsVisible = visible

    def add(self, book: int, index: int, name: str | None) -> int:
        """Insert an empty sheet before the place ``index`` (from 0) and bring it to the front."""
        sheets = self._opened.document(book).Sheets
        taken = sheets.ElementNames
        fresh = name or next(f"Sheet{number}" for number in range(1, len(taken) + 2) if f"Sheet{number}" not in taken)
        sheets.insertNewByName(fresh, index)
        made = self._opened.number_at(book, index)
        self._opened.document(book).CurrentController.setActiveSheet(self._opened.sheet(made))
        return made

    def delete(self, sheet: int) -> None:
        """Delete a sheet.

        Raises:
            ValueError: it is the last one that shows.
        """
        holder = self._opened.document_of(sheet).Sheets
        shown = [each for each in range(holder.Count) if holder.getByIndex(each).IsVisible]
        if shown == [self.index(sheet)]:
            raise ValueError("a workbook must show one sheet")
        holder.removeByName(self.name(sheet))
        self._opened.forget(sheet)

    def copy(self, sheet: int, book: int, index: int) -> int:
        """Copy a sheet before the place ``index`` (from 0) of a document, named as Excel would name it."""
        target, name = self._opened.document(book).Sheets, self.name(sheet)
        taken = target.ElementNames
        names = [name, *(f"{name} ({number})" for number in range(2, len(taken) + 3))]
        fresh = next(each for each in names if each not in taken)
        if self.book(sheet) == book:
            target.copyByName(name, fresh, index)
            self._mend(self._opened.sheet(sheet), target.getByIndex(index))
        else:
            target.importSheet(self._opened.document_of(sheet), name, index)
            target.getByIndex(index).Name = fresh
        made = self._opened.number_at(book, index)
        self.activate_copy(book, made)
        return made

    @staticmethod
    def _mend(source: Any, made: Any) -> None:
        """Let formulas of a copy name what belongs to other sheets: LibreOffice loses these names, Excel does not."""
        cursor = source.createCursor()
        cursor.gotoEndOfUsedArea(False)
        last = cursor.RangeAddress
        bounds = (0, 0, last.EndColumn, last.EndRow)
        wanted, there = (each.getCellRangeByPosition(*bounds).FormulaArray for each in (source, made))
        for row, formulas in enumerate(there):
            for column, formula in enumerate(formulas):
                if "#NAME?" in formula and formula != wanted[row][column]:
                    made.getCellByPosition(column, row).Formula = wanted[row][column]

    def activate_copy(self, book: int, sheet: int) -> None:
        """Bring a new copy to the front, as Excel does."""
        self._opened.document(book).CurrentController.setActiveSheet(self._opened.sheet(sheet))

    def move(self, sheet: int, index: int) -> None:
        """Move a sheet before the place ``index`` (from 0)."""
        self._opened.document_of(sheet).Sheets.moveByName(self.name(sheet), index)

    def used(self, sheet: int) -> list[int]:
        """Return the bounds of the used range."""
        cursor = self._opened.sheet(sheet).createCursor()
        cursor.gotoStartOfUsedArea(False)
        cursor.gotoEndOfUsedArea(True)
        return bounds_of(cursor.RangeAddress)

    def protected(self, sheet: int) -> bool:
        """Say whether a sheet is protected."""
        return bool(self._opened.sheet(sheet).isProtected())

    def protect(self, sheet: int, password: str) -> None:
        """Protect a sheet."""
        self._opened.sheet(sheet).protect(password)

    def unprotect(self, sheet: int, password: str) -> None:
        """Lift the protection of a sheet.

        Raises:
            ValueError: the password is another.
        """
        self._opened.sheet(sheet).unprotect(password)
        if self.protected(sheet):
            raise ValueError("the password is not right")

    def resolve(self, sheet: int, address: str) -> list[Any]:
        """Return [sheet, bounds] of an address ("B2", "A1:C9", "2:3", "A:C") or of a defined name."""
        holder = self._opened.sheet(sheet)
        for names in (holder.NamedRanges, self._opened.document_of(sheet).NamedRanges):
            found = next((each for each in names.ElementNames if each.lower() == address.lower()), None)
            if found:
                cells = names.getByName(found).ReferredCells
                if cells is None:
                    raise ValueError(f"the name {address} refers to no range")
                where = cells.RangeAddress
                return [self._opened.number_at(self.book(sheet), where.Sheet), bounds_of(where)]
        try:
            return [sheet, bounds_of(holder.getCellRangeByName(address.replace("$", "")).RangeAddress)]
        except uno.getClass("com.sun.star.uno.RuntimeException") as fault:
            raise ValueError(f"no such range: {address}") from fault


class LiveNames:
    """The requests that concern defined names."""

    def __init__(self, opened: Opened) -> None:
        """Answer for the documents of ``opened``."""
        self._opened = opened

    def listed(self, book: int) -> list[list[Any]]:
        """Return [sheet name or None, name, what it refers to] of every name of a document."""
        document = self._opened.document(book)
        formulas = Formulas(document)
        holders = [(None, document.NamedRanges)]
        holders += [(name, document.Sheets.getByName(name).NamedRanges) for name in document.Sheets.ElementNames]
        return [
            [scope, name, formulas.name_text(holder.getByName(name))]
            for scope, holder in holders
            for name in holder.ElementNames
        ]
