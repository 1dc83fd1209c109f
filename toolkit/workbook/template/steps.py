"""What the reading formulas of a row give, worked out in Python for the results a file holds before it is recalculated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from toolkit.core.values.units import LONGEST_UNIT
from toolkit.core.values.vocabulary import vocabulary
from toolkit.workbook.template.parameters import MOST_DIGITS, NO_SIGN
from toolkit.workbook.template.words import other_numerals

Result = str | int | Decimal
_DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class Reading:
    """The steps of reading one text, by the headings of their columns, and the number read."""

    steps: Mapping[str, Result]
    number: Decimal | None
    unit: str
    percent: bool
    sign_kind: str
    separated: int

    @property
    def wordy(self) -> bool:
        """Tell whether the text holds no numeral at all."""
        text = str(self.steps["文本"])
        return bool(text) and not any(numeral in text for numeral in (*_DIGITS, *other_numerals()))


def read_steps(text: str) -> Reading:
    """Follow the formulas through one text."""
    bare = text.replace(" ", "").replace("\u3000", "").replace("\u00a0", "").replace("％", "%")
    first = next((place for place, char in enumerate(bare, 1) if char in _DIGITS), len(bare) + 1)
    direction = _direction(bare[: first - 1]) if bare else ""
    length = _run(bare, first) if direction else 0
    digits = _sound(bare[first - 1 : first - 1 + length])
    mark = bare[first - 1 + length : first + length] if length else ""
    factor = mark if mark in vocabulary().plain_multipliers else ""
    unit = bare[first - 1 + length + len(factor) :] if length else ""
    separated = int(_well_separated(digits))
    good = _may_be_unit(unit) * separated if digits else 0
    number = _number(digits, factor) if good else None
    steps: dict[str, Result] = {
        "文本": bare,
        "首位": first,
        "方向": direction,
        "位数": length,
        "数字": digits,
        "倍数": factor,
        "单位": unit,
        "可读": good,
        "数": "" if number is None else number,
    }
    return Reading(steps, number, unit, factor == "%", direction, separated)


def _direction(prefix: str) -> str:
    if not prefix:
        return NO_SIGN
    return dict(reversed(vocabulary().plain_signs)).get(prefix, "")


def _run(bare: str, first: int) -> int:
    run = 0
    while first - 1 + run < len(bare) and bare[first - 1 + run] in _DIGITS + ".,":
        run += 1
    return run if run <= MOST_DIGITS + 1 else 0


def _sound(run: str) -> str:
    """Return a run of digits that holds at most one point, not at its end."""
    if not run or len(run) > MOST_DIGITS or run.endswith(".") or run.count(".") > 1:
        return ""
    return run


def _well_separated(digits: str) -> bool:
    """Tell whether thousands separators stand every three digits before the point."""
    whole, _, decimals = digits.partition(".")
    return "," not in digits or ("," not in decimals and f"{int(whole.replace(',', '') or 0):,}" == whole)


def _number(digits: str, factor: str) -> Decimal:
    number = Decimal(digits.replace(",", ""))
    return number if factor in ("", "%") else number * vocabulary().plain_multipliers[factor]


def _may_be_unit(unit: str) -> int:
    words = vocabulary()
    banned = any(stop in unit for stop in words.tail_stops) or unit[:1] in words.tail_first_stops
    return int(not banned and len(unit) <= LONGEST_UNIT)
