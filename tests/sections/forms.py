"""Small forms with sections, and answers to them, written as an officer would see them."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from tests.workbook.template.files import published
from toolkit.core.form import Cell, Form, Indicator
from toolkit.core.scheme import load_schemes
from toolkit.sections import Answer, Choices, Item, Merged, Plan, Returned, merge_answers, plan_requests

SHENZHEN = load_schemes()["shenzhen-2021"]
ROWS = (
    ("劳务派遣人员到岗率", "27人", "人事股"),
    ("办理业务量", "≥30.68万份", "业务股、财务股"),
    ("办理及时性", "及时", "业务股"),
    ("预算成本控制率", "≤100%", "财务股"),
    ("参保对象满意度", "≥95%", ""),
)
"""三级指标, 年度指标值 and 提供股室."""


def form(rows: Sequence[tuple[str, str, str]] = ROWS, project: str = "业务经费", year: int = 2021) -> Form:
    """Return a form with these rows, no figure filled in."""
    base = published("102")
    made = tuple(_row(base.indicators[0], *row) for row in rows)
    return dataclasses.replace(base, project_name=Cell("项目名称", project), year=year, indicators=made)


def _row(base: Indicator, name: str, target: str, section: str) -> Indicator:
    texts = {"level3": name, "target": target, "actual": "", "score": "", "deviation": "", "provider": section}
    changed: dict[str, Any] = {key: Cell(f"{name}·{key}", text) for key, text in texts.items()}
    return dataclasses.replace(base, **changed)


def with_actual(given: Form, **actual: str) -> Form:
    """Return a form in which rows named so hold a figure already."""
    rows = tuple(
        dataclasses.replace(row, actual=Cell(row.actual.field, actual[row.name])) if row.name in actual else row
        for row in given.indicators
    )
    return dataclasses.replace(given, indicators=rows)


def plan(*forms: Form) -> Plan:
    """Return what is asked for forms, by default for the one of this module."""
    given = forms or (form(),)
    return plan_requests(given, [SHENZHEN] * len(given))


def answer(item: Item, value: str, section: str = "", **changed: str) -> Answer:
    """Return the row of an item as it comes back."""
    usual = Answer(
        cell="取数表!H7",
        section=section or (item.sections[0] if item.sections else ""),
        code=item.code,
        project=item.project,
        name=item.name,
        target=item.target,
        definition=item.definition,
        value=value,
    )
    return dataclasses.replace(usual, **changed)


def returned(name: str, *answers: Answer, year: str = "2021", project: str = "业务经费") -> Returned:
    """Return a 取数表 of the section that its first row names."""
    return Returned(f"{name}.xlsx", answers[0].section if answers else name, year, project, answers)


def merged(asked: Plan, *files: Returned, **choices: object) -> Merged:
    """Merge what came back."""
    return merge_answers(asked, files, [SHENZHEN] * len(asked.forms), Choices(**choices))  # type: ignore[arg-type]  # as the test writes them
