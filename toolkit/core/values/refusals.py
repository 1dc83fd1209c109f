"""Refuse the numbers that cannot be read: 几十, 若干, 三分之二, 半年, 1.0E+07."""

from __future__ import annotations

import re
from functools import cache

from toolkit.core.values.normalise import one_of, unglued
from toolkit.core.values.unclear import HALF, NO_DEFINITE_NUMBER, UnclearError
from toolkit.core.values.vocabulary import vocabulary


@cache
def _indefinite() -> re.Pattern[str]:
    """Compile the notations that name no number: 几十, 十几, 数百, 上万, 近百."""
    words = vocabulary()
    leads = words.indefinite
    powers = f"(?!{one_of(words.not_multipliers)})[{words.chinese_powers}]"
    large = f"(?!{one_of(words.not_multipliers)})[百千万亿]"
    return re.compile(
        rf"{one_of(leads['leads'])}{powers}+|(?:{powers})+几[{words.chinese_powers}]*"
        rf"|(?<![0-9{words.chinese_digits}以]){unglued(leads['vague_leads'])}(?:{large})+(?![{words.chinese_digits}几])"
        rf"|[0-9{words.chinese_digits}{words.chinese_powers}]+{one_of(leads['trailing'])}"
    )


@cache
def _other_notations() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Compile the notations of a number that are not read, each with the reason."""
    words = vocabulary()
    numeral = f"[0-9{words.chinese_digits}{words.chinese_powers}]"
    bounds = one_of((*words.signs_after, *words.about_after, "完成"))
    led = one_of((*words.signs_before, *words.about_before, *words.near_before))
    return (
        (re.compile(r"[0-9.]+[Ee][+-]?[0-9]+"), "是科学记数法，请写出完整的数"),
        (re.compile(f"{numeral}+分之{numeral}+"), "是分数，不是一个数"),
        (
            re.compile(rf"(?:\A|(?<=[:为于在])|{led}){words.half}{one_of(words.half_units)}(?=\Z|{bounds})"),
            HALF,
        ),
    )


def refuse_other_notations(text: str) -> None:
    """Raise for a number in a notation that is not read.

    Raises:
        UnclearError: 三分之二, 1.0E+07 or 半年.
    """
    for pattern, reason in _other_notations():
        if found := pattern.search(text):
            raise UnclearError(found[0], reason)


def refuse_indefinite(hidden: str) -> None:
    """Raise when the text names a number only vaguely.

    Raises:
        UnclearError: 几十, 十几, 数百 and the like.
    """
    found = _indefinite().search(hidden)
    if found:
        raise UnclearError(found[0], NO_DEFINITE_NUMBER)


def refuse_vague_words(hidden: str) -> None:
    """Raise when a text with a number also says 若干.

    Raises:
        UnclearError: it does.
    """
    for word in vocabulary().indefinite["words"]:
        if word in hidden:
            raise UnclearError(word, NO_DEFINITE_NUMBER)
