"""Headings with their numbering: 一、（一）1.（1）①, and which paragraphs stand below which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.checks.prose.text import Paragraph

_DIGITS = "一二三四五六七八九十"
_STYLES = (
    re.compile(rf"(?P<number>[{_DIGITS}]{{1,3}})、"),
    re.compile(rf"（(?P<number>[{_DIGITS}]{{1,3}})）"),
    re.compile(r"(?P<number>\d{1,2})[.、](?!\d)"),
    re.compile(r"（(?P<number>\d{1,2})）"),
    re.compile(r"(?P<number>[①-⑳])"),
)
"""How each level is numbered, from the chapters down."""
_TITLE_END = re.compile(r"[。；]|(?<!\d)\d+(?:\.\d+)?分|：(?!.{0,12}$)|（(?=[^）]*\d[^）]*分)|，")
_STRIPPED = "：；，。 "


@dataclass(frozen=True)
class Heading:
    """A numbered heading, or the numbered beginning of a paragraph.

    Attributes:
        level: 1 for 一、, 2 for （一）, 3 for 1., 4 for （1）, 5 for ①.
        title: its words up to the first mark, without the number.
        paragraph: where it stands.
        trail: the headings above it, from the chapter down.
        last: the number of its brother above, ``None`` for the first of its kind below its heading.
    """

    level: int
    number: int
    title: str
    paragraph: Paragraph
    trail: tuple[Heading, ...]
    last: int | None

    @property
    def label(self) -> str:
        """Return the number as printed."""
        found = _STYLES[self.level - 1].match(self.paragraph.text)
        return found[0] if found else ""


@dataclass(frozen=True)
class Placed:
    """A paragraph and the headings above it, its own included, from the chapter down."""

    paragraph: Paragraph
    trail: tuple[Heading, ...]

    @property
    def heading(self) -> Heading | None:
        """Return the heading that the paragraph itself is."""
        own = self.trail[-1:]
        return own[0] if own and own[0].paragraph is self.paragraph else None

    def under(self, *words: str) -> bool:
        """Tell whether a heading above contains one of ``words``."""
        return any(word in heading.title for heading in self.trail for word in words)


def place(paragraphs: Sequence[Paragraph]) -> tuple[Placed, ...]:
    """Put every paragraph below its headings."""
    trail: tuple[Heading, ...] = ()
    brothers: dict[tuple[int, int], int] = {}
    placed = []
    for paragraph in paragraphs:
        found = None if paragraph.row else numbering(paragraph.text)
        if found is not None:
            level, number, rest = found
            trail = tuple(heading for heading in trail if heading.level < level)
            above = trail[-1].paragraph.at if trail else -1
            heading = Heading(level, number, title_of(rest), paragraph, trail, brothers.get((level, above)))
            brothers[level, above] = number
            trail = (*trail, heading)
        placed.append(Placed(paragraph, trail))
    return tuple(placed)


def numbering(text: str) -> tuple[int, int, str] | None:
    """Return level, number and the words behind it of a text that begins with a number, else ``None``."""
    for level, style in enumerate(_STYLES, 1):
        found = style.match(text)
        if found is not None:
            return level, _value(found["number"]), text[found.end() :]
    return None


def title_of(text: str) -> str:
    """Return the title with which a text begins: up to the first mark."""
    found = _TITLE_END.search(text)
    return (text[: found.start()] if found else text).strip(_STRIPPED)


def _value(number: str) -> int:
    if number.isdecimal():
        return int(number)
    if number not in _DIGITS and len(number) == 1:
        return ord(number) - ord("①") + 1
    tens, ten, ones = number.rpartition("十")
    if not ten:
        return _DIGITS.index(ones) + 1
    return (_DIGITS.index(tens) + 1 if tens else 1) * 10 + (_DIGITS.index(ones) + 1 if ones else 0)
