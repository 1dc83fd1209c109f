"""V08: values that stand in another column's place."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Remedy, Severity
from toolkit.checks.rule import RUNNING, rule
from toolkit.checks.wording import shorten
from toolkit.core.form import Cell, Form, Indicator
from toolkit.core.values import CellError, Measure

_ENOUGH = 3
"""Rows with the same slip before a column is called displaced: one or two may agree by chance."""


@rule(
    "V08",
    title="数值填错了列",
    severity=Severity.WARNING,
    remedy=Remedy.CORRECT,
    source="自评表各栏次的含义",
    stages=RUNNING,
)
def value_in_wrong_column(case: Case) -> Iterator[Fault]:
    """分值填进了指标值或完成值栏，指标值填进了分值或得分栏，等等。

    为什么：整列粘贴时错一格，各项得分和总分就全部不可信，而且表面上看不出来。
    怎么改：对照批复的绩效目标，把数值移回所属的栏。
    """
    form = case.form
    rows = [row for row in form.weighted if row.weight.text in (row.actual.text, row.target.text)]
    if len(rows) >= _ENOUGH:
        yield from _pushed(form, lambda row: (row.actual, row.target))
        yield from _pushed(form, lambda row: (row.target, row.actual))
    strange = tuple(cell for row in form.indicators for cell in (row.weight, row.score) if _is_no_score(cell))
    if strange:
        shown = shorten(strange[0].text)
        single = f"填 {shown}，不像分数，疑似填错了列"
        yield Fault(
            cells=strange,
            fact=single if len(strange) == 1 else f"有的分值或得分填的不是分数（如 {shown}），疑似填错了列",
            found="；".join(cell.text for cell in strange),
            fix="请把数值移回所属的栏，分值和得分只填数；没有填错的，在说明中写明含义。",
        )


def _pushed(form: Form, cells: Callable[[Indicator], tuple[Cell, Cell]]) -> Iterator[Fault]:
    """Find a value column that repeats 分值 while its counterpart has units."""
    measured = [(row.weight, *cells(row)) for row in form.weighted if _has_unit(cells(row)[1])]
    hits = [value for weight, value, _ in measured if value.text == weight.text]
    if len(hits) >= _ENOUGH and 2 * len(hits) > len(measured):
        yield Fault(
            cells=tuple(hits),
            fact="多个指标的这一栏与分值完全相同，且没有单位，疑似把分值填进了这一栏",
            found="；".join(cell.text for cell in hits),
            fix="请对照原表把数值移回所属的栏；确实相同的，在说明中写明。",
        )


def _has_unit(cell: Cell) -> bool:
    value = cell.value
    return isinstance(value, Measure) and bool(value.unit)


def _is_no_score(cell: Cell) -> bool:
    figure = cell.figure
    if figure is not None:
        return bool(figure.unit) and figure.unit != "分"
    return not cell.empty and not isinstance(cell.value, CellError)
