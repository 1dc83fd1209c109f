"""Dialogs that answer by script."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from toolkit.excel.dialogs import TickRow

T = TypeVar("T")


class Scripted:
    """Answers in the order given; what was told and asked is kept."""

    def __init__(self, *answers: Any) -> None:
        """Take the answers."""
        self._answers = list(answers)
        self.told: list[str] = []
        self.asked: list[Any] = []

    def _answer(self, *question: Any) -> Any:
        self.asked.append(question)
        return self._answers.pop(0)

    def tell(self, message: str) -> None:
        """Keep a message."""
        self.told.append(message)

    def choose(self, question: str, labels: Sequence[str]) -> int | None:
        """Return the next answer: a label, or ``None``."""
        answer = self._answer(question, tuple(labels))
        return None if answer is None else list(labels).index(answer)

    def ask(self, question: str) -> str | None:
        """Return the next answer."""
        return self._answer(question)  # type: ignore[no-any-return]  # a script holds answers of all kinds

    def tick(self, text: str, headings: Sequence[str], rows: Sequence[TickRow]) -> list[int] | None:
        """Return the next answer: ``None``, numbers, or "as ticked"."""
        answer = self._answer(text, tuple(headings), tuple(rows))
        if answer == "as ticked":
            return [number for number, row in enumerate(rows) if row.ticked]
        # Nobody can tick a row that is not offered.
        return None if answer is None else [number for number in answer if number < len(rows)]

    def file(self, title: str, suffixes: Sequence[str], folder: Path | None) -> Path | None:
        """Return the next answer."""
        return self._answer(title, tuple(suffixes), folder)  # type: ignore[no-any-return]  # likewise

    def folder(self, title: str, folder: Path | None) -> Path | None:
        """Return the next answer."""
        return self._answer(title, folder)  # type: ignore[no-any-return]  # likewise

    def wait(self, title: str, work: Callable[[Callable[[str], None]], T]) -> T:
        """Do the work."""
        self.asked.append((title,))
        return work(lambda text: None)
