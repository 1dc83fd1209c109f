"""I02: one 三级指标 twice within a 二级指标."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Remedy, Severity
from toolkit.checks.rows import bare
from toolkit.checks.rule import rule
from toolkit.checks.wording import shorten
from toolkit.core.form import Indicator

_DANGLING = ("及", "和", "与", "、", "或", "图", "是")
"""How a name ends that print has cut off."""


@rule(
    "I02",
    title="三级指标重复",
    severity=Severity.NEXT_YEAR,
    remedy=Remedy.NEXT_YEAR,
    source="同一二级指标下的三级指标不应重复",
)
def indicator_twice(case: Case) -> Iterator[Fault]:
    """同一个二级指标下，同名的三级指标出现了两次以上；“不适用”的行不算，四级指标不同的也不算。

    为什么：重复的指标等于一件事计了两次分；有时只是打印时名称被截断，看上去相同。
    怎么改：名称被截断的，补全名称；确实重复的，本年按批复填报，下年合并。
    """
    groups: dict[tuple[str, ...], list[Indicator]] = {}
    for row in case.form.indicators:
        name = bare(row.level3.text)
        if name:
            groups.setdefault((row.level1.text, row.level2.text, name, bare(row.level4.text)), []).append(row)
    twice = [rows for rows in groups.values() if len(rows) > 1 and not any(row.not_applicable for row in rows)]
    if twice:
        names = "、".join(f"“{shorten(rows[0].name)}”" for rows in twice)
        cut = any(rows[0].name.endswith(_DANGLING) for rows in twice)
        yield Fault(
            cells=tuple(row.level3 for rows in twice for row in rows),
            fact=f"同一二级指标下{names}出现不止一次" + ("，名称疑似被截断" if cut else ""),
            found="；".join(rows[0].name for rows in twice),
            fix="名称不全的请补全；确实重复的本年不改，建议下年合并。",
        )
