"""D04: a reason that gives none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Remedy, Severity
from toolkit.checks.rows import bare, short_rows
from toolkit.checks.rule import RESULTS, rule
from toolkit.checks.wording import shorten
from toolkit.core.form import Indicator

_SAME = 3
"""So many rows with one and the same reason are worth a remark; two often share a cause."""


@rule(
    "D04",
    title="偏差原因没有具体内容",
    severity=Severity.INFO,
    remedy=Remedy.EXPLAIN,
    source="表头“偏差原因分析及改进措施”",
    stages=RESULTS,
)
def reason_says_nothing(case: Case) -> Iterator[Fault]:
    """偏差原因是套话、照抄指标名称或指标值，或三项以上一字不差，等于没有说明。

    为什么：“客观原因”“疫情影响”说不出影响了什么、少完成多少，上级会退回补充。
    怎么改：写出具体的事由、影响的数量和改进措施；几项确因同一件事的，可保留，各写各的影响。
    """
    reasons = [(score.row, reason) for score, reason in short_rows(case) if reason]
    times = Counter(bare(reason) for _, reason in reasons)
    empty = [
        (row, reason)
        for row, reason in reasons
        if times[bare(reason)] >= _SAME or _is_empty(row, bare(reason), case.scheme.words["boilerplate"])
    ]
    if empty:
        yield _fault(empty)


def _is_empty(row: Indicator, reason: str, boilerplate: tuple[str, ...]) -> bool:
    if reason in boilerplate or reason in bare(row.name):
        return True
    for copied in (row.name, row.target.text, row.actual.text):
        reason = reason.replace(bare(copied), "")
    return not reason


def _fault(empty: list[tuple[Indicator, str]]) -> Fault:
    quoted = f"填“{shorten(empty[0][1], 30)}”，没有写出具体原因"
    return Fault(
        cells=tuple(row.deviation for row, _ in empty),
        fact=quoted if len(empty) == 1 else f"{len(empty)} 处偏差原因没有写出具体情况（套话、照抄指标或完全相同）",
        found="；".join(dict.fromkeys(reason for _, reason in empty)),
        fix="请写出具体事由、影响的数量和改进措施；几项确因同一件事的，可保留。",
    )
