"""What a form gives to a summary, made when the form is read: the summary itself may be written much later."""

from __future__ import annotations

from toolkit.collect.model import Details, Head
from toolkit.collect.pieces import rows_by_sheet
from toolkit.workbook.summary.cells import Rows

TITLE = "项目支出绩效自评汇总"
"""In the properties of every summary: by it one is known."""


def rows_ahead(head: Head, details: Details) -> dict[str, str]:
    """Return the rows that a form gives to the sheets of a summary, by sheet, as they are kept until one is written."""
    return {sheet: Rows(piece.columns).ahead(rows) for sheet, piece, rows in rows_by_sheet(head, details)}
