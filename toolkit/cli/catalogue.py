"""Every rule there is: those for one form, for a unit, and for who collects."""

from __future__ import annotations

from toolkit.checks import Rule
from toolkit.checks.across import UnitRule
from toolkit.checks.catalogue import catalogue
from toolkit.collect.rules import COLLECT_RULES, CollectRule

AnyRule = Rule | UnitRule | CollectRule


def every_rule() -> tuple[AnyRule, ...]:
    """Return every rule, those for who collects in their places."""
    everything = (*catalogue(), *COLLECT_RULES)
    letters = tuple(dict.fromkeys(rule.code[0] for rule in everything))
    return tuple(sorted(everything, key=lambda rule: (letters.index(rule.code[0]), rule.code)))
