"""F18: 项目金额 below the budget of one year."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.amounts import unread
from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.funds import wrong_totals
from toolkit.checks.rule import rule
from toolkit.core.money import money


@rule(
    "F18",
    title="项目金额小于全年预算数",
    severity=Severity.WARNING,
    source="项目金额是项目各年度合计，应不小于当年预算",
)
def project_amount_below_budget(case: Case) -> Iterator[Fault]:
    """“项目金额”是项目各年度的总金额，不应小于当年的“全年预算数”。

    为什么：总额小于其中一年，看表的人会怀疑两数之一填错，或者项目金额没有随追加更新。
    怎么改：核对项目金额；有追加的改为追加后的总额，口径不同的写明。
    """
    form, total = case.form, case.form.fund_total
    yield from unread((form.project_amount,))
    amount = form.amount(form.project_amount)
    budget = form.amount(total.annual_budget) if total and "全年预算数" not in wrong_totals(form) else None
    if total is not None and amount is not None and budget is not None and amount < budget:
        yield Fault(
            cells=(form.project_amount,),
            fact=f"填 {form.project_amount.text}，小于当年的全年预算数 {total.annual_budget.text}",
            found=form.project_amount.text,
            working=f"{money(budget)} － {money(amount)} = {money(budget - amount)}",
            fix="核对项目金额是否为各年度合计，有追加的改为追加后的总额；口径不同的写明即可。",
        )
