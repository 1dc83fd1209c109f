"""An arithmetic of its own for the parity test: fractions only, written from the rules and not from the program."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from tests.workbook.template.notation import EQUAL, FORWARD, NONE, REVERSE, Typed

Weight = Decimal | str
"""What stands in 分值: a number, or a text ("" for a blank cell)."""


@dataclass(frozen=True)
class Rules:
    """What a scheme lets vary."""

    printed: bool
    linear: bool
    score_places: int
    rate_places: int
    scaled_names: tuple[str, ...] = ()
    over_deduction: bool = False


@dataclass(frozen=True)
class Row:
    """An indicator row as generated.

    Attributes:
        place: which of the sheet's indicator rows it stands in, counted from 0.
        ceiling: it stands under a 成本指标, and its name speaks neither of a saving nor of a payment to people.
        applicable: its name is not 不适用.
        chosen: 计算方式 chosen by the officer, "" to leave the formula.
        typed: 得分 typed by the officer, ``None`` to leave the formula.
    """

    place: int
    name: str
    ceiling: bool
    applicable: bool
    target: Typed
    actual: Typed
    weight: Weight
    chosen: str = ""
    typed: Decimal | None = None


@dataclass(frozen=True)
class Funds:
    """项目资金 as generated: amounts of the sources (``None`` for a blank cell), and the weight of the rate."""

    budgets: tuple[Decimal | None, ...]
    executed: tuple[Decimal | None, ...]
    weight: Decimal | None
    typed_score: Decimal | None = None


def half_up(number: Fraction, places: int) -> Fraction:
    """Round half up, away from zero."""
    size = Fraction(floor(abs(number) * 10**places + Fraction(1, 2)), 10**places)
    return size if number >= 0 else -size


def method_of(row: Row) -> str | None:
    """Return 计算方式; ``None`` where the formulas do not read the target and the officer chose nothing."""
    if row.chosen:
        return row.chosen
    if row.target.number is None:
        return None
    if row.target.sign != NONE:
        return row.target.sign
    if row.target.number == 0:
        return EQUAL
    return REVERSE if row.ceiling else FORWARD


def is_comparable(row: Row) -> bool:
    """Tell whether both texts can be read by formulas and have one unit."""
    target, actual = row.target, row.actual
    both = target.number is not None and actual.number is not None
    return both and (target.unit, target.percent) == (actual.unit, actual.percent)


def is_met(method: str, target: Fraction, actual: Fraction) -> bool:
    """Tell whether the target is met."""
    if method == REVERSE or (method == EQUAL and target == 0):
        return actual <= target
    return actual >= target


def proposal(row: Row, rules: Rules) -> Fraction | None:
    """Return 测算得分, ``None`` where the cell must be blank."""
    if isinstance(row.weight, str):
        return None
    if row.weight <= 0:
        return Fraction(0)
    method = method_of(row)
    target, actual = row.target.number, row.actual.number
    if target is None or actual is None or method not in (FORWARD, REVERSE, EQUAL) or _is_left_open(row, rules, method):
        return None
    met = is_met(method, target, actual)
    # A result given as a bound decides only where everything behind the bound meets the target.
    if row.actual.sign in (FORWARD, REVERSE) and not (met and (row.actual.sign == REVERSE) == (method == REVERSE)):
        return None
    weight = Fraction(row.weight)
    return half_up(weight if met else weight * _share(target, actual, rules), rules.score_places)


def _is_left_open(row: Row, rules: Rules, method: str) -> bool:
    if not row.applicable or not is_comparable(row) or any(name in row.name for name in rules.scaled_names):
        return True
    target, actual = row.target.number or Fraction(0), row.actual.number or Fraction(0)
    return rules.over_deduction and method == FORWARD and actual > target


def _share(target: Fraction, actual: Fraction, rules: Rules) -> Fraction:
    """Return the share of 分值 for a missed target."""
    if target == 0:
        return Fraction(0)
    if actual < target:
        return actual / target
    if rules.linear:
        return max(Fraction(0), 1 - (actual - target) / target)
    return target / actual


def completion(row: Row) -> Fraction | None:
    """Return 完成率, ``None`` where the cell must be blank."""
    if not is_comparable(row) or not row.target.number or row.actual.number is None:
        return None
    return row.actual.number / row.target.number


def total_of(parts: tuple[Decimal | None, ...]) -> Fraction | None:
    """Return the sum of the amounts that are there."""
    found = [Fraction(part) for part in parts if part is not None]
    return sum(found, Fraction(0)) if found else None


def rate(funds: Funds, rules: Rules) -> Fraction | None:
    """Return 执行率 as printed."""
    budget, executed = total_of(funds.budgets), total_of(funds.executed)
    if budget is None or executed is None:
        return None
    return half_up(executed / budget, rules.rate_places) if budget else Fraction(0)


def fund_score(funds: Funds, rules: Rules) -> Fraction | None:
    """Return the score of 执行率."""
    budget, executed, printed = total_of(funds.budgets), total_of(funds.executed), rate(funds, rules)
    if budget is None or executed is None or printed is None or funds.weight is None:
        return None
    if not budget:
        return Fraction(0)
    share = min(Fraction(1), printed if rules.printed else executed / budget)
    return half_up(Fraction(funds.weight) * share, rules.score_places)


def grade(total: Fraction) -> str:
    """Return the grade of a total."""
    return next((name for least, name in ((90, "优"), (80, "良"), (60, "中")) if total >= least), "差")
