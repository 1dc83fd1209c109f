"""Which rows of 项目资金 add up to 年度资金总额, and how far rounding may take them from it."""

from __future__ import annotations

from decimal import Decimal

from toolkit.checks.fund_groups import fund_groups
from toolkit.core.form import Form
from toolkit.core.scheme import Scheme

ZERO = Decimal(0)
USUAL_STEP = Decimal("0.01")
"""Last digit of an amount in 万元."""


def fund_slack(form: Form | None, scheme: Scheme) -> Decimal:
    """Return how far a total in 万元 may lie from the sum of its sources: half a last digit for each amount; 0 in 元."""
    unit = form.currency_unit if form else scheme.currency_unit
    if unit != "万元":
        return ZERO
    figures = [cell.figure for line in form.funds for _, cell in line.amounts()] if form else []
    step = min((figure.step for figure in figures if figure is not None), default=USUAL_STEP)
    rows = len(form.funds) if form and form.funds else len(scheme.fund_rows)
    return min(step, USUAL_STEP) * rows / 2


def source_places(form: Form) -> list[int]:
    """Return how many rows below 年度资金总额 each source stands; rows that break down a source are left out."""
    sources = [source for source, _ in fund_groups(form)]
    return [place for place, line in enumerate(form.funds) if any(line is source for source in sources)]
