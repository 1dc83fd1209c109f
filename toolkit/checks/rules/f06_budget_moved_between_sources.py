"""F06: 年初预算数 in one source row, 全年预算数 in another."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.amounts import or_zero
from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.fund_groups import fund_groups
from toolkit.checks.rule import RUNNING, rule


@rule(
    "F06", title="年初与全年预算填在不同来源行", severity=Severity.INFO, source="表内各来源行前后应一致", stages=RUNNING
)
def budget_moved_between_sources(case: Case) -> Iterator[Fault]:
    """某一来源行有“年初预算数”而“全年预算数”为 0，另一行正好相反，像是同一笔资金填在了两行。

    为什么：多数是系统导出的习惯，不影响合计和得分，但看表的人会问资金来源为什么变了。
    怎么改：能改的，把两个数填在同一来源行；系统导出的不必改，备查即可。
    """
    form = case.form
    rows = [
        (line, or_zero(form, line.initial_budget), or_zero(form, line.annual_budget)) for line, _ in fund_groups(form)
    ]
    lost = [line for line, initial, annual in rows if annual == 0 and (initial or 0) > 0]
    gained = [line for line, initial, annual in rows if initial == 0 and (annual or 0) > 0]
    if lost and gained:
        first = lost[0]
        yield Fault(
            cells=tuple(cell for line in lost for cell in (line.annual_budget, line.initial_budget)),
            fact=f"“{first.name}”年初预算数 {first.initial_budget.text}，全年预算数为 0；“{gained[0].name}”正好相反",
            found=first.initial_budget.text,
            fix="系统导出如此的，不必改；手工填写的，请把同一笔资金的年初、全年预算数填在同一来源行。",
        )
