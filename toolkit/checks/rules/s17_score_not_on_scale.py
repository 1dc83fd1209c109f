"""S17: a score that the row's step or deduction scale does not give."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from toolkit.checks.amounts import agrees
from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.rows import is_missed
from toolkit.checks.rule import RESULTS, rule
from toolkit.core.money import fixed, plain, round_half_up
from toolkit.core.scheme import Scale
from toolkit.scoring import IndicatorScore, Outcome
from toolkit.scoring.indicator import scale_of


@rule(
    "S17", title="得分不是评分档次中的分数", severity=Severity.ERROR, source="评分参数“分档和扣分办法”", stages=RESULTS
)
def score_not_on_scale(case: Case) -> Iterator[Fault]:
    """按档次计分（如 95% 以上满分、85% 以上得 80%）或按扣分制计分的指标，得分应是办法里有的分数。

    为什么：分档、扣分制只给得出有限的几个分数，填了别的数，说明没有按办法算。
    怎么改：按完成率对照档次或扣分办法填列；按其他办法评分的，把计算方式改为“人工”并写明依据。
    """
    for score in case.scores.rows:
        scale = scale_of(score.row, case.scheme)
        if scale is None or score.filled is None or not score.weight or score.row.method.text == "人工":
            continue
        if is_missed(score) and score.computed is not None:
            if score.filled != score.weight and not agrees(score.row.score, score.computed):
                yield _decided(score)
        elif score.outcome in (Outcome.UNDECIDED, Outcome.OPEN):
            allowed = _allowed(scale, score.weight, case.scheme.score_decimals)
            if score.filled not in allowed:
                yield _listed(score, allowed)


def _allowed(scale: Scale, weight: Decimal, decimals: int) -> list[Decimal]:
    """Return every score the scale can give, highest first."""
    if scale.steps:
        points = {round_half_up(weight * share, decimals) for _, share in scale.steps}
    elif scale.points > 0:
        points = {round_half_up(weight - n * scale.points, decimals) for n in range(int(weight / scale.points) + 1)}
    else:
        points = {weight}
    return sorted(points | {Decimal(0)}, reverse=True)


def _decided(score: IndicatorScore) -> Fault:
    points = fixed(score.computed or Decimal(0))
    return Fault(
        cells=(score.row.score,),
        fact=f"填 {score.row.score.text}，按评分档次应为 {points}",
        found=score.row.score.text,
        expected=points,
        working=score.working,
        fix=f"改为 {points}；按其他办法评分的，把计算方式改为“人工”并写明评分依据。",
    )


def _listed(score: IndicatorScore, allowed: list[Decimal]) -> Fault:
    points = "、".join(plain(each) for each in allowed[:6]) + ("……" if len(allowed) > 6 else "")
    return Fault(
        cells=(score.row.score,),
        fact=f"填 {score.row.score.text}，不是评分档次中的分数（{points}）",
        found=score.row.score.text,
        expected=points,
        fix="对照档次或扣分办法填列；按其他办法评分的，把计算方式改为“人工”并写明评分依据。",
    )
