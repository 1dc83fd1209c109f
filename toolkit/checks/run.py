"""Running the rules on a form: findings in form order, errors first, one finding a fault."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Finding, Severity
from toolkit.checks.rule import Rule, Stage
from toolkit.checks.wording import before_approval, message_of
from toolkit.core.form import Cell

Raised = tuple[Rule, Fault]


@dataclass(frozen=True, slots=True)
class Silence:
    """A line of the subsumption table: where ``speaks`` speaks, ``silent`` rules are silent.

    Attributes:
        whole_form: silent on the whole form; else only on the row.
    """

    speaks: str
    silent: frozenset[str]
    whole_form: bool


def check_form(case: Case, rules: Iterable[Rule], stage: Stage = Stage.SELF_EVALUATION) -> tuple[Finding, ...]:
    """Run ``rules`` on one form.

    Returns:
        The findings, errors first, then in the order of the form, then by code; the same input gives the same list.
    """
    off = {code for code, severity in case.scheme.severities.items() if severity == "off"}
    raised = [(each, fault) for each in rules if stage in each.stages and each.code not in off for fault in each(case)]
    return arrange(_finding(each, fault, case, stage) for each, fault in _once(_subsumed(raised)))


def arrange(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Put findings into their order: severity, place in the form, code."""
    return tuple(sorted(findings, key=lambda found: (found.severity.rank, found.cells[0].line, found.code)))


@cache
def silences() -> tuple[Silence, ...]:
    """Return the subsumption table."""
    text = files("toolkit.checks").joinpath("subsumption.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["silence"]
    return tuple(Silence(row["speaks"], frozenset(row["silent"]), row["on"] == "form") for row in rows)


@cache
def _silences_of(code: str) -> tuple[Silence, ...]:
    return tuple(silence for silence in silences() if code in silence.silent)


def _subsumed(raised: list[Raised]) -> Iterator[Raised]:
    lines: dict[str, set[int]] = {}
    for each, fault in raised:
        if not fault.undecidable and fault.severity is not Severity.INFO:
            lines.setdefault(each.code, set()).update(cell.line for cell in fault.cells)
    for each, fault in raised:
        kept = _cells_left(each.code, fault, lines)
        if kept:
            yield each, fault if len(kept) == len(fault.cells) else replace(fault, cells=kept)


def _cells_left(code: str, fault: Fault, lines: dict[str, set[int]]) -> tuple[Cell, ...]:
    kept = fault.cells
    for silence in _silences_of(code):
        if silence.speaks in lines:
            if silence.whole_form:
                return ()
            kept = tuple(cell for cell in kept if cell.line not in lines[silence.speaks])
    return kept


def _once(raised: Iterable[Raised]) -> Iterator[Raised]:
    """Drop what could not be checked because of a cell that another finding names already."""
    everything = list(raised)
    named = {cell.field for _, fault in everything if not fault.undecidable for cell in fault.cells}
    for each, fault in everything:
        if not fault.undecidable:
            yield each, fault
        elif fault.cells[0].field not in named:
            named.add(fault.cells[0].field)
            yield each, fault


def _finding(each: Rule, fault: Fault, case: Case, stage: Stage) -> Finding:
    return Finding(
        code=each.code,
        title=each.title,
        severity=_severity(each, fault, case, stage),
        remedy=each.remedy,
        cells=fault.cells,
        found=fault.found,
        expected=fault.expected,
        message=message_of(fault),
        working=fault.working,
        fix=before_approval(fault.fix) if stage is Stage.GOALS else fault.fix,
        source=fault.source or each.source,
        undecidable=fault.undecidable,
    )


def _severity(each: Rule, fault: Fault, case: Case, stage: Stage) -> Severity:
    if fault.undecidable:
        return Severity.INFO
    if fault.severity is not None:
        severity = fault.severity
    else:
        severity = Severity(case.scheme.severities.get(each.code, each.severity))
    # Before approval the target can still be changed: what would wait for next year asks for an answer now.
    return Severity.WARNING if severity is Severity.NEXT_YEAR and stage is Stage.GOALS else severity
