"""F02: a printed 执行率 that is not 全年执行数 ÷ 全年预算数."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from toolkit.checks.amounts import agrees, rate_scale, unread
from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.funds import exact_rate
from toolkit.checks.rule import RUNNING, rule
from toolkit.core.form import Cell, FundLine
from toolkit.core.money import cut, decimals_of, money, plain, quotient, round_half_up


@rule(
    "F02",
    title="执行率与金额不符",
    severity=Severity.ERROR,
    source="执行率＝全年执行数÷全年预算数，四舍五入",
    stages=RUNNING,
)
def rate_differs_from_amounts(case: Case) -> Iterator[Fault]:
    """“执行率”应等于全年执行数除以全年预算数，总额行和各来源行分别核对。

    为什么：资金得分按执行率计算，执行率错，得分和总分随之都错。常见的是直接截去尾数，没有四舍五入。
    怎么改：清空执行率单元格，由公式计算；得分随之重算。
    """
    yield from unread(line.rate for line in case.form.funds if (case.form.amount(line.annual_budget) or 0) > 0)
    # The rate of a total that is wrong itself follows it.
    lines = case.form.funds if exact_rate(case.form) is not None else case.form.fund_parts
    wrong = [slip for line in lines if (slip := _slip(case, line)) is not None]
    if wrong:
        yield _fault(wrong, case)


@dataclass(frozen=True, slots=True)
class _Slip:
    """A rate that is wrong: its line, the amounts behind it, and the rate at the digits printed.

    Attributes:
        expected: the rate as it should be typed: 0.87, or 87 where the form gives percent points without %.
        scale: 1, or 100 for percent points.
        places: decimals of ``expected``.
    """

    line: FundLine
    budget: Decimal
    executed: Decimal
    expected: Decimal
    scale: Decimal
    places: int

    @property
    def cause(self) -> str:
        truncated = cut(self.scale * self.executed / self.budget, self.places)
        return "（直接截去尾数，未四舍五入）" if self.line.rate.number == truncated else ""


def _slip(case: Case, line: FundLine) -> _Slip | None:
    budget, executed = case.form.amount(line.annual_budget), case.form.amount(line.executed)
    figure = line.rate.figure
    if figure is None or budget is None or executed is None or budget <= 0:
        return None
    scale = rate_scale(line.rate, executed / budget)
    places = decimals_of(figure.step)
    if case.scheme.rate_fixed_decimals:
        places = max(places, case.scheme.rate_decimals - decimals_of(1 / scale))
    expected = round_half_up(scale * executed / budget, places)
    return None if agrees(line.rate, expected) else _Slip(line, budget, executed, expected, scale, places)


def _fault(wrong: list[_Slip], case: Case) -> Fault:
    first = wrong[0]
    rate = first.line.rate
    division = f"{money(first.executed)} ÷ {money(first.budget)} = {quotient(first.executed, first.budget)}"
    shown = _as_printed(first.expected, rate)
    fact = f"填 {rate.text}，应为 {shown}{first.cause}"
    follows = "，得分随之重算。" if case.scheme.execution_weight else "；按别的分子、分母计算的，写明口径。"
    return Fault(
        cells=tuple(slip.line.rate for slip in wrong),
        fact=fact if len(wrong) == 1 else f"执行率{fact}",
        found=rate.text,
        expected=shown,
        working=f"{division}，四舍五入为 {shown}",
        fix=f"清空{'这些单元格' if len(wrong) > 1 else rate.address or '执行率'}由公式计算{follows}",
    )


def _as_printed(rate: Decimal, cell: Cell) -> str:
    return f"{plain(rate * 100)}%" if cell.text.strip().endswith(("%", "％")) else f"{rate:f}"
