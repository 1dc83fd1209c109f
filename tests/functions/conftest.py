"""Fixtures of the tests of worksheet functions."""

from tests.excel.com.fixtures import excel, for_windows

__all__ = ["excel", "for_windows"]
