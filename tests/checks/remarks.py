"""The findings about reasons, values, indicators, goals, evidence and texts (codes D V I G C R) of a form."""

from __future__ import annotations

from typing import Any

from tests.checks.forms import Sheet, places, run
from toolkit.checks.finding import Finding
from toolkit.checks.rule import Stage

REASON = "偏差原因分析及改进措施"


def findings_of(sheet: Sheet, stage: Stage = Stage.SELF_EVALUATION, **beside: Any) -> list[Finding]:
    """Run the whole catalogue and keep the findings of these six families."""
    return [found for found in run(sheet, stage, **beside) if found.code[0] in "DVIGCR"]


def remarks(sheet: Sheet, stage: Stage = Stage.SELF_EVALUATION, **beside: Any) -> list[tuple[str, ...]]:
    """Return for each of them code, severity and the fields of its cells."""
    return places(findings_of(sheet, stage, **beside))
