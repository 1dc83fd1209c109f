"""The settings that a template made from a blank form carries in 评分参数, as the officer left them."""

from __future__ import annotations

from pathlib import Path

from toolkit.core.scheme import statement as at
from toolkit.problem import Unreadable
from toolkit.workbook.book import Book
from toolkit.workbook.sides import open_sheet, read_settings

_SHEET = "评分参数"
_IDENTITY = "标准编号"


def carries_scheme(path: Path) -> bool:
    """Tell whether a workbook carries its scheme whole, to be taken back.

    Raises:
        Unreadable: the file is no workbook, damaged, or not safe to read.
    """
    with Book(path) as book:
        return at.MARK in read_settings(book)


def settings_of(path: Path) -> tuple[str, dict[str, str], dict[str, tuple[str, str]]]:
    """Read the settings of a template.

    Returns:
        The scheme's id, the settings by label, and for each how and where it was read.

    Raises:
        Unreadable: the workbook has no such settings.
    """
    with Book(path) as book:
        settings = read_settings(book)
        sheet = open_sheet(book, _SHEET)
        if sheet is None or at.MARK not in settings:
            raise Unreadable(path, "的“评分参数”里没有从空白表读出的参数", "请用 selfeval scheme learn 做成的模板")
        sheet.stop_at(4)
        rows = {sheet.text(row, 1): (sheet.text(row, 3), sheet.text(row, 4)) for row in sheet.rows_holding([1])}
    return settings.get(_IDENTITY, ""), settings, rows
