"""S04: a missed target scored neither in full nor by proportion."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from toolkit.checks.amounts import agrees
from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.rows import is_missed
from toolkit.checks.rule import RESULTS, rule
from toolkit.core.money import cut, fixed, plain
from toolkit.core.scheme import Scheme
from toolkit.scoring import IndicatorScore, ceiling_score, proportional_score
from toolkit.scoring.indicator import scale_of

_CENT = Decimal("0.01")
_EXACT = 12
"""Decimals at which a quotient is precise enough to be cut."""


@rule(
    "S04",
    title="得分与完成比例不符",
    severity=Severity.ERROR,
    source="评分参数“定量指标按完成比例计分”",
    stages=RESULTS,
)
def score_differs_from_proportion(case: Case) -> Iterator[Fault]:
    """未达到年度指标值的定量指标，得分＝分值×实际完成值÷年度指标值，四舍五入。

    为什么：比按比例计算的高，就是多得了分；比它低的，是填报人从严，说一声即可；相差 0.01 的是尾差。
    怎么改：按测算得分填列；按其他办法评分的，把计算方式改为“人工”，写明评分依据。
    """
    for score in case.scores.rows:
        if _concerned(score, case.scheme):
            yield _higher(score) if _surplus(score) > _CENT else _told(score, case.scheme)


def _concerned(score: IndicatorScore, scheme: Scheme) -> bool:
    if not is_missed(score) or score.computed is None or score.filled is None:
        return False
    # Full points are S05's and S06's, a scale of its own S17's.
    if score.filled == score.weight or scale_of(score.row, scheme) is not None:
        return False
    return not agrees(score.row.score, score.computed)


def _higher(score: IndicatorScore) -> Fault:
    points = fixed(score.computed or Decimal(0))
    return Fault(
        cells=(score.row.score,),
        fact=f"填 {score.row.score.text}，按完成比例应为 {points}，多 {plain(_surplus(score))} 分",
        found=score.row.score.text,
        expected=points,
        working=score.working,
        fix=f"改为 {points}；按其他办法评分的，把计算方式改为“人工”并写明评分依据。",
    )


def _told(score: IndicatorScore, scheme: Scheme) -> Fault:
    points, gap = fixed(score.computed or Decimal(0)), -_surplus(score)
    cell = score.row.score
    if abs(gap) <= _CENT:
        cause = "直接截去尾数，未四舍五入" if cell.number == _truncated(score, scheme) else "尾差"
        fact, fix = f"填 {cell.text}，按完成比例为 {points}，相差 {plain(abs(gap))}（{cause}）", f"可改为 {points}。"
    else:
        fact = f"填 {cell.text}，比按完成比例计算的 {points} 低 {plain(gap)} 分，由填报人从严评定"
        fix = "按从严评分的，不必改；否则按测算得分填列。"
    return Fault(
        cells=(cell,),
        fact=fact,
        found=cell.text,
        expected=points,
        working=score.working,
        fix=fix,
        severity=Severity.INFO,
    )


def _surplus(score: IndicatorScore) -> Decimal:
    return (score.filled or Decimal(0)) - (score.computed or Decimal(0))


def _truncated(score: IndicatorScore, scheme: Scheme) -> Decimal | None:
    target, actual, weight = score.comparison.target, score.comparison.actual, score.weight
    if target is None or actual is None or weight is None or target <= 0:
        return None
    if actual > target:
        return cut(ceiling_score(target, actual, weight, scheme.ceiling, _EXACT), scheme.score_decimals)
    return cut(proportional_score(target, actual, weight, _EXACT), scheme.score_decimals)
