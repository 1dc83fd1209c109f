"""R12: an adjective that the score or the grade beside it contradicts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.prose.beside import has_form, report_of
from toolkit.checks.prose.reading import Reading
from toolkit.checks.prose.scores import Scored
from toolkit.checks.rule import RESULTS, rule
from toolkit.checks.weights import full_sum, leaves
from toolkit.checks.wording import shorten
from toolkit.core.money import plain

_PARTLY = re.compile(r"(?:绝大部分|大部分|绝大多数|基本上?|部分)的?[^，。；\d]{0,12}(?:完成|达成|实现|达标)")
_PRAISE = re.compile(r"(?:较为|较|比较|总体|整体)?(?:良好|优秀|优良|理想)")
_DONE = re.compile(r"完成(?:度|情况|程度|质量)(?:总体|整体)?(?:较为|比较)?(?P<word>良好|较好|一般|较差|优秀)")
_LOW = Decimal("0.6")
_RANGE = {"优秀": ("优",), "良好": ("良",), "较好": ("优", "良"), "一般": ("中",), "较差": ("差", "中")}


@rule(
    "R12",
    title="用词与得分、等级不相称",
    severity=Severity.INFO,
    source="评价用词应与得分、等级一致",
    stages=RESULTS,
)
def adjective_against_score(case: Case) -> Iterator[Fault]:
    """写“绝大部分完成”而该项得满分，写“较为良好”而该项不到六成，写“完成度良好”而总分是优，用词与得分不相称。

    为什么：文字和得分各说各的，看的人要问到底完成了没有。
    怎么改：按得分改用词，或按实际情况改得分。
    """
    report = report_of(case)
    if report is None:
        return
    for item in report.scores.leaves:
        yield from _beside(report, item)
    yield from _conclusion(case, report)


def _beside(report: Reading, item: Scored) -> Iterator[Fault]:
    if item.heading is None or item.weight is None or item.weight.number <= 0:
        return
    share = item.score.number / item.weight.number
    pattern = _PARTLY if share == 1 else _PRAISE if share < _LOW else None
    for each in report.placed:
        if pattern is None or item.heading not in each.trail or each.paragraph.row:
            continue
        found = pattern.search(each.paragraph.text)
        if found is not None:
            yield Fault(
                cells=(each.paragraph.cell(found.start()),),
                fact=f"写“{shorten(found[0])}”，“{shorten(item.name)}”得分却是 {item.score.text}/{item.weight.text}",
                found=found[0],
                fix="请按实际情况改用词或得分，使两者相称。",
            )
            return


def _conclusion(case: Case, report: Reading) -> Iterator[Fault]:
    total = case.form.total_score.number
    if total is None:
        total = full_sum(leaves(case))
    if total is None or (not case.form.indicators and not has_form(case)):
        return
    grade = case.scheme.grade_of(total).name
    for each in report.placed:
        if each.paragraph.row or not each.under("结论", "自评结果", "总体", "自评情况"):
            continue
        for found in _DONE.finditer(each.paragraph.text):
            if grade not in _RANGE[found["word"]]:
                yield Fault(
                    cells=(each.paragraph.cell(found.start()),),
                    fact=f"写“{found[0]}”，按得分 {plain(total)} 等级是“{grade}”",
                    found=found[0],
                    expected=grade,
                    fix="请使用词与等级相称。",
                )
