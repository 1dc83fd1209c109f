"""F16: no 全年预算数 in 年度资金总额, so that no 执行率 exists, or amounts below zero."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.funds import wrong_totals
from toolkit.checks.rule import RUNNING, rule
from toolkit.core.form import Cell, Form


@rule(
    "F16",
    title="全年预算数缺少，或金额小于 0",
    severity=Severity.ERROR,
    source="执行率＝全年执行数÷全年预算数",
    stages=RUNNING,
)
def annual_budget_missing(case: Case) -> Iterator[Fault]:
    """年度资金总额的“全年预算数”为 0 或没有填，算不出执行率；各行的金额都不得小于 0。

    为什么：执行率以全年预算数为分母，它空着或为负，资金得分和总分就没有依据。没有调整的项目，全年预算数等于年初预算数。
    怎么改：填写全年预算数；年中没有调整的，照年初预算数填。调减的，填调减以后的数，不填减少的数。
    """
    form, total = case.form, case.form.fund_total
    negative = _negative(form)
    if negative:
        rate = total is not None and {total.annual_budget, total.executed} & set(negative)
        fact = f"填 {negative[0].text}，小于 0{'，算不出执行率' if rate else ''}"
        yield Fault(
            cells=negative,
            fact=fact if len(negative) == 1 else f"资金金额{fact}",
            found="；".join(cell.text for cell in negative),
            fix="改为不小于 0 的金额；年中调减的，填调减以后的数。",
        )
    if total is None or "全年预算数" in wrong_totals(form):
        return
    budget, executed = total.annual_budget, form.amount(total.executed) or 0
    # A budget of 0 beside money spent is F04's.
    if budget.empty or (form.amount(budget) == 0 and executed <= 0):
        yield Fault(
            cells=(budget,),
            fact="没有填，算不出执行率" if budget.empty else f"填 {budget.text}，算不出执行率",
            found=budget.text,
            fix="填写全年预算数；年中没有调整的，照年初预算数填。",
        )


def _negative(form: Form) -> tuple[Cell, ...]:
    """Return the amounts below zero; that of a total which is not the sum of its sources is F03's."""
    wrong = wrong_totals(form)
    return tuple(
        cell
        for line in form.funds
        for column, cell in line.amounts()
        if (form.amount(cell) or 0) < 0 and not (line is form.fund_total and column in wrong)
    )
