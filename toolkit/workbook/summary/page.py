"""The frame of a sheet: notes, headings with a filter, frozen heads, print set-up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toolkit.collect.table import Column, Kind, Table
from toolkit.workbook.styles import BLUE_TAB, GREY_TAB, TITLE_FONT, Styles, lines_of
from toolkit.workbook.summary.cells import LOOKS

_A4, _A3 = 9, 8
_WIDE = 190
"""Width in characters from which a sheet is printed on A3."""
_HEAD, _RED_TAB, _BLUE = "#F2F2F2", "#C00000", "#0563C1"
_LINE = 14.5
_LOOKS: Mapping[Kind, Mapping[str, Any]] = {
    Kind.TEXT: {"align": "center", "num_format": "@"},
    Kind.LONG: {"align": "left", "num_format": "@"},
    Kind.COUNT: {"num_format": "0"},
    Kind.MONEY: {"num_format": "#,##0.00", "align": "right"},
    Kind.RATE: {"num_format": "0.00%"},
    Kind.SCORE: {"num_format": "0.00"},
    Kind.OWN: {"align": "left"},
}


def write_frame(book: Any, styles: Styles, table: Table, last: int | None) -> int:
    """Add the sheet of a table with all but its rows: one row of samples, a cell of each look, stands in their place.

    Args:
        book: the XlsxWriter workbook.
        styles: its formats.
        table: what the sheet shows; its rows are not asked for.
        last: row, counted from 1, where filter and print area end; ``None`` for a table without rows.

    Returns:
        The row of samples, counted from 1.
    """
    return _Sheet(book, styles, table).write(last)


class _Sheet:
    """A sheet, written from the top."""

    def __init__(self, book: Any, styles: Styles, table: Table) -> None:
        self._sheet, self._styles, self._table = book.add_worksheet(table.name), styles, table
        self._row = 0

    def write(self, last: int | None) -> int:
        """Write notes, headings, samples, and set up the page."""
        for place, column in enumerate(self._table.columns):
            self._sheet.set_column(place, place, column.width)
        self._across(self._table.name, 30, font_name=TITLE_FONT, font_size=16)
        for note in self._table.notes:
            self._across(note, None, text_wrap=True)
        head = self._row
        self._headings(self._table.columns)
        if last is not None:
            self._samples()
            self._sheet.autofilter(head, 0, last - 1, len(self._table.columns) - 1)
        elif self._table.empty:
            self._across(self._table.empty, None, text_wrap=True)
        self._set_up(head, max(self._row - 1, head) if last is None else last - 1)
        return head + 2

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

    def _samples(self) -> None:
        for place, look in enumerate(LOOKS[:-1]):
            self._sheet.write_blank(self._row, place, None, _look(self._styles, look))
        link = self._styles.label(align="left", font_color=_BLUE, underline=1)
        self._sheet.write_url(self._row, len(LOOKS) - 1, "external:form.xlsx", link)

    def _set_up(self, head: int, last: int) -> None:
        sheet, columns = self._sheet, self._table.columns
        sheet.freeze_panes(head + 1, 0)
        sheet.repeat_rows(head)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(_A3 if sum(column.width for column in columns) > _WIDE else _A4)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        sheet.print_area(0, 0, last, len(columns) - 1)
        sheet.set_footer("&L&A&C第 &P 页，共 &N 页")
        own = any(column.kind is Kind.OWN for column in columns)
        sheet.set_tab_color(_RED_TAB if self._table.urgent else BLUE_TAB if own else GREY_TAB)


def _look(styles: Styles, kind: str) -> Any:
    return styles.input(align="left") if kind == Kind.OWN else styles.label(**_LOOKS[Kind(kind)])
