"""Checks of a form: rules, findings, the catalogue and the runner."""

from toolkit.checks.case import Case, LedgerLine, make_case
from toolkit.checks.catalogue import RULES, catalogue, find_rule
from toolkit.checks.finding import Fault, Finding, Remedy, Severity
from toolkit.checks.rule import Rule, Stage
from toolkit.checks.run import check_form

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
    "catalogue",
    "check_form",
    "find_rule",
    "make_case",
]
