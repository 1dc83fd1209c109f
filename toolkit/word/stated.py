"""What the last rows of a form say: as it states them, else as its own rows give them."""

from __future__ import annotations

from decimal import Decimal

from toolkit.checks import Case
from toolkit.core.money import plain


def stated_total(case: Case) -> str:
    """Return 总分 as the form states it, else by the rules."""
    return case.form.total_score.text.strip() or plain(case.scores.computed)


def stated_weight(case: Case) -> str:
    """Return the sum of 分值 as the form states it, else of its rows; nothing for a form without 分值."""
    form = case.form
    cells = [*([form.fund_total.weight] if form.fund_total else []), *(row.weight for row in form.indicators)]
    total = sum((cell.number or Decimal(0) for cell in cells), Decimal(0))
    return form.total_weight.text.strip() or (plain(total) if total else "")


def stated_grade(case: Case) -> str:
    """Return 等级 as the form states it, else the one its 总分 earns."""
    stated = case.form.total_score.number
    earned = case.scores.grade if stated is None else case.scheme.grade_of(stated)
    return case.form.grade.text.strip() or earned.name
