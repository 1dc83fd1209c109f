"""Dialogs without tkinter: the message box of Windows."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from toolkit.excel.dialogs import TickRow

T = TypeVar("T")
TITLE = "绩效自评"
"""Title of every window."""
_TOPMOST = 0x40000
_YES_NO_CANCEL, _YES, _NO = 3, 6, 7


class MessageBoxes:
    """What a Python without tkinter can do on Windows: messages and yes or no; nothing is chosen by mistake."""

    def __init__(self, window: int) -> None:
        """Stand above the window of Excel whose handle is given."""
        self._window = window

    def tell(self, message: str) -> None:
        """Show a message."""
        self._box(message, 0)

    def choose(self, question: str, labels: Sequence[str]) -> int | None:
        """Ask for the first of several answers by yes, the second by no."""
        told = "　".join(f"“{word}”＝{label}" for word, label in zip(("是", "否", "取消"), labels, strict=False))
        return {_YES: 0, _NO: 1}.get(self._box(f"{question}\n\n{told}", _YES_NO_CANCEL))

    def ask(self, question: str) -> str | None:
        """Say that nothing can be written here."""
        self._missing(question)
        return None

    def tick(self, text: str, headings: Sequence[str], rows: Sequence[TickRow]) -> list[int] | None:
        """Offer what is ticked to begin with."""
        ticked = [number for number, row in enumerate(rows) if row.ticked]
        listed = "\n".join("　".join(rows[number].cells) for number in ticked)
        return ticked if ticked and self.choose(f"{text}\n\n{listed}", ("采纳以上各行", "不采纳")) == 0 else None

    def file(self, title: str, suffixes: Sequence[str], folder: Path | None) -> Path | None:
        """Say that no file can be chosen here."""
        self._missing(title)
        return None

    def folder(self, title: str, folder: Path | None) -> Path | None:
        """Say that no folder can be chosen here."""
        self._missing(title)
        return None

    def wait(self, title: str, work: Callable[[Callable[[str], None]], T]) -> T:
        """Do the work."""
        return work(lambda text: None)

    def _missing(self, what: str) -> None:
        self.tell(f"{what}\n\n这台电脑的 Python 缺少 tkinter，不能显示这个窗口。请重新运行安装程序，或改用 selfeval 命令。")

    def _box(self, text: str, kind: int) -> int:
        # The name stands in the library of Windows only.
        library: Any = getattr(ctypes, "windll", None)
        if library is None:
            print(text, file=sys.stderr)
            return 0
        return int(library.user32.MessageBoxW(self._window, text, TITLE, kind | _TOPMOST))
