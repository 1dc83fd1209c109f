"""S10: a grade that is not the grade of the total."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.rule import RESULTS, rule
from toolkit.checks.weights import full_sum, leaves
from toolkit.checks.wording import shorten
from toolkit.core.money import plain
from toolkit.core.scheme import Grade, Scheme


@rule("S10", title="等级与总分不符", severity=Severity.ERROR, source="评分参数“等级”", stages=RESULTS)
def grade_differs_from_total(case: Case) -> Iterator[Fault]:
    """“等级”应是总分所在的一档；没有总分的，按各项得分之和。

    为什么：89.33 分写“优”，差 0.67 分就差一档，结果应用和公开时都会被问到。
    怎么改：按等级标准改正等级，报告中的等级同步修改；本地标准不同的，在评分参数中修改并注明文号。
    """
    cell = case.form.grade
    if cell.empty:
        return
    named = [grade for grade in case.scheme.grades if grade.name in cell.text]
    if len(named) != 1:
        names = "、".join(grade.name for grade in case.scheme.grades)
        reason = f"填 {shorten(cell.text)}，不是评分标准里的等级（{names}）"
        yield Fault((cell,), reason, cell.text, fix=f"填 {names} 之一。", undecidable=True)
        return
    total = case.form.total_score.number
    basis, points = ("总分", total) if total is not None else ("各项得分之和", full_sum(leaves(case)))
    if points is not None and case.scheme.grade_of(points) != named[0]:
        yield _fault(case, basis, points, named[0])


def _fault(case: Case, basis: str, points: Decimal, stated: Grade) -> Fault:
    cell, due = case.form.grade, case.scheme.grade_of(points)
    away = f"，距“{stated.name}”差 {plain(stated.least - points)} 分" if stated.least > points else ""
    return Fault(
        cells=(cell,),
        fact=f"填“{cell.text}”，按{basis} {plain(points)} 应为“{due.name}”",
        found=cell.text,
        expected=due.name,
        working=f"{_bounds(due, case.scheme, points)}{away}",
        fix=f"等级改为“{due.name}”，报告中的等级同步修改；本地标准不同的，在评分参数中修改并注明文号。",
    )


def _bounds(grade: Grade, scheme: Scheme, points: Decimal) -> str:
    above = [other for other in scheme.grades if other.least > grade.least]
    upper = f" ＜ {plain(above[-1].least)}" if above else ""
    return f"{grade.name}：{plain(grade.least)} ≤ {plain(points)}{upper}"
