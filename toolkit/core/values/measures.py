"""Read a text that holds one number: its sign, unit, and how exact it is."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from toolkit.core.values.behind import Back, read_back
from toolkit.core.values.front import Front, read_front
from toolkit.core.values.kinds import Measure, Sign
from toolkit.core.values.numerals import Number, over_end
from toolkit.core.values.plain import EXACT
from toolkit.core.values.unclear import NO_DEFINITE_NUMBER, UnclearError
from toolkit.core.values.units import divisor, join_unit, known_unit
from toolkit.core.values.vocabulary import vocabulary

_ONE = Decimal(1)
_SIDE = {Sign.AT_LEAST: 1, Sign.ABOVE: 1, Sign.AT_MOST: -1, Sign.BELOW: -1, Sign.EQUAL: 0}


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


@cache
def _per() -> re.Pattern[str]:
    """Compile the units that a number is counted by: 每亩, 每人每年."""
    return re.compile(r"(?:每[^每]{1,5})+(?=[:为是]?\Z)")


def _with_front(unit: str, front: Front) -> str:
    """Complete the unit by a money mark and by 每亩 in front."""
    if front.money and (not unit or unit.startswith("/")):
        unit = "元" + unit
    found = _per().search(front.context)
    if not found or "/" in unit:
        return unit
    per = [piece.lstrip("1一").lower() for piece in found[0].split("每")[1:]]
    if not all(piece and known_unit(piece) == piece for piece in per):
        return unit
    return join_unit(unit, [divisor(piece) for piece in per])


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
