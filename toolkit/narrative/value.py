"""Values as sentence patterns use them: printed, they leave a mark by which the figure is found again with its cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NoReturn

from toolkit.core.form import Cell
from toolkit.narrative.model import Run, Trace

_OPEN, _MIDDLE, _CLOSE = "\ue000", "\ue001", "\ue002"
"""Characters of the private use area: no text of an officer holds them."""
_MARKED = re.compile(f"{_OPEN}(\\d+){_MIDDLE}([^{_CLOSE}]*){_CLOSE}")
_PRIVATE = re.compile("[\ue000-\ue002]")


class MissingFactError(Exception):
    """A pattern uses something that nobody filled in; the sentence is left out as a whole."""

    def __init__(self, name: str) -> None:
        """Remember what is missing."""
        super().__init__(name)
        self.name = name


class Ledger:
    """Keeps the traces of the figures that were printed."""

    def __init__(self) -> None:
        """Start with none."""
        self._traces: list[Trace] = []

    def mark(self, text: str, trace: Trace) -> str:
        """Return ``text`` with a mark that leads to its trace."""
        self._traces.append(trace)
        return f"{_OPEN}{len(self._traces) - 1}{_MIDDLE}{_PRIVATE.sub('', text)}{_CLOSE}"

    def runs(self, text: str) -> tuple[Run, ...]:
        """Take a marked text apart: plain words and traced figures, empty pieces left out."""
        return tuple(run for run in self._pieces(text) if run.text)

    def _pieces(self, text: str) -> Iterator[Run]:
        end = 0
        for found in _MARKED.finditer(text):
            yield Run(text[end : found.start()])
            yield Run(found[2], self._traces[int(found[1])])
            end = found.end()
        yield Run(text[end:])


def unmarked(text: str) -> str:
    """Return a marked text as it prints."""
    return _MARKED.sub(lambda found: found[2], text)


class Value:
    """A figure or a text with the cells it comes from.

    In a pattern ``{{ 值 }}`` prints it and ``{{ 值.式 }}`` its arithmetic; ``值.数`` is its number and ``值.文`` its
    text, both for conditions only.
    """

    def __init__(self, ledger: Ledger, text: str, trace: Trace, number: Decimal | None = None) -> None:
        """Hold the text as it prints."""
        self._ledger = ledger
        self.text = text
        self.trace = trace
        self.number = number

    def __str__(self) -> str:
        """Return the marked text."""
        return self._ledger.mark(self.text, self.trace)

    def __bool__(self) -> bool:
        """Return true: a value that is there counts as given, a zero too."""
        return True

    def __getitem__(self, name: str) -> Any:
        """Serve patterns: 数, 文 and 式."""
        if name == "数":
            return self.number
        if name == "文":
            return self.text
        if name == "式":
            return self._ledger.mark(self.trace.working, self.trace)
        raise KeyError(name)

    def __eq__(self, other: object) -> bool:
        """Compare by what is printed, with another value or with words."""
        return self.text == (other.text if isinstance(other, Value) else other)

    def __hash__(self) -> int:
        """Agree with equality."""
        return hash(self.text)

    def with_text(self, text: str) -> Value:
        """Return the same figure in other words."""
        return Value(self._ledger, text, self.trace, self.number)


class Missing:
    """Something that nobody filled in: false in a condition, and the end of a sentence that prints it."""

    def __init__(self, name: str) -> None:
        """Remember the name of the fact."""
        self.name = name

    def __str__(self) -> NoReturn:
        """Give the sentence up."""
        raise MissingFactError(self.name)

    def __iter__(self) -> NoReturn:
        """Give the sentence up that goes through a list nobody filled in."""
        raise MissingFactError(self.name)

    def __bool__(self) -> bool:
        """Return false."""
        return False

    def __len__(self) -> int:
        """Return 0."""
        return 0

    def __getitem__(self, name: object) -> Missing | None:
        """Return what a part of nothing is: no number, and nothing else either."""
        return None if name == "数" else self


def cell_value(ledger: Ledger, cell: Cell | None, name: str) -> Value | Missing:
    """Return the text of a cell as it stands, or what stands for a cell nobody filled in."""
    if cell is None or cell.blank:
        return Missing(name)
    return Value(ledger, cell.text.strip(), Trace((cell,)), cell.number)
