"""Building a whole workbook: blank for a scheme, or filled from forms."""

from __future__ import annotations

import contextlib
import dataclasses
import warnings
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from toolkit.core.facts import facts_of_unit
from toolkit.core.form import Cell, Form, FundLine, Line
from toolkit.core.layout import CAPACITY, FACTS_SHEET, FORM_SHEET, FormLayout, form_layout
from toolkit.core.scheme import Scheme
from toolkit.problem import Unwritable
from toolkit.workbook.save import write_atomically
from toolkit.workbook.template.buttons import write_buttons
from toolkit.workbook.template.facts_sheet import write_facts
from toolkit.workbook.template.form_sheet import FormSheet
from toolkit.workbook.template.indicator_rows import groups_of
from toolkit.workbook.template.leaves import with_leaves
from toolkit.workbook.template.parameters import ParameterSheet
from toolkit.workbook.template.report_sheet import write_report_sheet
from toolkit.workbook.template.side_sheets import write_guide, write_results, write_sources
from toolkit.workbook.template.styles import Styles

MACRO_SUFFIX = ".xlsm"
"""How the name of a workbook with macros ends."""
_MADE = datetime(2026, 1, 1)
"""The same date in every template: what is built from the same sources has the same bytes."""


def build_workbook(
    path: Path,
    forms: Form | Sequence[Form] | None,
    scheme: Scheme,
    *,
    indicators: int | None = None,
    approved: bool = False,
) -> None:
    """Write a workbook of the template.

    Args:
        path: where to; replaced as a whole or not at all. An .xlsm carries buttons and their macros.
        forms: forms to fill in, one sheet each; ``None`` gives a blank form of ``scheme``.
        scheme: by which the formulas compute.
        indicators: rows shown on a blank form (1 to 60; default: those of the scheme's tree).
        approved: 目标已批复: lock names, targets, weights and 计算方式 of the indicators.

    Raises:
        Unwritable: the file cannot be written.
    """
    given = [forms] if isinstance(forms, Form) else list(forms or [])
    write_atomically(path, lambda temporary: _write(temporary, given, scheme, indicators, approved))


def _write(path: Path, forms: list[Form], scheme: Scheme, indicators: int | None, approved: bool) -> None:
    try:
        with warnings.catch_warnings(), contextlib.closing(xlsxwriter.Workbook(str(path))) as book:
            # XlsxWriter leaves out what it cannot write and only warns: nothing may be left out of a form.
            warnings.simplefilter("error")
            book.set_properties({"title": scheme.form_title, "created": _MADE})
            book.set_calc_mode("auto")
            styles = Styles(book)
            write_guide(book, styles)
            with_macros = path.suffix.lower() == MACRO_SUFFIX
            placed = _form_sheets(book, styles, forms, scheme, indicators, approved=approved, with_macros=with_macros)
            write_facts(book, styles, forms or [blank_form(scheme)], scheme)
            write_sources(book, styles, placed)
            write_results(book, styles)
            write_report_sheet(book, styles, placed, scheme)
            ParameterSheet(book, styles, scheme, forms[0] if forms else None).write()
            if with_macros:
                write_buttons(book)
            book.worksheets()[1].activate()
    except XlsxWriterException as error:
        raise Unwritable(path, f"写不成：{error}", "请换一个位置再试") from error


def _form_sheets(
    book: xlsxwriter.Workbook,
    styles: Styles,
    forms: list[Form],
    scheme: Scheme,
    indicators: int | None,
    *,
    approved: bool,
    with_macros: bool,
) -> list[tuple[str, FormLayout, Form]]:
    placed = []
    for number, form in enumerate(forms or [blank_form(scheme)], 1):
        name = FORM_SHEET if number == 1 else f"{FORM_SHEET} ({number})"
        whole = _total_first(form) if form.funds else _with_funds(form, scheme)
        layout = _layout(whole, scheme, indicators)
        whole = whole if whole.indicators else with_leaves(whole, scheme, layout.blocks)
        facts = _facts_sheet(number, form, forms)
        told = {"approved": approved, "with_macros": with_macros}
        FormSheet(book, styles, name, layout, whole, scheme, facts_sheet=facts, **told).write()
        placed.append((name, layout, whole))
    return placed


def _facts_sheet(number: int, form: Form, forms: list[Form]) -> str:
    """Return the sheet that holds the facts of a form: its own, where it has one."""
    shared = facts_of_unit(forms[0].facts, forms[0].tables) if forms else ({}, {})
    own = number > 1 and (form.facts or form.tables) and (form.facts, form.tables) != shared
    return f"{FACTS_SHEET} ({number})" if own else FACTS_SHEET


def _total_first(form: Form) -> Form:
    """Put 年度资金总额 above its sources, where the form keeps it; some departments print it below them."""
    funds = tuple(sorted(form.funds, key=lambda line: line is not form.fund_total))
    return form if funds == form.funds else dataclasses.replace(form, funds=funds)


def _layout(form: Form, scheme: Scheme, indicators: int | None) -> FormLayout:
    groups = list(groups_of(form.indicators)) or _blank_groups(scheme, indicators)
    rows = sum(count for _, _, count in groups)
    return form_layout(scheme, groups, form, max(CAPACITY, rows))


def _blank_groups(scheme: Scheme, indicators: int | None) -> list[tuple[str, str, int]]:
    """Return the groups of a blank form; every indicator that the scheme names has its row, however few are asked for."""
    blocks = scheme.tree
    if indicators is None:
        return [(block.level1, block.level2, block.rows) for block in blocks]
    own = [block for block in blocks if not block.leaves] or list(blocks)
    free = indicators - sum(len(block.leaves) for block in blocks)
    if free == indicators < len(blocks):
        return [(block.level1, block.level2, 1) for block in blocks[:free]]
    each, rest = divmod(max(free, 0), len(own))
    spread = {id(block): each + (1 if index < rest else 0) for index, block in enumerate(own)}
    return [(each.level1, each.level2, max(1, len(each.leaves) + spread.get(id(each), 0))) for each in blocks]


def blank_form(scheme: Scheme) -> Form:
    """Return a form of ``scheme`` in which nothing is filled but the weight of 预算执行率."""
    blank = Cell()
    form = Form(
        organisation=blank,
        project_name=blank,
        project_code=blank,
        project_amount=blank,
        department=blank,
        year=None,
        implementing_unit=blank,
        currency_unit=scheme.currency_unit,
        funds=(),
        expected_goal=blank,
        achieved_goal=blank,
        indicators=(),
        total_weight=blank,
        total_score=blank,
        grade=blank,
        scheme_id=scheme.id,
    )
    return _with_funds(form, scheme)


def _with_funds(form: Form, scheme: Scheme) -> Form:
    return dataclasses.replace(form, funds=tuple(_blank_line(name, index, scheme) for index, name in enumerate(scheme.fund_rows)))


def _blank_line(name: str, index: int, scheme: Scheme) -> FundLine:
    blank = Cell(line=Line.FUNDS + index)
    weight = Cell(text=f"{scheme.execution_weight:f}") if index == 0 and scheme.execution_weight else blank
    return FundLine(Cell(text=name), blank, blank, blank, weight, blank, blank)
