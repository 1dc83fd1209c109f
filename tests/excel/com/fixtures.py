"""Fixtures for tests that need the Excel in memory; a conftest imports them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.excel.com.books import Excel
from tests.excel.com.pywin32 import windows

__all__ = ["excel", "for_windows"]


@pytest.fixture(scope="module")
def for_windows() -> Iterator[Any]:
    """Give xlwings' modules for Windows; they are gone again after the module, so that no other test meets them."""
    with windows() as modules:
        yield modules


@pytest.fixture
def excel(for_windows: Any) -> Excel:
    """Start an Excel in memory."""
    return Excel(for_windows)
