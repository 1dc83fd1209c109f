"""R10: points were deducted and the report says no word about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Remedy, Severity
from toolkit.checks.prose.beside import has_form, report_of
from toolkit.checks.prose.figures import percents_in
from toolkit.checks.prose.reading import Reading
from toolkit.checks.prose.scores import Scored
from toolkit.checks.rule import RESULTS, rule
from toolkit.checks.weights import full_sum, leaves, out_of_use
from toolkit.checks.wording import shorten
from toolkit.core.money import plain

_SAID = re.compile(
    r"扣|失分|丢分|减分|未得分|不得分|得分较低|得分偏低|得分率|偏差|"
    r"未(?:全部|能|按期|及时)?(?:完成|达到|达标|达成|实现)|没有完成|没有达到|未满|不足|不够|低于|滞后|较慢|偏低|偏大|偏小|尚未|酌情"
)
_NONE = re.compile(
    r"^(?:（?无）?|暂无|没有|无问题|不存在(?:问题)?|"
    r"(?:本项目|我局|我单位)?(?:暂)?(?:未发现|不存在|没有|无)(?:明显|突出|重大)?(?:的)?问题)。?$"
)
_PROBLEMS = ("存在问题", "存在的问题", "主要问题", "发现的问题", "问题及原因")
_HUNDRED = Decimal(100)


@rule(
    "R10",
    title="扣了分而报告没有说明",
    severity=Severity.WARNING,
    remedy=Remedy.CORRECT,
    source="扣分应说明扣了多少、为什么、怎么改进",
    stages=RESULTS,
)
def deduction_not_mentioned(case: Case) -> Iterator[Fault]:
    """扣了分的指标，报告里应说明扣了多少、为什么扣；扣了分又写“无问题”的，也在此列。

    为什么：审核人首先看扣分，扣了 9.2 分而通篇没有一个“扣”字，只能退回补写。
    怎么改：在该指标下面补一句：扣×分，原因是……，下一步……。
    """
    report = report_of(case)
    if report is None:
        return
    lost = [item for item in report.scores.leaves if item.lost > 0]
    silent = [item for item in lost if not _explained(report, item)]
    if silent:
        yield _items(silent)
    elif not lost:
        yield from _total(case, report)
    if lost or _points_lost(case):
        yield from _no_problem(report)


def _items(silent: list[Scored]) -> Fault:
    points = sum((item.lost for item in silent), Decimal(0))
    names = "、".join(f"{shorten(item.name, 12)} {plain(item.lost)}" for item in silent)
    first = f"{len(silent)} 项扣分共 {plain(points)} 分" if len(silent) > 1 else f"“{shorten(silent[0].name)}”扣 {plain(points)} 分"
    return Fault(
        cells=tuple(item.score.cell for item in silent),
        fact=f"{first}，没有一句说明为什么扣",
        found=plain(points),
        working=names if len(silent) > 1 else "",
        fix="请在该指标下补写：扣×分，原因是……；下一步……。",
    )


def _explained(report: Reading, item: Scored) -> bool:
    """Tell whether a reason stands below the item's heading, beside its name elsewhere, or a rate shows it."""
    if item.heading is not None:
        below = [each.paragraph.text for each in report.placed if item.heading in each.trail]
        if any(_SAID.search(text) or any(percent.points < _HUNDRED for percent in percents_in(text)) for text in below):
            return True
    name = re.split(r"[-—]", item.name)[-1]
    return any(
        name in each.text and _SAID.search(each.text[each.text.index(name) :])
        for each in report.paragraphs
        if not each.row and (item.heading is None or each is not item.heading.paragraph)
    )


def _total(case: Case, report: Reading) -> Iterator[Fault]:
    """A report that states only its total: whatever it lost is nowhere explained."""
    totals = {points.number: points for points in report.scores.totals}
    if len(totals) != 1 or _SAID.search(report.text):
        return
    [(number, points)] = totals.items()
    if number < _HUNDRED and not report.scores.items:
        yield Fault(
            cells=(points.cell,),
            fact=f"自评 {points.text} 分，扣了 {plain(_HUNDRED - number)} 分，通篇没有说明扣在哪里、为什么扣",
            found=points.text,
            working=f"100－{points.text}＝{plain(_HUNDRED - number)}",
            fix="请补写扣分的指标、扣多少分和原因；按其他满分评分的，写明满分。",
        )


def _points_lost(case: Case) -> bool:
    if not has_form(case):
        total = case.form.total_score.number
        return total is not None and total < _HUNDRED
    due = full_sum(leaves(case))
    weights = sum((row.weight.number or Decimal(0) for row in case.form.indicators if not out_of_use(row)), Decimal(0))
    return due is not None and due < weights


def _no_problem(report: Reading) -> Iterator[Fault]:
    for at, each in enumerate(report.placed):
        heading = each.heading
        if heading is None or not any(word in heading.title for word in _PROBLEMS):
            continue
        below = [other.paragraph for other in report.placed[at + 1 :] if heading in other.trail]
        if len(below) == 1 and _NONE.match(below[0].text.strip()):
            yield Fault(
                cells=(below[0].cell(),),
                fact=f"“{shorten(heading.title)}”写“{below[0].text}”，而自评有扣分",
                found=below[0].text,
                fix="请写明扣分反映的问题；确实没有问题的，说明为什么扣分。",
            )

