"""Read the words behind a number: its share, unit, bound and looseness."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from toolkit.core.values.front import falling_words
from toolkit.core.values.kinds import Sign
from toolkit.core.values.normalise import one_of
from toolkit.core.values.unclear import HALF, NO_DEFINITE_NUMBER, UnclearError
from toolkit.core.values.units import is_sound, segment, split_unit, unit_of
from toolkit.core.values.vocabulary import vocabulary

_CLOCK = re.compile(r"[时点刻](?![间段位])")


@dataclass(frozen=True, slots=True)
class Back:
    """What the words behind a number say. ``points`` is what one of the number is worth in percent points, if any."""

    unit: str
    sign: Sign = Sign.NONE
    about: bool = False
    over: bool = False
    points: Decimal | None = None
    falling: bool = False


@cache
def _bound() -> re.Pattern[str]:
    """Compile the words behind a number that bound or loosen it, and those that leave it unclear."""
    words = vocabulary()
    signs = one_of(tuple(word for word in words.signs_after if len(word) > 1))
    return re.compile(
        rf"(?P<sign>{signs})|(?P<inside>内)(?=\Z|{one_of(words.inside_followers)})"
        rf"|(?P<about>{one_of(words.about_after)}(?!{one_of(words.about_not_before)}))|(?P<unclear>{one_of(words.unclear_bounds)})"
    )


def read_back(tail: str, part: str) -> Back:
    """Read the words behind a number.

    Raises:
        UnclearError: a bound without direction (以外), a half (3年半), a denial (2个未完成), a clock time or a ratio.
    """
    words = vocabulary()
    points = words.shares.get(tail[:1])
    behind = segment(tail[1:] if points is not None else tail)
    unit, rest, bound = _unit_and_bound(behind, points is not None)
    if bound and bound["unclear"]:
        raise UnclearError(part + behind, "界限的方向不明确")
    _refuse_tail(unit, rest, part + tail)
    if not is_sound(unit):
        raise UnclearError(part + behind, "后面的单位读不懂")
    sign = Sign.NONE
    if bound and (bound["sign"] or bound["inside"]):
        sign = words.signs_after[bound["sign"] or bound["inside"]]
    over = rest.startswith(words.over_after) and not rest.startswith(words.not_over)
    if over and bound:
        raise UnclearError(part + behind, NO_DEFINITE_NUMBER)
    about = bool(bound and bound["about"])
    return Back(unit, sign, about, over, points, falling=bool(falling_words().search(rest)))


def _unit_and_bound(behind: str, percent: bool) -> tuple[str, str, re.Match[str] | None]:
    """Split the words behind a number into unit, rest and the first bound."""
    bound = _bound().search(behind)
    counted = behind[: bound.start()] if bound else behind
    after = behind[bound.end() :] if bound else ""
    if percent:
        return unit_of(True, counted), counted + after, bound
    unit, rest = split_unit(counted)
    return unit, rest + after, bound


def _refuse_tail(unit: str, rest: str, part: str) -> None:
    """Raise where the words behind give the number another meaning."""
    words = vocabulary()
    if _CLOCK.match(unit):
        raise UnclearError(part, "是时刻，不是数量")
    if unit.startswith("月"):
        raise UnclearError(part, "分不清是月份还是月数")
    if unit.startswith("号"):
        raise UnclearError(part, "像是编号，不是数量")
    if rest.startswith(words.half) or unit.startswith(words.half):
        raise UnclearError(part, HALF)
    if rest.startswith(words.context["negation_after"]) or unit.startswith(words.context["negation_after"]):
        raise UnclearError(part, "说的是没有做到的部分")
