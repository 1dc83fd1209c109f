"""A screen that nobody sees: windows are shown on it, a mouse presses what lies there, and pictures are taken."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

_SIZE = "1500x1000x24"
_DRAWN_SECONDS = 2.0
_BOOK = "LibreOffice Calc"
_PROGRAMS = ("Xvfb", "xdotool", "scrot")


def missing_screen_parts() -> str:
    """Name the programs that are missing here, or return an empty text."""
    return ", ".join(name for name in _PROGRAMS if not shutil.which(name))


class Screen:
    """One X display of its own, gone when this is closed.

    Attributes:
        display: its name, as ":7".
    """

    def __enter__(self) -> Self:
        """Start the display; it chooses a number that is free."""
        reading, writing = os.pipe()
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", _SIZE, "-nolisten", "tcp", "-noreset"]
        self._process = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
        os.close(writing)
        with os.fdopen(reading) as told:
            self.display = f":{told.readline().strip()}"
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        """End the display that was started here."""
        self._process.terminate()
        self._process.wait(30)

    def _run(self, *command: str) -> str:
        own = os.environ | {"DISPLAY": self.display}
        # xdotool answers 1 where it finds no window.
        return subprocess.run(command, env=own, check=False, capture_output=True, text=True).stdout

    def click(self, left: int, top: int) -> None:
        """Press the left button of the mouse at a place of the screen and let it go."""
        there = ("mousemove", str(left), str(top), "sleep", "0.3")
        self._run("xdotool", *there, "mousedown", "1", "sleep", "0.1", "mouseup", "1")

    def _dialogs(self) -> tuple[bool, list[str]]:
        """Say whether a workbook is shown, and number the other windows; only ASCII in a title can be relied on."""
        windows = self._run("xdotool", "search", "--onlyvisible", "--name", ".").split()
        books = [each for each in windows if _BOOK in self._run("xdotool", "getwindowname", each)]
        return bool(books), [each for each in windows if each not in books]

    def wait_for_book(self) -> bool:
        """Wait for a workbook's window, and say whether it came."""
        return self.until(lambda: self._dialogs()[0])

    def wait_for_dialog(self) -> bool:
        """Wait for a dialog over the workbook, and say whether it came."""
        return self.until(lambda: bool(self._dialogs()[1]))

    def close_dialog(self) -> bool:
        """Answer the dialog with the Return key, and say whether it went."""

        def gone() -> bool:
            _, dialogs = self._dialogs()
            for each in dialogs:
                self._run("xdotool", "windowfocus", "--sync", each, "key", "Return")
            return not dialogs

        return self.until(gone)

    @staticmethod
    def until(done: Callable[[], bool], seconds: float = 20) -> bool:
        """Wait for something, and say whether it came about."""
        end = time.monotonic() + seconds
        while not done():
            if time.monotonic() > end:
                return False
            time.sleep(0.3)
        return True

    def picture(self, path: Path) -> Path:
        """Take a picture of the whole screen when what was asked for last has had time to be drawn."""
        time.sleep(_DRAWN_SECONDS)
        self._run("scrot", "--overwrite", str(path))
        return path
