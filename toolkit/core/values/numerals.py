"""Find the numbers in a text: digits, Chinese numerals, and a mix of both (1.2万, 四十六万, 80余, 3百多)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from toolkit.core.values.chinese import chinese_number
from toolkit.core.values.normalise import one_of
from toolkit.core.values.plain import EXACT
from toolkit.core.values.unclear import NO_DEFINITE_NUMBER, UnclearError
from toolkit.core.values.units import known_unit
from toolkit.core.values.vocabulary import vocabulary

LONGEST_TYPED = 60
LONGEST_NUMBER = 40

_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Number:
    """One number found in a text.

    Attributes:
        start: where it begins in the text.
        end: where it ends, behind 万, 余 and the like.
        typed: its value before the multiplier.
        multiplier: 1, or the factor of 万, 亿 and the like.
        step: the value of one unit in the last digit typed.
        over: whether 余 or 多 says that there are some more.
        open: whether no multiplier was written, so that a later one may cover it (3-5万).
    """

    start: int
    end: int
    typed: Decimal
    multiplier: Decimal
    step: Decimal
    over: bool = False
    open: bool = False

    @property
    def value(self) -> Decimal:
        """The number, multiplied out."""
        return EXACT.multiply(self.typed, self.multiplier)

    def times(self, factor: Decimal) -> Number:
        """Multiply the number and its step."""
        scaled = EXACT.multiply(self.multiplier, factor)
        return replace(self, multiplier=scaled, step=EXACT.multiply(self.step, factor), open=False)


@cache
def _number() -> re.Pattern[str]:
    """Compile one number with 余, 多 and the multiplier behind it."""
    words = vocabulary()
    whole = f"(?!{one_of(words.not_multipliers)})"
    over = rf"(?!{one_of(words.not_over)}){one_of(words.over_after)}"
    chinese = rf"(?:{whole}[{words.chinese_digits}{words.chinese_powers}])+(?:点[{words.chinese_digits}]+[万亿]*)?"
    return re.compile(
        rf"(?:(?P<digits>[0-9](?:[0-9,]*[0-9])?(?:\.[0-9]+)?)|(?P<chinese>{chinese}))"
        rf"(?P<early>{over})?(?P<power>{whole}{one_of(tuple(words.multipliers))})?(?P<late>{over})?"
    )


def find_numbers(hidden: str) -> list[Number]:
    """Find the numbers of a text whose names are hidden.

    A Chinese numeral counts only where a number is expected and a unit follows; elsewhere it is part of a word.

    Raises:
        UnclearError: a number is not well formed.
    """
    matches = list(_number().finditer(hidden))
    beside_digits = any(found["digits"] for found in matches)
    return [_read(found, hidden) for found in matches if found["digits"] or _counts(found, hidden, beside_digits)]


def _read(found: re.Match[str], hidden: str) -> Number:
    """Work out one number."""
    if len(found[0]) > LONGEST_TYPED:
        raise UnclearError(found[0], "数字太长")
    if found["digits"]:
        typed, decimals = _digits(found["digits"]), len(found["digits"].partition(".")[2])
    else:
        typed, decimals = chinese_number(found["chinese"]), 0
    power = vocabulary().multipliers[found["power"]] if found["power"] else _ONE
    trailing = _ONE if found["digits"] else _trailing_power(found["chinese"])
    step = EXACT.multiply(EXACT.multiply(power, trailing), _ONE.scaleb(-decimals))
    over = bool(found["early"] or found["late"])
    is_open = power == 1 and trailing == 1
    number = Number(found.start(), found.end(), typed, power, step, over, is_open)
    if len(f"{number.value:f}") > LONGEST_NUMBER:
        raise UnclearError(found[0], "数字太长")
    return number


def _digits(typed: str) -> Decimal:
    """Read digits, whose commas must part thousands."""
    if "," in typed and not _GROUPED.fullmatch(typed):
        raise UnclearError(typed, "逗号的位置不是千位分隔")
    return Decimal(typed.replace(",", ""))


def _trailing_power(chinese: str) -> Decimal:
    """Return the factor of the 万 or 亿 a Chinese numeral ends with."""
    return vocabulary().multipliers.get(chinese[-1:], _ONE) if chinese[-1:] in "万亿" else _ONE


def _counts(found: re.Match[str], hidden: str, beside_digits: bool) -> bool:
    """Tell whether a Chinese numeral counts something."""
    run, before, after = found["chinese"], hidden[: found.start()], hidden[found.end() :]
    if len(run) == 1 and run in vocabulary().chinese_powers and run not in "十拾" and not found["early"]:
        return False
    unit = known_unit(after)
    followed = after[:1] in vocabulary().shares or (bool(unit) and unit not in vocabulary().ranking_units)
    if beside_digits:
        return followed
    if before and not _expects_number().search(before):
        return False
    return followed or not after or (len(run) > 1 and not _is_word(run)) or bool(_range_follows().match(after))


def _is_word(run: str) -> bool:
    """Tell whether a run of numerals is rather an adverb or a list: 千万, 万千, 三五."""
    words = vocabulary()
    return all(mark in words.chinese_powers for mark in run) or all(mark in words.chinese_digits for mark in run)


@cache
def _expects_number() -> re.Pattern[str]:
    """Compile the words after which a Chinese numeral is a number."""
    words = vocabulary()
    leads = {*words.context["number_leads"], *words.context["nouns"], *words.signs_before, *words.minus}
    leads |= {*words.about_before, *words.near_before, *words.money_marks, *words.range_marks}
    leads |= {*words.context["change_from"], *words.context["change_before"], *words.context["change_to"]}
    return re.compile(f"(?:{one_of(tuple(leads))}|每[^每]{{1,4}})$")


@cache
def _range_follows() -> re.Pattern[str]:
    """Compile the start of the second half of a range."""
    words = vocabulary()
    return re.compile(f"{one_of(words.range_marks)}[{words.chinese_digits}{words.chinese_powers}0-9]")


def over_end(number: Number) -> Decimal:
    """Return the most that 余 or 多 can mean: one more unit in the last place that is not zero (80余 is below 90).

    Raises:
        UnclearError: the number is zero.
    """
    value = number.value
    if not value:
        raise UnclearError("0", NO_DEFINITE_NUMBER)
    return EXACT.add(value, _ONE.scaleb(int(value.normalize(EXACT).as_tuple().exponent)))
