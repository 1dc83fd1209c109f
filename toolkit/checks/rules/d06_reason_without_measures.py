"""D06: a reason, and no 改进措施 with it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Remedy, Severity
from toolkit.checks.rows import short_rows
from toolkit.checks.rule import RESULTS, rule

_NONE_GIVEN = re.compile(r"(?:改进)?措施[：:]?\s*(?:暂?无|没有|/|—)")
_YEARS_AHEAD = 3


@rule(
    "D06",
    title="有偏差原因而没有改进措施",
    severity=Severity.INFO,
    remedy=Remedy.EXPLAIN,
    source="表头“偏差原因分析及改进措施”",
    stages=RESULTS,
)
def reason_without_measures(case: Case) -> Iterator[Fault]:
    """“偏差原因分析及改进措施”要写两样，只写了原因的，在这里列出。

    为什么：栏目要求原因和措施都写；上级追问最多的就是“下一步怎么办”。
    怎么改：在原因后补一句改进措施，例：下一步……（责任科室、时限）。
    """
    lacking = [score.row for score, reason in short_rows(case) if reason and not _has_measure(reason, case)]
    if lacking:
        yield Fault(
            cells=tuple(row.deviation for row in lacking),
            fact="只写了原因，没有写改进措施" if len(lacking) == 1 else f"{len(lacking)} 项只写了原因，没有写改进措施",
            found="；".join(dict.fromkeys(row.deviation.text for row in lacking)),
            fix="建议在原因后补一句改进措施，例：下一步……（责任科室、时限）。",
        )


def _has_measure(reason: str, case: Case) -> bool:
    text = _NONE_GIVEN.sub("", reason) if "措施" in reason else reason
    if case.scheme.mentions(text, "measures"):
        return True
    year = case.form.year
    if year is None or "完成" not in reason:
        return False
    return any(f"{year + ahead}年" in reason for ahead in range(1, _YEARS_AHEAD + 1))
