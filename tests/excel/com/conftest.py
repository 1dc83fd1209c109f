"""Fixtures of the tests of and with the Excel in memory."""

from tests.excel.com.fixtures import excel, for_windows

__all__ = ["excel", "for_windows"]
