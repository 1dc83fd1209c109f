"""Write a value the usual way, so that reading it gives the same value again."""

from __future__ import annotations

import re
from decimal import Decimal

from toolkit.core.values.kinds import (
    Blank,
    CellError,
    Change,
    Dash,
    Measure,
    Moment,
    NotApplicable,
    Span,
    Unreadable,
    Value,
    Words,
)
from toolkit.core.values.vocabulary import vocabulary

_OVER = ("余", "多")
_YEARS = re.compile("(?:19|20)[0-9]{2}")


def format_value(value: Value) -> str:
    """Write a value in its usual spelling: ≥95%, 约460000人次, 3至5天, 2021年12月31日前.

    ``read_value(format_value(value)) == value`` for every value that was read, except :class:`Unreadable`, whose
    text is returned as typed.
    """
    match value:
        case Blank():
            return ""
        case Dash():
            return "—"
        case NotApplicable():
            return "不适用"
        case CellError(code=code):
            return code
        case Measure():
            return _measure(value)
        case Span(low=low, high=high, unit=unit):
            return f"{plain_digits(low)}至{_counted(high, unit)}"
        case Moment():
            return _moment(value)
        case Change(before=before, after=after):
            return f"由{_measure(before)}变为{_measure(after)}"
        case Words(words=words):
            return words
        case Unreadable(text=text, part=part):
            return text or part


def plain_digits(number: Decimal) -> str:
    """Write a number in digits, without exponent and without idle zeros: 2.50E+3 is 2500."""
    digits = f"{number:f}"
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits in ("-0", "") else digits


def _measure(value: Measure) -> str:
    """Write a number with its bound, its looseness and its unit."""
    falling = "下降" if value.falling else ""
    before = "约" if value.low < value.number < value.high else "近" if value.low < value.number else ""
    after = _over(value.unit) if value.low == value.number < value.high else ""
    return f"{falling}{value.sign}{before}{_counted(value.number, after + value.unit)}"


def _over(unit: str) -> str:
    """Choose 余 or 多, whichever does not make another word with the unit."""
    return next(word for word in _OVER if not (word + unit).startswith(vocabulary().not_over))


def _counted(number: Decimal, unit: str) -> str:
    """Write a number with its unit; 2,000年 keeps its comma, for 2000年 is a date."""
    digits = plain_digits(number)
    if unit.startswith("年") and _YEARS.fullmatch(digits):
        digits = f"{int(digits):,}"
    return digits + unit


def _moment(value: Moment) -> str:
    """Write a date or deadline."""
    parts = ((value.year, "年"), (value.month, "月"), (value.day, "日"))
    return "".join(f"{part}{mark}" for part, mark in parts if part is not None) + ("前" if value.by else "")
