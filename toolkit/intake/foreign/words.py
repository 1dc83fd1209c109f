"""What a heading means: exact words first, then aliases, then a near one as a suggestion."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from toolkit.intake.foreign.model import How
from toolkit.workbook.headings import bare_heading, known_words

_LEAST_SCORE = 82.0
_LEAST_MARGIN = 8.0
_MOST_SURE = 0.9
_LEAST_LENGTH = 3
_LONGEST_HEADING = 24
_TRAILING = re.compile(r"[*＊:：;；。．.\-—_]+$|^[*＊★☆\-—\d.、]+(?=[\u4e00-\u9fff])")
_NUMBER = re.compile(r"[¥￥]?[-－]?\d[\d,，]*(?:\.\d+)?(?:[%％分]|万?元)?")
_NUMBER_START = re.compile(r"\s*[¥￥\-－\d]")
_SIGNS = frozenset("≥≤≧≦＝＞＜﹥﹤±％￥")
"""What a value may begin with and no word does."""
OTHER = "other"
"""A heading that is known but has no field in the form."""


@dataclass(frozen=True, slots=True)
class Match:
    """The field a heading stands for, how that was found, and how sure it is (0 to 1)."""

    field: str
    how: How
    confidence: float


@cache
def _names(group: str) -> Mapping[str, tuple[str, How]]:
    """Return the fields of a group by their words without blanks and brackets."""
    names: dict[str, tuple[str, How]] = {}
    for field, words in known_words()[group].items():
        for place, word in enumerate(words):
            how = How.ALIAS if place else How.EXACT
            if how is How.EXACT and field not in (OTHER, "part"):
                names[bare(word)] = field, how
            else:
                names.setdefault(bare(word), (field, How.EXACT if field in (OTHER, "part") else how))
    return names


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """Return a heading without blanks, brackets and what stands in them, and marks around it."""
    return _TRAILING.sub("", bare_heading(unicodedata.normalize("NFKC", text).replace("\n", "")))


@lru_cache(maxsize=8192)
def find_word(text: str, group: str) -> Match | None:
    """Return what a text means among the headings of a group (indicator, fund, kind, label); only known words count."""
    if len(text) > 80:
        return None
    found = _names(group).get(bare(text))
    if found is None:
        return None
    return Match(found[0], found[1], 1.0 if found[1] is How.EXACT else 0.95)


@lru_cache(maxsize=8192)
def suggest(text: str, group: str) -> Match | None:
    """Return the field whose word is nearest to a text; ``None`` where none is near or two are equally near."""
    name = bare(text)
    if not _LEAST_LENGTH <= len(name) <= _LONGEST_HEADING:
        return None
    from rapidfuzz import fuzz

    best: dict[str, float] = {}
    for word, (field, _) in _names(group).items():
        if not _excluded(name, word):
            best[field] = max(best.get(field, 0.0), fuzz.ratio(name, word))
    ranked = sorted(best.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < _LEAST_SCORE or ranked[0][0] == OTHER:
        return None
    if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < _LEAST_MARGIN:
        return None
    return Match(ranked[0][0], How.SUGGESTED, min(_MOST_SURE, round(ranked[0][1] / 100, 2)))


@cache
def _all_words() -> frozenset[str]:
    groups = ("indicator", "fund", "kind", "label")
    return frozenset(bare(word) for group in groups for words in known_words()[group].values() for word in words)


def is_notable(text: str) -> bool:
    """Tell whether a text may be a heading or a label: a known word, or one with a colon behind it."""
    return "：" in text or ":" in text or (len(text) <= 80 and _may_be(text, _beginnings()) and bare(text) in _all_words())


def _may_be(text: str, begins: frozenset[str]) -> bool:
    """Tell by its first mark whether a text may be one of some words: to work out every cell's bare word costs more."""
    first = text[:1]
    if "\u4e00" <= first <= "\u9fff":
        return first in begins
    return "" in begins or not (text.isascii() or first in _SIGNS)


def _begins(words: frozenset[str]) -> frozenset[str]:
    """Return what words begin with; 其中 may stand before them, and "" says that one of them is without Chinese."""
    return frozenset({word[:1] for word in words} | {"其"} | {"" for word in words if word.isascii()})


@cache
def _beginnings() -> frozenset[str]:
    return _begins(_all_words())


def meaning(text: str, group: str) -> Match | None:
    """Return what a text means, known words first, then the nearest."""
    return find_word(text, group) or suggest(text, group)


def _excluded(name: str, word: str) -> bool:
    rules = known_words()["exclusions"]
    for group in rules["groups"]:
        ours, theirs = _having(name, group), _having(word, group)
        if ours != theirs:
            return True
    return any((each in name) != (each in word) for each in rules["apart"])


def _having(text: str, words: Iterable[str]) -> frozenset[str]:
    return frozenset(word for word in words if word in text)


@lru_cache(maxsize=16384)
def is_level(text: str, level: str) -> bool:
    """Tell whether a text is a usual name of a level: ``first``, ``second`` or ``satisfaction``."""
    return _may_be(text, _beginnings_of_levels(level)) and bare(text) in _levels(level)


@cache
def _beginnings_of_levels(level: str) -> frozenset[str]:
    return _begins(_levels(level))


@cache
def _levels(level: str) -> frozenset[str]:
    return frozenset(bare(word) for word in known_words()["levels"][level])


@cache
def _words_of(group: str, field: str) -> frozenset[str]:
    return frozenset(bare(word) for word in known_words()[group][field])


@lru_cache(maxsize=16384)
def is_word(text: str, group: str, field: str) -> bool:
    """Tell whether a text is one of the known words of a field; a word may stand in several fields of a group."""
    return len(text) <= 80 and bare(text) in _words_of(group, field)


@lru_cache(maxsize=16384)
def is_number(text: str) -> bool:
    """Tell whether a text is exactly one number, with 分, 元 or % behind it at most."""
    return _NUMBER_START.match(text) is not None and _NUMBER.fullmatch("".join(text.split())) is not None
