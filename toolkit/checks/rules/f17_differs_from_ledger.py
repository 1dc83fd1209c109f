"""F17: amounts of the form that are not those of the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from toolkit.checks.amounts import half_step, or_zero
from toolkit.checks.case import Case, LedgerLine
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.rule import RUNNING, rule
from toolkit.checks.wording import shorten
from toolkit.core.form import FUND_COLUMNS, Cell, FundLine
from toolkit.core.money import YUAN_PER_WAN, money


@rule(
    "F17",
    title="资金与台账不符",
    severity=Severity.ERROR,
    source="年初预算数、全年预算数、全年执行数应与指标执行表（决算）一致",
    stages=RUNNING,
)
def differs_from_ledger(case: Case) -> Iterator[Fault]:
    """年度资金总额三列应与台账（指标执行表、决算）中同一项目的数一致；台账中一个项目有几行的，先相加；没有写明单位的，按表内单位核对。

    为什么：执行数以支付系统和决算为准，上级拿决算一对就知道；以万元填列的，允许印出位数的四舍五入尾差。
    怎么改：照台账改正；口径不同的（例如含以前年度资金），写明差在哪里。
    """
    total = case.form.fund_total
    if case.ledger is None or total is None:
        return
    lines = [line for line in case.ledger if _same_project(case, line)]
    if not lines:
        name = case.form.project_name
        yield Fault(
            (name,),
            f"“{shorten(name.text)}”在台账中没有找到",
            name.text,
            fix="核对项目名称与台账是否一致。",
            undecidable=True,
        )
        return
    unit, other = case.form.currency_unit, "元" if case.form.currency_unit == "万元" else "万元"
    found = _differences(case, total, lines, unit)
    # A ledger that states no unit may be in the other one: then all its amounts agree in it.
    if found and (all(line.unit for line in lines) or _differences(case, total, lines, other)):
        yield from found


def _differences(case: Case, total: FundLine, lines: list[LedgerLine], unit: str) -> list[Fault]:
    """Compare the three amounts, lines without a unit read in ``unit``."""
    read = [replace(line, unit=line.unit or unit) for line in lines]
    return [fault for column, cell in total.amounts() for fault in _compared(case, cell, read, column)]


def _same_project(case: Case, line: LedgerLine) -> bool:
    names = {"".join(cell.text.split()) for cell in (case.form.project_name, case.form.project_code)} - {""}
    return "".join(line.project.split()) in names


def _compared(case: Case, cell: Cell, lines: list[LedgerLine], column: str) -> Iterator[Fault]:
    booked = [_booked(line, column) for line in lines]
    known = [amount for amount in booked if amount is not None]
    filled = or_zero(case.form, cell)
    if filled is None or not known or len(known) < len(booked):
        return
    ledger = sum((amount for amount, _ in known), Decimal(0))
    slack = half_step(case.form, cell) * case.yuan + sum((half for _, half in known), Decimal(0))
    if abs(filled * case.yuan - ledger) > slack:
        expected = money(ledger / case.yuan)
        written = f"填 {cell.text}" if not cell.empty else "没有填"
        yield Fault(
            cells=(cell,),
            fact=f"{written}，台账（{shorten(lines[0].at)}）为 {expected} {case.form.currency_unit}",
            found=cell.text,
            expected=expected,
            working=f"{money(filled)} － {expected} = {money(filled - ledger / case.yuan)}",
            fix="照台账改正；口径不同的，写明差在哪里。",
        )


def _booked(line: LedgerLine, column: str) -> tuple[Decimal, Decimal] | None:
    """Return an amount of the ledger in 元 with half a unit of its last printed digit, ``None`` where it has none."""
    cells = dict(zip(FUND_COLUMNS, (line.initial_budget, line.annual_budget, line.executed), strict=True))
    cell = cells[column]
    figure = None if cell is None else cell.figure
    if cell is None or figure is None:
        return None
    factor = YUAN_PER_WAN if line.unit == "万元" and figure.unit != "元" else Decimal(1)
    number = figure.number if cell.exact is None else cell.exact
    return number * factor, figure.step * factor / 2 if factor > 1 else Decimal(0)
