"""F07: 全年预算数 differs from 年初预算数 and nothing says why."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Remedy, Severity
from toolkit.checks.funds import wrong_totals
from toolkit.checks.reasons import adjustment_explained
from toolkit.checks.rule import RUNNING, rule
from toolkit.core.money import money


@rule(
    "F07",
    title="预算调整未说明原因",
    severity=Severity.WARNING,
    remedy=Remedy.EXPLAIN,
    source="自评表“项目资金”栏：全年预算数为年初预算数加减年中调整",
    stages=RUNNING,
)
def budget_changed_without_reason(case: Case) -> Iterator[Fault]:
    """年度资金总额的“全年预算数”与“年初预算数”不同，表内没有说明原因。

    为什么：年中追加、调减要有依据，审核时必问。原因可以写在报告要素“调整原因”、成本指标的偏差原因，或实际完成情况里讲到资金的一句。
    怎么改：在报告要素“调整原因”写一句，何时、为何、调增或调减多少；或者直接在右侧写说明。
    """
    total = case.form.fund_total
    if total is None or wrong_totals(case.form) & {"年初预算数", "全年预算数"}:
        return
    initial, annual = case.form.amount(total.initial_budget), case.form.amount(total.annual_budget)
    # An amount below zero is F16's.
    if initial is None or annual is None or initial == annual or min(initial, annual) < 0 or adjustment_explained(case):
        return
    change = f"调{'增' if annual > initial else '减'} {money(abs(annual - initial))}"
    yield Fault(
        cells=(total.annual_budget,),
        fact=f"填 {total.annual_budget.text}，年初预算数 {total.initial_budget.text}，{change}，未见说明",
        found=total.annual_budget.text,
        working=f"{money(annual)} － {money(initial)} = {money(annual - initial)}",
        fix="在报告要素“调整原因”或实际完成情况中写明何时、为何调整；写一句说明也可。",
    )
