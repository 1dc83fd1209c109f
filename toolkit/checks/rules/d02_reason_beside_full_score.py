"""D02: a deviation reason beside a full score."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Remedy, Severity
from toolkit.checks.rows import bare, of_level, reason_of, scored_rows
from toolkit.checks.rule import RESULTS, rule
from toolkit.checks.wording import shorten
from toolkit.scoring import Direction, IndicatorScore, Outcome
from toolkit.scoring.indicator import is_over_achieved

_JUDGED = (Outcome.MET, Outcome.UNDECIDED, Outcome.OPEN)


@rule(
    "D02",
    title="满分却写有偏差原因",
    severity=Severity.WARNING,
    remedy=Remedy.EXPLAIN,
    source="表头“偏差原因分析及改进措施”：有偏差的填写",
    stages=RESULTS,
)
def reason_beside_full_score(case: Case) -> Iterator[Fault]:
    """得满分的指标又写了偏差原因，两者只能有一个成立。

    为什么：写了原因说明有偏差，有偏差一般要扣分；看的人不知道该信哪一个。解释超额完成或节约的不算。
    怎么改：没有偏差的，删去原因；有偏差的，核对实际完成值和得分。原因另有所指的，用一句话说明。
    """
    for score in scored_rows(case):
        if score.filled != score.weight or score.outcome not in _JUDGED:
            continue
        reason = reason_of(score.row, case.scheme)
        if reason and not _is_good_news(score, reason, case) and not _explains_better(score, reason, case):
            yield _fault(score, reason)


def _is_good_news(score: IndicatorScore, reason: str, case: Case) -> bool:
    """Tell whether the text only says that nobody complained; as the ground of a satisfaction it is I04's."""
    words = case.scheme.words["no_complaint"]
    if of_level(score.row, case.scheme, "satisfaction_levels"):
        return any(word in reason for word in words)
    return bare(reason).removeprefix("全年") in words


def _explains_better(score: IndicatorScore, reason: str, case: Case) -> bool:
    completion = score.comparison.completion
    if completion is None:
        return False
    if score.comparison.direction is Direction.REVERSE:
        return completion < 1 and case.scheme.mentions(reason, "saving_reason")
    over = is_over_achieved(score.comparison, case.scheme)
    return over or (completion > 1 and case.scheme.mentions(reason, "over_reason"))


def _fault(score: IndicatorScore, reason: str) -> Fault:
    return Fault(
        cells=(score.row.deviation,),
        fact=f"填“{shorten(reason, 30)}”，得分却是满分 {score.row.score.text}",
        found=reason,
        fix="没有偏差的，请删去原因；有偏差的，请核对实际完成值和得分。原因不是说本项偏差的，在说明中写明指什么即可。",
    )
