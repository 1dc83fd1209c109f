"""F19: money carried over that is not what last year left."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.fund_groups import carried_amounts
from toolkit.checks.rule import rule
from toolkit.core.form import Cell
from toolkit.core.money import money

_BUDGET, _EXECUTED, _DESTINATION = "上年全年预算数", "上年全年执行数", "上年结余去向"
_CARRIED = "结转"


@rule(
    "F19",
    title="上年结转资金与上年未执行数不符",
    severity=Severity.WARNING,
    source="上年结转资金＝上年全年预算数－上年全年执行数",
)
def carried_over_differs_from_last_year(case: Case) -> Iterator[Fault]:
    """“上年结转资金”应等于上年的全年预算数减去全年执行数；上年结余已收回、没有结转的，不填。

    为什么：两年的表放在一起，上级第一眼就看结转是否接得上；接不上的，说明有收回、追加，或某一年填错。
    怎么改：核对上年的表；部分收回或另有来源的，写明原因。有上年数据（由上年的表结转生成，见报告要素“上年情况”）时才核对。
    """
    form, facts = case.form, case.form.facts
    budget, executed = (form.amount(facts[name]) if name in facts else None for name in (_BUDGET, _EXECUTED))
    cells = carried_amounts(form, case.scheme)
    if budget is None or executed is None or not cells:
        return
    rest = budget - executed
    amounts = [form.amount(cell) for cell in cells]
    added = sum((amount for amount in amounts if amount is not None), Decimal(0))
    if abs(added - rest) <= _slack(cells, [facts[_BUDGET], facts[_EXECUTED]]):
        return
    # Nothing carried over is right where the rest was taken back.
    if not added and facts.get(_DESTINATION, Cell()).text.strip() != _CARRIED:
        return
    cell = cells[0]
    yield Fault(
        cells=tuple(cells),
        fact=f"填 {cell.text.strip() or '空白'}，上年全年预算数减全年执行数为 {money(rest)}",
        found=cell.text,
        expected=money(rest),
        working=f"{money(budget)} － {money(executed)} = {money(rest)}",
        fix="请核对上年的表和结转批复；部分收回、另有追加的，在说明中写明。",
    )


def _slack(*groups: list[Cell]) -> Decimal:
    """Return half a last printed digit for every amount."""
    figures = [cell.figure for group in groups for cell in group if cell.exact is None]
    return sum((figure.step for figure in figures if figure is not None), Decimal(0)) / 2
