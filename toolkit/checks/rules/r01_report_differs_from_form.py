"""R01: a figure in the report that is not the figure of the form."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.prose.against import Differing, differing_amounts
from toolkit.checks.prose.beside import has_form, report_of
from toolkit.checks.prose.compared import differing_rates, differing_scores, differing_values
from toolkit.checks.rule import RESULTS, rule
from toolkit.checks.wording import place_of


@rule(
    "R01",
    title="报告中的数与自评表不符",
    severity=Severity.ERROR,
    source="报告数据应与自评表一致",
    stages=RESULTS,
)
def report_differs_from_form(case: Case) -> Iterator[Fault]:
    """报告里写明是总分、等级、某项指标的分值得分、预算数、执行数、执行率、完成值的，应与自评表相同；按数值比，不按写法比。

    为什么：31.28 万元与 312,800 元是同一个数，99.26% 与 99.62% 不是；报告和表对不上，退回时先问这一处。
    怎么改：核对哪一处对，改正报告或自评表；口径不同的，在报告里写明口径。
    """
    report = report_of(case)
    if report is None or not has_form(case):
        return
    for found in (
        *differing_scores(case, report),
        *differing_amounts(case, report),
        *differing_rates(case, report),
        *differing_values(case, report),
    ):
        yield _fault(found)


def _fault(found: Differing) -> Fault:
    expected = found.expected or found.due.text
    return Fault(
        cells=(found.cell,),
        fact=f"写{found.name} {found.text}，自评表{place_of(found.due)}为 {expected}",
        found=found.text,
        expected=expected,
        working=found.working,
        fix=f"请核对后把报告该处改为 {expected}；表内填错的，改正自评表。",
        severity=None if found.sure else Severity.WARNING,
    )
