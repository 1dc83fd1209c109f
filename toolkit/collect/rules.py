"""The rules that only who collects is told of: K01, K02, S12."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.checks.finding import Remedy, Severity
from toolkit.collect.figures import HUNDRED
from toolkit.collect.model import Details, Entry, Told

if TYPE_CHECKING:
    from toolkit.collect.versions import Project

_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class CollectRule:
    """A rule over everything that was collected; its parts are those of a rule for one form."""

    code: str
    title: str
    severity: Severity
    remedy: Remedy
    source: str
    manual: str


COLLECT_RULES = (
    CollectRule(
        "K01",
        title="应报未报、不在名单",
        severity=Severity.ERROR,
        remedy=Remedy.CORRECT,
        source="项目名单（--expected）",
        manual="""名单上的项目应当都收到自评表，收到的自评表应当都在名单上。

为什么：自评覆盖率的分母是应自评的项目数，少一个都要说得出原因。
怎么改：向未报送的单位催报；名称写法不同的，核对后统一名称。""",
    ),
    CollectRule(
        "K02",
        title="执行数合计与决算不符",
        severity=Severity.ERROR,
        remedy=Remedy.CORRECT,
        source="台账、部门决算（--ledger）",
        manual="""全部项目的全年执行数合计应等于台账（决算）的项目支出；台账有合计行的取合计行，没有的取各行之和。

为什么：部门报告里的项目支出取自决算，与自评表合计不等，必有项目漏报或填错。
怎么改：先看各项目的差额和未报送的项目；口径不同的，写明差在哪里。""",
    ),
    CollectRule(
        "S12",
        title="全部满分",
        severity=Severity.INFO,
        remedy=Remedy.EXPLAIN,
        source="自评应实事求是，复核时优先抽查",
        manual="""一张表各项指标和预算执行率都得满分的，或一个单位的项目都是 100 分的，汇总时列出；不在填报的表上提示。

为什么：满分没有错，但最值得抽查佐证材料。
怎么改：不需要修改；抽查时对照佐证材料。""",
    ),
)


def full_marks(entry: Entry) -> Told | None:
    """Return S12 for one form."""
    head = entry.head
    if not head.all_full or head.whole:
        return None
    return _told(head.sheet, head.score_cell, "总分·得分", f"“{entry.name}”各项指标和预算执行率都得满分")


def own_findings(entry: Entry, details: Details) -> tuple[Told, ...]:
    """Return the findings of a form, S12 among them."""
    extra = full_marks(entry)
    return (*details.findings, extra) if extra else details.findings


def full_units(projects: Sequence[Project]) -> Iterator[tuple[Entry, Told]]:
    """Yield S12 for the units whose projects, two at least, all have 100 points."""
    units: dict[tuple[str, int | None], list[Project]] = {}
    for project in projects:
        head = project.chosen.head
        if not head.whole:
            units.setdefault((head.unit, head.year), []).append(project)
    for (unit, _), own in units.items():
        if len(own) >= _SEVERAL and all(each.chosen.head.score == HUNDRED for each in own):
            message = f"{unit or '同一单位'}的 {len(own)} 个项目自评都是 100 分"
            yield own[0].chosen, _told("", "", "总分·得分", message)


def _told(sheet: str, cell: str, field: str, message: str) -> Told:
    rule = COLLECT_RULES[-1]
    fix = "不需要修改；抽查时请对照佐证材料。"
    severity = rule.severity.value
    return Told(rule.code, rule.title, severity, sheet, cell, field, message, "", fix, rule.source, "", False, False)
