"""Writing the summary: its sheets, then the charts; the same content gives the same bytes."""

from __future__ import annotations

import contextlib
import warnings
from datetime import datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from toolkit.collect.collected import Changes, Collected
from toolkit.collect.tables import tables_of
from toolkit.problem import Unwritable
from toolkit.workbook.save import write_atomically
from toolkit.workbook.summary.charts import write_charts
from toolkit.workbook.summary.page import write_table
from toolkit.workbook.template.styles import Styles

TITLE = "项目支出绩效自评汇总"
_MADE = datetime(2026, 1, 1)


def write_summary_book(path: Path, found: Collected, changes: Changes) -> None:
    """Write the summary of everything that was collected.

    Args:
        path: where to; replaced as a whole or not at all.
        found: what was collected.
        changes: what changed between the versions of a project.

    Raises:
        Unwritable: the file cannot be written.
    """
    write_atomically(path, lambda temporary: _write(temporary, found, changes))


def _write(path: Path, found: Collected, changes: Changes) -> None:
    # Rows go to the disk as they are written: tens of thousands of forms do not fit into memory.
    options = {"constant_memory": True, "strings_to_numbers": False}
    try:
        with warnings.catch_warnings(), contextlib.closing(xlsxwriter.Workbook(str(path), options)) as book:
            # The library warns and goes on where a value does not fit; nothing may be left out in silence.
            warnings.simplefilter("error")
            book.set_properties({"title": TITLE, "created": _MADE})
            styles = Styles(book)
            for table in tables_of(found, changes):
                write_table(book, styles, table)
            write_charts(book, styles, found)
    except XlsxWriterException as error:
        raise Unwritable(path, f"写不成：{error}", "请换一个位置再试") from error
