"""Buttons on 填报说明: what the ribbon offers, for workbooks that carry their macros (.xlsm)."""

from __future__ import annotations

from typing import Any

from toolkit.addin.call import ACTIONS, macro_of
from toolkit.addin.carried import sheet_modules
from toolkit.addin.package import add_macros

_COLUMN = 2
_LAST_TEXT_COLUMN = 0
_SIZE = {"width": 150, "height": 34, "x_offset": 4, "y_offset": 5}


def write_buttons(book: Any) -> None:
    """Put the buttons beside the text of the first sheet and the macros into the workbook; its sheets are complete."""
    sheet = book.worksheets()[0]
    for row, (action, label) in enumerate(ACTIONS.items(), 1):
        sheet.insert_button(row, _COLUMN, {"macro": macro_of(action), "caption": label, **_SIZE})
    # The page stays that of the .xlsx: a printed button presses nothing.
    sheet.print_area(0, 0, len(ACTIONS), _LAST_TEXT_COLUMN)
    add_macros(book, sheet_modules())
