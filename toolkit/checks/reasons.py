"""Where a form may say why money was moved or not spent: it has no cell for this in the rows of 项目资金."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.rows import reason_of
from toolkit.core.form import Cell
from toolkit.scoring.compare import is_cost

ADJUSTMENT_FACT = "调整原因"
LOW_RATE_FACT = "执行率偏低原因"


def cost_reasons(case: Case) -> Iterator[str]:
    """Yield what 偏差原因 of the 成本指标 says, cells without a reason left out."""
    for row in case.form.indicators:
        reason = reason_of(row, case.scheme)
        if reason and is_cost(row, case.scheme):
            yield reason


def stated(case: Case, *names: str) -> Iterator[str]:
    """Yield the texts of 报告要素 by their names, blank ones left out."""
    for name in names:
        cell = case.form.facts.get(name, Cell())
        if not cell.blank:
            yield cell.text


def names_funds(case: Case) -> bool:
    """Tell whether 实际完成情况 has a sentence that names the funds."""
    return case.scheme.mentions(case.form.achieved_goal.text, "fund_sentence")


def adjustment_explained(case: Case) -> bool:
    """Tell whether something says why 全年预算数 is not 年初预算数."""
    return (
        any(stated(case, ADJUSTMENT_FACT))
        or any(case.scheme.mentions(text, "adjustment") for text in cost_reasons(case))
        or names_funds(case)
    )


def low_rate_explained(case: Case) -> bool:
    """Tell whether something says why money was left."""
    return any(stated(case, ADJUSTMENT_FACT, LOW_RATE_FACT)) or any(cost_reasons(case)) or names_funds(case)


def saving_explained(case: Case) -> bool:
    """Tell whether something says that the money left was saved, by tender for instance."""
    texts = (*stated(case, ADJUSTMENT_FACT, LOW_RATE_FACT), *cost_reasons(case), case.form.achieved_goal.text)
    return any(case.scheme.mentions(text, "saving_reason") for text in texts)
