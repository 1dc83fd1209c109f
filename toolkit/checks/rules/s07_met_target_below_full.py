"""S07: a target met, scored below full, with a reason given."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.amounts import ZERO
from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Remedy, Severity
from toolkit.checks.rows import reason_of
from toolkit.checks.rule import RESULTS, rule
from toolkit.core.money import plain
from toolkit.scoring import IndicatorScore, Outcome


@rule(
    "S07",
    title="达到指标值而未得满分",
    severity=Severity.INFO,
    remedy=Remedy.EXPLAIN,
    source="评分参数“达到指标值得满分”",
    stages=RESULTS,
)
def met_target_below_full(case: Case) -> Iterator[Fault]:
    """实际完成值达到了年度指标值，得分低于满分，并写了原因。

    为什么：从严扣分是填报人的判断，原因已经写明，不算错；列出来，审核的人问到时知道为什么。
    怎么改：不必改；不是有意扣分的，按测算得分填列。
    """
    rows = [score for score in case.scores.rows if _below_full(score) and reason_of(score.row, case.scheme)]
    if rows:
        first = rows[0]
        fact = f"填 {first.row.score.text}，已达到指标值，由填报人酌情扣 {plain(first.shortfall)} 分"
        lost = plain(sum((score.shortfall for score in rows), ZERO))
        yield Fault(
            cells=tuple(score.row.score for score in rows),
            fact=fact if len(rows) == 1 else f"{len(rows)} 项已达到指标值，由填报人酌情扣分，共 {lost} 分",
            found="；".join(score.row.score.text for score in rows),
            expected="；".join(plain(score.computed or ZERO) for score in rows),
            fix="原因已写明，不必改；不是有意扣分的，按测算得分填列。",
        )


def _below_full(score: IndicatorScore) -> bool:
    if score.outcome is not Outcome.MET or score.computed is None or score.filled is None:
        return False
    return 0 <= score.filled < score.computed
