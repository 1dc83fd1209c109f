"""S06: a ceiling broken and scored full."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.amounts import ZERO
from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.rows import is_missed
from toolkit.checks.rule import RESULTS, rule
from toolkit.checks.wording import shorten
from toolkit.core.money import fixed, plain
from toolkit.scoring import Direction, IndicatorScore, Outcome


@rule("S06", title="突破上限却得满分", severity=Severity.ERROR, source="评分参数“上限指标突破时的计分”", stages=RESULTS)
def full_score_over_ceiling(case: Case) -> Iterator[Fault]:
    """“不超过多少”一类指标（多为成本），实际完成值突破了上限，不应得满分。

    为什么：上限指标突破的，按标准规定的办法扣分；成本超支而得满分，复核时一眼可见。
    怎么改：按测算得分填列；没有突破的，核对实际完成值是否填错。
    """
    for score in case.scores.rows:
        if score.comparison.direction is not Direction.REVERSE or not score.weight or score.filled != score.weight:
            continue
        if is_missed(score) and score.computed is not None and score.computed < score.weight:
            yield _broken(score)
        elif score.outcome is Outcome.OPEN:
            yield _open(score)


def _broken(score: IndicatorScore) -> Fault:
    row, points = score.row, fixed(score.computed or ZERO)
    lost = plain((score.weight or ZERO) - (score.computed or ZERO))
    return Fault(
        cells=(row.score,),
        fact=f"填满分 {row.score.text}；上限 {shorten(row.target.text)}，实际 {shorten(row.actual.text)}，已突破",
        found=row.score.text,
        expected=points,
        working=f"{score.working}，扣 {lost} 分",
        fix=f"得分改为 {points}，并写明偏差原因和改进措施；没有突破的，改正实际完成值。",
    )


def _open(score: IndicatorScore) -> Fault:
    row = score.row
    open_to = f"实际 {shorten(row.actual.text)} 是约数，是否超过上限 {shorten(row.target.text)} 不能确定"
    return Fault(
        cells=(row.score,),
        fact=f"填满分 {row.score.text}；{open_to}",
        found=row.score.text,
        fix="请把实际完成值改为确数；确实没有超过的，在说明中写明准确数字即可。",
        severity=Severity.WARNING,
    )
