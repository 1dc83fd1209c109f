"""Printed figures: a number together with the digits it was printed with.

Amounts (元, 万元), weights, scores and rates are short texts such as 4448000.00, 4,448,000, 0.86, 86% or 13.34.
The digits printed matter: 0.86 stands for an interval of half a unit each side (RULES: tolerance from the digits typed).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from toolkit.core.values import Measure, read_value

YUAN_PER_WAN = Decimal(10000)
"""万元 to 元."""

MOST_CHARACTERS = 40
"""Longer texts are no figure: no amount has so many digits."""
# Products of long figures need more than the usual 28 digits to be rounded at all.
_WIDE = Context(prec=400)
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as printed.

    Attributes:
        number: the value; 86% is 0.86.
        step: the value of one unit in the last printed digit; 86% has 0.01, 4448000 has 1.
        unit: "" , ``%`` or the unit that was typed into the cell (元 for every money spelling).
    """

    number: Decimal
    step: Decimal
    unit: str = ""


@lru_cache(maxsize=16384)
def read_figure(text: str) -> Figure | None:
    """Read a printed figure, or return ``None`` where ``text`` is not exactly one number."""
    bare = text.strip()
    if len(bare) > MOST_CHARACTERS:
        return None
    if _PLAIN.fullmatch(bare):
        number = Decimal(bare)
        return Figure(number, Decimal(1).scaleb(int(number.as_tuple().exponent)))
    value = read_value(bare)
    if not isinstance(value, Measure) or value.approximate or value.sign:
        return None
    if value.unit == "%":
        return Figure(value.number / 100, value.step / 100, "%")
    return Figure(value.number, value.step, value.unit)


def round_half_up(number: Decimal, decimals: int) -> Decimal:
    """Round half up (四舍五入) to ``decimals`` places, away from zero on ties as Excel's ROUND does."""
    return number.quantize(_places(decimals), ROUND_HALF_UP, _WIDE)


def cut(number: Decimal, decimals: int) -> Decimal:
    """Cut off (截断) all digits after ``decimals`` places, towards zero."""
    return number.quantize(_places(decimals), ROUND_DOWN, _WIDE)


@lru_cache(maxsize=64)
def _places(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)


def decimals_of(step: Decimal) -> int:
    """Return the count of decimal places that a printed ``step`` shows, at least 0."""
    return max(0, -int(step.normalize().as_tuple().exponent))


def plain(number: Decimal) -> str:
    """Write ``number`` without exponent and without trailing zeros: 10, 0.625, 4448000."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def fixed(number: Decimal, decimals: int = 2) -> str:
    """Write ``number`` rounded half up with exactly ``decimals`` places and no separators: 97.59."""
    return f"{round_half_up(number, decimals):f}"


def money(number: Decimal) -> str:
    """Write an amount as people read it: thousands separators, two decimals or more if it has more."""
    places = max(2, -int(number.normalize().as_tuple().exponent))
    return f"{round_half_up(number, places):,f}"


def quotient(above: Decimal, below: Decimal, digits: int = 4) -> str:
    """Write ``above ÷ below`` for a working: cut to ``digits`` places with "…" unless it ends there."""
    exact = above / below
    short = cut(exact, digits)
    return plain(short) if short == exact else f"{short:f}…"
