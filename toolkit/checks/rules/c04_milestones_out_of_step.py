"""C04: 进度节点 that fall, lie after the year, or do not end at 全年执行数."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from toolkit.checks.amounts import half_step
from toolkit.checks.case import Case
from toolkit.checks.facts import day_of, filled_cell, table_rows
from toolkit.checks.finding import Fault, Remedy, Severity
from toolkit.checks.rule import RESULTS, rule
from toolkit.checks.wording import shorten
from toolkit.core.form import Cell, Form
from toolkit.core.money import money

TABLE, DATE, AMOUNT = "进度节点", "截止日期", "累计支出"
_DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Milestone:
    """A row of 进度节点.

    Attributes:
        day: year, month, day; ``None`` where no date can be told.
        spent: 累计支出 in the form's unit.
    """

    date: Cell | None
    day: tuple[int, int, int] | None
    cell: Cell
    spent: Decimal

    @property
    def named(self) -> str:
        """Return the date as typed, in brackets; "" without one."""
        return f"（{shorten(self.date.text, 16)}）" if self.date is not None else ""


@rule(
    "C04",
    title="进度节点与全年执行数不符",
    severity=Severity.WARNING,
    remedy=Remedy.CORRECT,
    source="报告要素“进度节点”：累计支出逐次增加，最后一个节点＝全年执行数",
    stages=RESULTS,
)
def milestones_out_of_step(case: Case) -> Iterator[Fault]:
    """“进度节点”的累计支出应逐次增加、不晚于本年度，最后一个节点（按日期）应等于“全年执行数”。

    为什么：报告会写“截至某日累计支出多少”，最后一个数与表里的执行数不同，或者越支越少，前后就矛盾了。
    怎么改：核对截止日期和累计支出（从年初累计，不是当期数）；最后一个节点不是年末的，补一行截至 12 月 31 日的累计支出。
    """
    points = list(_in_order(case.form))
    late = [point for point in points if _after_year(point, case.form)]
    inside = [point for point in points if point not in late]
    if late:
        yield _late(late, case.form)
    falling = [(one, two) for one, two in pairwise(inside) if two.spent < one.spent]
    if falling:
        yield _falling(falling)
    elif inside:
        yield from _last(inside[-1], case.form)


def _in_order(form: Form) -> list[Milestone]:
    """Return the milestones by date; in the order of the rows where a date is missing."""
    points = []
    for row in table_rows(form, TABLE):
        date, cell = filled_cell(row, DATE), filled_cell(row, AMOUNT)
        spent = None if cell is None else form.amount(cell)
        if cell is not None and spent is not None:
            points.append(Milestone(date, day_of(date, form), cell, spent))
    if all(point.day is not None for point in points):
        points.sort(key=lambda point: point.day or (0, 0, 0))
    return points


def _after_year(point: Milestone, form: Form) -> bool:
    return form.year is not None and point.day is not None and point.day[0] > form.year


def _late(points: Sequence[Milestone], form: Form) -> Fault:
    cells = tuple(point.date for point in points if point.date is not None)
    return Fault(
        cells=cells,
        fact=f"填 {shorten(cells[0].text)}，晚于 {form.year} 年度",
        found=cells[0].text,
        expected=f"不晚于 {form.year} 年 12 月 31 日",
        fix="请核对日期；下年才支付的，不列入本年的进度节点。",
    )


def _falling(pairs: Sequence[tuple[Milestone, Milestone]]) -> Fault:
    before, after = pairs[0]
    return Fault(
        cells=tuple(later.cell for _, later in pairs),
        fact=f"{after.named}填 {after.cell.text}，比前一个节点{before.named}的 {before.cell.text} 还少",
        found=after.cell.text,
        working=f"{money(after.spent)} － {money(before.spent)} = {money(after.spent - before.spent)}",
        fix="请填从年初起的累计支出，不是当期数；日期填错的请改正日期；有退回资金的，在说明中写明。",
    )


def _last(point: Milestone, form: Form) -> Iterator[Fault]:
    executed = form.fund_total.executed if form.fund_total is not None else Cell()
    due = None if executed.empty else form.amount(executed)
    if due is None or abs(point.spent - due) <= half_step(form, point.cell) + half_step(form, executed):
        return
    early = point.day is not None and point.day[1] < _DECEMBER and point.spent < due
    yield Fault(
        cells=(point.cell,),
        fact=f"是最后一个节点{point.named}，填 {point.cell.text}，而全年执行数填 {executed.text}",
        found=point.cell.text,
        expected="" if early else executed.text,
        working=f"{money(due)} － {money(point.spent)} = {money(due - point.spent)}",
        fix="请补一行截至 12 月 31 日的累计支出；金额填错的请改正。"
        if early
        else "请核对最后一个节点的累计支出和全年执行数，改正其中一处。",
    )
