"""S03: a score below zero or above its weight."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.rule import RESULTS, rule
from toolkit.checks.weights import out_of_use
from toolkit.core.form import Cell


@rule("S03", title="得分超出分值范围", severity=Severity.ERROR, source="0 ≤ 得分 ≤ 分值", stages=RESULTS)
def score_outside_weight(case: Case) -> Iterator[Fault]:
    """每一项“得分”应在 0 和它的“分值”之间。

    为什么：超过分值或为负的得分，任何评分办法都给不出，多半是填错了列或多按了一位。
    怎么改：核对得分和分值，改正填错的一个。
    """
    fund = case.scores.fund
    # Where the score of the funds can be computed, F01 says what it must be.
    if fund.line is not None and fund.computed is None:
        yield from _outside(fund.line.score, fund.weight, fund.filled)
    for score in case.scores.rows:
        if score.weight == 0 and not out_of_use(score.row):
            # A weight of 0 on a row in use is the fault, and W04's.
            continue
        yield from _outside(score.row.score, score.weight, score.filled)


def _outside(cell: Cell, weight: Decimal | None, filled: Decimal | None) -> Iterator[Fault]:
    if filled is None or weight is None or weight < 0 or 0 <= filled <= weight:
        return
    yield Fault(
        cells=(cell,),
        fact=f"填 {cell.text}，小于 0" if filled < 0 else f"填 {cell.text}，大于分值 {weight:f}",
        found=cell.text,
        expected=f"0 至 {weight:f}",
        fix="核对得分和分值，改正填错的一个。",
    )
