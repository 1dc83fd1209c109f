"""A submission as data: the projects of one unit and year, their files, and what is said about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from toolkit.checks.review import Review
from toolkit.compare.drafts import Comparison
from toolkit.core.form import Cell
from toolkit.narrative import Report

SCAN_FOLDER = "盖章扫描件_请放入此处"
SCAN_FILE = "自评材料（盖章扫描件）.pdf"
_WHOLE = "部门整体"


@dataclass(frozen=True, slots=True)
class LastYear:
    """What a project was given the year before, as that year's submission states it."""

    score: str
    grade: str


@dataclass(frozen=True, slots=True)
class Project:
    """One form that is handed over.

    Attributes:
        number: its place in the submission, from 1.
        review: the finished form, checked again.
        report: its report as it stands.
        workbook: name of the finished workbook that holds it.
        last_year: ``None`` where it is not known.
    """

    number: int
    review: Review
    report: Report
    workbook: str
    last_year: LastYear | None = None

    @property
    def name(self) -> str:
        """Return 项目名称."""
        return self.review.case.form.project_name.text.strip() or f"项目{self.number}"

    @property
    def code(self) -> str:
        """Return the 校验码 of the form."""
        return self.review.fingerprint


@dataclass(frozen=True, slots=True)
class Submission:
    """All that one unit hands over for one year.

    Attributes:
        draft: 第几稿, from 1.
        day: the day it is made.
        reason: why it is handed over with 错误 open, "" where none are.
        compared: the changes against the draft before, empty for a first draft.
        previous: number of that draft, ``None`` where there is none.
        returned: the day of the 退回意见 it answers, ``None`` where it is not known.
    """

    unit: str
    year: int
    draft: int
    day: date
    projects: tuple[Project, ...]
    reason: str = ""
    compared: tuple[Comparison, ...] = ()
    previous: int | None = None
    returned: date | None = None

    @property
    def title(self) -> str:
        """Return what is evaluated: 部门整体支出绩效自评 where there is nothing but such forms, else 项目支出绩效自评."""
        return "部门整体支出绩效自评" if self.whole else "项目支出绩效自评"

    @property
    def whole(self) -> bool:
        """Tell whether the forms are about the unit as a whole (部门整体支出), not about projects."""
        return all(_WHOLE in each.review.case.scheme.form_title for each in self.projects)

    def fact(self, name: str) -> Cell | None:
        """Return one of 报告要素 that hold for the unit: the first that is filled in on any of its forms."""
        facts = (each.review.case.form.facts.get(name) for each in self.projects)
        return next((cell for cell in facts if cell is not None and not cell.blank), None)

    def fact_text(self, name: str) -> str:
        """Return the text of a fact of the unit, "" where nobody filled it in."""
        cell = self.fact(name)
        return "" if cell is None else cell.text.strip()


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of the submission as the mail and the archive list name it."""

    name: str
    codes: Sequence[str] = ()
    note: str = ""
