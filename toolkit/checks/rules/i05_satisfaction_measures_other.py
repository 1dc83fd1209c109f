"""I05: a 满意度 row that measures something else."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Remedy, Severity
from toolkit.checks.rows import in_use, of_level
from toolkit.checks.rule import rule


@rule(
    "I05",
    title="满意度指标考核的不是满意度",
    severity=Severity.NEXT_YEAR,
    remedy=Remedy.NEXT_YEAR,
    source="满意度指标反映服务对象的认可程度",
)
def satisfaction_measures_other(case: Case) -> Iterator[Fault]:
    """满意度指标下设的三级指标，考核的是合格率、合规率等，不是服务对象满意不满意。

    为什么：验收合格是质量，不是满意；这样设，满意度的分值实际没有考核到满意度。
    怎么改：本年按批复填报；下年改为服务对象满意度，原指标移到质量指标。
    """
    rows = [
        row
        for row in case.form.indicators
        if of_level(row, case.scheme, "satisfaction_levels")
        and not row.level3.empty
        and in_use(row)
        and not case.scheme.mentions(row.level3.text, "satisfaction")
    ]
    if rows:
        single = "属于满意度指标，考核的却不是满意度"
        yield Fault(
            cells=tuple(row.level3 for row in rows),
            fact=f"有 {len(rows)} 个满意度指标考核的不是满意度" if len(rows) > 1 else single,
            found="；".join(row.name for row in rows),
            fix="本年无须修改；建议下年改为服务对象满意度，原指标移到质量指标。",
        )
