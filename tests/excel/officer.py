"""An officer with a workbook open in memory, who presses buttons."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.excel.memory import App, Book, Program, Sheet
from tests.excel.memory_cells import Range
from tests.excel.scripted import Scripted
from toolkit.cli.sources import find_schemes
from toolkit.excel.run import run_action
from toolkit.excel.work import Places
from toolkit.intake.interchange import read_interchange
from toolkit.workbook.template import build_workbook

CASES = Path(__file__).parents[1] / "cases"
AT_REST = {
    "screen_updating": True,
    "calculation": "automatic",
    "enable_events": True,
    "display_alerts": True,
    "status_bar": False,
}
"""The program as nobody notices it."""


def workbook(path: Path, *cases: str) -> Path:
    """Build a workbook filled from published forms."""
    forms = [read_interchange(CASES / f"{case}.json").form for case in cases]
    build_workbook(path, forms, find_schemes(None).choose(forms[0])[0])
    return path


class Officer:
    """Has one workbook open.

    Attributes:
        folder: where the program says the workbook lies.
        asked: what the last button asked.
    """

    def __init__(self, path: Path, folder: Path | None = None) -> None:
        """Open a file."""
        self.program = Program()
        self.app = App(self.program)
        self.book = Book(path, self.app, folder)
        self._data = path.parent / "用户数据"
        self._saved = path.parent / "另存"
        self._saved.mkdir(exist_ok=True)
        self.asked: list[Any] = []

    def press(self, action: str, *answers: Any) -> str:
        """Press a button and return the one thing that was told."""
        self.program.calls = 0
        dialogs = Scripted(*answers)
        run_action(action, self.book, dialogs, Places(self._data), self.app)
        self.asked = dialogs.asked
        (told,) = dialogs.told
        return told

    def select(self, sheet: str, address: str) -> None:
        """Select cells."""
        self.program.selection = Range(Sheet(self.book, self.book.work[sheet]), address)

    def type(self, sheet: str, address: str, value: Any) -> None:
        """Type into a cell."""
        self.book.work[sheet][address].value = value

    def saved(self, name: str) -> Path:
        """Save a copy; nothing of it is counted."""
        path = self._saved / f"{name}.xlsx"
        self.book.work.save(path)
        return path
