"""Read the words in front of a number: its context, bound, 约, money mark and minus."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from toolkit.core.values.kinds import Sign
from toolkit.core.values.normalise import one_of, unglued
from toolkit.core.values.unclear import UnclearError
from toolkit.core.values.vocabulary import vocabulary


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
def falling_words() -> re.Pattern[str]:
    """Compile the words that count downwards, unless they lead to a level (下降至) or a name (下降率)."""
    words = vocabulary().context
    return re.compile(rf"{one_of(words['falling'])}(?!.*{one_of(words['level'])})")


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
        falling=bool(falling_words().search(context + (found["link"] or ""))),
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
