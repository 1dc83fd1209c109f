"""Workbooks made from scratch for a submission: one date for all, the same bytes for the same content."""

from __future__ import annotations

import contextlib
import re
import warnings
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from toolkit.core.form import Cell
from toolkit.core.names import clean
from toolkit.problem import Unwritable
from toolkit.workbook.template.styles import Styles, lines_of, number_format

_MADE = datetime(2026, 1, 1)
_LONGEST = 32_767
"""Characters a cell can hold."""
_LONGEST_SHEET = 31
_A4 = 9
_LINE, _TALLEST = 14.5, 400.0
HEAD = "#F2F2F2"
"""Fill of headings."""


@contextlib.contextmanager
def workbook(path: Path, title: str) -> Iterator[Any]:
    """Open a workbook to be written and close it at the end.

    Raises:
        Unwritable: the library cannot write it.
    """
    try:
        with warnings.catch_warnings(), contextlib.closing(xlsxwriter.Workbook(str(path))) as book:
            # The library warns and goes on where a value does not fit; nothing may be left out in silence.
            warnings.simplefilter("error")
            book.set_properties({"title": title, "created": _MADE})
            yield book
    except XlsxWriterException as error:
        raise Unwritable(path, f"写不成：{error}", "请换一个位置再试") from error


def sheet_name(number: int, text: str) -> str:
    """Return the name of a project's sheet: 01_社保业务公众服务经费."""
    bare = re.sub(r"[\[\]:*?/\\']", "", clean(text)) or "项目"
    return f"{number:02d}_{bare}"[:_LONGEST_SHEET]


class Page:
    """One sheet, written from the top."""

    def __init__(self, book: Any, styles: Styles, name: str, widths: Sequence[float]) -> None:
        """Add a sheet with columns of the given widths, in characters."""
        self.sheet = book.add_worksheet(name)
        self.styles = styles
        self.widths = tuple(widths)
        self.row = 0
        for column, width in enumerate(self.widths):
            self.sheet.set_column(column, column, width)
        self.sheet.hide_gridlines(2)

    def across(self, text: str, height: float | None = None, **look: Any) -> None:
        """Write a text over the whole width."""
        self.span(0, len(self.widths) - 1, text, **look)
        self.end_row(height or self.height([(text, sum(self.widths))]))

    def cells(self, texts: Sequence[str], **look: Any) -> None:
        """Write one row of framed texts, the look the same for all."""
        for column, text in enumerate(texts):
            self.text(column, text, self.styles.label(**look))
        self.end_row(self.height(list(zip(texts, self.widths, strict=False))))

    def spans(self, *parts: tuple[int, int, str, dict[str, Any]]) -> None:
        """Write one row of texts, each over the columns from the first to the last named."""
        for first, last, text, look in parts:
            self.span(first, last, text, **look)
        self.end_row(self.height([(text, sum(self.widths[first : last + 1])) for first, last, text, _ in parts]))

    def span(self, first: int, last: int, text: str, **look: Any) -> None:
        """Write a text over some columns of the current row."""
        style = self.styles.get(**({"text_wrap": True} | look))
        if last > first:
            self.sheet.merge_range(self.row, first, self.row, last, None, style)
        self.text(first, text, style)

    def text(self, column: int, text: str, style: Any) -> None:
        """Write a text as it stands: nothing in it becomes a formula or a link."""
        if text:
            self.sheet.write_string(self.row, column, text[:_LONGEST], style)
        else:
            self.sheet.write_blank(self.row, column, None, style)

    def value(self, column: int, cell: Cell, usual: str = "0.00", **look: Any) -> None:
        """Write a cell of a form: a plain number as a number with the digits it was printed with, else its text."""
        figure = cell.figure
        if figure is None or figure.unit not in ("", "%"):
            self.text(column, cell.text.strip(), self.styles.label(**({"num_format": "@"} | look)))
            return
        style = self.styles.label(num_format=number_format(cell.text, usual), **look)
        self.sheet.write_number(self.row, column, cell.exact if cell.exact is not None else figure.number, style)

    def end_row(self, height: float | None = None) -> None:
        """Set the height of the current row and go to the next."""
        if height:
            self.sheet.set_row(self.row, height)
        self.row += 1

    def printed(self, *, landscape: bool = False, one_page: bool = False, head: int | None = None) -> None:
        """Set up the page: A4, as wide as the page, the row ``head`` repeated."""
        sheet = self.sheet
        if landscape:
            sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
        sheet.center_horizontally()
        sheet.fit_to_pages(1, 1 if one_page else 0)
        sheet.print_area(0, 0, max(0, self.row - 1), len(self.widths) - 1)
        if head is not None:
            sheet.repeat_rows(head)
            sheet.freeze_panes(head + 1, 0)
        if not one_page:
            sheet.set_footer("&C第 &P 页，共 &N 页")

    @staticmethod
    def height(texts: Sequence[tuple[str, float]]) -> float:
        """Return the height that a row needs for texts in columns of the given widths."""
        most = max((lines_of(text, width) for text, width in texts), default=1)
        return min(_TALLEST, max(20.0, most * _LINE + 6))
