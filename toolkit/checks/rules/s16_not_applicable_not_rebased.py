"""S16: rows marked 不适用, and a total that is not re-based to 100 as the scheme says."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.rule import RESULTS, rule
from toolkit.checks.weights import HUNDRED, addition, full_sum, leaves, rebased_weight, scored
from toolkit.core.money import decimals_of, fixed, plain, round_half_up


@rule(
    "S16",
    title="有不适用指标，总分未折算",
    severity=Severity.ERROR,
    source="评分参数“不适用指标的处理”",
    stages=RESULTS,
)
def not_applicable_not_rebased(case: Case) -> Iterator[Fault]:
    """标准规定“不适用的指标除外，其余折算为 100 分”的，总分＝适用指标得分合计×100÷适用指标分值合计。

    为什么：不折算，有不适用指标的项目永远得不到高分；不该折算而折算，又会多得分。
    怎么改：总分按折算公式填列；各项得分不变。
    """
    total, found = case.form.total_score, leaves(case)
    weight, added = rebased_weight(case), full_sum(found)
    if weight is None or added is None or total.number is None:
        return
    places = max(case.scheme.score_decimals, decimals_of(total.figure.step) if total.figure else 0)
    due = round_half_up(added * HUNDRED / weight, places)
    if total.number == due or total.number == round_half_up(due, decimals_of(total.figure.step) if total.figure else 2):
        return
    yield Fault(
        cells=(total,),
        fact=f"填 {total.text}，不适用指标除外折算为 100 分，应为 {fixed(due, places)}",
        found=total.text,
        expected=fixed(due, places),
        working=f"{addition(scored(found)) or plain(added)}；{plain(added)} × 100 ÷ {plain(weight)} = {fixed(due, places)}",
        fix=f"总分改为 {fixed(due, places)}，等级随之核对；各项得分不变。",
    )
