"""Read a text that holds one number: its sign, unit, and how exact it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from toolkit.core.values.kinds import Measure, Sign
from toolkit.core.values.normalise import one_of, unglued
from toolkit.core.values.numerals import Number, over_end
from toolkit.core.values.plain import EXACT
from toolkit.core.values.unclear import HALF, NO_DEFINITE_NUMBER, UnclearError
from toolkit.core.values.units import is_sound, join_unit, known_unit, segment, split_unit, unit_of
from toolkit.core.values.vocabulary import vocabulary

_ONE = Decimal(1)
_CLOCK = re.compile(r"[时点刻](?![间段位])")
_SIDE = {Sign.AT_LEAST: 1, Sign.ABOVE: 1, Sign.AT_MOST: -1, Sign.BELOW: -1, Sign.EQUAL: 0}


@dataclass(frozen=True, slots=True)
class Front:
    """What the words in front of a number say."""

    context: str
    sign: Sign = Sign.NONE
    about: bool = False
    near: bool = False
    money: bool = False
    negative: bool = False
    falling: bool = False


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
def _front() -> re.Pattern[str]:
    """Compile the words in front of a number, nearest last: context, sign, 约, money mark, minus."""
    words = vocabulary()
    return re.compile(
        rf"(?P<context>.*?)(?P<sign>{unglued(tuple(words.signs_before))})?(?P<link>[:为是])?"
        rf"(?P<approx>(?P<about>{unglued(words.about_before)})|{unglued(words.near_before)})?"
        rf"(?P<money>{one_of(words.money_marks)})?(?P<minus>{one_of(words.minus)}|\+)?\Z",
        re.DOTALL,
    )


@cache
def _per() -> re.Pattern[str]:
    """Compile the units that a number is counted by: 每亩, 每人每年."""
    return re.compile(r"(?:每[^每]{1,5})+(?=[:为是]?\Z)")


@cache
def _falling() -> re.Pattern[str]:
    """Compile the words that count downwards, unless they lead to a level (下降至) or a name (下降率)."""
    words = vocabulary().context
    return re.compile(rf"{one_of(words['falling'])}(?!.*{one_of(words['level'])})")


@cache
def _bound() -> re.Pattern[str]:
    """Compile the words behind a number that bound or loosen it, and those that leave it unclear."""
    words = vocabulary()
    signs = one_of(tuple(word for word in words.signs_after if len(word) > 1))
    return re.compile(
        rf"(?P<sign>{signs})|(?P<inside>内)(?=\Z|{one_of(words.inside_followers)})"
        rf"|(?P<about>{one_of(words.about_after)}(?!{one_of(words.about_not_before)}))|(?P<unclear>{one_of(words.unclear_bounds)})"
    )


@cache
def _distant_sign() -> re.Pattern[str]:
    """Compile a sign with words of the same clause between it and the number."""
    words = vocabulary()
    signs = rf"(?P<loose>{one_of(words.loose_signs)})|(?P<comparing>{one_of(words.comparing_signs)})"
    return re.compile(rf"(?:{signs})(?=[^,;。]*\Z)")


@cache
def _denial() -> re.Pattern[str]:
    """Compile the words that say a number was not reached."""
    return re.compile(one_of(vocabulary().context["negation_before"]))


@cache
def _rank() -> re.Pattern[str]:
    """Compile the words that make the number behind them a rank."""
    return re.compile(rf"{unglued(vocabulary().context['ranks_before'])}\Z")


def read_measure(text: str, hidden: str, number: Number) -> Measure:
    """Read the value of a text with one number.

    Args:
        text: the whole text, folded.
        hidden: the same with names hidden.
        number: where the number stands in it.

    Raises:
        UnclearError: the words around the number leave its meaning open.
    """
    shared = text[number.end : number.end + 1] in vocabulary().shares
    part = text[number.start : number.end + shared]
    front = read_front(hidden[: number.start], part)
    back = read_back(text[number.end :], text[number.start : number.end])
    if back.points is not None:
        number = number.times(back.points)
    falling = front.falling or back.falling
    if falling and front.negative:
        raise UnclearError(part, "又说下降又带负号，方向不明确")
    unit = _with_front(back.unit, front)
    value = -number.value if front.negative else number.value
    low, high = _ends(number, value, front, back, part)
    sign = _one_sign(front.sign, back.sign, part)
    return Measure(value, unit, sign, low, high, number.step, text, falling)


def read_front(before: str, part: str) -> Front:
    """Read the words in front of a number.

    Raises:
        UnclearError: a rank, a denial, or a minus that may be a hyphen.
    """
    words = vocabulary()
    found = _front().match(before)
    if found is None:
        raise UnclearError(part, "前面的字读不懂")
    context = found["context"]
    sign = words.signs_before[found["sign"]] if found["sign"] else _loose_sign(context, part)
    negative = found["minus"] in words.minus
    if negative and context and not (found["sign"] or context.endswith(words.minus_leads)):
        raise UnclearError(found["minus"] + part, "前面的“-”分不清是负号还是连接号")
    _refuse_context(context, part)
    return Front(
        context,
        sign,
        about=bool(found["about"]),
        near=bool(found["approx"]) and not found["about"],
        money=bool(found["money"]),
        negative=negative,
        falling=bool(_falling().search(context + (found["link"] or ""))),
    )


def _loose_sign(context: str, part: str) -> Sign:
    """Find a sign with words between it and the number: 不超过预算的5%.

    Raises:
        UnclearError: 低于预算3% and the like compare with something that is not the number.
    """
    words = vocabulary()
    found = _distant_sign().search(context)
    if found and found["comparing"]:
        raise UnclearError(context[found.start() :] + part, "比较的对象不是这个数")
    return words.signs_before[found["loose"]] if found else Sign.NONE


def _refuse_context(context: str, part: str) -> None:
    """Raise where the words in front give the number another meaning."""
    words = vocabulary().context
    if _rank().search(context):
        raise UnclearError(context[-1:] + part, "是名次，不是数量")
    if context.endswith("±"):
        raise UnclearError("±" + part, "正负偏差不是一个数")
    denied = _denial().search(context)
    if denied and not context.endswith(words["nouns"]):
        raise UnclearError(context[denied.start() :] + part, "说的是没有做到的部分")


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
    return Back(unit, sign, about, over, points, falling=bool(_falling().search(rest)))


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


def _with_front(unit: str, front: Front) -> str:
    """Complete the unit by a money mark and by 每亩 in front."""
    if front.money and (not unit or unit.startswith("/")):
        unit = "元" + unit
    found = _per().search(front.context)
    if not found or "/" in unit:
        return unit
    known = vocabulary().units
    per = [piece.lstrip("1一").lower() for piece in found[0].split("每")[1:]]
    if not all(piece and known_unit(piece) == piece for piece in per):
        return unit
    return join_unit(unit, [known[piece] for piece in per])


def _ends(number: Number, value: Decimal, front: Front, back: Back, part: str) -> tuple[Decimal, Decimal]:
    """Work out the least and the most the number can mean.

    约N is N ± 5 % (the share in the vocabulary), 近N is from 0.95 N to N, N余 is from N to N and one more unit in its
    last place that is not zero.
    """
    over = number.over or back.over
    about = front.about or back.about
    if over + about + front.near > 1 or ((over or front.near) and front.negative):
        raise UnclearError(part, NO_DEFINITE_NUMBER)
    if over:
        return value, over_end(number)
    share = vocabulary().share
    low = EXACT.multiply(value, _ONE - share) if about or front.near else value
    high = EXACT.multiply(value, _ONE + share) if about else value
    return min(low, high), max(low, high)


def _one_sign(before: Sign, after: Sign, part: str) -> Sign:
    """Join the signs on both sides of a number: 控制在5%以内 says one thing twice.

    Raises:
        UnclearError: the two contradict each other (不超过5%以上).
    """
    if Sign.NONE in (before, after):
        return before if before is not Sign.NONE else after
    if _SIDE[before] != _SIDE[after]:
        raise UnclearError(part, "前后两个界限互相矛盾")
    return before
