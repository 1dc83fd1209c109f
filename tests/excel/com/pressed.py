"""Pressing buttons in the Excel in memory, as the macros do: by window and name of the workbook."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.excel.com.books import WINDOW, Excel
from tests.excel.scripted import Scripted
from toolkit.addin.call import Call
from toolkit.cli.main import main
from toolkit.excel.run import answer_call


class Officer:
    """Somebody who has a workbook open and presses buttons.

    Attributes:
        log: what crossed to Excel at the last button.
        asked: what the last button asked.
    """

    def __init__(self, excel: Excel, path: Path, data: Path) -> None:
        """Open a workbook."""
        excel.open(path)
        self.excel, self.path, self._data = excel, path, data
        self.book = excel.application.books[-1]
        self.log: list[str] = []
        self.asked: list[Any] = []

    def press(self, action: str, *answers: Any) -> str:
        """Press a button and return what was told at the end."""
        dialogs = Scripted(*answers)
        with self.excel.counted() as self.log:
            answer_call(Call(action, self.path.name, WINDOW, self._data / "selfeval.log"), dialogs)
        self.asked = dialogs.asked
        (told,) = dialogs.told
        return told

    def select(self, sheet: str, address: str) -> None:
        """Select cells of a sheet and show it."""
        found = next(each for each in self.book.sheets if each.Name == sheet)
        self.book.active = found
        found.selected = found.Range(address).areas

    def saved(self, path: Path) -> Path:
        """Save a copy of the open workbook, which counts as no message."""
        self.book.write(path)
        return path


def filled(form: dict[str, Any], path: Path) -> Path:
    """Write a workbook filled from an interchange form."""
    source = path.with_suffix(".json")
    source.write_text(json.dumps(form, ensure_ascii=False), encoding="utf-8")
    assert main(["fill", str(source), "-o", str(path)]) == 0
    return path
