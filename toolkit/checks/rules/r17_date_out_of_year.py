"""R17: filled in before the year's end or after the deadline; payments outside the year."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.prose.beside import report_of
from toolkit.checks.prose.citations import titles_out
from toolkit.checks.prose.figures import Day, dates_in
from toolkit.checks.prose.reading import Reading
from toolkit.checks.rule import RESULTS, rule
from toolkit.core.form import Cell
from toolkit.core.values import Moment

_FILLED = ("填报日期", "填表日期", "报告日期", "自评日期")
_PAID = re.compile(r"^(?:日)?(?:已)?(?:全部|一次性|实际|集中)?(?:支付|支出|付款|拨付)(?!申请|前|方式|进度)")
_NOT_PAID = re.compile(r"截[至止]|计划|预计|将|上年|结转|合同约定|提前|之前|前$")


@rule(
    "R17",
    title="日期不在应有的时间内",
    severity=Severity.WARNING,
    source="自评在年度终了后进行；支出应在本年度内",
    stages=RESULTS,
)
def date_out_of_year(case: Case) -> Iterator[Fault]:
    """填报日期应在年度终了之后、报送截止之前；写明支付的日期应在本年度内。

    为什么：年度没完就填报，全年执行数还没有定；上年或下年的支付不算本年执行数。
    怎么改：改正日期；确有原因的（如提前自评、延期报送、结转资金），写一句说明。
    """
    report = report_of(case)
    if report is None or (year := case.form.year) is None:
        return
    yield from _filled(case, report, year)
    yield from _paid(report, year)


def _filled(case: Case, report: Reading, year: int) -> Iterator[Fault]:
    for label, (value, cell) in report.cover.items():
        days = list(dates_in(value))
        if not label.endswith(_FILLED) or len(days) != 1:
            continue
        if _latest(days[0]) < date(year, 12, 31):
            yield _fault(cell, f"{label}写 {value}，{year} 年度还没有终了", value, f"{year} 年 12 月 31 日以后")
        deadline = case.form.facts.get("报送截止日期")
        due = deadline.value if deadline else None
        if deadline is None or not isinstance(due, Moment) or not (due.year and due.month and due.day):
            continue
        if _earliest(days[0]) > date(due.year, due.month, due.day):
            yield _fault(cell, f"{label}写 {value}，晚于报送截止日期 {deadline.text}", value, f"{deadline.text}以前")


def _latest(day: Day) -> date:
    month = day.month or 12
    return date(day.year, month, min(day.day or 31, monthrange(day.year, month)[1]))


def _earliest(day: Day) -> date:
    month = day.month or 1
    return date(day.year, month, min(day.day or 1, monthrange(day.year, month)[1]))


def _paid(report: Reading, year: int) -> Iterator[Fault]:
    for sentence in report.sentences:
        text = titles_out(sentence.text)
        for day in dates_in(text):
            behind = text[day.start + len(day.text) :]
            if day.year != year and _PAID.match(behind) and not _NOT_PAID.search(text[max(0, day.start - 12) : day.start]):
                yield _fault(sentence.cell(day.start), f"写 {day.text}支付，不在 {year} 年度内", day.text, f"{year} 年内")


def _fault(cell: Cell, fact: str, found: str, expected: str) -> Fault:
    return Fault((cell,), fact, found, expected, fix="请核对日期并改正；确有原因的，在说明中写明。")
