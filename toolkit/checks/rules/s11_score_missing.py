"""S11: scores or the total missing."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.rule import RESULTS, rule
from toolkit.checks.weights import leaves
from toolkit.core.form import Cell


@rule("S11", title="缺少得分或总分", severity=Severity.WARNING, source="自评表“得分”栏和“总分”栏", stages=RESULTS)
def score_missing(case: Case) -> Iterator[Fault]:
    """有分值的每一行都应有得分，表末应有总分。

    为什么：缺一项得分，总分就不能核对；没有总分，等级也无从确定。
    怎么改：补填得分，由公式算出总分；确实不评分的，写明原因。
    """
    form, found = case.form, leaves(case)
    cells = [leaf.score for leaf in found if leaf.missing]
    if form.total_score.empty:
        cells.append(form.total_score)
    if cells:
        yield _fault(tuple(cells), form.total_score)
    elif not found and form.total_score.number is not None:
        yield Fault(
            cells=(form.total_score,),
            fact=f"填 {form.total_score.text}，没有列出各项指标的分值和得分",
            found=form.total_score.text,
            fix="补列各项指标的分值和得分；只有报告的，附上评分表。",
        )


def _fault(cells: tuple[Cell, ...], total: Cell) -> Fault:
    leaf_count = sum(cell is not total for cell in cells)
    if len(cells) == 1:
        fact = "没有填"
    elif leaf_count == len(cells):
        fact = f"{leaf_count} 项没有填得分"
    else:
        fact = f"{leaf_count} 项没有填得分，总分也没有填"
    return Fault(cells=cells, fact=fact, fix="补填得分，由公式算出总分；确实不评分的，写明原因。")
