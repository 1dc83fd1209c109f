"""F09: little money spent, and every output scored full."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.amounts import percent
from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Remedy, Severity
from toolkit.checks.funds import exact_rate, rate_place, rate_said, rate_working
from toolkit.checks.reasons import saving_explained
from toolkit.checks.rule import RESULTS, rule
from toolkit.checks.weights import sections
from toolkit.core.form import Indicator


@rule(
    "F09",
    title="执行率很低而产出全部满分",
    severity=Severity.WARNING,
    remedy=Remedy.EXPLAIN,
    source="评分参数“执行率低于此数而产出全部满分”",
    stages=RESULTS,
)
def outputs_full_at_low_rate(case: Case) -> Iterator[Fault]:
    """执行率低于 60%，而产出指标个个满分，两者放在一起说不通，除非写明了节约或中标价低。

    为什么：复核的人会问：钱只花了一部分，任务怎么全完成了？是预算报多了、钱还没付，还是完成值填高了。
    怎么改：写明原因（节约、中标价低于预算、尾款下年支付等）；完成值填错的，改正完成值和得分。
    """
    rate, place, rows = exact_rate(case.form), rate_place(case), _outputs(case)
    if place is None or rate is None or rate >= case.scheme.low_execution or not rows or saving_explained(case):
        return
    if all(row.score.number == row.weight.number for row in rows):
        yield Fault(
            cells=(place,),
            fact=f"{rate_said(place)} {percent(rate)}，而 {len(rows)} 项产出指标全部得满分，未见说明",
            found=place.text,
            working=rate_working(case.form),
            fix="写明钱花得少而任务全部完成的原因（节约、中标价低、尾款下年支付等）；完成值填错的请改正。",
        )


def _outputs(case: Case) -> tuple[Indicator, ...]:
    named = sections(case).items()
    outputs = [row for name, rows in named if case.scheme.mentions(name, "output_levels") for row in rows]
    return tuple(row for row in outputs if (row.weight.number or 0) > 0)
