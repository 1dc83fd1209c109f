"""The figures of a submission: amounts, execution rates, totals, grades, deductions with their reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.checks.case import Case
from toolkit.checks.reasons import ADJUSTMENT_FACT, LOW_RATE_FACT, cost_reasons, stated
from toolkit.checks.review import Review, total_of
from toolkit.checks.rows import reason_of
from toolkit.core.form import FUND_COLUMNS
from toolkit.core.money import YUAN_PER_WAN, money, plain, round_half_up
from toolkit.scoring.fund import execution_rate

ZERO = Decimal(0)
HUNDRED = Decimal(100)
BUDGET, SPENT = FUND_COLUMNS[1], FUND_COLUMNS[2]


@dataclass(frozen=True, slots=True)
class Standing:
    """What one form comes to.

    Attributes:
        amounts: 年初预算数, 全年预算数 and 全年执行数 of the total row in 元, ``None`` where one is not given.
        rate: 执行率 as a fraction, unrounded; ``None`` where it cannot be computed.
        score: 总分 as handed over, ``None`` while unscored.
    """

    amounts: tuple[Decimal | None, ...]
    rate: Decimal | None
    score: Decimal | None
    grade: str


@dataclass(frozen=True, slots=True)
class Deduction:
    """Points that a row lost.

    Attributes:
        row: the row's name.
        reason: as the form gives it, "" where it gives none.
    """

    row: str
    weight: Decimal
    score: Decimal
    reason: str

    @property
    def points(self) -> Decimal:
        """Return 分值 less 得分."""
        return self.weight - self.score


def standing_of(review: Review) -> Standing:
    """Return amounts, rate, total and grade of one form as it is handed over."""
    case = review.case
    line = case.form.fund_total
    cells = [None] * len(FUND_COLUMNS) if line is None else list(line.by_column.values())
    numbers = [None if cell is None else case.form.amount(cell) for cell in cells]
    amounts = tuple(None if number is None else number * case.yuan for number in numbers)
    budget, executed = amounts[1], amounts[2]
    rate = execution_rate(budget, executed) if budget and executed is not None else None
    score, grade = total_of(review)
    return Standing(amounts, rate, score, grade)


def grade_of(case: Case) -> str:
    """Return 等级 as the form states it, else that of its total, "" while it is unscored."""
    form, scores = case.form, case.scores
    if not form.grade.blank:
        return form.grade.text.strip()
    total = form.total_score.number if form.total_score.number is not None else scores.filled
    return case.scheme.grade_of(total).name if scores.filled_any or form.total_score.number is not None else ""


def total_amount(standings: Sequence[Standing], column: str) -> Decimal | None:
    """Return the sum of one of the amounts in 元, ``None`` where no form gives it."""
    place = FUND_COLUMNS.index(column)
    given = [number for each in standings if (number := each.amounts[place]) is not None]
    return sum(given, ZERO) if given else None


def total_rate(standings: Sequence[Standing]) -> Decimal | None:
    """Return Σ全年执行数 ÷ Σ全年预算数 of the forms that give both, as a fraction."""
    whole = [each for each in standings if each.rate is not None]
    budget, executed = total_amount(whole, BUDGET), total_amount(whole, SPENT)
    return execution_rate(budget, executed) if budget and executed is not None else None


def rate_text(rate: Decimal) -> str:
    """Return a rate as a percentage: 86.93%, 79.80%, 100%."""
    percent = round_half_up(rate * HUNDRED, 2)
    return f"{plain(percent) if percent == int(percent) else percent}%"


def wan_text(yuan: Decimal) -> str:
    """Return an amount in 万元 with two decimals and thousands separators."""
    return money(round_half_up(yuan / YUAN_PER_WAN, 2))


def deductions(review: Review) -> Iterator[Deduction]:
    """Yield the rows that lost points, 预算执行率 first, each with the reason that the form gives."""
    scores = review.case.scores
    fund = scores.fund
    earned = fund.filled if fund.filled is not None else fund.computed
    if fund.line is not None and fund.weight is not None and earned is not None and earned < fund.weight:
        yield Deduction("预算执行率", fund.weight, earned, rate_reason(review))
    for score in scores.rows:
        given = score.filled if score.filled is not None else score.computed
        if score.weight is not None and given is not None and given < score.weight:
            yield Deduction(score.row.name, score.weight, given, reason_of(score.row, review.case.scheme))


def rate_reason(review: Review) -> str:
    """Return why money was left, in the words of the form, "" where nothing says it."""
    texts = [*stated(review.case, LOW_RATE_FACT, ADJUSTMENT_FACT), *cost_reasons(review.case)]
    return texts[0].strip() if texts else ""


def is_low(review: Review, standing: Standing) -> bool:
    """Tell whether the scheme asks for a reason for the rate."""
    return standing.rate is not None and standing.rate < review.case.scheme.execution_floor
