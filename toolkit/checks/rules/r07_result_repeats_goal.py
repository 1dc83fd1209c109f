"""R07: 实际完成情况 copied from 预期目标."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Remedy, Severity
from toolkit.checks.rows import bare
from toolkit.checks.rule import RESULTS, rule


@rule(
    "R07",
    title="实际完成情况照抄预期目标",
    severity=Severity.INFO,
    remedy=Remedy.CORRECT,
    source="“实际完成情况”填写年度目标的完成情况",
    stages=RESULTS,
)
def result_repeats_goal(case: Case) -> Iterator[Fault]:
    """“实际完成情况”与“预期目标”一字不差，等于没有写完成情况；标点和空格的差别不计。

    为什么：目标说要做什么，完成情况说做成了什么；照抄看不出做了没有。
    怎么改：写明实际做了什么、做了多少，未完成的写明原因。
    """
    expected, achieved = case.form.expected_goal, case.form.achieved_goal
    if bare(achieved.text) and bare(achieved.text) == bare(expected.text):
        yield Fault(
            cells=(achieved,),
            fact="与“预期目标”一字不差，看不出实际做了什么",
            found=achieved.text,
            fix="请写明实际做了什么、做了多少。",
        )
