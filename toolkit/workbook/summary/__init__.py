"""The summary of many forms as a workbook."""

from toolkit.workbook.summary.read import Summed, is_summary, read_summary
from toolkit.workbook.summary.write import TITLE, rows_ahead, write_summary_book

__all__ = ["TITLE", "Summed", "is_summary", "read_summary", "rows_ahead", "write_summary_book"]
