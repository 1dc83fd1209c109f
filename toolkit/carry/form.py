"""What of a form goes into next year's, and what is emptied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from toolkit.carry.facts import carried_facts, carried_tables
from toolkit.carry.suggestions import suggestions
from toolkit.checks import Finding
from toolkit.core.form import Cell, Form, FundLine, Indicator, Origin
from toolkit.core.scheme import Scheme
from toolkit.scoring import score_form

_AMOUNTS = ("initial_budget", "annual_budget", "executed", "rate", "score", "received", "received_rate")
_RESULTS = ("actual", "score", "deviation", "basis")
_KEPT = ("level1", "level2", "level3", "level4", "target", "method", "provider", "grounds")
_HEADER = ("organisation", "project_name", "project_code", "department", "implementing_unit", "expected_goal")


def carry_over(form: Form, findings: Sequence[Finding], scheme: Scheme) -> Form:
    """Return next year's blank form.

    Project, unit, sources of the funds, goals, indicators, targets, weights, 计算方式 and 数据来源 stay; amounts, results,
    scores, reasons, columns of the form's own (复核分, 备注 …), totals and grade are emptied; the year is moved on. Of
    报告要素 the groups that hold year after year stay, documents wait to be confirmed, and the group 上年情况 tells what this year's form said.

    Args:
        form: this year's form.
        findings: what the checks found on it.
        scheme: by which it was scored.
    """
    scores = score_form(form, scheme)
    advice = suggestions(form, scores, findings, scheme)
    header: dict[str, Any] = {name: _kept(getattr(form, name)) for name in _HEADER}
    return replace(
        form,
        year=None if form.year is None else form.year + 1,
        **header,
        project_amount=_kept(form.project_amount) if _over_years(form) else _emptied(form.project_amount),
        funds=tuple(_fund(line) for line in form.funds),
        achieved_goal=_emptied(form.achieved_goal),
        indicators=tuple(_indicator(row, scheme) for row in form.indicators),
        total_weight=_emptied(form.total_weight),
        total_score=_emptied(form.total_score),
        grade=_emptied(form.grade),
        facts=carried_facts(form, scores),
        tables=carried_tables(form, scores, advice),
        scheme_id=scheme.id,
        sheet=None,
        left_out=(),
    )


def years_left(form: Form, year: int) -> Iterator[Cell]:
    """Yield the kept texts of a carried-over form that still speak of ``year``, which only the officer can put right."""
    cells = [form.project_name, form.expected_goal]
    for row in form.indicators:
        cells += [row.level3, row.level4, row.target, row.grounds]
    yield from (cell for cell in cells if f"{year}年" in cell.text.replace(" ", ""))


def _over_years(form: Form) -> bool:
    """Tell whether 项目金额 is that of several years: it differs from every amount of this one."""
    amount, total = form.amount(form.project_amount), form.fund_total
    if amount is None or total is None:
        return False
    return amount not in {form.amount(cell) for _, cell in total.amounts()}


def _fund(line: FundLine) -> FundLine:
    return replace(
        line,
        kind=_kept(line.kind),
        weight=_kept(line.weight),
        **{name: _emptied(getattr(line, name)) for name in _AMOUNTS},
    )


def _indicator(row: Indicator, scheme: Scheme) -> Indicator:
    # A weight that a formula shares out is shared out anew.
    shared = row.weight.origin is not Origin.TYPED and row.level1.text in scheme.equal_sections
    return replace(
        row,
        weight=_emptied(row.weight) if shared else _kept(row.weight),
        evidence=None if row.evidence is None else _kept(row.evidence),
        **_each(row, _KEPT, kept=True),
        own={heading: _emptied(cell) for heading, cell in row.own.items()},
        **_each(row, _RESULTS, kept=False),
    )


def _each(row: Indicator, names: Iterable[str], *, kept: bool) -> dict[str, Cell]:
    return {name: (_kept if kept else _emptied)(getattr(row, name)) for name in names}


def _kept(cell: Cell) -> Cell:
    return Cell(cell.field, cell.text, line=cell.line)


def _emptied(cell: Cell) -> Cell:
    return Cell(cell.field, line=cell.line)
