"""得分 as it stands and as the rules give it, row by row, with what a choice of rows makes of 总分 and 等级."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from toolkit.checks.case import Case
from toolkit.core.form import Cell, Form
from toolkit.core.money import fixed
from toolkit.scoring import score_form
from toolkit.workbook.address import read_area


@dataclass(frozen=True, slots=True)
class Proposal:
    """A row whose 得分 differs from what the rules give.

    Attributes:
        name: of the row.
        cell: 得分.
        row: of the sheet.
        filled: what stands there, ``None`` where blank.
        computed: what the rules give.
    """

    name: str
    cell: Cell
    row: int
    column: int
    weight: Decimal | None
    filled: Decimal | None
    computed: Decimal

    @property
    def rises(self) -> bool:
        """Tell whether adopting it gives more points than the officer did."""
        return self.filled is not None and self.computed > self.filled

    @property
    def difference(self) -> str:
        """Return the change in points with its sign, "" where nothing stands there yet."""
        if self.filled is None:
            return ""
        change = self.computed - self.filled
        return f"{'+' if change > 0 else '−'}{fixed(abs(change))}"


@dataclass(frozen=True, slots=True)
class Standing:
    """总分 and 等级 that follow from the 得分 cells."""

    total: Decimal
    grade: str

    def __str__(self) -> str:
        """Return both for the officer."""
        return f"总分 {fixed(self.total)}，等级 {self.grade}"


def proposals(case: Case) -> Iterator[Proposal]:
    """Yield the rows of a form whose 得分 differs from what the rules give, in their order."""
    fund, rows = case.scores.fund, case.scores.rows
    if fund.line is not None and fund.computed is not None and fund.weight:
        yield from _proposal(fund.line.name, fund.line.score, fund.weight, fund.filled, fund.computed)
    for row in rows:
        if row.computed is not None and row.weight:
            yield from _proposal(row.row.name, row.row.score, row.weight, row.filled, row.computed)


def standing(case: Case, adopted: Collection[Proposal] = ()) -> Standing:
    """Return 总分 and 等级 of a form in which the scores of some rows are adopted."""
    texts = {each.cell.address: fixed(each.computed) for each in adopted}
    total = score_form(_with_scores(case.form, texts), case.scheme).filled
    return Standing(total, case.scheme.grade_of(total).name)


def _proposal(
    name: str, cell: Cell, weight: Decimal | None, filled: Decimal | None, computed: Decimal
) -> Iterator[Proposal]:
    area = read_area(cell.address or "")
    if area is not None and filled != computed:
        yield Proposal(name, cell, area.top, area.left, weight, filled, computed)


def _with_scores(form: Form, texts: dict[str | None, str]) -> Form:
    funds = tuple(replace(line, score=_scored(line.score, texts)) for line in form.funds)
    rows = tuple(replace(row, score=_scored(row.score, texts)) for row in form.indicators)
    return replace(form, funds=funds, indicators=rows)


def _scored(cell: Cell, texts: dict[str | None, str]) -> Cell:
    return replace(cell, text=texts[cell.address], exact=None) if cell.address in texts else cell
