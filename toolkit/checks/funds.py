"""What the rows of 项目资金 say together: sums of the sources, 执行率, and money carried over."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from toolkit.checks.amounts import ZERO, Sum, add_up
from toolkit.checks.case import Case
from toolkit.checks.fund_groups import fund_groups
from toolkit.core.form import FUND_COLUMNS, Cell, Form, FundLine
from toolkit.core.kept import kept_in_argument
from toolkit.core.money import money, quotient


@kept_in_argument
def column_sums(form: Form) -> Mapping[str, Sum | None]:
    """Add up each column of the sources against 年度资金总额; ``None`` where that cannot be done."""
    total = form.fund_total
    if total is None:
        return dict.fromkeys(FUND_COLUMNS)
    sources = [source for source, _ in fund_groups(form)]
    return {
        column: add_up(form, total.by_column[column], [source.by_column[column] for source in sources])
        for column in FUND_COLUMNS
    }


@kept_in_argument
def wrong_totals(form: Form) -> frozenset[str]:
    """Return the columns whose total is not the sum of its sources, rounding allowed for (F03)."""
    sums = column_sums(form)
    return frozenset(column for column, found in sums.items() if found is not None and not found.rounding)


@kept_in_argument
def exact_rate(form: Form) -> Decimal | None:
    """Return 全年执行数 ÷ 全年预算数 of 年度资金总额, unrounded.

    ``None`` where it cannot be computed, or where one of the two is not the sum of its sources: what follows from a
    wrong total is not said once more.
    """
    line = form.fund_total
    if line is None or wrong_totals(form) & {"全年预算数", "全年执行数"}:
        return None
    budget, executed = form.amount(line.annual_budget), form.amount(line.executed)
    return None if budget is None or executed is None or budget <= 0 or executed < 0 else executed / budget


def rate_working(form: Form) -> str:
    """Write out 全年执行数 ÷ 全年预算数 of 年度资金总额, "" where it cannot be computed."""
    line = form.fund_total
    if line is None or exact_rate(form) is None:
        return ""
    budget, executed = form.amount(line.annual_budget) or ZERO, form.amount(line.executed) or ZERO
    return f"{money(executed)} ÷ {money(budget)} = {quotient(executed, budget)}"


def rate_place(case: Case) -> Cell | None:
    """Return the cell that a finding about 执行率 names: the rate, on a form without such a column 全年执行数."""
    line = case.form.fund_total
    if line is None:
        return None
    printed = any(column.field == "执行率" for column in case.scheme.fund_columns)
    return line.rate if printed or not line.rate.blank else line.executed


def rate_said(place: Cell) -> str:
    """Begin a fact about the recomputed 执行率 at :func:`rate_place`."""
    return "按金额计算为" if place.field.endswith("执行率") else f"填 {place.text}，执行率为"


def carried_over_explains(case: Case) -> bool:
    """Tell whether money in 上年结转 that 全年预算数 leaves out covers what was overspent."""
    form, scheme = case.form, case.scheme
    sources = [source for source, _ in fund_groups(form)]
    carried = [line for line in sources if scheme.mentions(line.name, "carry_over")]
    total = form.fund_total
    if total is None or not carried:
        return False
    most = max(form.amount(cell) or ZERO for line in carried for _, cell in line.amounts())
    others = sum((form.amount(line.annual_budget) or ZERO for line in sources if line not in carried), ZERO)
    included = max(ZERO, (form.amount(total.annual_budget) or ZERO) - others)
    return most - included >= excess(form, total) > 0


def excess(form: Form, line: FundLine) -> Decimal:
    """Return by how much 全年执行数 of a row exceeds a 全年预算数 above zero; 0 or less where it does not."""
    budget, executed = form.amount(line.annual_budget), form.amount(line.executed)
    return executed - budget if budget is not None and executed is not None and budget > 0 else ZERO
