"""A report reviewed: by itself, and beside a form where there is one."""

from __future__ import annotations

from collections.abc import Callable

from toolkit.checks.case import make_case
from toolkit.checks.catalogue import RULES
from toolkit.checks.finding import Finding
from toolkit.checks.prose.stated import stated_form
from toolkit.checks.review import Review
from toolkit.checks.run import arrange, check_form
from toolkit.core.document import Document
from toolkit.core.fingerprint import fingerprint
from toolkit.core.form import Form, Line
from toolkit.core.scheme import Scheme

Choose = Callable[[Form], tuple[Scheme, str]]
_OF_TEXT = ("R", "P")
_OF_SCORES = ("W01", "S01", "S03", "S10", "S11")
"""Rules of the form that hold for the scores a report states, too."""
_SAME = {"写总分": "S01", "写等级": "S10"}
"""Words of a finding of R01 with the rule that finds the same in the report alone."""


def review_report(document: Document, choose: Choose, form: Form | None = None) -> Review:
    """Check a report: what it states against itself, and against ``form`` where there is one.

    Args:
        choose: gives the scheme of a form and the reason.
    """
    stated = stated_form(document)
    scheme, reason = choose(form or stated)
    rules = [each for each in RULES if each.code.startswith(_OF_TEXT)]
    beside = make_case(form or stated, scheme, report=document)
    findings = [found for found in check_form(beside, rules) if found.cells[0].line >= Line.REPORT]
    own = [each for each in RULES if each.code in _OF_SCORES and (stated.indicators or each.code == "S10")]
    findings += _not_twice(check_form(make_case(stated, scheme), own), findings)
    return Review(
        case=beside,
        findings=arrange(findings),
        scheme_reason=reason,
        fingerprint="" if form is None else fingerprint(form, scheme.id),
        rules_run=len(rules) + len(own),
    )


def _not_twice(own: tuple[Finding, ...], findings: list[Finding]) -> list[Finding]:
    """Leave out what a comparison with the form says already of the same total or grade."""
    said = {(found.cells[0].line, word) for found in findings if found.code == "R01" for word in _SAME if word in found.message}
    return [found for found in own if not any((found.cells[0].line, word) in said and found.code == code for word, code in _SAME.items())]
