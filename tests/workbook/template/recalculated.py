"""The generated forms typed into a built workbook, and what LibreOffice computes for each."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from tests.office.bench import Inputs, Office
from tests.workbook.template.files import FORM
from tests.workbook.template.generated import COSTS, GROUPS, SCALED, make_funds, make_rows
from tests.workbook.template.reckoning import Funds, Row, Rules
from toolkit.core.form import Cell, Form, FundLine, Indicator
from toolkit.core.layout import FormLayout, form_layout
from toolkit.core.scheme import Scale, Scheme, load_schemes
from toolkit.workbook.template import build_workbook
from toolkit.workbook.template.build import blank_form
from toolkit.workbook.template.indicator_rows import blank_indicator

CAPACITY = len(COSTS)
LEVELS = [(one, two) for one, two, count in GROUPS for _ in range(count)]
Answer = dict[str, Any]
"""What the sheet shows, by the names of ``_reads``."""


@dataclasses.dataclass(frozen=True)
class Variant:
    """A scheme, what it lets vary, and how many forms are generated for it."""

    scheme: Scheme
    rules: Rules
    forms: int


def _variants() -> dict[str, Variant]:
    schemes = load_schemes()
    national, shenzhen = schemes["national-2020"], schemes["shenzhen-2021"]
    exact = Rules(printed=False, linear=False, score_places=2, rate_places=4)
    printed = Rules(printed=True, linear=False, score_places=2, rate_places=2)
    scale = Scale((SCALED,), ((Decimal("0.95"), Decimal(1)), (Decimal(0), Decimal("0.5"))), Decimal(0), Decimal(0))
    coarse = dataclasses.replace(shenzhen, scales=(scale,), over_deduction=Decimal(2), score_decimals=1, rate_decimals=3)
    return {
        "exact-ratio": Variant(national, exact, 500),
        "printed-ratio": Variant(shenzhen, printed, 500),
        "exact-linear": Variant(_linear(national), dataclasses.replace(exact, linear=True), 500),
        "printed-linear": Variant(_linear(shenzhen), dataclasses.replace(printed, linear=True), 500),
        "one-decimal-scaled": Variant(coarse, Rules(True, False, 1, 3, (SCALED,), True), 60),
        "weight-before-target": Variant(schemes["anhui-2023"], exact, 60),
        "target-in-three-columns": Variant(schemes["yunnan-2022"], exact, 120),
        "weight-not-printed": Variant(schemes["sichuan-2021"], exact, 60),
    }


def _linear(scheme: Scheme) -> Scheme:
    return dataclasses.replace(scheme, ceiling="linear")


VARIANTS = _variants()


@dataclasses.dataclass(frozen=True)
class Case:
    """One generated form."""

    rows: Sequence[Row]
    funds: Funds


def layout_of(scheme: Scheme) -> FormLayout:
    """Return where everything stands on the sheet the forms are typed into."""
    return form_layout(scheme, GROUPS, capacity=CAPACITY)


def template(path: Path, scheme: Scheme) -> Path:
    """Build a form of 60 rows, blank but for its levels."""
    rows = tuple(dataclasses.replace(blank_indicator(), level1=Cell(text=one), level2=Cell(text=two)) for one, two in LEVELS)
    build_workbook(path, dataclasses.replace(blank_form(scheme), indicators=rows), scheme)
    return path


@cache
def cases_of(name: str) -> Sequence[Case]:
    """Generate the forms of a variant; the same ones every time."""
    variant, random = VARIANTS[name], Random(name)
    sources = len(variant.scheme.fund_rows) - 1
    return tuple(Case(make_rows(random), make_funds(random, sources)) for _ in range(variant.forms))


def _inputs(case: Case, layout: FormLayout) -> Inputs:
    """Return what an officer would type: whole columns at once, and single cells whose formula is written over."""
    first, last, columns = layout.indicator_first, layout.indicator_last, layout.columns
    typed = {row.place: row for row in case.rows}
    fields = ("三级指标", *(SPLIT if columns.find(SPLIT[1]) else ("年度指标值",)), "实际完成值", "分值")
    blocks: dict[str, Any] = {
        f"{columns.at(field)}{first}:{columns.at(field)}{last}": [[_input(typed.get(place), field)] for place in range(CAPACITY)]
        for field in fields
    }
    top = layout.fund_first
    for field, amounts in (("全年预算数", case.funds.budgets), ("全年执行数", case.funds.executed)):
        column = columns.fund_at(field)
        blocks[f"{column}{top + 1}:{column}{layout.fund_last}"] = [[_figure(amount)] for amount in amounts]
    blocks[f"{columns.fund_at('分值')}{top}"] = _figure(case.funds.weight)
    rules, score = layout.helpers.rules, columns.at("得分")
    blocks |= {f"{rules['计算方式']}{first + row.place}": row.chosen for row in case.rows if row.chosen}
    blocks |= {f"{score}{first + row.place}": float(row.typed) for row in case.rows if row.typed is not None}
    if case.funds.typed_score is not None:
        blocks[f"{columns.fund_at('得分')}{top}"] = float(case.funds.typed_score)
    return blocks


SPLIT = ("指标性质", "指标值", "度量单位")
_SIGNED = re.compile("([^0-9]*)([0-9.,]+)(.*)", re.DOTALL)


def _input(row: Row | None, field: str) -> str | float:
    if row is None:
        return ""
    if field == "分值":
        return float(row.weight) if isinstance(row.weight, Decimal) else row.weight
    if field in SPLIT:
        found = _SIGNED.fullmatch(row.target.text)
        parts = found.groups() if found else ("", row.target.text, "")
        return str(parts[SPLIT.index(field)])
    return {"三级指标": row.name, "年度指标值": row.target.text, "实际完成值": row.actual.text}[field]


def _figure(number: Decimal | None) -> str | float:
    return "" if number is None else float(number)


def _reads(layout: FormLayout) -> dict[str, str]:
    first, last, top, total = layout.indicator_first, layout.indicator_last, layout.fund_first, layout.total_row
    rules, score = layout.helpers.rules, layout.columns.at("得分")
    blocks = {name: f"{column}{first}:{column}{last}" for name, column in {**rules, "得分": score}.items()}
    grade = f"{layout.columns.signatures[0].letters}{layout.sign_row + 1}"
    cells = {"执行率": f"{rules['完成率']}{top}", "应得分": f"{rules['测算得分']}{top}", "总分": f"{score}{total}"}
    return blocks | cells | {"应为总分": f"{rules['测算得分']}{total}", "等级": grade}


def shown(answer: Answer, name: str, case: Case) -> list[Any]:
    """Return what a column shows in the rows of a form."""
    return [answer[name][row.place][0] for row in case.rows]


def recalculate(office: Office, path: Path, cases: Sequence[Case], layout: FormLayout) -> Iterator[Answer]:
    """Type each form into the one open workbook and yield what its sheet shows."""
    reads = _reads(layout)
    answers = office.evaluate(path, FORM, [_inputs(case, layout) for case in cases], list(reads.values()))
    for answer in answers:
        yield dict(zip(reads, answer, strict=True))


def indicator_of(row: Row, score: str = "") -> Indicator:
    """Return a row as the core sees it."""
    texts = (*LEVELS[row.place], row.name, row.target.text, row.actual.text, f"{row.weight}", score, "")
    return dataclasses.replace(Indicator(*(Cell(text=text) for text in texts)), method=Cell(text=row.chosen))


def form_of(case: Case, scheme: Scheme, answer: Answer | None = None) -> Form:
    """Return the form the officer would send: with the scores the sheet shows, where ``answer`` gives them."""
    scores = [f"{cell}" for cell in shown(answer, "得分", case)] if answer else [""] * len(case.rows)
    rows = tuple(indicator_of(row, score) for row, score in zip(case.rows, scores, strict=True))
    funds = case.funds
    budget, executed = (_sum_text(parts) for parts in (funds.budgets, funds.executed))
    points = funds.typed_score if funds.typed_score is not None else answer["应得分"] if answer else ""
    texts = ("年度资金总额", "", budget, executed, "" if funds.weight is None else f"{funds.weight}", "", f"{points}")
    return dataclasses.replace(
        blank_form(scheme), funds=(FundLine(*(Cell(text=text) for text in texts)),), indicators=rows
    )


def _sum_text(parts: Sequence[Decimal | None]) -> str:
    found = [part for part in parts if part is not None]
    return f"{sum(found, Decimal(0)):f}" if found else ""
