"""V05: target and result in different units, or one without."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Remedy, Severity
from toolkit.checks.rule import RUNNING, rule
from toolkit.checks.wording import shorten


@rule(
    "V05",
    title="指标值与完成值单位不同",
    severity=Severity.WARNING,
    remedy=Remedy.CORRECT,
    source="实际完成值的单位与年度指标值一致",
    stages=RUNNING,
)
def unit_missing_or_different(case: Case) -> Iterator[Fault]:
    """年度指标值和实际完成值的单位应相同，一个有单位、一个没有的也在此列。

    为什么：100% 和 100 不是一回事，单位不同就不能按完成比例计分，这一行的得分只能由填报人评定。
    怎么改：把实际完成值的单位补上，或改成与指标值相同的单位。
    """
    rows = [score.row for score in case.scores.rows if score.weight and score.comparison.cause == "unit"]
    if rows:
        pairs = [f"{shorten(row.target.text)} → {shorten(row.actual.text)}" for row in rows]
        ending = "单位不同或缺少单位，未按规则计分"
        single = f"填 {shorten(rows[0].actual.text)}，指标值是 {shorten(rows[0].target.text)}，{ending}"
        yield Fault(
            cells=tuple(row.actual for row in rows),
            fact=single if len(rows) == 1 else f"指标值和完成值（如 {pairs[0]}）{ending}",
            found="；".join(pairs),
            fix="请补上或改成与指标值相同的单位；单位无误的，在说明中写明两者怎样换算。",
        )
