"""The simple notation, which native formulas read too: sign, digits, 万 or 亿 or %, unit (≥30.68万份).

What is read here never depends on a neighbouring word. Every other notation is declined and left to the full reading,
which agrees with this one wherever this one reads.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import cache, lru_cache

from toolkit.core.values.kinds import Measure, Sign
from toolkit.core.values.normalise import one_of
from toolkit.core.values.units import may_be_unit, unit_of
from toolkit.core.values.vocabulary import KIND_OF_SIGN, vocabulary

MOST_DIGITS = 25
"""Longest run of digits, commas and point that is read."""

# Wide enough for every product of a number that is read, so that none is rounded.
EXACT = Context(prec=80)

_ONE = Decimal(1)
_Parts = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Plain:
    """A text in the simple notation, taken apart.

    Attributes:
        sign_kind: 正向, 反向 or 等于 for the sign that was written, "" when none was.
        sign_text: the sign as typed.
        number: the digits as typed, above or equal to zero.
        multiplier: 10000 for 万, 100000000 for 亿, 0.01 for %, else 1.
        tail: everything behind, the unit as typed.
    """

    sign_kind: str
    sign_text: str
    number: Decimal
    multiplier: Decimal
    tail: str

    @property
    def value(self) -> Decimal:
        """The number with its multiplier: 2.45亿 is 245000000, 95% is 0.95."""
        return EXACT.multiply(self.number, self.multiplier)


def read_plain(text: str) -> Plain | None:
    """Read a text in the simple notation.

    Spaces (ASCII, full-width, no-break) are dropped and ％ is %. Then, in this order: a sign of
    ``vocabulary().plain_signs`` or none; ASCII digits with well placed thousands separators and at most one point,
    at most 25 characters; 万, 亿, % or none; a unit of at most 20 characters that contains none of
    ``vocabulary().tail_stops`` and starts with none of ``vocabulary().tail_first_stops``.

    Returns:
        The parts, or ``None`` when the text is anything else.
    """
    parts = split_plain(text)
    if parts is None:
        return None
    sign, digits, power, tail = parts
    kind = KIND_OF_SIGN[vocabulary().sign_of(sign)] if sign else ""
    multiplier = vocabulary().plain_multipliers[power] if power else _ONE
    return Plain(kind, sign, Decimal(digits.replace(",", "")), multiplier, tail)


def plain_measure(text: str) -> Measure | None:
    """Read a text in the simple notation as a value; ``None`` when it is anything else."""
    parts = split_plain(text)
    if parts is None:
        return None
    sign, digits, power, tail = parts
    number = Decimal(digits.replace(",", "") if "," in digits else digits)
    percent = power == "%"
    if power and not percent:
        number = EXACT.multiply(number, vocabulary().plain_multipliers[power])
    return Measure(
        number,
        unit_of(percent, tail),
        _sign_of(sign) if sign else Sign.NONE,
        number,
        number,
        _step(len(digits) - digits.find(".") - 1 if "." in digits else 0, power),
        text,
    )


def split_plain(text: str) -> _Parts | None:
    """Take a text in the simple notation apart: sign, digits, multiplier, unit."""
    bare = text.replace(" ", "").replace("\u3000", "").replace("\u00a0", "").replace("％", "%")
    found = _notation().match(bare)
    if found is None:
        return None
    sign, digits, power, tail = found.groups()
    if len(digits) > MOST_DIGITS or (tail and not may_be_unit(tail)):
        return None
    return sign, digits, power, tail


@cache
def _notation() -> re.Pattern[str]:
    """Compile the notation."""
    words = vocabulary()
    signs = one_of(tuple(sign for sign, _ in words.plain_signs))
    digits = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
    return re.compile(rf"({signs}?)({digits})([{''.join(words.plain_multipliers)}]?)(.*)\Z", re.DOTALL)


@cache
def _sign_of(spelling: str) -> Sign:
    """Remember the sign of each spelling."""
    return vocabulary().sign_of(spelling)


@lru_cache(maxsize=512)
def _step(decimals: int, power: str) -> Decimal:
    """Work out the value of one unit in the last digit typed."""
    factor = vocabulary().plain_multipliers[power] if power and power != "%" else _ONE
    return EXACT.multiply(factor, _ONE.scaleb(-decimals))
