"""Words of a form in one spelling, with the way back to what is printed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

_SPELLINGS = {
    **dict.fromkeys("—–－―~～〜", "-"),
    **dict.fromkeys("×✕✖╳∗", "*"),
    "≧": "≥",
    "⩾": "≥",
    "≦": "≤",
    "⩽": "≤",
    "﹥": ">",
    "﹤": "<",
    "÷": "/",
    "═": "=",
}
_CIRCLED = re.compile("[\u2460-\u249b]")
_ENDS = re.compile(r"[。;；\n!?]|(?<!\d)(?=[1-9一二三四五六七八九十]{1,2}[.、)](?!\d))")


@dataclass(frozen=True)
class Plain:
    """A text without blanks, in one spelling of digits, brackets, dashes and signs.

    Attributes:
        source: what is printed.
    """

    source: str

    @cached_property
    def _spelled(self) -> tuple[str, tuple[int, ...]]:
        letters: list[str] = []
        origins: list[int] = []
        for at, letter in enumerate(self.source):
            for each in _spelling(letter):
                letters.append(each)
                origins.append(at)
        return "".join(letters), (*origins, len(self.source))

    @property
    def text(self) -> str:
        """Return the text in the one spelling."""
        return self._spelled[0]

    def printed(self, start: int, end: int) -> str:
        """Return what is printed where the text runs from ``start`` to ``end``."""
        origins = self._spelled[1]
        return self.source[origins[start] : origins[end]].strip()

    def sentences(self) -> list[tuple[int, int]]:
        """Return where the sentences begin and end, numbered points each for itself."""
        cuts = [0]
        for found in _ENDS.finditer(self.text):
            cuts.append(found.end() if found.group() else found.start())
        cuts.append(len(self.text))
        return [(start, end) for start, end in pairwise(cuts) if self.text[start:end].strip("\n")]


def _spelling(letter: str) -> str:
    if letter == "\n" or _CIRCLED.fullmatch(letter):
        return "\n"
    if letter in _SPELLINGS:
        return _SPELLINGS[letter]
    return "" if letter.isspace() else unicodedata.normalize("NFKC", letter)


def spelled(text: str) -> str:
    """Return a text without blanks and line breaks, in one spelling."""
    return Plain(" ".join(text.split())).text
