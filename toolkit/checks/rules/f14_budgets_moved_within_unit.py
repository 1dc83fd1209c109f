"""F14: over the projects of one unit, budgets that moved from one to another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from toolkit.checks.amounts import half_step
from toolkit.checks.case import Case
from toolkit.checks.finding import Fault
from toolkit.checks.wording import shorten
from toolkit.core.form import Cell
from toolkit.core.money import money

ZERO = Decimal(0)


def budgets_moved_within_unit(cases: Sequence[Case]) -> Iterator[Fault]:
    """一个单位的几个项目之间调剂预算的，年初预算数合计应等于全年预算数合计。

    为什么：有的项目调增、有的调减，合计不变，说明只是项目之间调剂；合计变了，说明另有追加或收回，材料里应当讲清。
    怎么改：不需要修改；写部门汇总材料时照此说明即可。
    """
    budgets = [budget for case in cases if (budget := _budget(case)) is not None]
    moved = [budget for budget in budgets if budget.change]
    if {budget.change > 0 for budget in moved} == {True, False}:
        yield _fault(budgets, moved)


@dataclass(frozen=True, slots=True)
class _Budget:
    """The two budgets of one project in 元, and how far the print leaves their difference open."""

    project: str
    cell: Cell
    initial: Decimal
    annual: Decimal
    slack: Decimal

    @property
    def change(self) -> Decimal:
        """Return what was added during the year."""
        return self.annual - self.initial


def _budget(case: Case) -> _Budget | None:
    form, total = case.form, case.form.fund_total
    initial = form.amount(total.initial_budget) if total else None
    annual = form.amount(total.annual_budget) if total else None
    if total is None or initial is None or annual is None:
        return None
    slack = half_step(form, total.initial_budget) + half_step(form, total.annual_budget)
    project = shorten(form.project_name.text)
    # Among several forms the row alone does not say which one is meant.
    cell = replace(total.annual_budget, field=f"{form.project_name.text}·{total.annual_budget.field}")
    return _Budget(project, cell, initial * case.yuan, annual * case.yuan, slack * case.yuan)


def _fault(budgets: list[_Budget], moved: list[_Budget]) -> Fault:
    initial = sum((budget.initial for budget in budgets), ZERO)
    annual = sum((budget.annual for budget in budgets), ZERO)
    difference = annual - initial
    if abs(difference) <= sum((budget.slack for budget in budgets), ZERO):
        sums = f"合计都是 {money(initial)} 元，资金只在项目之间调剂"
    else:
        verb = "增加" if difference > 0 else "减少"
        sums = f"合计由 {money(initial)} 元变为 {money(annual)} 元，{verb} {money(abs(difference))} 元"
    return Fault(
        cells=tuple(budget.cell for budget in moved),
        fact=f"{len(budgets)} 个项目中 {len(moved)} 个年中调整了预算，{sums}",
        found=money(annual),
        working=f"{'；'.join(f'{budget.project} {money(budget.change)}' for budget in moved)}；合计 {money(difference)}",
        fix="不需要修改；写部门汇总材料时照此说明即可。",
    )
