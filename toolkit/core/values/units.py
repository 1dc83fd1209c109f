"""Find the unit of a number in the words behind it."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from toolkit.core.values.normalise import one_of
from toolkit.core.values.vocabulary import vocabulary

PERCENT = "%"

LONGEST_UNIT = 20
"""Longest unit in the simple notation, and longest unknown unit, in characters."""


@cache
def _longest() -> int:
    """Tell how many characters the longest known unit has."""
    return max(map(len, vocabulary().units))


@cache
def _breaks() -> re.Pattern[str]:
    """Compile what ends the words that belong to a number."""
    return re.compile(one_of(vocabulary().breaks))


@cache
def _stops() -> re.Pattern[str]:
    """Compile the search for what a unit may not contain or start with."""
    words = vocabulary()
    single = "".join(re.escape(stop) for stop in words.tail_stops if len(stop) == 1)
    longer = one_of(tuple(stop for stop in words.tail_stops if len(stop) > 1))
    return re.compile(rf"\A{one_of(words.tail_first_stops)}|[{single}]|{longer}")


@lru_cache(maxsize=4096)
def may_be_unit(tail: str) -> bool:
    """Tell whether words behind a number can only be its unit."""
    return len(tail) <= LONGEST_UNIT and not _stops().search(tail)


@cache
def _usual() -> frozenset[str]:
    """Collect the usual spellings of the known units."""
    return frozenset(vocabulary().units.values())


def is_sound(unit: str) -> bool:
    """Tell whether a unit is made of known ones, or is a word that can only be a unit."""
    parts = re.split("[/·]", unit)
    known = all(not part or part in _usual() or part in vocabulary().units for part in parts)
    return known or may_be_unit(unit.removeprefix(PERCENT))


def segment(tail: str) -> str:
    """Cut the words behind a number at the first punctuation."""
    return _breaks().split(tail, maxsplit=1)[0]


def known_unit(tail: str) -> str:
    """Return the longest known unit that ``tail`` starts with, as typed; "" when there is none."""
    units = vocabulary().units
    lowered = tail[: _longest()].lower()
    for length in range(len(lowered), 0, -1):
        head = lowered[:length]
        following = tail[length : length + 1]
        # 5m is metres, 5mpa is not.
        if head in units and not (head.isascii() and following.isascii() and following.isalnum()):
            return tail[:length]
    return ""


def split_unit(tail: str) -> tuple[str, str]:
    """Split the words behind a number into the unit, in its usual spelling, and the rest.

    A known unit wins by length (人次 before 人), and may be divided by others (元/人*月 becomes 元/人·月). A unit
    that is not known is the whole ``tail``. Two tails that differ only in width or in the case of letters have one
    unit.
    """
    words = vocabulary()
    if any(tail.startswith(word) for word in words.not_units):
        return "", tail
    head = known_unit(tail)
    rest = tail[len(head) :]
    if not head and tail[:1] not in words.joints:
        return tail.lower(), ""
    usual = words.units[head.lower()] if head else ""
    per, rest = _divisors(rest)
    joined = join_unit(usual, per)
    return words.units.get(joined.lower(), joined), rest


def _divisors(rest: str) -> tuple[list[str], str]:
    """Read the units that divide: /人*月, 每亩, 每人每年."""
    words = vocabulary()
    per: list[str] = []
    while rest[:1] and rest[0] in words.joints:
        bare = rest.lstrip(words.joints)
        unit = known_unit(bare)
        if not unit:
            return ([*per, bare.lower()], "") if bare and rest[0] in "/·" else (per, rest)
        per.append(divisor(unit))
        rest = bare[len(unit) :]
    return per, rest


def divisor(spelling: str) -> str:
    """Name a known unit as it is said after 每: 每季度, 每月, without 个."""
    usual = vocabulary().units[spelling.lower()]
    return usual.removeprefix("个") or usual


def join_unit(unit: str, per: list[str]) -> str:
    """Write a unit divided by others, whose order does not matter: 元/人·月."""
    if not per:
        return unit
    head, _, divisors = unit.partition("/")
    parts = sorted({*(part for part in divisors.split("·") if part), *per})
    return f"{head}/{'·'.join(parts)}"


@lru_cache(maxsize=4096)
def unit_of(percent: bool, tail: str) -> str:
    """Name the unit of a number written with ``tail`` behind it.

    Args:
        percent: whether ``%`` stood between the number and ``tail``.
        tail: the words behind the number, without a bound.

    Returns:
        The unit in its usual spelling, "" when none was written.
    """
    folded = segment(tail.translate(vocabulary().fold))
    if percent:
        return join_unit(PERCENT, _divisors(folded)[0])
    return split_unit(folded)[0]
