"""S15: the fixed deduction for over-achievement, where the scheme has one, not made."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.amounts import ZERO, percent
from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.rule import RESULTS, rule
from toolkit.checks.wording import shorten
from toolkit.core.money import fixed, plain
from toolkit.scoring import IndicatorScore, Outcome
from toolkit.scoring.indicator import is_over_achieved


@rule("S15", title="超额完成未按规定扣分", severity=Severity.ERROR, source="评分参数“超额须扣的分数”", stages=RESULTS)
def over_achievement_not_deducted(case: Case) -> Iterator[Fault]:
    """有的地方规定：完成值超过指标值一定幅度（如 30%）的，固定扣分；这样的指标不应得满分。

    为什么：超额太多说明目标定低了，当地规定扣分，漏扣就是多得分。
    怎么改：按测算得分填列，并写明超额原因。
    """
    if not case.scheme.over_deduction:
        return
    for score in case.scores.rows:
        over = score.outcome is Outcome.MET and is_over_achieved(score.comparison, case.scheme)
        if over and score.computed is not None and score.filled is not None and score.filled > score.computed:
            yield _fault(score, case)


def _fault(score: IndicatorScore, case: Case) -> Fault:
    row, points = score.row, fixed(score.computed or ZERO)
    share = percent(score.comparison.completion or ZERO)
    return Fault(
        cells=(row.score,),
        fact=f"填 {row.score.text}；实际 {shorten(row.actual.text)} 为指标值的 {share}，应扣 {plain(case.scheme.over_deduction)} 分",
        found=row.score.text,
        expected=points,
        working=score.working,
        fix=f"得分改为 {points}，并写明超额原因。",
    )
