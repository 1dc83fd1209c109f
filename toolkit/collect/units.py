"""The projects of one unit together: amounts, weighted scores, grades."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.checks import Severity
from toolkit.checks.rows import bare
from toolkit.collect.figures import HUNDRED, ZERO
from toolkit.collect.versions import Project
from toolkit.collect.years import years_of
from toolkit.core.form import FUND_COLUMNS
from toolkit.core.money import fixed, plain, quotient

_LISTED = 3


@dataclass(frozen=True, slots=True)
class Unit:
    """What the projects of one unit come to.

    Attributes:
        amounts: Σ of the three amounts in 元 of the forms that give them, ``None`` where none does.
        weighted: Σ(自评得分 × 全年预算数) and Σ全年预算数 over the projects that give both.
        grades: how many projects of each grade, the order that of the forms.
        waiting: 提醒 without 说明.
        year: the year of all its forms where forms of several years were collected, else ``None``.
    """

    name: str
    projects: tuple[Project, ...]
    amounts: tuple[Decimal | None, ...]
    weighted: tuple[Decimal, Decimal]
    grades: tuple[tuple[str, int], ...]
    errors: int
    waiting: int
    year: int | None = None

    @property
    def label(self) -> str:
        """Return the name, with the year where forms of several years were collected."""
        return self.name if self.year is None else f"{self.name}（{self.year} 年）"

    @property
    def rate(self) -> Decimal | None:
        """Return Σ全年执行数 ÷ Σ全年预算数 over the forms that give both, as a fraction."""
        both = [(budget, spent) for each in self.projects if (pair := _pair(each)) for budget, spent in [pair]]
        whole = sum((budget for budget, _ in both), ZERO)
        return sum((spent for _, spent in both), ZERO) / whole if whole else None

    @property
    def mean(self) -> Decimal | None:
        """Return the mean of the scores weighted with 全年预算数."""
        earned, whole = self.weighted
        return earned / whole if whole else None

    @property
    def completion(self) -> Decimal | None:
        """Return 项目绩效目标完成率 as a fraction: Σ(自评得分 × 资金) ÷ Σ资金 ÷ 100."""
        return None if self.mean is None else self.mean / HUNDRED

    @property
    def working(self) -> str:
        """Return the arithmetic of the weighted mean."""
        earned, whole = self.weighted
        if not whole:
            return ""
        parts = [
            (score, funds)
            for each in self.projects
            if (score := each.chosen.head.score) is not None and (funds := each.chosen.head.yuan(1))
        ]
        steps = "＋".join(f"{plain(score)}×{plain(funds)}" for score, funds in parts[:_LISTED])
        more = f"＋……（共 {len(parts)} 个项目）" if len(parts) > _LISTED else ""
        return f"（{steps}{more}）÷ {plain(whole)} = {quotient(earned, whole)} → {fixed(earned / whole)}"


def _pair(project: Project) -> tuple[Decimal, Decimal] | None:
    budget, spent = project.chosen.head.yuan(1), project.chosen.head.yuan(2)
    return None if budget is None or spent is None else (budget, spent)


def units_of(projects: Iterable[Project], waiting: dict[int, int]) -> list[Unit]:
    """Put the projects of each unit together, a department's own form left out, units in the order of their first form.

    Forms of several years are never added up: each year of a unit is a group of its own.

    Args:
        projects: what was received.
        waiting: how many 提醒 wait for an answer, by the identity of the project.
    """
    own = [project for project in projects if not project.chosen.head.whole]
    years = years_of(own)
    groups: dict[tuple[str, int | None], list[Project]] = {}
    for project in own:
        head = project.chosen.head
        # A form that tells no year is one of those that were asked for now.
        year = head.year or years[-1] if len(years) > 1 else None
        groups.setdefault((bare(head.unit), year), []).append(project)
    return [
        unit_of(group[0].chosen.head.unit or "（没有填报单位）", group, waiting, year)
        for (_, year), group in groups.items()
    ]


def unit_of(name: str, projects: Sequence[Project], waiting: dict[int, int], year: int | None = None) -> Unit:
    """Add up some projects; ``year`` where they are those of one year among several."""
    heads = [project.chosen.head for project in projects]
    sums = []
    for place in range(len(FUND_COLUMNS)):
        given = [number for head in heads if (number := head.yuan(place)) is not None]
        sums.append(sum(given, ZERO) if given else None)
    parts = [
        (score, funds) for head in heads if (score := head.score) is not None and (funds := head.yuan(1)) is not None
    ]
    grades = Counter(head.grade for head in heads if head.grade)
    return Unit(
        name,
        tuple(projects),
        tuple(sums),
        (sum((score * funds for score, funds in parts), ZERO), sum((funds for _, funds in parts), ZERO)),
        tuple(grades.items()),
        sum(head.number_of(Severity.ERROR) for head in heads),
        sum(waiting.get(id(project), 0) for project in projects),
        year,
    )
