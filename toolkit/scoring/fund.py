"""预算执行率 and its score."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from toolkit.core.form import Form, FundLine
from toolkit.core.money import fixed, plain, quotient, round_half_up
from toolkit.core.scheme import Scheme

ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class FundScore:
    """The score of 年度资金总额.

    Attributes:
        line: the total row, ``None`` on a form without funds.
        weight: 分值 of the execution rate in points, ``None`` where the form gives none.
        rate: 执行率 on the scheme's basis as a fraction, ``None`` where it cannot be computed.
        computed: points by the rules, ``None`` where they cannot be computed.
        filled: the officer's 得分, ``None`` where blank.
        working: the arithmetic, or why there is none.
    """

    line: FundLine | None
    weight: Decimal | None
    rate: Decimal | None
    computed: Decimal | None
    filled: Decimal | None
    working: str


def execution_rate(annual_budget: Decimal, executed: Decimal) -> Decimal:
    """Return 执行率 = 全年执行数 ÷ 全年预算数 as an exact fraction; 0 when 全年预算数 is 0 or an amount is below 0.

    Args:
        annual_budget: 全年预算数 (年初预算数 plus adjustments).
        executed: 全年执行数, in the unit of ``annual_budget``.

    Returns:
        A fraction, unrounded; above 1 when more was spent than budgeted.
    """
    return executed / annual_budget if annual_budget > 0 and executed > 0 else Decimal(0)


def printed_rate(annual_budget: Decimal, executed: Decimal, scheme: Scheme) -> Decimal:
    """Return 执行率 rounded half up to the scheme's decimals, as a fraction."""
    return round_half_up(execution_rate(annual_budget, executed), scheme.rate_decimals)


def score_funds(form: Form, scheme: Scheme) -> FundScore:
    """Score 年度资金总额: 得分 = 分值 × min(1, 执行率), on the scheme's rounding basis.

    ``exact`` multiplies the unrounded rate and rounds once; ``printed`` multiplies the rate as printed.

    Returns:
        The score with its working; ``computed`` is ``None`` when an amount or the weight is missing.
    """
    line = form.fund_total
    if line is None:
        return FundScore(None, None, None, None, None, "表内没有项目资金")
    weight, filled = line.weight.number, line.score.number
    budget, executed = form.amount(line.annual_budget), form.amount(line.executed)
    if budget is None or executed is None:
        return FundScore(line, weight, None, None, filled, "全年预算数或全年执行数没有填，无法计算执行率")
    if weight is None:
        rate = execution_rate(budget, executed)
        return FundScore(line, None, round_half_up(rate, scheme.rate_decimals), None, filled, "执行率没有分值，不计分")
    rate, points, working = score_execution(line, budget, executed, weight, scheme)
    return FundScore(line, weight, rate, points, filled, working)


def score_execution(
    line: FundLine, budget: Decimal, executed: Decimal, weight: Decimal, scheme: Scheme
) -> tuple[Decimal, Decimal, str]:
    """Score 预算执行率: 得分 = 分值 × min(1, 执行率), on the scheme's rounding basis.

    Args:
        line: the row of the amounts, for the texts of the working.
        budget: 全年预算数.
        executed: 全年执行数, in the unit of ``budget``.
        weight: 分值, in points.
        scheme: says how the rate and the points are rounded.

    Returns:
        The rate as a fraction rounded to the scheme's decimals, the points, and the working.
    """
    if budget <= 0 or executed < 0:
        name, cell = ("全年预算数", line.annual_budget) if budget <= 0 else ("全年执行数", line.executed)
        why = f"{name}为 {cell.text if cell.number else '0'}，执行率按 0 计"
        return Decimal(0), round_half_up(Decimal(0), scheme.score_decimals), why
    exact = execution_rate(budget, executed)
    rate = round_half_up(exact, scheme.rate_decimals)
    division = f"{line.executed.text} ÷ {line.annual_budget.text} = {quotient(executed, budget)}"
    if scheme.rate_basis == "printed":
        points = round_half_up(weight * min(ONE, rate), scheme.score_decimals)
        step = f"{division} → {rate:f}；{plain(weight)} × {min(ONE, rate):f} = {fixed(points)}"
        return rate, points, step
    points = round_half_up(weight * min(executed, budget) / budget, scheme.score_decimals)
    share = f"{plain(weight)} × {line.executed.text} ÷ {line.annual_budget.text}" if exact <= 1 else f"{plain(weight)} × 1"
    return rate, points, f"{division}；{share} = {fixed(points)}"
