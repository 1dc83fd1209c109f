"""One table as a sheet: notes, headings with a filter, rows, frozen heads, print set-up."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from toolkit.collect.table import Column, Kind, Link, Table, Value
from toolkit.workbook.template.styles import BLUE_TAB, GREY_TAB, TITLE_FONT, Styles, lines_of

_A4, _A3 = 9, 8
_WIDE = 190
"""Width in characters from which a sheet is printed on A3."""
_LONGEST, _LONGEST_LINK = 32_767, 2_000
_MOST_LINKS = 65_000
"""Links that a sheet may have; further ones stay texts."""
_HEAD, _RED_TAB, _BLUE = "#F2F2F2", "#C00000", "#0563C1"
_LINE, _LEAST, _TALLEST = 14.5, 20.0, 400.0
_ESCAPED = {ord(mark): f"%{ord(mark):02X}" for mark in '%# "<>[]^`{}'}
"""Marks that would end a link or change it; Chinese stays as it is, as in links that Excel makes."""
_LOOKS: Mapping[Kind, Mapping[str, Any]] = {
    Kind.TEXT: {"align": "center", "num_format": "@"},
    Kind.LONG: {"align": "left", "num_format": "@"},
    Kind.COUNT: {"num_format": "0"},
    Kind.MONEY: {"num_format": "#,##0.00", "align": "right"},
    Kind.RATE: {"num_format": "0.00%"},
    Kind.SCORE: {"num_format": "0.00"},
    Kind.OWN: {"align": "left"},
}


def write_table(book: Any, styles: Styles, table: Table) -> None:
    """Add the sheet of a table."""
    _Sheet(book, styles, table).write()


class _Sheet:
    """A sheet, written from the top; a row that is left cannot be changed."""

    def __init__(self, book: Any, styles: Styles, table: Table) -> None:
        self._sheet, self._styles, self._table = book.add_worksheet(table.name), styles, table
        self._row, self._links = 0, 0
        self._widths = [column.width for column in table.columns]
        self._looks = [styles.label(**_LOOKS[column.kind]) if column.kind is not Kind.OWN else styles.input(align="left") for column in table.columns]
        self._link = styles.label(align="left", font_color=_BLUE, underline=1)

    def write(self) -> None:
        """Write notes, headings, rows, and set up the page."""
        for place, column in enumerate(self._table.columns):
            self._sheet.set_column(place, place, column.width)
        self._across(self._table.name, 30, font_name=TITLE_FONT, font_size=16)
        for note in self._table.notes:
            self._across(note, None, text_wrap=True)
        head = self._row
        self._headings(self._table.columns)
        for row in self._table.rows:
            self._sheet.set_row(self._row, self._height(row))
            for place, value in enumerate(row):
                self._value(place, value)
            self._row += 1
        if self._row == head + 1:
            if self._table.empty:
                self._across(self._table.empty, None, text_wrap=True)
        else:
            self._sheet.autofilter(head, 0, self._row - 1, len(self._table.columns) - 1)
        self._set_up(head)

    def _across(self, text: str, height: float | None, **look: Any) -> None:
        last = min(len(self._table.columns), 12) - 1
        width = sum(column.width for column in self._table.columns[: last + 1])
        self._sheet.set_row(self._row, height or lines_of(text, width) * _LINE + 6)
        style = self._styles.get(**look)
        self._sheet.merge_range(self._row, 0, self._row, last, "", style)
        self._sheet.write_string(self._row, 0, text, style)
        self._row += 1

    def _headings(self, columns: tuple[Column, ...]) -> None:
        self._sheet.set_row(self._row, 32)
        for place, column in enumerate(columns):
            self._sheet.write_string(self._row, place, column.heading, self._styles.label(bold=True, bg_color=_HEAD))
        self._row += 1

    def _height(self, row: tuple[Value, ...]) -> float:
        """Return the height that the texts of a row need: not every program works it out when it opens the file."""
        most = 1
        for value, width in zip(row, self._widths, strict=True):
            text = value.text if isinstance(value, Link) else value
            if isinstance(text, str) and (2 * len(text) > width - 3 or "\n" in text):
                most = max(most, lines_of(text, width))
        return min(_TALLEST, max(_LEAST, most * _LINE + 6))

    def _value(self, place: int, value: Value) -> None:
        look = self._looks[place]
        if isinstance(value, Link):
            self._linked(place, value)
        elif isinstance(value, int | Decimal):
            self._sheet.write_number(self._row, place, value, look)
        elif value:
            self._sheet.write_string(self._row, place, value[:_LONGEST], look)
        else:
            self._sheet.write_blank(self._row, place, None, look)

    def _linked(self, place: int, link: Link) -> None:
        """Write a link to a file, relative to the summary, so that both may be moved together."""
        sheet = link.sheet.replace("'", "''")
        where = f"#'{sheet}'!{link.cell or 'A1'}" if link.sheet else ""
        target = f"external:{link.file.translate(_ESCAPED)}{where}"
        if self._links >= _MOST_LINKS or len(target) > _LONGEST_LINK:
            self._sheet.write_string(self._row, place, link.text[:_LONGEST], self._looks[place])
            return
        self._links += 1
        self._sheet.write_url(self._row, place, target, self._link, link.text[:_LONGEST])

    def _set_up(self, head: int) -> None:
        sheet, columns = self._sheet, self._table.columns
        sheet.freeze_panes(head + 1, 0)
        sheet.repeat_rows(head)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(_A3 if sum(column.width for column in columns) > _WIDE else _A4)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        sheet.print_area(0, 0, max(self._row - 1, head), len(columns) - 1)
        sheet.set_footer("&L&A&C第 &P 页，共 &N 页")
        own = any(column.kind is Kind.OWN for column in columns)
        sheet.set_tab_color(_RED_TAB if self._table.urgent else BLUE_TAB if own else GREY_TAB)
