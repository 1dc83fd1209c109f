"""D03: far above the target, and nothing said about it."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Remedy, Severity
from toolkit.checks.rows import reason_of, scored_rows
from toolkit.checks.rule import RESULTS, rule
from toolkit.checks.wording import shorten
from toolkit.core.money import fixed, plain, quotient
from toolkit.scoring.indicator import is_over_achieved


@rule(
    "D03",
    title="超额完成没有说明",
    severity=Severity.WARNING,
    remedy=Remedy.EXPLAIN,
    source="评分参数“超额须说明”",
    stages=RESULTS,
)
def over_achievement_unexplained(case: Case) -> Iterator[Fault]:
    """实际完成值远高于年度指标值（默认超过 130%）的，应说明原因。

    为什么：超额太多，往往是指标值定低了，或任务中途增加；不说明，下年指标值就没有依据。
    怎么改：在“偏差原因分析及改进措施”写明是任务增加还是指标值偏低。指标值本年不改，也不影响本年得分。
    """
    limit = f"{plain(case.scheme.over_achievement * 100)}%"
    for score in scored_rows(case):
        found, row = score.comparison, score.row
        if not is_over_achieved(found, case.scheme) or reason_of(row, case.scheme):
            continue
        if found.actual is None or found.target is None:
            continue
        share = f"{fixed(found.actual * 100 / found.target)}%"
        ending = f"的 {share}，超过 {limit}，未见说明"
        yield Fault(
            cells=(row.actual,),
            fact=f"填 {shorten(row.actual.text)}，为指标值 {shorten(row.target.text)}{ending}",
            found=row.actual.text,
            working=f"{plain(found.actual)} ÷ {plain(found.target)} = {quotient(found.actual, found.target)}",
            fix="请写明超额原因（任务增加或指标值偏低）；指标值本年不改，不影响本年得分，建议下年调整。",
        )
