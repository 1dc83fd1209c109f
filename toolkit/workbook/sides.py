"""What the other sheets say about the forms: 评分参数, 数据来源."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from toolkit.core.form import Cell
from toolkit.core.money import plain
from toolkit.workbook.address import address_of
from toolkit.workbook.book import Book
from toolkit.workbook.headings import heading_of
from toolkit.workbook.sheet import Content, Sheet

_ROWS_SEARCHED = 40


@dataclass(frozen=True, slots=True)
class Table:
    """A list on a sheet: the columns by heading, and the row numbers of its entries."""

    sheet: Sheet
    columns: Mapping[str, int]
    heading_row: int

    def rows_filled(self, headings: Iterable[str]) -> list[int]:
        """Return the rows below the headings that may hold something in one of the columns."""
        columns = [self.columns[heading] for heading in headings if heading in self.columns]
        return [row for row in self.sheet.rows_holding(columns) if row > self.heading_row] if columns else []

    def text(self, row: int, heading: str) -> str:
        """Return what a cell prints, "" where the list has no such column."""
        column = self.columns.get(heading)
        return self.sheet.text(row, column) if column else ""

    def cell(self, row: int, heading: str, field: str, line: int) -> Cell:
        """Return a cell of the list as a value that knows its place."""
        column = self.columns[heading]
        content = self.sheet.content(row, column)
        return Cell(field, content.text, self.sheet.name, address_of(row, column), content.exact, line=line)


def find_table(sheet: Sheet, headings: tuple[str, ...]) -> Table | None:
    """Find the row that holds all ``headings``, ``None`` where there is none."""
    for row in sheet.row_numbers[:_ROWS_SEARCHED]:
        columns: dict[str, int] = {}
        for column, text in sheet.texts(row):
            columns.setdefault(heading_of(text), column)
        if all(heading in columns for heading in headings):
            return Table(sheet, columns, row)
    return None


def open_sheet(book: Book, name: str) -> Sheet | None:
    """Return the sheet of this name, ``None`` where the workbook has none."""
    entry = book.entry(name)
    return None if entry is None else book.sheet(entry)


def read_settings(book: Book) -> dict[str, str]:
    """Read 评分参数: each label in the first column with the value beside it, a number without its format."""
    sheet = open_sheet(book, "评分参数")
    settings: dict[str, str] = {}
    if sheet is not None:
        # The word lists of the formulas stand further right.
        sheet.stop_at(2)
        for row in sheet.rows_holding([1]):
            label = sheet.text(row, 1)
            if label:
                settings.setdefault(label, _plain(sheet.content(row, 2)).strip())
    return settings


def _plain(content: Content) -> str:
    """Return the number of a cell without its format, else what it prints."""
    return plain(content.number) if content.number is not None else content.text
