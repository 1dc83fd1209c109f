"""F13: rows named 其中… that do not add up to the row they break down."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from toolkit.checks.amounts import SUB_ROW, Sum, add_up, sum_faults, unread
from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.fund_groups import fund_breakdowns
from toolkit.checks.rule import rule
from toolkit.core.form import FUND_COLUMNS, Cell, Form, Indicator
from toolkit.core.money import decimals_of
from toolkit.core.values import Measure

_ONE = Decimal(1)


@rule("F13", title="其中各行与合计不符", severity=Severity.ERROR, source="表内勾稽关系：合计＝其中各行之和")
def breakdown_differs_from_total(case: Case) -> Iterator[Fault]:
    """“其中……”各行应加到它上面的合计行，资金和指标都一样；只列一行“其中”的，不应大于合计。

    为什么：明细加不到合计，看表的人不知道信哪个数。按印出的位数四舍五入造成的尾差，只作说明。
    怎么改：核对明细和合计，补上漏列的一行，或改正填错的数。
    """
    form = case.form
    for head, subs in fund_breakdowns(form):
        parts = {column: [sub.by_column[column] for sub in subs] for column in FUND_COLUMNS}
        yield from unread(cell for cells in parts.values() for cell in cells)
        yield from _compared(len(subs), *(add_up(form, head.by_column[column], cells) for column, cells in parts.items()))
    for row, parts_of_row in _indicator_groups(form):
        yield from _compared(len(parts_of_row), _count_up(row.target, [part.target for part in parts_of_row]))
        yield from _compared(len(parts_of_row), _count_up(row.actual, [part.actual for part in parts_of_row]))


def _selects(found: Sum, rows: int) -> bool:
    """Tell whether a single row 其中… names one part of the whole among others: 项目支出，其中：基本建设类项目."""
    return rows == 1 and found.added < found.total


def _compared(rows: int, *sums: Sum | None) -> Iterator[Fault]:
    found = [each for each in sums if each is not None and not _selects(each, rows)]
    yield from sum_faults(found, "其中 {} 行", "核对其中各行和合计，补上漏列的一行，或改正填错的数。")


def _indicator_groups(form: Form) -> Iterator[tuple[Indicator, list[Indicator]]]:
    head: Indicator | None = None
    subs: list[Indicator] = []
    for row in form.indicators:
        if row.name.startswith(SUB_ROW):
            subs.append(row)
            continue
        if head is not None and subs:
            yield head, subs
        head, subs = row, []
    if head is not None and subs:
        yield head, subs


def _count_up(total: Cell, parts: list[Cell]) -> Sum | None:
    """Add up counted things of one unit; ``None`` where units differ or a value is not one number."""
    values = [cell.value for cell in (total, *parts)]
    measures = [value for value in values if isinstance(value, Measure) and not value.approximate]
    if len(measures) < len(values) or len({value.unit for value in measures}) > 1:
        return None
    if measures[0].unit == "%":
        return None
    step = min(value.step for value in measures)
    # Whole things are counted, not rounded: only figures in 万 or with decimals leave room for rounding.
    slack = Decimal(0) if step == _ONE else step * len(measures) / 2
    amounts = tuple(value.number for value in measures[1:])
    return Sum(total, measures[0].number, amounts, slack, decimals_of(step))
