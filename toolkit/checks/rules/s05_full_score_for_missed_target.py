"""S05: a missed target scored full."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.amounts import ZERO
from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.rows import is_missed, miss_of, reason_of, values_of
from toolkit.checks.rule import RESULTS, rule
from toolkit.checks.wording import shorten
from toolkit.core.money import fixed, plain
from toolkit.scoring import Direction, IndicatorScore, Outcome


@rule("S05", title="未完成却得满分", severity=Severity.ERROR, source="评分参数“定量指标按完成比例计分”", stages=RESULTS)
def full_score_for_missed_target(case: Case) -> Iterator[Fault]:
    """未达到年度指标值的定量指标，不应得满分。

    为什么：定量指标未达到指标值的，按完成比例计分；上级复核时首先核对的就是满分指标。
    怎么改：按测算得分填列；确已完成的，核对实际完成值是否填错。实际完成值是约数的，请写明确数。
    """
    for score in case.scores.rows:
        if score.comparison.direction is Direction.REVERSE or not score.weight or score.filled != score.weight:
            continue
        # A target missed by a hair may still round to full points: 9999 of 10000 at 10 points is 10.00.
        if is_missed(score) and score.computed is not None and score.computed < score.weight:
            yield _missed(score, bool(reason_of(score.row, case.scheme)))
        elif score.outcome is Outcome.OPEN:
            yield _open(score)


def _missed(score: IndicatorScore, explained: bool) -> Fault:
    row, points = score.row, fixed(score.computed or ZERO)
    kept = "（偏差原因已填，可保留）。" if explained else "，并写明偏差原因和改进措施。"
    return Fault(
        cells=(row.score,),
        fact=f"填满分 {row.score.text}；{values_of(score, '实际完成')}，{miss_of(score)}",
        found=row.score.text,
        expected=points,
        working=f"{score.working}，扣 {plain((score.weight or ZERO) - (score.computed or ZERO))} 分",
        fix=f"得分改为 {points}{kept}",
    )


def _open(score: IndicatorScore) -> Fault:
    row = score.row
    open_to = f"实际完成 {shorten(row.actual.text)} 是约数，是否达到 {shorten(row.target.text)} 不能确定"
    return Fault(
        cells=(row.score,),
        fact=f"填满分 {row.score.text}；{open_to}",
        found=row.score.text,
        fix="请把实际完成值改为确数；确实达到的，在说明中写明准确数字即可。",
        severity=Severity.WARNING,
    )
