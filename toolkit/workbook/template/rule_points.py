"""What the formulas of the scheme's own rules give: the points of 执行率 and of the department's projects."""

from __future__ import annotations

from decimal import Decimal

from toolkit.core.form import Cell, Form
from toolkit.core.scheme import Scheme
from toolkit.scoring.fund import printed_rate
from toolkit.scoring.leaf import PROJECTS
from toolkit.workbook.template.parameters import RULE_WORDS

ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)
PROJECT_CELLS = ("项目名称", "资金", "自评得分", "支出")
"""Columns of 项目清单 that formulas look at."""


class RulePoints:
    """Follows the formulas of rules through one form."""

    def __init__(self, form: Form, scheme: Scheme) -> None:
        """Add up 项目清单 and read the amounts of 年度资金总额."""
        self._form = form
        self._scheme = scheme
        self.projects = self._added_up()

    def earned(self, rule: str, weight: Decimal) -> Decimal | str:
        """Return the unrounded points of a row by a rule, "" where the formulas give none."""
        if rule == RULE_WORDS["execution"]:
            return self._by_execution(weight)
        if rule == RULE_WORDS["projects"]:
            used, usable, whole, earned = self.projects
            return weight * earned / (whole * HUNDRED) if used and used == usable and whole > 0 else ""
        return ""

    def _by_execution(self, weight: Decimal) -> Decimal | str:
        line = self._form.fund_total
        budget = self._form.amount(line.annual_budget) if line else None
        spent = self._form.amount(line.executed) if line else None
        if budget is None or spent is None:
            return ""
        if budget <= 0 or spent <= 0:
            return ZERO
        if self._scheme.rate_basis == "printed":
            return weight * min(ONE, printed_rate(budget, spent, self._scheme))
        return weight * min(spent, budget) / budget

    def _added_up(self) -> tuple[int, int, Decimal, Decimal]:
        """Return rows in use, rows that can be used, Σ资金 and Σ(自评得分 × 资金) of 项目清单."""
        rows = [row for row in self._form.tables.get(PROJECTS, ()) if any(_given(row.get(name)) for name in PROJECT_CELLS)]
        pairs = [(_number(row.get("自评得分")), _number(row.get("资金"))) for row in rows]
        usable = sum(
            score is not None and funds is not None and funds >= 0 and ZERO <= score <= HUNDRED for score, funds in pairs
        )
        whole = sum((funds for _, funds in pairs if funds is not None), ZERO)
        earned = sum(((score or ZERO) * (funds or ZERO) for score, funds in pairs), ZERO)
        return len(rows), usable, whole, earned


def _given(cell: Cell | None) -> bool:
    return cell is not None and not cell.blank


def _number(cell: Cell | None) -> Decimal | None:
    return None if cell is None else cell.number
