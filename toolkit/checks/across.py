"""Rules over all forms of one unit."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Finding, Remedy, Severity
from toolkit.checks.rules import f14_budgets_moved_within_unit
from toolkit.checks.run import arrange
from toolkit.checks.wording import message_of


@dataclass(frozen=True, slots=True)
class UnitRule:
    """A rule that looks at several forms of one unit together; its parts are those of a rule for one form."""

    code: str
    title: str
    severity: Severity
    remedy: Remedy
    source: str
    check: Callable[[Sequence[Case]], Iterator[Fault]]

    @property
    def manual(self) -> str:
        """Return the manual page: the docstring of the check."""
        return inspect.cleandoc(self.check.__doc__ or "")


UNIT_RULES: tuple[UnitRule, ...] = (
    UnitRule(
        "F14",
        title="项目之间调剂预算",
        severity=Severity.INFO,
        remedy=Remedy.EXPLAIN,
        source="同一单位各项目年初、全年预算数合计",
        check=f14_budgets_moved_within_unit.budgets_moved_within_unit,
    ),
)
"""All rules over the forms of one unit."""


def check_unit(cases: Sequence[Case]) -> tuple[Finding, ...]:
    """Run the rules over several forms, unit by unit (填报单位).

    Returns:
        The findings, units in the order in which their first form stands in ``cases``.
    """
    units: dict[str, list[Case]] = {}
    for case in cases:
        units.setdefault("".join(case.form.organisation.text.split()), []).append(case)
    return tuple(found for unit in units.values() for found in _check(unit))


def _check(unit: Sequence[Case]) -> tuple[Finding, ...]:
    return arrange(_finding(each, fault) for each in UNIT_RULES for fault in each.check(unit))


def _finding(each: UnitRule, fault: Fault) -> Finding:
    return Finding(
        code=each.code,
        title=each.title,
        severity=fault.severity or each.severity,
        remedy=each.remedy,
        cells=fault.cells,
        found=fault.found,
        expected=fault.expected,
        message=message_of(fault),
        working=fault.working,
        fix=fault.fix,
        source=fault.source or each.source,
    )
