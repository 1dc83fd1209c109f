"""V09: a deadline after the year's end, or a result after its deadline."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Remedy, Severity
from toolkit.checks.rows import in_use
from toolkit.checks.rule import rule
from toolkit.checks.wording import shorten
from toolkit.core.form import Indicator
from toolkit.core.values import Moment

Day = tuple[int, int, int]


@rule(
    "V09",
    title="时限超出本年或晚于指标值",
    severity=Severity.WARNING,
    remedy=Remedy.EXPLAIN,
    source="年度指标值是本年的要求，完成时间不晚于时限",
)
def date_out_of_reach(case: Case) -> Iterator[Fault]:
    """年度指标值的时限不应晚于本年 12 月 31 日，实际完成时间不应晚于时限。

    为什么：时限在下一年的，本年无法判断完成没有；晚于时限完成的，应扣分并写明原因。跨年度项目只作说明。
    怎么改：核对年份是否填错；确实晚了的，写明原因，按规定扣分。
    """
    for row in case.form.indicators:
        target, actual = row.target.value, row.actual.value
        if not isinstance(target, Moment) or not in_use(row):
            continue
        if case.form.year is not None and target.year is not None and target.year > case.form.year:
            yield _next_year(row, case)
        elif isinstance(actual, Moment) and _late(target, actual, case.form.year):
            yield Fault(
                cells=(row.actual,),
                fact=f"填 {shorten(row.actual.text)}，晚于指标值 {shorten(row.target.text)}",
                found=row.actual.text,
                fix="请核对日期；确实晚了的，写明原因并核对得分；晚而不应扣分的，在说明中写明理由。",
            )


def _next_year(row: Indicator, case: Case) -> Fault:
    several = _is_several_years(case)
    return Fault(
        cells=(row.target,),
        fact=f"填 {shorten(row.target.text)}，时限在 {case.form.year} 年之后" + ("，本项目跨年度" if several else ""),
        found=row.target.text,
        fix="请核对年份；" + ("跨年度项目按批复保留即可。" if several else "批复如此的，说明本年应完成到哪一步。"),
        severity=Severity.INFO if several else None,
    )


def _is_several_years(case: Case) -> bool:
    form, total = case.form, case.form.fund_total
    whole = form.amount(form.project_amount)
    budget = None if total is None else form.amount(total.annual_budget)
    return whole is not None and budget is not None and whole > budget


def _late(target: Moment, actual: Moment, year: int | None) -> bool:
    """Tell whether the earliest day the result can mean is after the last day the deadline can mean."""
    if year is None and (target.year is None) != (actual.year is None):
        return False
    first: Day = (actual.year or year or 0, actual.month or 1, actual.day or 1)
    last: Day = (target.year or year or 0, target.month or 12, target.day or 31)
    return first > last
