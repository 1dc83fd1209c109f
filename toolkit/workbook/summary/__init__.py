"""The summary of many forms as a workbook.

What writes one, :mod:`toolkit.workbook.summary.write`, is imported where it is used: it loads XlsxWriter.
"""

from toolkit.workbook.summary.ahead import TITLE, rows_ahead
from toolkit.workbook.summary.read import Summed, is_summary, read_summary

__all__ = ["TITLE", "Summed", "is_summary", "read_summary", "rows_ahead"]
