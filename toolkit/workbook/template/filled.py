"""A form as its formulas will have filled it: totals of the funds, shared weights."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from decimal import Decimal

from toolkit.core.form import Cell, Form, FundLine, Indicator
from toolkit.core.layout import FUND_ATTRIBUTES
from toolkit.core.scheme import Scheme
from toolkit.scoring import equal_shares
from toolkit.workbook.template.funds import source_places

SUMMED = ("年初预算数", "全年预算数", "到位金额", "全年执行数")
"""Columns of 项目资金 whose total is a sum."""


def as_computed(form: Form, scheme: Scheme) -> Form:
    """Return the form with what formulas put into its blank cells before anything is scored."""
    weights = shared_weights(form, scheme)
    rows = tuple(
        dataclasses.replace(row, weight=_number(row.weight, weights[index])) if index in weights else row
        for index, row in enumerate(form.indicators)
    )
    return dataclasses.replace(form, indicators=rows, funds=tuple(_with_totals(form)))


def fund_cell(line: FundLine, field: str) -> Cell:
    """Return the cell of a fund row in the column ``field``."""
    cell: Cell = getattr(line, FUND_ATTRIBUTES[field])
    return cell


def part_sum(form: Form, field: str) -> Decimal | None:
    """Return the sum of the sources in a column of 项目资金, ``None`` while no source has an amount."""
    numbers = [fund_cell(form.funds[place], field).number for place in source_places(form)]
    found = [number for number in numbers if number is not None]
    return sum(found, Decimal(0)) if found else None


def shared_weights(form: Form, scheme: Scheme) -> Mapping[int, Decimal]:
    """Return the 分值 of rows left blank that share the weight of their 一级指标, by their place in the form."""
    weights: dict[int, Decimal] = {}
    due = form.declared_weights or scheme.sections
    for section in scheme.equal_sections:
        named = [at for at, row in enumerate(form.indicators) if row.level1.text == section and not row.level3.blank]
        shares = equal_shares(due[section], len(named), scheme.score_decimals) if section in due else ()
        pairs = zip(named, shares, strict=False)
        weights |= {at: share for at, share in pairs if form.indicators[at].weight.blank}
    return weights


def _with_totals(form: Form) -> Iterator[FundLine]:
    for line in form.funds:
        if line is not form.fund_total or len(form.funds) == 1:
            yield line
            continue
        sums = {field: part_sum(form, field) for field in SUMMED if fund_cell(line, field).blank}
        cells = {
            FUND_ATTRIBUTES[field]: _number(fund_cell(line, field), total)
            for field, total in sums.items()
            if total is not None
        }
        yield dataclasses.replace(line, **cells)


def _number(cell: Cell, number: Decimal) -> Cell:
    return dataclasses.replace(cell, text=f"{number:f}")


def name_of(row: Indicator) -> str:
    """Return what a row is listed by: 四级, else 三级指标."""
    return row.level4.text if not row.level4.blank else row.level3.text
