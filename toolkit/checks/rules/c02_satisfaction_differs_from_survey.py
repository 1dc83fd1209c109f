"""C02: 满意度 that is not 满意份数 ÷ 有效份数, and counts of questionnaires that cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Remedy, Severity
from toolkit.checks.rows import of_level
from toolkit.checks.rule import RESULTS, rule
from toolkit.checks.wording import shorten
from toolkit.core.form import Cell
from toolkit.core.money import cut, decimals_of, plain, quotient, round_half_up
from toolkit.core.values import Measure

_SATISFIED, _VALID = "满意份数", "有效份数"
_COUNTS = (_SATISFIED, _VALID, "回收份数", "发放份数")
"""Each can be no more than the next."""


@rule(
    "C02",
    title="满意度与问卷份数不符，或份数前后不符",
    severity=Severity.WARNING,
    remedy=Remedy.CORRECT,
    source="满意度＝满意份数÷有效份数；满意≤有效≤回收≤发放",
    stages=RESULTS,
)
def satisfaction_differs_from_survey(case: Case) -> Iterator[Fault]:
    """满意度指标的实际完成值，应等于“报告要素”里的满意份数除以有效份数；满意、有效、回收、发放的份数依次不应更多。

    为什么：问卷份数就是满意度的佐证，两者算不上，佐证就不成立。
    怎么改：核对份数和完成值，改正其中一处。几个满意度指标中有一个相符即可。
    """
    impossible = tuple(_impossible(case))
    yield from impossible
    if any(fault.cells[0].field.endswith(_SATISFIED) for fault in impossible):
        return
    cells = [case.form.facts.get(name) for name in (_SATISFIED, _VALID)]
    satisfied, valid = (None if cell is None or cell.empty else cell for cell in cells)
    if satisfied is None or valid is None:
        return
    unreadable = next((cell for cell in (satisfied, valid) if cell.number is None), None)
    if unreadable is not None:
        yield _unreadable(unreadable)
        return
    above, below = satisfied.number or Decimal(0), valid.number or Decimal(0)
    stated = list(_stated(case))
    if below > 0 and stated and not any(_equal(value, above, below) for _, value in stated):
        yield _differs(*stated[0], above, below)


def _impossible(case: Case) -> Iterator[Fault]:
    """Yield a fault for every count that is greater than the next one that was filled in."""
    given = [(name, cell) for name in _COUNTS if (cell := case.form.facts.get(name)) is not None and cell.number is not None]
    for (_, cell), (name, whole) in pairwise(given):
        if (cell.number or 0) > (whole.number or 0):
            yield Fault(
                cells=(cell,),
                fact=f"填 {shorten(cell.text)}，多于{name} {shorten(whole.text)}",
                found=cell.text,
                expected=f"不多于 {whole.text}",
                fix=f"请核对问卷份数：满意、有效、回收、发放依次不应更多；{name}填错的，改{name}。",
            )


def _unreadable(cell: Cell) -> Fault:
    return Fault(
        cells=(cell,),
        fact=f"填“{shorten(cell.text, 30)}”，不是一个确定的份数",
        found=cell.text,
        fix="请填一个整数，如 300。",
        undecidable=True,
    )


def _stated(case: Case) -> Iterator[tuple[Cell, Measure]]:
    for row in case.form.weighted:
        value = row.actual.value
        if not isinstance(value, Measure) or value.unit != "%" or value.sign:
            continue
        if of_level(row, case.scheme, "satisfaction_levels") and case.scheme.mentions(row.level3.text, "satisfaction"):
            yield row.actual, value


def _equal(value: Measure, above: Decimal, below: Decimal) -> bool:
    share, places = above * 100 / below, decimals_of(value.step)
    if value.approximate:
        return value.low <= share <= value.high
    return value.number in (round_half_up(share, places), cut(share, places))


def _differs(cell: Cell, value: Measure, above: Decimal, below: Decimal) -> Fault:
    share = f"{plain(round_half_up(above * 100 / below, max(2, decimals_of(value.step))))}%"
    return Fault(
        cells=(cell,),
        fact=f"填 {shorten(cell.text)}，按问卷份数是 {share}",
        found=cell.text,
        expected=share,
        working=f"满意 {plain(above)} 份 ÷ 有效 {plain(below)} 份 = {quotient(above, below)}",
        fix="请核对问卷份数和实际完成值，改正其中一处；另有调查的，在说明中写明。",
    )
