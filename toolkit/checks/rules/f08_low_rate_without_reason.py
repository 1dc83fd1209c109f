"""F08: a low 执行率 and nothing says why."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.amounts import percent
from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Remedy, Severity
from toolkit.checks.funds import exact_rate, rate_place, rate_said, rate_working
from toolkit.checks.reasons import low_rate_explained
from toolkit.checks.rule import RESULTS, rule


@rule(
    "F08",
    title="执行率偏低未说明原因",
    severity=Severity.WARNING,
    remedy=Remedy.EXPLAIN,
    source="评分参数“执行率低于此数须说明”",
    stages=RESULTS,
)
def low_rate_without_reason(case: Case) -> Iterator[Fault]:
    """年度资金总额的执行率低于标准规定的界限（一般为 90%），表内没有说明原因。

    为什么：钱没有花完，要说清是节约、进度慢还是预算报多了。原因可以写在报告要素、成本指标的偏差原因，或实际完成情况里讲到资金的一句。
    怎么改：在报告要素“执行率偏低原因”写一句原因和下一步打算；或者直接在右侧写说明。
    """
    rate, place = exact_rate(case.form), rate_place(case)
    if place is None or rate is None or rate >= case.scheme.execution_floor or low_rate_explained(case):
        return
    yield Fault(
        cells=(place,),
        fact=f"{rate_said(place)} {percent(rate)}，低于 {percent(case.scheme.execution_floor)}，未见说明",
        found=place.text,
        working=rate_working(case.form),
        fix="在报告要素“执行率偏低原因”、成本指标的偏差原因或实际完成情况中写明原因；写一句说明也可。",
    )
