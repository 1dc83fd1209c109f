"""The template workbook, written by XlsxWriter: the official form with native formulas, and the sheets around it."""

from toolkit.workbook.template.build import build_workbook

__all__ = ["build_workbook"]
