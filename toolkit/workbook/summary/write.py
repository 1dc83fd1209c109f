"""Writing the summary: its sheets, then the charts; the same content gives the same bytes."""

from __future__ import annotations

from pathlib import Path

from toolkit.collect.collected import Changes, Collected
from toolkit.collect.tables import tables_of
from toolkit.workbook.save import write_atomically
from toolkit.workbook.summary.ahead import TITLE
from toolkit.workbook.summary.assemble import write_tables
from toolkit.workbook.summary.charts import write_charts


def write_summary_book(path: Path, found: Collected, changes: Changes) -> None:
    """Write the summary of everything that was collected.

    Args:
        path: where to; replaced as a whole or not at all.
        found: what was collected.
        changes: what changed between the versions of a project.

    Raises:
        Unwritable: the file cannot be written.
    """
    tables = tables_of(found, changes)
    write_atomically(
        path,
        lambda temporary: write_tables(temporary, TITLE, tables, lambda book, styles: write_charts(book, styles, found)),
    )
