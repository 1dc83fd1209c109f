"""F15: 成本控制率 stated as actual that is not the 执行率."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.amounts import agrees, percent, rate_scale
from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Remedy, Severity
from toolkit.checks.funds import exact_rate, rate_working
from toolkit.checks.rule import RESULTS, rule
from toolkit.core.form import Indicator
from toolkit.core.money import decimals_of, round_half_up
from toolkit.scoring.compare import is_cost


@rule(
    "F15",
    title="成本控制率与执行率不一致",
    severity=Severity.WARNING,
    remedy=Remedy.EXPLAIN,
    source="同一项目的成本（预算）控制率与预算执行率应能对上",
    stages=RESULTS,
)
def cost_rate_differs_from_execution(case: Case) -> Iterator[Fault]:
    """成本指标“成本控制率”“预算控制率”等的实际完成值，与表内执行率不一致。

    为什么：成本控制率一般就是实际支出与预算之比；执行率 11.6% 而控制率填 100%，必有一处填错，或者两者口径不同。
    怎么改：按执行率改正实际完成值；口径不同的（例如按合同价计算），写明按什么计算。
    """
    rate, total = exact_rate(case.form), case.form.fund_total
    if rate is None or total is None:
        return
    rows = [row for row in case.form.indicators if _is_control_rate(row, case) and _differs(row, case)]
    if rows:
        first = rows[0]
        fact = f"填 {first.actual.text}，而执行率为 {percent(rate)}（表内印 {total.rate.text or '空'}），两者不一致"
        yield Fault(
            cells=tuple(row.actual for row in rows),
            fact=fact if len(rows) == 1 else f"成本控制率{fact}",
            found=first.actual.text,
            expected=percent(rate),
            working=rate_working(case.form),
            fix="按执行率改正实际完成值和得分；口径不同的（如按合同价计算），写明按什么计算。",
        )


def _is_control_rate(row: Indicator, case: Case) -> bool:
    return is_cost(row, case.scheme) and case.scheme.mentions(row.level3.text, "cost_control_names")


def _differs(row: Indicator, case: Case) -> bool:
    stated, total, rate = row.actual.figure, case.form.fund_total, exact_rate(case.form)
    if stated is None or stated.unit != "%" or total is None or rate is None:
        return False
    recomputed = round_half_up(rate, decimals_of(stated.step))
    return stated.number != recomputed and not agrees(total.rate, stated.number * rate_scale(total.rate, rate))
