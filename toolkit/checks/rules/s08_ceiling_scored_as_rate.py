"""S08: a ceiling that was kept, scored as if it were a completion rate."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Remedy, Severity
from toolkit.checks.rule import RESULTS, rule
from toolkit.checks.wording import shorten
from toolkit.core.money import fixed, plain
from toolkit.scoring import Direction, IndicatorScore, Outcome

_CENT = Decimal("0.01")
_ZERO = Decimal(0)


@rule(
    "S08",
    title="上限指标按比率计分",
    severity=Severity.WARNING,
    remedy=Remedy.EXPLAIN,
    source="评分参数“上限指标达标得满分”",
    stages=RESULTS,
)
def ceiling_scored_as_rate(case: Case) -> Iterator[Fault]:
    """“不超过”一类指标（如成本控制率 ≤100%）没有超过上限，得分却按实际比率折算（86% 得 8.6 分）。

    为什么：花得少不是完成得差，控制在上限以内应得满分；有的地方规定成本指标按执行率计分，那就说明一次。
    怎么改：采用满分；本地规定按执行率计分的，在“说明”写明依据，“说明范围”选“本单位同类”，一次说明，全部适用。
    """
    rows = [score for score in case.scores.rows if _as_rate(score)]
    if rows:
        yield _fault(rows)


def _as_rate(score: IndicatorScore) -> bool:
    found, weight, filled = score.comparison, score.weight, score.filled
    if found.direction is not Direction.REVERSE or score.outcome is not Outcome.MET or not weight or filled is None:
        return False
    if score.computed is None or filled >= score.computed or found.actual is None:
        return False
    rates = []
    if found.completion is not None:
        rates.append(found.completion)
    stated = score.row.actual.figure
    if stated is not None and stated.unit == "%":
        rates.append(stated.number)
    return any(abs(filled - weight * rate) <= _CENT for rate in rates)


def _fault(rows: list[IndicatorScore]) -> Fault:
    first = rows[0]
    lost = sum(((score.computed or _ZERO) - (score.filled or _ZERO) for score in rows), _ZERO)
    kept = f"实际 {shorten(first.row.actual.text)}，控制在 {shorten(first.row.target.text)} 以内，却按比率计分"
    return Fault(
        cells=tuple(score.row.score for score in rows),
        fact=f"填 {first.row.score.text}；{kept}，比测算低 {plain(lost)} 分"
        if len(rows) == 1
        else f"{len(rows)} 项控制在上限以内，却按比率计分，共比测算低 {plain(lost)} 分",
        found="；".join(score.row.score.text for score in rows),
        expected="；".join(fixed(score.computed or _ZERO) for score in rows),
        working="；".join(score.working for score in rows),
        fix="采用满分；本地规定按执行率计分的，在“说明”写明依据，“说明范围”选“本单位同类”，一次说明，全部适用。",
    )
