"""The sheet 自评报告: read as the officer left it, and written again in a copy of the workbook."""

from toolkit.workbook.report.read import StoredSheet, read_report
from toolkit.workbook.report.write import write_report

__all__ = ["StoredSheet", "read_report", "write_report"]
