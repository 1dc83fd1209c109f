"""F16: no 全年预算数 in 年度资金总额, so that no 执行率 exists."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.amounts import wrong_totals
from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.rule import RUNNING, rule


@rule(
    "F16",
    title="全年预算数为 0 或没有填",
    severity=Severity.ERROR,
    source="执行率＝全年执行数÷全年预算数",
    stages=RUNNING,
)
def annual_budget_missing(case: Case) -> Iterator[Fault]:
    """年度资金总额的“全年预算数”为 0 或没有填，算不出执行率。

    为什么：执行率以全年预算数为分母，它空着，资金得分和总分就没有依据。没有调整的项目，全年预算数等于年初预算数。
    怎么改：填写全年预算数；年中没有调整的，照年初预算数填。
    """
    form, total = case.form, case.form.fund_total
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
