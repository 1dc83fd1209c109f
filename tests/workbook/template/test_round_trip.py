"""A form built into a workbook and saved again by LibreOffice is the same form with the same findings."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest

from tests.office.bench import Office
from tests.workbook.template.files import PUBLISHED, built, published, scheme_of
from toolkit.checks import RULES, check_form, make_case
from toolkit.core.form import Cell, Form, FundLine, Indicator, Origin
from toolkit.workbook.read import read_forms

Part = TypeVar("Part", Form, FundLine, Indicator)


@pytest.mark.parametrize("case", PUBLISHED)
def test_form_and_findings_survive_libreoffice(case: str, tmp_path: Path, office: Office) -> None:
    before = published(case)
    (after,) = read_forms(office.resave(built(case, tmp_path), tmp_path / "另存.xlsx"))
    assert as_given(after, before) == as_built(before)
    # A cell that was left blank and that a formula has filled is no longer missing.
    filled = {(field, "") for field in filled_by_formulas(after, before)}
    assert findings(after) == [told for told in findings(before) if (told[2][0], told[3]) not in filled]


def findings(form: Form) -> list[tuple[str, str, tuple[str, ...], str, str]]:
    """Return what a check tells, by code, severity, fields, found and expected."""
    told = check_form(make_case(form, scheme_of(form)), RULES)
    return [
        (each.code, each.severity.value, tuple(cell.field for cell in each.cells), each.found, each.expected)
        for each in told
    ]


def as_built(form: Form) -> Form:
    """Return the form as the template states it: its scheme, its title, and no — where a source has no such cell."""
    sources = (dataclasses.replace(line, weight=_bare(line.weight), score=_bare(line.score)) for line in form.fund_parts)
    scheme = scheme_of(form)
    return dataclasses.replace(
        form, funds=(*form.funds[:1], *sources), scheme_id=scheme.id, kind=scheme.form_title
    )


def _bare(cell: Cell) -> Cell:
    return dataclasses.replace(cell, text=cell.text.strip("—-"))


def as_given(form: Form, given: Form) -> Form:
    """Return a form in which what formulas filled into blank cells is blank again."""
    funds = tuple(_as_given(line, own) for line, own in zip(form.funds, given.funds, strict=True))
    rows = tuple(_as_given(row, own) for row, own in zip(form.indicators, given.indicators, strict=True))
    return _as_given(dataclasses.replace(form, funds=funds, indicators=rows), given)


def _as_given(part: Part, given: Part) -> Part:
    blanks: dict[str, Any] = {name: cell for name, _, cell in _filled(part, given)}
    return dataclasses.replace(part, **blanks)


def filled_by_formulas(form: Form, given: Form) -> Iterator[str]:
    """Yield the fields that were blank and that formulas have filled."""
    pairs: list[tuple[Any, Any]] = [(form, given), *zip(form.funds, given.funds, strict=True)]
    for part, own in [*pairs, *zip(form.indicators, given.indicators, strict=True)]:
        yield from (field for _, field, _ in _filled(part, own))


def _filled(part: Part, given: Part) -> Iterator[tuple[str, str, Cell]]:
    """Yield (name, field, blank cell) for each cell of a part that was blank and holds a formula's result."""
    for each in dataclasses.fields(part):
        own, now = getattr(given, each.name), getattr(part, each.name)
        if isinstance(own, Cell) and own.blank and now.origin is not Origin.TYPED and not now.blank:
            yield each.name, own.field, own
