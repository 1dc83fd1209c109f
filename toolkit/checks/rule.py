"""How a rule is declared: one function in one file, with a permanent code."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Remedy, Severity


class Stage(StrEnum):
    """When a form is checked (--stage)."""

    GOALS = "目标"
    MONITORING = "监控"
    SELF_EVALUATION = "自评"


ALL_STAGES = frozenset(Stage)
RESULTS = frozenset({Stage.SELF_EVALUATION})
"""For rules about scores and results, which exist only at self-evaluation."""
RUNNING = frozenset({Stage.MONITORING, Stage.SELF_EVALUATION})
"""For rules about money spent and values reached so far."""

Check = Callable[[Case], Iterator[Fault]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the catalogue.

    Attributes:
        code: permanent; never reused, never renumbered.
        title: the fault in official words.
        severity: unless the fault or the scheme says otherwise.
        remedy: what can still be done at self-evaluation.
        source: where the rule comes from, as shown under 依据.
        stages: when it applies.
        check: the function that looks for the fault; its docstring is the manual page.
    """

    code: str
    title: str
    severity: Severity
    remedy: Remedy
    source: str
    stages: frozenset[Stage]
    check: Check

    def __call__(self, case: Case) -> Iterator[Fault]:
        """Look for the fault in ``case``."""
        return self.check(case)

    @property
    def manual(self) -> str:
        """Return the manual page: the docstring of the check."""
        return inspect.cleandoc(self.check.__doc__ or "")


def rule(
    code: str,
    *,
    title: str,
    severity: Severity,
    source: str,
    remedy: Remedy = Remedy.CORRECT,
    stages: frozenset[Stage] = ALL_STAGES,
) -> Callable[[Check], Rule]:
    """Declare the function below as the rule ``code``."""

    def declare(check: Check) -> Rule:
        return Rule(code, title, severity, remedy, source, stages, check)

    return declare
