"""Fold the many ways of typing one character into one, before a text is read."""

from __future__ import annotations

import re
from functools import cache

from toolkit.core.values.vocabulary import vocabulary

# A line break between two digits parts two numbers; anywhere else it is only where the scan broke the line.
_BROKEN_DIGITS = re.compile(r"(?<=[0-9０-９])\s*[\r\n]+\s*(?=[0-9０-９])")
_ISO_MIDNIGHT = re.compile(r"(?<=\d{4}-\d\d-\d\d)[T ]?00:00(:00)?(\.0+)?$")
_REMARK = re.compile(r"^([^()]+)\([^()0-9]*\)$")


def compact(text: str) -> str:
    """Fold widths and variants, drop white space and the punctuation at both ends.

    Folding twice changes nothing more. A text of punctuation alone is kept.
    """
    words = vocabulary()
    folded = _BROKEN_DIGITS.sub(";", text).translate(words.fold)
    bare = folded.strip(words.edges) or folded
    return _ISO_MIDNIGHT.sub("", bare)


def without_remark(compacted: str) -> str:
    """Drop a remark in brackets at the end that holds no digit: 不适用(本年无任务) is 不适用."""
    found = _REMARK.match(compacted)
    return found[1] if found else compacted


def one_of(words: tuple[str, ...] | frozenset[str] | str) -> str:
    """Write a regular expression for any of the words, the longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


def unglued(words: tuple[str, ...]) -> str:
    """Write a regular expression for any of the words that is not the end of a longer word (约 but not 节约)."""
    glued = vocabulary().glued
    longest_first = sorted(words, key=len, reverse=True)
    guards = [f"(?<![{glued[word]}])" if word in glued else "" for word in longest_first]
    return "(?:" + "|".join(guard + re.escape(word) for guard, word in zip(guards, longest_first, strict=True)) + ")"


@cache
def _rewrites() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Compile the rewrites: fixed words, units in brackets, 百分之N."""
    words = vocabulary()
    units = one_of(tuple(words.units) + tuple(words.shares))
    powers = one_of(tuple(words.multipliers))
    number = rf"(?:[0-9][0-9,.]*|[{words.chinese_digits}{words.chinese_powers}点]+)"
    return (
        re.compile(one_of(tuple(words.rewrites))),
        re.compile(rf"(?<=[0-9十百千万亿])\(({powers}?{units})\)", re.IGNORECASE),
        re.compile(rf"({one_of(tuple(words.share_words))})({number})"),
    )


def rewrite(compacted: str) -> str:
    """Spell a few notations the usual way: 百分之九十五 as 九十五%, 5(万元) as 5万元, 100%(含) as 100%."""
    fixed, bracketed, shares = _rewrites()
    words = vocabulary()
    text = fixed.sub(lambda found: words.rewrites[found[0]], compacted)
    text = bracketed.sub(r"\1", text)
    return shares.sub(lambda found: found[2] + words.share_words[found[1]], text)
