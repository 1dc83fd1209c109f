"""Telling our own workbooks from other people's."""

from __future__ import annotations

from pathlib import Path

from toolkit.workbook.book import Book

_NAME = "指标_三级指标"
_SETTINGS = "评分参数"


def is_ours(path: Path) -> bool:
    """Tell whether a workbook was made from our template: its form has our names, or 评分参数 stands beside it.

    Raises:
        Unreadable: the file is no workbook, damaged, or not safe to read.
    """
    with Book(path) as book:
        return any(_NAME in entry.names or entry.name == _SETTINGS for entry in book.sheets)
