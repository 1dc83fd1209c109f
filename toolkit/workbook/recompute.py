"""Results of the template's own formulas, recomputed where the file holds none or one that is out of date.

Programs that write workbooks without calculating them leave formulas without a result, or with a 0 that nobody
computed; Excel itself leaves old results where calculation is set to manual. A formula that the officer typed cannot be
recomputed here and keeps the result the file holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from toolkit.core.form import Cell, Form, FundLine, Indicator, Origin
from toolkit.core.scheme import Scheme
from toolkit.scoring import IndicatorScore, score_funds, score_indicator
from toolkit.scoring.fund import printed_rate
from toolkit.workbook.address import column_letters, read_area
from toolkit.workbook.coverage import areas_of, left_out
from toolkit.workbook.locate import Places
from toolkit.workbook.sheet import Sheet

_REFERENCE = re.compile(r"(?<![A-Za-z0-9_.!'])\$?([A-Z]{1,3})\$?(\d+)(?![\d(])")
_AMOUNTS: Mapping[str, str] = {
    "initial_budget": "年初预算数",
    "annual_budget": "全年预算数",
    "received": "到位金额",
    "executed": "全年执行数",
}

Result = Decimal | str
"""What a formula gives; "" is the blank text."""


def refresh(form: Form, sheet: Sheet, places: Places, scheme: Scheme) -> Form:
    """Return the form with the results of the template's formulas as they are now.

    Args:
        form: as read, with the results the file holds.
        sheet: the sheet it stands on.
        places: where its parts stand.
        scheme: by which the template computes.

    Returns:
        The form itself where nothing differs; else a copy in which such cells are ``STALE`` or ``UNCACHED``.
    """
    if not any(cell.origin is not Origin.TYPED for cell in _computed_cells(form)):
        return form
    form = replace(form, left_out=left_out(form, sheet))
    refreshed = _Refresher(sheet, places, scheme).refreshed(form)
    # A total that leaves scores out is not the template's any more: what it shows is what the officer sees.
    return replace(refreshed, total_score=form.total_score) if form.left_out else refreshed


def _computed_cells(form: Form) -> list[Cell]:
    cells = [form.total_weight, form.total_score, form.grade]
    for row in form.indicators:
        cells += [row.weight, row.score]
    for line in form.funds:
        cells += [line.initial_budget, line.annual_budget, line.received, line.executed, line.rate, line.score]
    return cells


class _Refresher:
    """Recomputes in the order of dependence: amounts, rates and fund score, scores, total."""

    def __init__(self, sheet: Sheet, places: Places, scheme: Scheme) -> None:
        self._sheet = sheet
        self._places = places
        self._scheme = scheme

    def refreshed(self, form: Form) -> Form:
        form = self._with_weights(self._with_amounts(form))
        form = replace(
            form,
            funds=tuple(self._fund(line, form) for line in form.funds),
            indicators=tuple(self._indicator(row, form) for row in form.indicators),
        )
        return replace(
            form,
            total_weight=self._total(form.total_weight, "分值", form, "weight"),
            total_score=self._total(form.total_score, "得分", form, "score"),
            grade=self._grade(form.grade),
        )

    def _with_amounts(self, form: Form) -> Form:
        total = form.fund_total
        if total is None:
            return form
        first = total is form.funds[0]
        cells = {}
        for key, heading in _AMOUNTS.items():
            cell: Cell = getattr(total, key)
            if self._refers(cell, self._places.fund_columns.get(heading), below=first, above=not first):
                cells[key] = self._now(cell, _sum_of(form.amount(part) for part in self._summed(cell, form, key)))
        changed = replace(total, **cells)
        return replace(form, funds=tuple(changed if line is total else line for line in form.funds)) if cells else form

    def _summed(self, total: Cell, form: Form, key: str) -> list[Cell]:
        """Return the amounts that the formula of a total adds up; all of them where it does not say which."""
        place = read_area(total.address or "")
        formula = self._sheet.formula_source(place.top, place.left)[0] if place else ""
        areas = areas_of(formula)
        cells: list[Cell] = [getattr(line, key) for line in form.fund_parts]
        places = [read_area(cell.address or "") for cell in cells]
        inside = [
            cell
            for cell, at in zip(cells, places, strict=True)
            if at is not None and any((at.top, at.left) in area for area in areas)
        ]
        return inside or cells

    def _with_weights(self, form: Form) -> Form:
        """Recompute the 分值 of rows that share the weight of their 一级指标."""
        name = self._places.indicator_columns.get("三级指标")
        own = {at for at, row in enumerate(form.indicators) if self._refers(row.weight, name)}
        if not own:
            return form
        # The builder of the template brings XlsxWriter along, which reading a workbook seldom needs.
        from toolkit.workbook.template.filled import shared_weights

        rows = list(form.indicators)
        blank = [replace(row, weight=replace(row.weight, text="", exact=None)) if at in own else row for at, row in enumerate(rows)]
        for at, share in shared_weights(replace(form, indicators=tuple(blank)), self._scheme).items():
            if at in own:
                rows[at] = replace(rows[at], weight=self._now(rows[at].weight, share))
        return replace(form, indicators=tuple(rows))

    def _fund(self, line: FundLine, form: Form) -> FundLine:
        rate, score = line.rate, line.score
        if self._is_row_formula(rate, "执行率"):
            rate = self._now(rate, self._rate(line, form))
        if line is form.fund_total and self._is_row_formula(score, "得分"):
            computed = score_funds(form, self._scheme).computed
            score = self._now(score, "" if computed is None else computed)
        return line if rate is line.rate and score is line.score else replace(line, rate=rate, score=score)

    def _rate(self, line: FundLine, form: Form) -> Result:
        budget, executed = form.amount(line.annual_budget), form.amount(line.executed)
        if budget is None or executed is None:
            return ""
        return printed_rate(budget, executed, self._scheme)

    def _indicator(self, row: Indicator, form: Form) -> Indicator:
        cell = row.score
        # A proposal left blank stands: the formulas do not read every text that the core reads.
        if not self._refers(cell, self._places.indicator_columns.get("测算得分")) or self._is_blank_result(cell):
            return row
        found = score_indicator(row, self._scheme, form)
        if found.computed is not None and self._now(cell, found.computed) is cell:
            return row
        score = self._now(cell, _proposal(row, found, form, self._scheme))
        return row if score is cell else replace(row, score=score)

    def _is_blank_result(self, cell: Cell) -> bool:
        return cell.origin is Origin.FORMULA and cell.blank

    def _total(self, cell: Cell, heading: str, form: Form, key: str) -> Cell:
        if not self._refers(cell, self._places.indicator_columns.get(heading), above=True):
            return cell
        rows = [*([form.fund_total] if form.fund_total else []), *form.indicators]
        return self._now(cell, _sum_of(getattr(row, key).number for row in rows))

    def _grade(self, cell: Cell) -> Cell:
        """Return a grade that the template computes as blank: it follows from 总分 and states nothing of its own."""
        ours = self._refers(cell, self._places.indicator_columns.get("得分"), row=self._places.total_row)
        return replace(cell, text="") if ours else cell

    def _is_row_formula(self, cell: Cell, heading: str) -> bool:
        columns = self._places.fund_columns
        helpers = [self._places.indicator_columns.get(name) for name in ("测算得分", "完成率")]
        sources = [columns.get("全年预算数"), columns.get("执行率") if heading == "得分" else None, *helpers]
        return any(self._refers(cell, column) for column in sources)

    def _refers(
        self, cell: Cell, column: int | None, *, row: int | None = None, below: bool = False, above: bool = False
    ) -> bool:
        """Tell whether a cell's formula refers to a column: in its own row, in ``row``, below it or above it."""
        if cell.origin is Origin.TYPED or column is None or cell.address is None:
            return False
        place = read_area(cell.address)
        if place is None:
            return False
        formula, written_for = self._sheet.formula_source(place.top, place.left)
        wanted = row if row is not None else written_for
        letters = column_letters(column)
        for found in _REFERENCE.finditer(formula):
            at = int(found.group(2))
            fits = at > wanted if below else at < wanted if above else at == wanted
            if found.group(1) == letters and fits:
                return True
        return False

    def _now(self, cell: Cell, result: Result) -> Cell:
        """Return the cell as its formula gives it now; the cell itself where the file's result is the same."""
        place = read_area(cell.address or "")
        if place is None:
            return cell
        text, exact = (
            (result, None) if isinstance(result, str) else self._sheet.printed_at(place.top, place.left, result)
        )
        if cell.origin is Origin.FORMULA and (cell.text, cell.exact) == (text, exact):
            return cell
        origin = Origin.UNCACHED if cell.origin is Origin.UNCACHED else Origin.STALE
        return replace(cell, text=text, exact=exact, origin=origin)


def _proposal(row: Indicator, found: IndicatorScore, form: Form, scheme: Scheme) -> Result:
    """Return what the formulas propose: the core's score where they can read the texts."""
    # The builder of the template brings XlsxWriter along, which reading a workbook seldom needs.
    from toolkit.workbook.template.results import RowResults
    from toolkit.workbook.template.rule_points import RulePoints

    proposal = RowResults(row, found, scheme, RulePoints(form, scheme)).proposal
    return Decimal(proposal) if isinstance(proposal, int) else proposal


def _sum_of(numbers: Iterable[Decimal | None]) -> Decimal | str:
    """Return the sum of those that are there, "" where none is."""
    found = [number for number in numbers if number is not None]
    return sum(found, Decimal(0)) if found else ""
