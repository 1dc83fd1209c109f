"""Forms sent out and answered as sections do it: with openpyxl, which nobody here wrote."""

from __future__ import annotations

import dataclasses
import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tests.workbook.template.files import published
from toolkit.core.form import Cell, Form
from toolkit.core.scheme import Scheme, choose_scheme, load_schemes
from toolkit.sections import Choices, Merged, Plan, merge_answers, plan_requests
from toolkit.workbook.read import read_forms
from toolkit.workbook.sections import Letter, Written, merge_into, read_returned, write_request
from toolkit.workbook.template import build_workbook

HEADING_ROW = 6
_RESULTS = ("actual", "score", "deviation", "basis", "evidence", "grounds")
Given = Mapping[str, Mapping[str, str | float | None]]
"""What is typed into the row of each indicator, by heading."""


def unanswered(form: Form, sections: Sequence[str]) -> Form:
    """Return a form without results whose rows are asked of the sections in turn."""
    rows = []
    for place, row in enumerate(form.indicators):
        blank: dict[str, Any] = {name: Cell(f"{row.name}·{name}") for name in _RESULTS}
        rows.append(dataclasses.replace(row, **blank, provider=Cell("提供股室", sections[place % len(sections)])))
    total = dataclasses.replace(form.total_score, text="")
    return dataclasses.replace(form, indicators=tuple(rows), total_score=total, grade=Cell("等级"))


class Sent:
    """A workbook and the 取数表 made for it."""

    def __init__(self, folder: Path, forms: Sequence[Form], scheme: str, sections: Sequence[str] = ("甲股",)) -> None:
        """Build the workbook, read it again, and write a 取数表 for each section."""
        self.folder = folder
        self.book = folder / "自评表.xlsx"
        build_workbook(self.book, [unanswered(form, sections) for form in forms], load_schemes()[scheme])
        self.files: dict[str, Path] = {}
        for section, items in self.plan.by_section.items():
            self.files[section] = folder / f"取数表_{section}.xlsx"
            write_request(self.files[section], Letter(section, items[0].form.year, "单位"), items)

    @property
    def schemes(self) -> tuple[Scheme, ...]:
        """Return the scheme of each form."""
        return _asked(self.book, self.book.stat().st_mtime_ns)[1]

    @property
    def plan(self) -> Plan:
        """Return what is asked."""
        return _asked(self.book, self.book.stat().st_mtime_ns)[0]

    def answer(self, section: str, given: Given, also: Callable[[Worksheet], object] | None = None) -> Path:
        """Fill in a 取数表, by code; ``also`` changes the sheet further."""
        path = self.files[section]
        fill(path, given, also)
        return path

    def merged(self, *files: Path, **choices: object) -> Merged:
        """Merge what came back, by default all that was sent out."""
        returned = [read_returned(path, path.name) for path in files or self.files.values()]
        return merge_answers(self.plan, returned, self.schemes, Choices(**choices))  # type: ignore[arg-type]  # as the test writes them

    def into(self, merged: Merged, *, overwrite: bool = False) -> tuple[Path, Written]:
        """Write the merged copy."""
        out = self.folder / "合并后.xlsx"
        return out, merge_into(self.book, out, merged, self.schemes, overwrite=overwrite)


@cache
def _asked(book: Path, changed: int) -> tuple[Plan, tuple[Scheme, ...]]:
    """Return what is asked for a workbook as it was at a moment, and its schemes."""
    forms = read_forms(book)
    schemes = tuple(choose_scheme(form, load_schemes())[0] for form in forms)
    return plan_requests(forms, schemes), schemes


def word(place: int, number: int = 0) -> str:
    """Return a result in words that no other place and number has."""
    return "合格" + "甲乙丙丁戊己庚辛壬癸"[place % 10] + "子丑寅卯辰巳午未申酉戌亥"[number % 12] + "东南西北"[number // 12]


def one(folder: Path, case: str = "102", scheme: str = "shenzhen-2021", sections: Sequence[str] = ("甲股",)) -> Sent:
    """Send out a published form."""
    return Sent(folder, [published(case)], scheme, sections)


def fill(path: Path, given: Given, also: Callable[[Worksheet], object] | None = None) -> None:
    """Fill in a 取数表."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = headings(sheet)
    for row in range(HEADING_ROW + 1, sheet.max_row):
        for heading, value in given.get(str(sheet.cell(row, heads["编号"]).value), {}).items():
            cell = sheet.cell(row, heads[heading])
            cell.value = value
            if isinstance(value, str):
                # In a cell formatted as text = begins no formula.
                cell.data_type = "s"
    if also:
        also(sheet)
    book.save(path)


def headings(sheet: Worksheet) -> dict[str, int]:
    """Return the columns of a 取数表 by heading."""
    return {str(cell.value): column for column, cell in enumerate(sheet[HEADING_ROW], 1)}


def actuals(path: Path) -> list[list[str]]:
    """Return 实际完成值 of every row of every form of a workbook."""
    return [[row.actual.text for row in form.indicators] for form in read_forms(path)]
