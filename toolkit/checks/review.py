"""A form reviewed: scored, checked, its findings beside the officer's answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from toolkit.checks.answers import Answer, apply_answers
from toolkit.checks.case import Case
from toolkit.checks.finding import Finding, Severity
from toolkit.checks.rule import Rule, Stage
from toolkit.checks.run import check_form
from toolkit.core.fingerprint import fingerprint


@dataclass(frozen=True, slots=True)
class Review:
    """What is known of one form after 重算并检查.

    Attributes:
        findings: errors first, then in the order of the form.
        scheme_reason: why this scheme was taken, a Chinese clause.
        fingerprint: 校验码.
        rules_run: how many rules were applied.
        stage: 目标, 监控 or 自评.
    """

    case: Case
    findings: tuple[Finding, ...]
    scheme_reason: str
    fingerprint: str
    rules_run: int
    stage: Stage = Stage.SELF_EVALUATION

    def count(self, severity: Severity) -> int:
        """Count the findings of one severity; what could not be checked is counted apart."""
        return sum(found.severity is severity and not found.undecidable for found in self.findings)

    @property
    def waiting(self) -> int:
        """Count the 提醒 that wait for an answer."""
        return sum(found.open for found in self.findings)

    @property
    def unchecked(self) -> int:
        """Count what could not be checked (无法核对)."""
        return sum(found.undecidable for found in self.findings)


def review_form(
    case: Case, *, reason: str = "", stage: Stage = Stage.SELF_EVALUATION, rules: Sequence[Rule] | None = None
) -> Review:
    """Check a scored form by all rules that concern it, or by those given; answers are applied by :func:`answer_reviews`."""
    applied = [rule for rule in (_rules_for(case) if rules is None else rules) if stage in rule.stages]
    return Review(
        case=case,
        findings=check_form(case, applied, stage),
        scheme_reason=reason,
        fingerprint=fingerprint(case.form, case.scheme.id),
        rules_run=len(applied),
        stage=stage,
    )


def _rules_for(case: Case) -> Sequence[Rule]:
    """Load the rules that are needed: a command that shows what was found needs none, a form without a report not those of reports."""
    if case.report is None:
        from toolkit.checks.form_rules import FORM_RULES

        return FORM_RULES
    from toolkit.checks.catalogue import RULES

    return RULES


def answer_reviews(reviews: Iterable[Review], answers: Sequence[Answer]) -> list[Review]:
    """Put the officer's answers beside the findings they still fit."""
    return [replace(each, findings=apply_answers(each.findings, answers)) for each in reviews]


def total_of(review: Review) -> tuple[Decimal | None, str]:
    """Return 总分 as the form states it, else the sum of its scores, and the grade beside it; ``None`` while unscored."""
    form, scores = review.case.form, review.case.scores
    stated = form.total_score.number
    if stated is None and not scores.filled_any:
        return None, ""
    total = scores.filled if stated is None else stated
    return total, form.grade.text.strip() or review.case.scheme.grade_of(total).name
