"""Checks of a form: rules, findings, the catalogue and the runner.

The rules themselves are loaded when first asked for: most commands that handle findings run none.
"""

from typing import TYPE_CHECKING, Any

from toolkit.checks.case import Case, LedgerLine, make_case
from toolkit.checks.finding import Fault, Finding, Remedy, Severity
from toolkit.checks.rule import Rule, Stage
from toolkit.checks.run import check_form

if TYPE_CHECKING:
    from toolkit.checks.catalogue import RULES, find_rule

__all__ = [
    "RULES",
    "Case",
    "Fault",
    "Finding",
    "LedgerLine",
    "Remedy",
    "Rule",
    "Severity",
    "Stage",
    "check_form",
    "find_rule",
    "make_case",
]


def __getattr__(name: str) -> Any:
    """Load the rules when they are first asked for."""
    if name not in ("RULES", "find_rule"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from toolkit.checks import catalogue

    return getattr(catalogue, name)
