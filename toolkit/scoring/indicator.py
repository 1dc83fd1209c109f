"""The score of one indicator row, with its working."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from toolkit.core.form import Form, Indicator
from toolkit.core.money import fixed, plain, quotient, round_half_up
from toolkit.core.scheme import Scale, Scheme
from toolkit.scoring.compare import Comparison, Direction, Outcome, compare
from toolkit.scoring.leaf import rule_for, score_by_rule
from toolkit.scoring.proportion import ceiling_score, proportional_score, scale_score

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class IndicatorScore:
    """The score of one row of 年度绩效指标.

    Attributes:
        row: the row scored.
        weight: 分值 in points, ``None`` where blank or not a number.
        comparison: how target and actual compare.
        computed: points by the rules, rounded to the scheme's decimals; ``None`` where only a person can judge.
        filled: the officer's 得分, ``None`` where blank or not a number.
        working: the arithmetic, or why there is none.
    """

    row: Indicator
    weight: Decimal | None
    comparison: Comparison
    computed: Decimal | None
    filled: Decimal | None
    working: str

    @property
    def outcome(self) -> Outcome:
        """Return whether the target was met."""
        return self.comparison.outcome

    @property
    def counted(self) -> Decimal:
        """Return the points that count: by the rules, else the officer's, else 0."""
        return self.computed if self.computed is not None else (self.filled or ZERO)

    @property
    def shortfall(self) -> Decimal:
        """Return 分值 less the officer's 得分, 0 where one of them is missing."""
        return ZERO if self.weight is None or self.filled is None else self.weight - self.filled


def score_indicator(row: Indicator, scheme: Scheme, form: Form | None = None) -> IndicatorScore:
    """Score one row by the scheme's rules (定量指标 by proportion; 定性指标 stay with the officer).

    ``form`` is the form the row stands on; without it a rule that needs its funds or its projects is not applied.
    """
    weight, filled = row.weight.number, row.score.number
    found = compare(row, scheme)
    if weight is None:
        return IndicatorScore(row, None, found, None, filled, "没有分值，不计分")
    if weight <= 0 or found.outcome is Outcome.NOT_APPLICABLE:
        points = round_half_up(ZERO, scheme.score_decimals)
        return IndicatorScore(row, weight, found, points, filled, "不适用或分值为 0，不计分")
    ruled = None if form is None else rule_for(row, scheme)
    if form is not None and ruled is not None:
        given = score_by_rule(ruled, found, weight, form, scheme)
        return IndicatorScore(row, weight, given.comparison, given.computed, filled, given.working)
    if found.outcome in (Outcome.UNDECIDED, Outcome.OPEN):
        reason = found.reason or "实际完成值是约数，是否达到指标值不能确定"
        return IndicatorScore(row, weight, found, None, filled, reason)
    if found.outcome is Outcome.MET:
        points, working = _met(row, found, weight, scheme)
        return IndicatorScore(row, weight, found, points, filled, working)
    lowered, working = _missed(row, found, weight, scheme)
    return IndicatorScore(row, weight, found, lowered, filled, working)


def is_over_achieved(found: Comparison, scheme: Scheme) -> bool:
    """Tell whether 完成率 is above the scheme's threshold for 超额完成 where more is better."""
    return (
        found.direction is Direction.FORWARD and found.completion is not None and found.completion > scheme.over_achievement
    )


def _met(row: Indicator, found: Comparison, weight: Decimal, scheme: Scheme) -> tuple[Decimal, str]:
    fact = f"完成率 {row.actual.text}" if row.target.blank else f"{row.actual.text} 达到 {row.target.text}"
    if scheme.over_deduction and is_over_achieved(found, scheme):
        points = round_half_up(max(ZERO, weight - scheme.over_deduction), scheme.score_decimals)
        return points, f"{fact}，超额完成按标准扣 {plain(scheme.over_deduction)} 分：{fixed(points)}"
    return round_half_up(weight, scheme.score_decimals), f"{fact}，得满分 {plain(weight)}"


def _missed(row: Indicator, found: Comparison, weight: Decimal, scheme: Scheme) -> tuple[Decimal | None, str]:
    target, actual = found.target, found.actual
    if target is None or actual is None:
        return None, "未按时限完成，由填报人评分"
    scale = scale_of(row, scheme)
    if scale and found.completion is not None:
        points = scale_score(scale, found.completion, weight, scheme.score_decimals)
        rate = quotient(actual, target)
        return points, f"{plain(actual)} ÷ {plain(target)} = {rate}，按评分档次得 {fixed(points)}"
    if target <= 0:
        return round_half_up(ZERO, scheme.score_decimals), f"指标值为 {plain(target)}，实际 {plain(actual)}，不得分"
    if actual > target:
        return _over_ceiling(row, target, actual, weight, scheme)
    points = proportional_score(target, actual, weight, scheme.score_decimals)
    done, due = _shown_pair(max(actual, ZERO), target, row)
    return points, f"{plain(weight)} × {done} ÷ {due} = {quotient(weight * max(actual, ZERO), target)} → {fixed(points, scheme.score_decimals)}"


def _shown_pair(actual: Decimal, target: Decimal, row: Indicator) -> tuple[str, str]:
    """Return two numbers for a working, in 亿 or 万 where both were typed so: 1400 ÷ 1788, not 14000000 ÷ 17880000."""
    for word, size in (("亿", Decimal(10**8)), ("万", Decimal(10**4))):
        if word in row.actual.text and word in row.target.text:
            return plain(actual / size), plain(target / size)
    return plain(actual), plain(target)


def _over_ceiling(
    row: Indicator, target: Decimal, actual: Decimal, weight: Decimal, scheme: Scheme
) -> tuple[Decimal, str]:
    points = ceiling_score(target, actual, weight, scheme.ceiling, scheme.score_decimals)
    shown = fixed(points, scheme.score_decimals)
    done, due = _shown_pair(actual, target, row)
    if scheme.ceiling == "ratio":
        return points, f"{plain(weight)} × {due} ÷ {done} = {quotient(weight * target, actual)} → {shown}"
    excess = f"({done} － {due}) ÷ {due}"
    return points, f"{plain(weight)} × (1 － {excess}) → {shown}"


def scale_of(row: Indicator, scheme: Scheme) -> Scale | None:
    """Return the step or deduction scale the scheme sets for the row, ``None`` where it sets none."""
    return next((scale for scale in scheme.scales if any(name in row.level3.text for name in scale.names)), None)
