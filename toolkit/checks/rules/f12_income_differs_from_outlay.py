"""F12: 按收入合计, 按支出合计 and 全年执行数 that are not equal."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.amounts import half_step, unread
from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.rule import RUNNING, rule
from toolkit.core.form import Cell, Form
from toolkit.core.money import money

INCOME_FACT = "收入合计"
OUTLAY_FACT = "支出合计"


@rule(
    "F12",
    title="收入、支出合计与执行数不符",
    severity=Severity.ERROR,
    source="表内勾稽关系：按收入合计＝按支出合计＝执行数",
    stages=RUNNING,
)
def income_differs_from_outlay(case: Case) -> Iterator[Fault]:
    """表内另列“收入合计”“支出合计”的，两数应相等，并等于“全年执行数”。

    为什么：同一笔执行数按来源、按用途各算一遍，三个数不等，必有一处漏填或多填。
    怎么改：逐项核对收入和支出明细，使三数一致。
    """
    form = case.form
    income, outlay = form.facts.get(INCOME_FACT, Cell()), form.facts.get(OUTLAY_FACT, Cell())
    if form.fund_total is None or income.empty or outlay.empty:
        return
    yield from unread((income, outlay))
    executed = form.fund_total.executed
    wrong = tuple(cell for cell in (income, outlay) if _differ(form, cell, executed))
    if not wrong and _differ(form, income, outlay):
        wrong = (income, outlay)
    if wrong:
        fact = f"填 {wrong[0].text}，" + (
            f"而全年执行数填 {executed.text}" if not executed.empty else f"而支出合计填 {outlay.text}"
        )
        yield Fault(
            cells=wrong,
            fact=fact if len(wrong) == 1 else f"收入合计{fact}",
            found=wrong[0].text,
            expected=executed.text,
            working="；".join(_shown(form, name, cell) for name, cell in _named(income, outlay, executed)),
            fix="逐项核对收入、支出明细和全年执行数，使三数一致。",
        )


def _named(income: Cell, outlay: Cell, executed: Cell) -> tuple[tuple[str, Cell], ...]:
    return (INCOME_FACT, income), (OUTLAY_FACT, outlay), ("全年执行数", executed)


def _shown(form: Form, name: str, cell: Cell) -> str:
    number = form.amount(cell)
    return f"{name} {cell.text or '没有填' if number is None else money(number)}"


def _differ(form: Form, one: Cell, other: Cell) -> bool:
    first, second = form.amount(one), form.amount(other)
    if first is None or second is None:
        return False
    return abs(first - second) > half_step(form, one) + half_step(form, other)
