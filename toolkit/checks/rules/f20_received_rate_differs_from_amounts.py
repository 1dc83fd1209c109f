"""F20: a printed 到位率 that is not 到位金额 ÷ 全年预算数."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.amounts import agrees, rate_scale
from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.rule import RUNNING, rule
from toolkit.core.form import FundLine
from toolkit.core.money import decimals_of, money, plain, quotient, round_half_up


@rule(
    "F20",
    title="到位率与金额不符",
    severity=Severity.ERROR,
    source="到位率＝到位金额÷全年预算数，四舍五入",
    stages=RUNNING,
)
def received_rate_differs_from_amounts(case: Case) -> Iterator[Fault]:
    """“到位率”应等于到位金额除以全年预算数，各行分别核对；没有这两栏的表不查。

    为什么：资金到位率是“资金落实”的评分依据，率和金额对不上，评分就没有依据。
    怎么改：核对到位金额，按算式改正到位率；按应到位金额（不是全年预算数）计算的，在说明中写明分母。
    """
    for line in case.form.funds:
        yield from _slip(case, line)


def _slip(case: Case, line: FundLine) -> Iterator[Fault]:
    budget, received = case.form.amount(line.annual_budget), case.form.amount(line.received)
    rate, figure = line.received_rate, line.received_rate.figure
    if figure is None or budget is None or received is None or budget <= 0:
        return
    scale = rate_scale(rate, received / budget)
    expected = round_half_up(scale * received / budget, decimals_of(figure.step))
    if agrees(rate, expected):
        return
    shown = f"{plain(expected * 100)}%" if rate.text.strip().endswith(("%", "％")) else f"{expected:f}"
    yield Fault(
        cells=(rate,),
        fact=f"填 {rate.text}，应为 {shown}",
        found=rate.text,
        expected=shown,
        working=f"{money(received)} ÷ {money(budget)} = {quotient(received, budget)}，四舍五入为 {shown}",
        fix=f"请核对到位金额后改为 {shown}；按应到位金额计算的，在说明中写明分母。",
    )
