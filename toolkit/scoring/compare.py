"""Comparing 实际完成值 with 年度指标值: met, missed, left open by 约, or not decidable by rule."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from toolkit.core.form import Indicator
from toolkit.core.scheme import Scheme
from toolkit.core.values import (
    Blank,
    CellError,
    Change,
    Dash,
    Measure,
    Moment,
    NotApplicable,
    Sign,
    Span,
    Unreadable,
    Value,
    Words,
    read_value,
)


class Direction(StrEnum):
    """计算方式 of an indicator."""

    FORWARD = "正向"
    REVERSE = "反向"
    EQUAL = "等于"
    QUALITATIVE = "定性"
    MANUAL = "人工"


class Outcome(StrEnum):
    """What a comparison found."""

    MET = "达到"
    MISSED = "未达到"
    OPEN = "约数，不能确定"
    UNDECIDED = "不能按规则比较"
    NOT_APPLICABLE = "不适用"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The result of comparing 实际完成值 with 年度指标值.

    Attributes:
        target: 年度指标值 as a number in its base unit, where it is one.
        actual: 实际完成值 likewise, in the same unit.
        reason: why nothing could be decided, a Chinese clause; "" where it was.
        cause: a short key for the rules: unit, kind, blank, error, unreadable, sign, approximate, date, manual; percent
            where the result is a 完成率 itself, rule where the scheme's own rule for the row decided.
    """

    outcome: Outcome
    direction: Direction
    target: Decimal | None = None
    actual: Decimal | None = None
    reason: str = ""
    cause: str = ""

    @property
    def completion(self) -> Decimal | None:
        """Return 完成率 = 实际完成值 ÷ 年度指标值 as a fraction, ``None`` without a target above zero."""
        if self.target is None or self.actual is None or self.target <= 0:
            return None
        return self.actual / self.target


WHOLE = Decimal(100)
"""A completion of 100 %."""
_BEHIND_NUMBER = re.compile(r"[^\d.,，]+$")
_CHOSEN = {direction.value: direction for direction in Direction}
_SIGNED = {
    Sign.AT_LEAST: Direction.FORWARD,
    Sign.ABOVE: Direction.FORWARD,
    Sign.AT_MOST: Direction.REVERSE,
    Sign.BELOW: Direction.REVERSE,
    Sign.EQUAL: Direction.EQUAL,
}


def is_cost(row: Indicator, scheme: Scheme) -> bool:
    """Tell whether the row is a 成本指标, by its 一级 or 二级指标."""
    return scheme.mentions(row.level2.text, "cost_levels") or scheme.mentions(row.level1.text, "cost_levels")


def direction_of(row: Indicator, scheme: Scheme) -> Direction:
    """Return 计算方式: what the officer chose, else what the sign says, else what the row measures.

    Without a sign, a target of 0 is 等于, a 成本指标 is a ceiling (反向) unless it names a saving or a rate at which
    money is paid out (补助标准), all others are 正向. A range (3至5天) is a ceiling for a cost, else 等于.
    """
    chosen = _CHOSEN.get(row.method.text)
    if chosen is not None:
        return chosen
    target = row.target.value
    if isinstance(target, Change):
        return Direction.REVERSE if target.after.number < target.before.number else Direction.FORWARD
    if isinstance(target, Span):
        return Direction.REVERSE if is_cost(row, scheme) else Direction.EQUAL
    if not isinstance(target, Measure):
        return Direction.QUALITATIVE
    if target.sign:
        return _SIGNED[target.sign]
    if target.number == 0:
        return Direction.EQUAL
    return Direction.REVERSE if is_cost(row, scheme) and not _is_no_ceiling(row, scheme) else Direction.FORWARD


def _is_no_ceiling(row: Indicator, scheme: Scheme) -> bool:
    name = row.level3.text
    return scheme.mentions(name, "saving_names") or scheme.mentions(name, "payment_names")


def compare(row: Indicator, scheme: Scheme) -> Comparison:
    """Compare 实际完成值 with 年度指标值 of one row.

    Returns:
        Met or missed where both are numbers in one unit; ``OPEN`` where 约, 近, 余 or 多 straddles the target;
        ``UNDECIDED`` with the reason for everything that only a person can judge.
    """
    direction = direction_of(row, scheme)
    if row.not_applicable:
        return Comparison(Outcome.NOT_APPLICABLE, direction)
    if direction in (Direction.QUALITATIVE, Direction.MANUAL) and not row.method.blank:
        return _undecided(direction, f"计算方式为“{direction}”，由填报人评分", "manual")
    target, actual = row.target.value, row.actual.value
    if scheme.prints("度量单位"):
        actual = _in_unit_of(row.target.text, target, row.actual.text, actual)
    if isinstance(target, Blank) and (share := _stated_completion(row, actual, scheme)) is not None:
        met = share >= WHOLE
        return Comparison(Outcome.MET if met else Outcome.MISSED, Direction.FORWARD, WHOLE, share, cause="percent")
    for name, value in (("年度指标值", target), ("实际完成值", actual)):
        unusable = _unusable(name, value)
        if unusable:
            return _undecided(direction, *unusable)
    if isinstance(target, Span) and isinstance(actual, Measure):
        return _within(target, actual, direction)
    if isinstance(target, Moment) or isinstance(actual, Moment):
        return _by_date(target, actual, direction)
    if isinstance(target, Measure) and states_zero(target, actual, scheme):
        actual = replace(target, sign=Sign.NONE)
    if isinstance(target, Words) or isinstance(actual, Words):
        return _undecided(direction, "定性指标，由填报人评分", "kind")
    return _by_number(_goal(target), _goal(actual), direction)


def is_satisfaction(row: Indicator, scheme: Scheme) -> bool:
    """Tell whether the row measures 满意度, at whichever level the form names it."""
    levels = (row.level1, row.level2, row.level3, row.level4)
    return any(scheme.mentions(cell.text, "satisfaction_levels") for cell in levels)


def _in_unit_of(goal: str, target: Value, text: str, actual: Value) -> Value:
    """Read a bare number in the unit of its target, on forms with a column 度量单位: 人次 stands beside both."""
    if not isinstance(target, Measure) or not isinstance(actual, Measure) or actual.unit or not target.unit:
        return actual
    unit = _BEHIND_NUMBER.search(goal)
    read = read_value(text.strip() + (unit[0] if unit else ""))
    return read if isinstance(read, Measure) and read.unit == target.unit else actual


def _stated_completion(row: Indicator, actual: Value, scheme: Scheme) -> Decimal | None:
    """Return the 完成率 that 实际完成值 states in percent, ``None`` where the scheme does not read it so."""
    if not scheme.percent_is_completion or is_satisfaction(row, scheme):
        return None
    plain_percent = isinstance(actual, Measure) and actual.unit == "%" and not actual.sign and not actual.approximate
    return actual.number if isinstance(actual, Measure) and plain_percent and not actual.falling else None


def states_zero(target: Value, actual: Value, scheme: Scheme) -> bool:
    """Tell whether a target of 0 was met in words or without a unit: 0起 → 无, 0次 → 0."""
    if not isinstance(target, Measure) or target.number != 0:
        return False
    if isinstance(actual, Words):
        return actual.words in scheme.words["none_words"]
    return isinstance(actual, Measure) and actual.number == 0 and not actual.unit


def _undecided(direction: Direction, reason: str, cause: str) -> Comparison:
    return Comparison(Outcome.UNDECIDED, direction, reason=reason, cause=cause)


def _unusable(name: str, value: Value) -> tuple[str, str] | None:
    if isinstance(value, Measure):
        return None
    if isinstance(value, Blank | Dash | NotApplicable):
        return f"{name}没有值", "blank"
    if isinstance(value, CellError):
        return f"{name}是错误值 {value.code}", "error"
    if isinstance(value, Unreadable):
        return f"{name}“{value.part}”看不懂：{value.reason}", "unreadable"
    return None


def _goal(value: Value) -> Value:
    return value.after if isinstance(value, Change) else value


def _within(target: Span, actual: Measure, direction: Direction) -> Comparison:
    if target.unit != actual.unit:
        return _undecided(direction, "年度指标值和实际完成值的单位不同", "unit")
    downward = direction is Direction.REVERSE
    met = actual.high <= target.high if downward else actual.low >= target.low
    if met:
        return Comparison(Outcome.MET, direction, actual.number, actual.number)
    bound = target.high if downward else target.low
    left_open = actual.low <= bound <= actual.high
    return Comparison(Outcome.OPEN if left_open else Outcome.MISSED, direction, bound, actual.number)


def _by_date(target: Value, actual: Value, direction: Direction) -> Comparison:
    if isinstance(target, Moment) and isinstance(actual, Moment) and target.year is not None and target.year == actual.year:
        late = _last_day(actual) > _last_day(target)
        return Comparison(Outcome.MISSED if late else Outcome.MET, Direction.QUALITATIVE, cause="date")
    return _undecided(direction, "时限指标，由填报人评分", "date")


def _last_day(moment: Moment) -> tuple[int, int]:
    return moment.month or 12, moment.day or 31


def _by_number(target: Value, actual: Value, direction: Direction) -> Comparison:
    if not isinstance(target, Measure) or not isinstance(actual, Measure):
        return _undecided(direction, "实际完成值不是一个数", "kind")
    if target.unit != actual.unit:
        return _undecided(direction, "年度指标值和实际完成值的单位不同或缺少单位", "unit")
    if target.falling != actual.falling:
        return _undecided(direction, "一个说的是下降多少，一个不是，不能直接比较", "kind")
    outcome = _outcome(target, actual, direction)
    found = Comparison(outcome, direction, target.number, actual.number)
    if actual.sign and actual.sign is not Sign.EQUAL and not _holds_either_way(actual, outcome, direction):
        return _undecided(direction, "实际完成值带有符号，不是一个确定的数", "sign")
    return found


def _outcome(target: Measure, actual: Measure, direction: Direction) -> Outcome:
    # A target with 约 or 左右 is met from its nearer end; only an approximate result leaves anything open.
    if direction is Direction.REVERSE or (direction is Direction.EQUAL and target.number == 0):
        met, missed = actual.high <= target.high, actual.low > target.high
    else:
        met, missed = actual.low >= target.low, actual.high < target.low
    if met:
        return Outcome.MET
    return Outcome.MISSED if missed else Outcome.OPEN


def _holds_either_way(actual: Measure, outcome: Outcome, direction: Direction) -> bool:
    upward = actual.sign in (Sign.AT_LEAST, Sign.ABOVE)
    return outcome is Outcome.MET and upward == (direction is not Direction.REVERSE)
