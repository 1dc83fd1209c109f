"""The report beside the form: names and amounts of the form as the text may print them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from toolkit.checks.case import STATED, Case
from toolkit.checks.prose.citations import titles_out
from toolkit.checks.prose.reading import Reading, read_report
from toolkit.checks.prose.text import Sentence, fold
from toolkit.checks.rows import bare
from toolkit.core.facts import FactKind, confirmed_rows, find_fact, find_table
from toolkit.core.form import Cell, Indicator
from toolkit.core.kept import kept_in_argument

_TAIL = re.compile(r"(?:情况|分析|指标|得分|方面|说明)+$")
_YEAR = re.compile(r"(?<!\d)(20\d{2})年")
_NOT_WHOLE = re.compile(
    r"上年|去年|往年|历年|同比|环比|比\d{4}年|原计划|季度|上半年|\d月份|\d+[-至—~]\d+月|累计至|建议|申请|测算|拟|如果|以上|以下|标准|公式|比例要求"
)
_UNTIL = re.compile(r"截[至止]到?(?:20\d{2}年)?(?P<month>\d{1,2})月")
_LAST_MONTH = 12
_SHORTEST_UNIT = 4
"""Least length of a unit's name without its place: 社会保险基金管理局."""


@dataclass(frozen=True, slots=True)
class Known:
    """An amount that stands in the form, in 元; ``step`` is what one unit in its last digit is worth."""

    yuan: Decimal
    step: Decimal
    cell: Cell


def report_of(case: Case) -> Reading | None:
    """Return the report that was read, ``None`` where there is none."""
    return None if case.report is None or not case.report.paragraphs else read_report(case.report)


def has_form(case: Case) -> bool:
    """Tell whether the report stands beside a form, and not alone."""
    return case.form.kind != STATED


def year_of(case: Case) -> int | None:
    """Return the year of the form, without a form that of the report."""
    return case.form.year


@lru_cache(maxsize=4096)
def plain_name(text: str) -> str:
    """Return the name of an indicator for comparing: the last of a path, without marks and without 情况 at its end."""
    last = re.split(r"[-—→>/]+", fold(text))[-1]
    return _TAIL.sub("", bare(last)) or bare(last)


def row_names(case: Case) -> Iterator[tuple[str, Indicator]]:
    """Yield the name of every row as folded text with its row."""
    for row in case.form.indicators:
        if row.name and not row.not_applicable:
            yield fold(row.name), row


@kept_in_argument
def known_amounts(case: Case) -> tuple[Known, ...]:
    """Return every amount of money in the form: its funds, 项目金额, what funds leave over, and 报告要素."""
    form, found = case.form, []
    cells = [form.project_amount]
    for line in form.funds:
        cells += [*line.by_column.values(), line.received]
    cells += [cell for name, cell in form.facts.items() if _is_amount(name)]
    for name, rows in form.tables.items():
        sure = confirmed_rows(rows)
        cells += [cell for row in sure for column, cell in row.items() if _is_amount_column(name, column)]
    for cell in cells:
        known = amount_of(case, cell)
        if known is not None:
            found.append(known)
    for line in form.funds:
        budget, spent = amount_of(case, line.annual_budget), amount_of(case, line.executed)
        if budget and spent:
            found.append(Known(budget.yuan - spent.yuan, budget.step + spent.step, line.executed))
    return tuple(found)


def amount_of(case: Case, cell: Cell) -> Known | None:
    """Return the amount of a cell in 元, ``None`` where it holds none."""
    number = case.form.amount(cell)
    if number is None:
        return None
    step = cell.figure.step if cell.figure and cell.exact is None else Decimal(0)
    return Known(number * case.yuan, step * case.yuan, cell)


def whole_project(case: Case, sentence: Sentence) -> bool:
    """Tell whether a sentence can speak of the whole project over the whole year, by its words and dates."""
    text = titles_out(sentence.text)
    if _NOT_WHOLE.search(text):
        return False
    until = _UNTIL.search(text)
    if until is not None and int(until["month"]) != _LAST_MONTH:
        return False
    return all(int(year) == year_of(case) for year in _YEAR.findall(text))


def without_names(case: Case, text: str) -> str:
    """Return ``text`` without the names of the project and of the unit."""
    form = case.form
    cells = (form.project_name, form.organisation, form.implementing_unit, form.department)
    short = [form.facts[name] for name in ("单位简称", "自称", "财政部门") if name in form.facts]
    names = [fold(cell.text) for cell in (*cells, *short) if cell.text.strip()]
    names += [name[at:] for name in names for at in range(1, len(name) - _SHORTEST_UNIT) if name[at - 1] in "省市县区" or name[at] in "市县区"]
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "")
    return text


def _is_amount(name: str) -> bool:
    found = find_fact(name)
    # What last year's form says is no ground for a figure of this year's report.
    return found is not None and found[1].kind is FactKind.AMOUNT and not found[0].last_year


def _is_amount_column(table: str, column: str) -> bool:
    found = find_table(table)
    return found is not None and any(fact.name == column and fact.kind is FactKind.AMOUNT for fact in found[1].columns)
