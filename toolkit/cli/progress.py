"""Progress on long work, on the terminal's last line."""

from __future__ import annotations

import sys
import time
from types import TracebackType

_FEW = 4
"""Up to this many files are done before a progress line could be read."""


class Progress:
    """A line such as "检查 12/53，约剩 8 秒 政府采购.xlsx", shown only on a terminal and only for many files.

    Attributes:
        done: steps begun so far.
    """

    def __init__(self, what: str, total: int) -> None:
        """Announce ``total`` steps of ``what``."""
        self._what = what
        self._total = total
        self.done = 0
        self._begun = time.monotonic()
        self._shown = total > _FEW and sys.stderr.isatty()

    def step(self, name: str, counts: str = "") -> None:
        """Say that the next step, on ``name``, begins; ``counts`` of what was found so far stand before the name."""
        self.done += 1
        if self._shown:
            sys.stderr.write(f"\r\x1b[K{self._what} {self.done}/{self._total}{self._left()}{counts} {name}")
            sys.stderr.flush()

    def _left(self) -> str:
        """Return the time left, judged by that of the steps already done."""
        done = self.done - 1
        if done < _FEW:
            return ""
        seconds = round((time.monotonic() - self._begun) / done * (self._total - done))
        return f"，约剩 {seconds // 60} 分 {seconds % 60} 秒" if seconds >= 60 else f"，约剩 {seconds} 秒"

    def __enter__(self) -> Progress:
        """Begin."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Wipe the line."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
