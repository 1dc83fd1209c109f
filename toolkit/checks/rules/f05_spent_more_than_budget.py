"""F05: 全年执行数 above 全年预算数."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.amounts import ZERO, percent
from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.funds import carried_over_explains, excess, wrong_totals
from toolkit.checks.rule import RUNNING, rule
from toolkit.core.money import money


@rule("F05", title="执行数大于预算数", severity=Severity.ERROR, source="全年执行数不应大于全年预算数", stages=RUNNING)
def spent_more_than_budget(case: Case) -> Iterator[Fault]:
    """“全年执行数”大于“全年预算数”，执行率超过 100%。

    为什么：没有预算不得支出，所以多半是全年预算数漏加了年中追加或上年结转；上年结转行足以说明的，只作提醒。
    怎么改：把追加、结转补进全年预算数；确属另有资金来源的，补列来源，或写明说明。
    """
    form = case.form
    # A total that is not the sum of its sources is F03's.
    funds = form.fund_parts if wrong_totals(form) & {"全年预算数", "全年执行数"} else form.funds
    lines = [line for line in funds if excess(form, line) > 0]
    if not lines:
        return
    first, explained = lines[0], carried_over_explains(case)
    budget, executed = form.amount(first.annual_budget) or ZERO, form.amount(first.executed) or ZERO
    fact = f"填 {first.executed.text}，大于全年预算数 {first.annual_budget.text}，执行率 {percent(executed / budget)}"
    yield Fault(
        cells=tuple(line.executed for line in lines),
        fact=(fact if len(lines) == 1 else f"全年执行数{fact}") + ("，疑为上年结转没有加进预算数" if explained else ""),
        found=first.executed.text,
        working=f"{money(executed)} － {money(budget)} = {money(executed - budget)}",
        fix="核对全年预算数是否漏加年中追加或上年结转并补上；确有其他资金来源的，补列来源或写明说明。",
        severity=Severity.WARNING if explained else None,
    )
