"""修改对照表 as a workbook: one sheet, ready to print, with a column for the officer to say which point it answers."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from toolkit.compare.drafts import Comparison
from toolkit.compare.table import HEADINGS, TITLE, closing, head_lines, table_rows
from toolkit.problem import Unwritable
from toolkit.workbook.save import write_atomically
from toolkit.workbook.template.styles import TITLE_FONT, Styles, lines_of

_WIDTHS = (6, 26, 15, 30, 30, 26, 18)
_CENTRED = (HEADINGS.index("序号"), HEADINGS.index("位置"))
_OWN = (HEADINGS.index("修改原因"), HEADINGS.index("对应退回意见"))
"""Columns the officer fills in."""
_MADE = datetime(2026, 1, 1)
_LINE, _MOST = 14.5, 400.0
_LONGEST = 32_767
"""Characters a cell can hold."""


def write_changes_xlsx(path: Path, compared: Sequence[Comparison]) -> None:
    """Write the changes of all forms of two drafts.

    Raises:
        Unwritable: the file cannot be written; nothing is left behind.
    """
    write_atomically(path, lambda temporary: _write(temporary, compared))


def _write(path: Path, compared: Sequence[Comparison]) -> None:
    try:
        with warnings.catch_warnings(), contextlib.closing(xlsxwriter.Workbook(str(path))) as book:
            warnings.simplefilter("error")
            book.set_properties({"title": TITLE, "created": _MADE})
            _Table(book).write(compared)
    except XlsxWriterException as error:
        raise Unwritable(path, f"写不成：{error}", "请换一个位置再试") from error


class _Table:
    """The sheet, written from the top."""

    def __init__(self, book: Any) -> None:
        self._styles = Styles(book)
        self._sheet = book.add_worksheet(TITLE)
        self._row = 0

    def write(self, compared: Sequence[Comparison]) -> None:
        """Write title, headings, forms, closing sentence and print set-up."""
        sheet, styles = self._sheet, self._styles
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        self._across(TITLE, styles.get(font_name=TITLE_FONT, font_size=16, align="center"), 32)
        sheet.write_row(self._row, 0, HEADINGS, styles.label(bold=True, bg_color="#F2F2F2"))
        self._row += 1
        for each in compared:
            self._form(each)
        self._across(closing(compared), styles.get(text_wrap=True, bold=True))
        sheet.freeze_panes(2, 0)
        sheet.repeat_rows(1)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.print_area(0, 0, self._row - 1, len(HEADINGS) - 1)
        sheet.set_footer("&C第 &P 页，共 &N 页")

    def _form(self, compared: Comparison) -> None:
        name, *facts = head_lines(compared)
        self._across(name, self._styles.label(bold=True, align="left", bg_color="#DDEBF7"))
        for fact in facts:
            self._across(fact, self._styles.label(align="left"))
        for texts in table_rows(compared):
            self._change(texts)

    def _change(self, texts: Sequence[str]) -> None:
        for column, text in enumerate(texts):
            align = "center" if column in _CENTRED else "left"
            look = self._styles.input if column in _OWN else self._styles.label
            self._sheet.write_string(self._row, column, text[:_LONGEST], look(align=align, num_format="@"))
        height = max(lines_of(text, width) for text, width in zip(texts, _WIDTHS, strict=True))
        self._sheet.set_row(self._row, min(_MOST, max(20.0, height * _LINE + 6)))
        self._row += 1

    def _across(self, text: str, look: Any, height: float | None = None) -> None:
        last = len(HEADINGS) - 1
        self._sheet.merge_range(self._row, 0, self._row, last, None, look)
        self._sheet.write_string(self._row, 0, text[:_LONGEST], look)
        self._sheet.set_row(self._row, height or min(_MOST, lines_of(text, sum(_WIDTHS)) * _LINE + 8))
        self._row += 1
