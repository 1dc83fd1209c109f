"""What a rule may look at."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from toolkit.core.document import Document
from toolkit.core.form import Cell, Form
from toolkit.core.kept import kept
from toolkit.core.scheme import Scheme
from toolkit.scoring import Scores, score_form

STATED = "自评报告"
"""Kind of a form that only repeats what a report states."""


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A project's line in the ledger (指标执行表、决算) that ``--ledger`` names.

    Attributes:
        initial_budget: 年初预算数 with the digits it was printed with, ``None`` where the ledger has no such column.
        unit: 元 or 万元, of all three amounts; "" where the ledger does not say.
        at: where it stands, such as 支付台账.xlsx 第 7 行.
    """

    project: str
    initial_budget: Cell | None
    annual_budget: Cell | None
    executed: Cell | None
    unit: str
    at: str


@dataclass(frozen=True)
class Case:
    """A form with all that is known beside it.

    Attributes:
        goals: the approved goals (批复的绩效目标), as a form without results.
        ledger: the lines of the ledger.
        report: the narrative report beside the form.
    """

    form: Form
    scheme: Scheme
    goals: Form | None = None
    ledger: tuple[LedgerLine, ...] | None = None
    report: Document | None = None

    @kept
    def scores(self) -> Scores:
        """Return what the scheme gives the form; worked out when it is first asked for."""
        return score_form(self.form, self.scheme)

    @property
    def yuan(self) -> Decimal:
        """Return how many 元 one unit of the form's amounts is."""
        return Decimal(10000) if self.form.currency_unit == "万元" else Decimal(1)


def make_case(
    form: Form,
    scheme: Scheme,
    goals: Form | None = None,
    ledger: tuple[LedgerLine, ...] | None = None,
    report: Document | None = None,
) -> Case:
    """Lay everything beside ``form`` that the rules may look at."""
    return Case(form, scheme, goals, ledger, report)
