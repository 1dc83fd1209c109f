"""The results of check as JSON, in the shape other programs rely on; decimals are strings."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from toolkit.checks import Finding
from toolkit.checks.review import Review
from toolkit.core.money import fixed, plain, round_half_up
from toolkit.scoring import FundScore, IndicatorScore, Scores

RATE_PLACES = 4


def reviewed(path: Path, review: Review) -> dict[str, Any]:
    """Return the object of a form that was checked."""
    form, scores = review.case.form, review.case.scores
    return {
        "file": str(path),
        "status": "checked",
        "sheet": form.sheet,
        "scheme": review.case.scheme.id,
        "scheme_reason": review.scheme_reason,
        "year": form.year,
        "organisation": form.organisation.text or None,
        "project": form.project_name.text,
        "score": _score(scores, review),
        "findings": [finding(found) for found in review.findings],
        "fingerprint": review.fingerprint,
    }


def unreadable(path: Path, reason: str) -> dict[str, Any]:
    """Return the object of a file that could not be read."""
    return {"file": str(path), "status": "unreadable", "reason": reason}


def across(findings: tuple[Finding, ...]) -> dict[str, Any]:
    """Return the last object: findings that concern several files."""
    return {"file": None, "status": "checked", "findings": [finding(found) for found in findings]}


def finding(found: Finding) -> dict[str, Any]:
    """Return one finding; with several places it has them all in ``places``."""
    first = found.cells[0]
    shown: dict[str, Any] = {
        "code": found.code,
        "title": found.title,
        "severity": str(found.severity),
        "sheet": first.sheet,
        "cell": first.address,
        "field": first.field,
        "found": found.found,
        "expected": found.expected,
        "message": found.message + (f"。算式：{found.working}" if found.working else ""),
        "working": found.working,
        "fix": found.fix,
        "remedy": str(found.remedy),
        "source": found.source,
        "explained": found.explained,
    }
    if len(found.cells) > 1:
        shown["places"] = [{"sheet": cell.sheet, "cell": cell.address, "field": cell.field} for cell in found.cells]
    return shown


def _score(scores: Scores, review: Review) -> dict[str, Any]:
    scheme = review.case.scheme
    return {
        "computed": fixed(scores.computed, scheme.score_decimals),
        "filled": fixed(scores.filled, scheme.score_decimals) if scores.filled_any else None,
        "stated": scores.stated or None,
        "grade": scores.grade.name,
        "basis": scheme.rate_basis,
        "lines": [*_fund_lines(scores.fund), *(_indicator_line(row) for row in scores.rows)],
    }


def _fund_lines(fund: FundScore) -> list[dict[str, Any]]:
    if fund.line is None:
        return []
    rate = None if fund.rate is None else f"{fund.rate:f}"
    return [_line(fund.line.name, fund.weight, rate, fund.computed, fund.filled, fund.working)]


def _indicator_line(score: IndicatorScore) -> dict[str, Any]:
    completion = score.comparison.completion
    rate = None if completion is None else plain(round_half_up(completion, RATE_PLACES))
    return _line(score.row.name, score.weight, rate, score.computed, score.filled, score.working)


def _line(
    row: str, weight: Decimal | None, rate: str | None, computed: Decimal | None, filled: Decimal | None, working: str
) -> dict[str, Any]:
    counted = computed if computed is not None else filled
    return {
        "row": row,
        "weight": None if weight is None else plain(weight),
        "rate": rate,
        "computed": None if computed is None else f"{computed:f}",
        "filled": None if filled is None else fixed(filled),
        "deduction": None if weight is None or counted is None else fixed(weight - counted),
        "working": working,
    }
