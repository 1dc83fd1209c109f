"""From a form that was checked to what is kept of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from toolkit.checks import Case, Finding, Severity
from toolkit.checks.answers import Answer, Scope, apply_answers, unit_answers
from toolkit.checks.fund_groups import carried_amounts
from toolkit.checks.review import Review, total_of
from toolkit.checks.rows import reason_of, scored_rows
from toolkit.collect.model import Amount, Details, Head, Line, Told
from toolkit.collect.texts import problems_of
from toolkit.core.form import Cell, Form, Indicator
from toolkit.core.money import fixed, plain
from toolkit.core.values.dates import find_dates
from toolkit.core.values.unclear import UnclearError
from toolkit.scoring import IndicatorScore

UNCHECKED = "unchecked"
"""Stands in a tally for what could not be checked."""
_DATE = "填报日期"
_ANSWERED = "x"


def record_form(review: Review, answers: Sequence[Answer], state: str) -> tuple[Head, Details]:
    """Return what is kept of a form.

    Args:
        review: the form, scored and checked, its own answers applied.
        answers: those of its workbook.
        state: what verification says of the workbook.
    """
    case = review.case
    form, scheme = case.form, case.scheme
    total, grade = total_of(review)
    # A form that gives neither results nor scores, only its total, has nothing that could be computed.
    scored = any(row.computed is not None or row.filled is not None for row in case.scores.rows)
    told = tuple(_told(found, shared) for found, shared in _with_shared(review, answers))
    head = Head(
        sheet=form.sheet or "",
        scheme=scheme.id,
        year=form.year,
        unit=_unit(form),
        project=" ".join(form.project_name.text.split()),
        code=form.project_code.text.strip(),
        whole=any(rule.rule == "projects" for rule in scheme.leaf_rules),
        blank=not form.indicators and form.project_name.blank,
        currency=form.currency_unit,
        amounts=tuple(_amount(cell, case) for cell in _totals(form)),
        carried=tuple(_amount(cell, case) for cell in carried_amounts(form, scheme)),
        filled="" if total is None else plain(total),
        computed=fixed(case.scores.computed, scheme.score_decimals) if scored else "",
        score_cell=form.total_score.address or "",
        grade=grade,
        computed_grade=case.scores.grade.name if scored else "",
        bounds=tuple(plain(each.least) for each in scheme.grades if each.least > 0),
        floor=plain(scheme.low_execution),
        all_full=_all_full(case),
        outputs_full=_outputs_full(case),
        evidence=_evidence(form.weighted),
        fingerprint=review.fingerprint,
        state=state,
        dated=_dated(form),
        problems=problems_of(form, case.report),
        tally=_tally(told),
        waiting=tuple((each.code, each.shared) for each in told if each.open),
        answers=tuple((each.code, each.text.strip()) for each in unit_answers(review.findings, answers)),
    )
    return head, Details(told, tuple(_line(score, case) for score in case.scores.rows))


def _unit(form: Form) -> str:
    named = (form.organisation, form.implementing_unit, form.department)
    return next((" ".join(cell.text.split()) for cell in named if not cell.empty), "")


def _totals(form: Form) -> Iterator[Cell]:
    if form.fund_total is not None:
        yield from (cell for _, cell in form.fund_total.amounts())


def _amount(cell: Cell, case: Case) -> Amount:
    number = case.form.amount(cell)
    exact = "" if cell.exact is None else plain(cell.exact)
    yuan = "" if number is None else plain(number * case.yuan)
    return Amount(cell.field, cell.text, exact, cell.address or "", yuan)


def _with_shared(review: Review, answers: Sequence[Answer]) -> Iterator[tuple[Finding, bool]]:
    """Yield the findings, and whether an answer given for the whole unit on another form would hold for each."""
    codes = {found.code for found in review.findings if found.open}
    given = [Answer(code, "", "", "", "", _ANSWERED, Scope.UNIT) for code in sorted(codes)]
    settled = apply_answers(review.findings, [*answers, *given]) if given else review.findings
    for found, after in zip(review.findings, settled, strict=True):
        yield found, found.open and after.explained == _ANSWERED


def _told(found: Finding, shared: bool) -> Told:
    first = found.cells[0]
    return Told(
        found.code,
        found.title,
        found.severity.value,
        first.sheet or "",
        first.address or "",
        first.field,
        found.message,
        found.working,
        found.fix,
        found.source,
        found.explained or "",
        shared,
        found.undecidable,
    )


def _tally(told: Sequence[Told]) -> tuple[tuple[str, str, str, int], ...]:
    counts = Counter((each.code, each.title, UNCHECKED if each.undecidable else each.severity) for each in told)
    return tuple((code, title, severity, number) for (code, title, severity), number in counts.items())


def _all_full(case: Case) -> bool:
    rows, fund = scored_rows(case), case.scores.fund
    full = fund.weight is None or not fund.weight or fund.filled == fund.weight
    return bool(rows) and full and len(rows) == len(case.form.weighted) and all(_full(row) for row in rows)


def _outputs_full(case: Case) -> bool:
    outputs = [row for row in scored_rows(case) if "产出" in row.row.level1.text]
    return bool(outputs) and all(_full(row) for row in outputs)


def _full(row: IndicatorScore) -> bool:
    return row.filled is not None and row.filled == row.weight


def _evidence(rows: Sequence[Indicator]) -> str:
    kept = [row.evidence for row in rows if row.evidence is not None]
    if not kept:
        return ""
    return "无" if all(cell.blank for cell in kept) else "有"


def _dated(form: Form) -> str:
    cell = form.facts.get(_DATE)
    try:
        found = [] if cell is None else find_dates(cell.text)
    except UnclearError:
        return ""
    moment = found[0].moment if found else None
    if moment is None or moment.year is None:
        return ""
    return f"{moment.year:04d}-{moment.month or 0:02d}-{moment.day or 0:02d}"


def _line(score: IndicatorScore, case: Case) -> Line:
    row = score.row
    return Line(
        level1=row.level1.text.strip(),
        level2=row.level2.text.strip(),
        level3=row.level3.text.strip(),
        level4=row.level4.text.strip(),
        target=row.target.text.strip(),
        actual=row.actual.text.strip(),
        weight=_number(score.weight, row.weight),
        score=_number(score.filled, row.score),
        computed="" if score.computed is None else plain(score.computed),
        deviation=reason_of(row, case.scheme),
        working=score.working,
        evidence="" if row.evidence is None else row.evidence.text.strip(),
        cell=row.score.address or "",
    )


def _number(number: Decimal | None, cell: Cell) -> str:
    return cell.text.strip() if number is None else plain(number)


def is_error(told: Told) -> bool:
    """Tell whether a finding must be corrected."""
    return told.severity == Severity.ERROR and not told.undecidable
