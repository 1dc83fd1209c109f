"""S14: a total above the limit that 执行率 sets."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.amounts import percent
from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.rule import RESULTS, rule
from toolkit.checks.weights import full_sum, leaves
from toolkit.core.money import plain
from toolkit.scoring.total import cap_of


@rule(
    "S14",
    title="总分超过执行率限定的最高分",
    severity=Severity.ERROR,
    source="评分参数“执行率限定的总分”",
    stages=RESULTS,
)
def total_above_cap(case: Case) -> Iterator[Fault]:
    """有的地方规定：执行率低于一定界限的，总分不得高于某个数；总分应在限定以内。

    为什么：钱花得太少的项目，各项指标得分再高也不评为优良，这是当地的规定。
    怎么改：总分改为限定的最高分；各项得分可以保留。
    """
    rate, total = case.scores.fund.rate, case.form.total_score
    limit = cap_of(rate, case.scheme)
    points = total.number if total.number is not None else full_sum(leaves(case))
    if rate is None or limit is None or points is None or points <= limit:
        return
    yield Fault(
        cells=(total,),
        fact=f"{'填' if not total.empty else '各项得分之和为'} {plain(points)}，执行率 {percent(rate)}，总分最高 {plain(limit)}",
        found=total.text,
        expected=plain(limit),
        working=case.scores.fund.working,
        fix=f"总分改为 {plain(limit)}，等级随之改正；各项得分可以保留。",
    )
