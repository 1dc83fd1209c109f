"""What an action asks and tells; the real windows are in ``windows``, tests answer by script."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TickRow:
    """A row that the officer ticks or not.

    Attributes:
        cells: what stands in its columns.
        ticked: whether it is ticked to begin with.
        warned: it is shown in the colour of a warning.
    """

    cells: tuple[str, ...]
    ticked: bool
    warned: bool = False


class Dialogs(Protocol):
    """How an action talks with the officer."""

    def tell(self, message: str) -> None:
        """Show a message."""

    def choose(self, question: str, labels: Sequence[str]) -> int | None:
        """Ask for one of several answers, the first one offered; ``None`` where the window is closed."""

    def ask(self, question: str) -> str | None:
        """Ask for a line of text; ``None`` where nothing was given."""

    def tick(self, text: str, headings: Sequence[str], rows: Sequence[TickRow]) -> list[int] | None:
        """Let rows be ticked; return the numbers of those ticked, ``None`` where the officer cancels."""

    def file(self, title: str, suffixes: Sequence[str], folder: Path | None) -> Path | None:
        """Let a file be chosen."""

    def folder(self, title: str, folder: Path | None) -> Path | None:
        """Let a folder be chosen."""

    def wait(self, title: str, work: Callable[[Callable[[str], None]], T]) -> T:
        """Do long work while a window shows what it says."""
