"""R02: percentages and counts in the report that its own figures give otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.prose.beside import report_of
from toolkit.checks.prose.recompute import wrong_counts, wrong_groups, wrong_rates
from toolkit.checks.rule import RESULTS, rule


@rule(
    "R02",
    title="报告中的比率、个数重算不符",
    severity=Severity.ERROR,
    source="文中的比率、合计应能由同一处的数算出",
    stages=RESULTS,
)
def text_does_not_recompute(case: Case) -> Iterator[Fault]:
    """同一句里写了支出、预算和执行率的，写了共几个、完成几个、占百分之几的，写了小项和大项得分的，应当算得上。

    为什么：读报告的人会顺手一除，除出来不是这个数，整份报告就不可信。
    怎么改：按算式改正；四舍五入少进了一位的只作说明；口径不同的，把分子分母写全。
    """
    report = report_of(case)
    if report is None:
        return
    for found in (*wrong_rates(case, report), *wrong_counts(report), *wrong_groups(report)):
        yield Fault(
            cells=(found.cell,),
            fact=f"写{found.said}，按文中的数应为 {found.expected}" + ("（截去了尾数，未四舍五入）" if found.cut else ""),
            found=found.said,
            expected=found.expected,
            working=found.working,
            fix=f"请核对后改为 {found.expected}，或改正算式中的数。",
            severity=Severity.INFO if found.cut else None,
        )
