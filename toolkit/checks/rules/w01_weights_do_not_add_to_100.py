"""W01: weights that do not add to 100."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.amounts import unread
from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.rule import rule
from toolkit.checks.weights import HUNDRED, ZERO, addition, below_zero, full_sum, leaves, unweighted, whole_weight
from toolkit.core.form import Cell, Form
from toolkit.core.money import plain


@rule("W01", title="分值合计不是 100", severity=Severity.ERROR, source="自评满分 100 分")
def weights_do_not_add_to_100(case: Case) -> Iterator[Fault]:
    """预算执行率的分值加各指标分值，合计应为 100 分。

    为什么：总分按百分制评等级，分值合计不是 100，总分和等级就不可比。
    怎么改：补列漏掉的指标，或把分值调整到合计 100；批复时就不是 100 的，按上级意见处理。
    """
    form = case.form
    weights = _weights(form)
    yield from unread(weights)
    if not weights or any(cell.number is None for cell in weights) or unweighted(form) or below_zero(form):
        return
    whole = whole_weight(form)
    stated = form.total_weight.number
    if whole != HUNDRED:
        yield _fault(case, weights)
    elif stated is not None and stated != HUNDRED:
        yield Fault(
            cells=(form.total_weight,),
            fact=f"填 {form.total_weight.text}，各项分值合计为 100",
            found=form.total_weight.text,
            expected="100",
            fix="总分一行的分值改为 100，或恢复公式。",
        )


def _weights(form: Form) -> list[Cell]:
    cells = [row.weight for row in form.indicators]
    if form.fund_total is not None:
        cells.insert(0, form.fund_total.weight)
    return [cell for cell in cells if not cell.empty]


def _fault(case: Case, weights: list[Cell]) -> Fault:
    whole = whole_weight(case.form)
    gap = HUNDRED - whole
    return Fault(
        cells=(case.form.total_weight,),
        fact=f"应为 100，各项分值合计 {plain(whole)} 分，{'少' if gap > 0 else '多'} {plain(abs(gap))} 分",
        found=plain(whole),
        expected="100",
        working=(addition(cell.number or ZERO for cell in weights) + _hint(case)).lstrip("；"),
        fix="补列漏掉的指标或去掉重复的分值，使合计为 100；总分和等级随之重算。",
    )


def _hint(case: Case) -> str:
    """Say so where the stated total exceeds the scores by just the points that no indicator has."""
    stated, added = case.form.total_score.number, full_sum(leaves(case))
    gap = HUNDRED - whole_weight(case.form)
    if stated is None or added is None or gap <= 0 or stated - added != gap:
        return ""
    return f"；得分合计 {plain(added)}，总分填 {plain(stated)}，恰多 {plain(gap)} 分，疑有 {plain(gap)} 分的指标没有列出"
