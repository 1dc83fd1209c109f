"""总分 and 等级."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from toolkit.core.form import Form
from toolkit.core.money import round_half_up
from toolkit.core.scheme import Grade, Scheme
from toolkit.scoring.compare import Outcome
from toolkit.scoring.fund import FundScore, score_funds
from toolkit.scoring.indicator import IndicatorScore, score_indicator

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Scores:
    """All scores of a form, in points.

    Attributes:
        fund: the score of 预算执行率.
        rows: the scores of the indicators, in the order of the form.
        computed: total by the rules; a row the rules cannot decide counts with the officer's score.
        filled: sum of the officer's 得分 cells.
        filled_any: whether any 得分 cell holds a number.
        stated: 总分 as printed, "" where blank.
        grade: the grade of ``computed``.
    """

    fund: FundScore
    rows: tuple[IndicatorScore, ...]
    computed: Decimal
    filled: Decimal
    filled_any: bool
    stated: str
    grade: Grade


def score_form(form: Form, scheme: Scheme) -> Scores:
    """Score a whole form: 总分 = 资金得分 + Σ 指标得分.

    With ``not_applicable = "rebase"`` the applicable rows are re-based to 100 points; a scheme's cap by 执行率 and
    its deduction for over-achievement apply last.
    """
    fund = score_funds(form, scheme)
    rows = tuple(score_indicator(row, scheme, form) for row in form.indicators)
    total = (fund.computed if fund.computed is not None else fund.filled or Decimal(0)) + sum(
        (row.counted for row in rows), Decimal(0)
    )
    computed = settled(total, applicable_weight(fund, rows), fund.rate, scheme)
    filled = [number for number in (fund.filled, *(row.filled for row in rows)) if number is not None]
    return Scores(
        fund=fund,
        rows=rows,
        computed=computed,
        filled=round_half_up(sum(filled, Decimal(0)), scheme.score_decimals),
        filled_any=bool(filled),
        stated=form.total_score.text.strip(),
        grade=scheme.grade_of(computed),
    )


def applicable_weight(fund: FundScore, rows: tuple[IndicatorScore, ...]) -> Decimal:
    """Return the sum of 分值 over the fund row and all rows that are not 不适用, in points."""
    weights = (row.weight or Decimal(0) for row in rows if row.outcome is not Outcome.NOT_APPLICABLE)
    return (fund.weight or Decimal(0)) + sum(weights, Decimal(0))


def cap_of(rate: Decimal | None, scheme: Scheme) -> Decimal | None:
    """Return the most a total may be at an execution rate (fraction), ``None`` where the scheme sets no limit."""
    if rate is None:
        return None
    limits = [cap.total for cap in scheme.caps if rate < cap.rate]
    return min(limits) if limits else None


def settled(points: Decimal, weight: Decimal | None, rate: Decimal | None, scheme: Scheme) -> Decimal:
    """Return 总分 from the sum of all 得分: re-based to 100 and capped by 执行率 where the scheme says so, then rounded.

    Args:
        points: sum of all 得分.
        weight: sum of 分值 of all rows that are not 不适用, ``None`` where it is not known.
        rate: 执行率 as a fraction, ``None`` where it is not known.
        scheme: says what is done with them.
    """
    total = points
    if scheme.not_applicable == "rebase" and weight and weight != HUNDRED:
        total = points * HUNDRED / weight
    limit = cap_of(rate, scheme)
    return round_half_up(total if limit is None else min(total, limit), scheme.score_decimals)
