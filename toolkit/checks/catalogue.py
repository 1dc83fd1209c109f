"""The catalogue: every rule there is."""

from __future__ import annotations

from toolkit.checks.across import UNIT_RULES, UnitRule
from toolkit.checks.form_rules import FORM_RULES
from toolkit.checks.report_rules import REPORT_RULES
from toolkit.checks.rule import Rule

RULES: tuple[Rule, ...] = (*FORM_RULES, *REPORT_RULES)
"""All rules for one form and its report."""


def catalogue() -> tuple[Rule | UnitRule, ...]:
    """Return every rule there is, those over several forms of a unit in their places."""
    letters = tuple(dict.fromkeys(rule.code[0] for rule in RULES))
    return tuple(sorted((*RULES, *UNIT_RULES), key=lambda rule: (letters.index(rule.code[0]), rule.code)))


def find_rule(code: str) -> Rule | UnitRule | None:
    """Return the rule with ``code`` (case-insensitive), ``None`` where there is none."""
    return next((rule for rule in catalogue() if rule.code == code.upper()), None)
