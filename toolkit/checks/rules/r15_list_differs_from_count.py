"""R15: a list with more or fewer items than the number in front of it."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.prose.beside import report_of
from toolkit.checks.prose.lists import wrong_lists
from toolkit.checks.rule import RESULTS, rule
from toolkit.checks.wording import shorten


@rule(
    "R15",
    title="写的个数与列出的不同",
    severity=Severity.WARNING,
    source="写的个数应等于列出的个数",
    stages=RESULTS,
)
def list_differs_from_count(case: Case) -> Iterator[Fault]:
    """“13 个科室，分别为……”“三个方面：一是……”“共 5 项……见下表”，个数应与列出的相同；写了“等”“包括”的不查。

    为什么：数一数就对不上的地方，看的人会怀疑别的数也没有核过。
    怎么改：补上漏列的，或改正个数。
    """
    report = report_of(case)
    if report is None:
        return
    for found in wrong_lists(report):
        yield Fault(
            cells=(found.cell,),
            fact=f"写“{shorten(found.said)}”，列出的是 {found.counted} 个",
            found=found.said,
            expected=found.counted,
            working=found.working,
            fix="请核对后补列或改正个数。",
        )
