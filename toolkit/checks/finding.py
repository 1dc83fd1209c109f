"""What a rule finds, and what the officer reads of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from toolkit.core.form import Cell


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    WARNING = "warning"
    NEXT_YEAR = "next_year"
    INFO = "info"

    @property
    def word(self) -> str:
        """Return the officer's word: 错误, 提醒, 留意下年 or 说明."""
        return _WORDS[self]

    @property
    def rank(self) -> int:
        """Return the place in a list, errors first."""
        return _RANKS[self]


_WORDS = {
    Severity.ERROR: "错误",
    Severity.WARNING: "提醒",
    Severity.NEXT_YEAR: "留意下年",
    Severity.INFO: "说明",
}
_RANKS = {severity: place for place, severity in enumerate(Severity)}


class Remedy(StrEnum):
    """What can still be done about a finding (可改性)."""

    CORRECT = "本年改正"
    EXPLAIN = "本年说明"
    NEXT_YEAR = "下年改进"


@dataclass(frozen=True, slots=True)
class Fault:
    """What one rule found at one place, or at several with one remedy.

    Attributes:
        cells: the cells it concerns, the one to correct first.
        fact: the fact in Chinese, following the cell's name: “填 0.86，应为 0.87”. No full stop at its end.
        found: what stands there.
        expected: what should stand there, "" where only the officer knows.
        working: the arithmetic (算式), "" where there is none.
        fix: what to do (改法), beginning with a verb or 请.
        severity: where it differs from the rule's own.
        source: where it differs from the rule's own.
        undecidable: the rule could not be applied; ``fact`` is the reason, following “无法核对，因为”.
    """

    cells: tuple[Cell, ...]
    fact: str
    found: str = ""
    expected: str = ""
    working: str = ""
    fix: str = ""
    severity: Severity | None = None
    source: str = ""
    undecidable: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding as it is shown: code, severity, places, fact, arithmetic, remedy, source.

    Attributes:
        cells: the places, the one to go to first.
        message: the fact with its cell, at most 120 characters, no arithmetic.
        explained: the officer's 说明, ``None`` while it waits for one.
    """

    code: str
    title: str
    severity: Severity
    remedy: Remedy
    cells: tuple[Cell, ...]
    found: str
    expected: str
    message: str
    working: str
    fix: str
    source: str
    undecidable: bool = False
    explained: str | None = None

    @property
    def state(self) -> str:
        """Return 当时值: the texts of its cells, and the arithmetic, which holds what else it rests on."""
        texts = "；".join(cell.text for cell in self.cells)
        return f"{texts}｜{self.working}" if self.working else texts

    @property
    def open(self) -> bool:
        """Tell whether it waits for an answer: a 提醒 without 说明."""
        return self.severity is Severity.WARNING and self.explained is None
