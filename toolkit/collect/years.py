"""One project through the years: which forms of several years belong together, how they moved, and what was carried over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from toolkit.checks.rows import bare
from toolkit.collect.model import Amount, Head
from toolkit.collect.versions import Project
from toolkit.compare.rows import alike
from toolkit.core.money import money, read_figure

LIKELY = 0.75
"""From this likeness on two names are named to the chief as perhaps the same project."""
BY_CODE, BY_NAME = "项目编码相同", "单位和项目名称相同"
_HALF = Decimal(1) / 2
_ALL = 3
"""年初预算数, 全年预算数, 全年执行数."""


@dataclass(frozen=True, slots=True)
class Lineage:
    """A project through the years.

    Attributes:
        forms: one a year, the earliest first.
        basis: what they were put together by, "" where there is only one.
    """

    forms: tuple[Project, ...]
    basis: str = ""

    @property
    def first(self) -> Head:
        """Return the earliest form."""
        return self.forms[0].chosen.head

    @property
    def last(self) -> Head:
        """Return the latest form."""
        return self.forms[-1].chosen.head


@dataclass(frozen=True, slots=True)
class Likely:
    """Two lineages that may be one: nobody but the chief can tell.

    Attributes:
        earlier: ends in the year before ``later`` begins.
        reason: why they may be one.
    """

    earlier: Lineage
    later: Lineage
    reason: str


def years_of(projects: Iterable[Project]) -> list[int]:
    """Return the years of the forms, the earliest first; forms that tell no year are left out."""
    return sorted({year for project in projects if (year := project.chosen.head.year) is not None})


def line_up(projects: Sequence[Project]) -> list[Lineage]:
    """Put the forms of one project in several years together: by 项目编码 within a unit, else by unit and name.

    A name that a unit uses twice in one year joins nothing. Forms that tell no year are left out.

    Args:
        projects: what was received, one form a project and year.

    Returns:
        The lineages in the order of their first forms.
    """
    dated = [project for project in projects if project.chosen.head.year is not None]
    joined = _Joined(len(dated))
    for keys, basis in ((_by_code(dated), BY_CODE), (_by_name(dated), BY_NAME)):
        for places in keys.values():
            joined.join(places, [_year(dated[place]) for place in places], basis)
    groups: dict[int, list[int]] = {}
    for place in range(len(dated)):
        groups.setdefault(joined.root(place), []).append(place)
    return [
        Lineage(
            tuple(sorted((dated[place] for place in places), key=_year)), joined.basis[root] if len(places) > 1 else ""
        )
        for root, places in groups.items()
    ]


def likely_pairs(lineages: Sequence[Lineage]) -> list[Likely]:
    """Return lineages that may be one project renamed or handed to another unit, each at most once, the likest first."""
    years = sorted({_year(form) for lineage in lineages for form in lineage.forms})
    following = dict(pairwise(years))
    starting = _Starting(lineages)
    found = [
        (degree, -place, lineage, other, reason)
        for place, lineage in enumerate(lineages)
        if (year := following.get(lineage.last.year or 0)) is not None
        for other, degree, reason in starting.near(lineage.last, year)
    ]
    pairs: list[Likely] = []
    taken: set[int] = set()
    for _, _, earlier, later, reason in sorted(found, key=lambda each: each[:2], reverse=True):
        # Each has one end and one beginning: the same lineage may end in one pair and begin in another.
        if {id(earlier), -id(later)} & taken:
            continue
        taken |= {id(earlier), -id(later)}
        pairs.append(Likely(earlier, later, reason))
    return pairs


def carried_over(before: Head, now: Head) -> str:
    """Return what F19 says of two years of a project, "" where it says nothing.

    上年结转资金 should be what the year before left: its 全年预算数 less its 全年执行数, each amount within half of its last
    printed digit. Nothing carried over is right where the rest was taken back.
    """
    if not now.carried or len(before.amounts) < _ALL or now.year != (before.year or 0) + 1:
        return ""
    budget, executed = before.amounts[1:_ALL]
    if not budget.yuan or not executed.yuan:
        return ""
    rest = Decimal(budget.yuan) - Decimal(executed.yuan)
    carried = sum((Decimal(each.yuan) for each in now.carried if each.yuan), Decimal(0))
    slack = sum((_slack(each) for each in (*now.carried, budget, executed)), Decimal(0))
    if not carried or abs(carried - rest) <= slack:
        return ""
    working = f"{money(Decimal(budget.yuan))} － {money(Decimal(executed.yuan))} = {money(rest)}"
    return f"F19　上年结转资金填 {money(carried)}，{before.year} 年全年预算数减全年执行数为 {money(rest)}（{working}）"


class _Joined:
    """Places that belong together, no two of one year."""

    def __init__(self, count: int) -> None:
        self._parents = list(range(count))
        self._years: dict[int, set[int]] = {}
        self.basis: dict[int, str] = defaultdict(str)

    def root(self, place: int) -> int:
        """Return the place that stands for all that were joined with one."""
        while self._parents[place] != place:
            self._parents[place] = self._parents[self._parents[place]]
            place = self._parents[place]
        return place

    def join(self, places: Sequence[int], years: Sequence[int], basis: str) -> None:
        """Join places, unless a year would stand in it twice."""
        for place, year in zip(places, years, strict=True):
            self._years.setdefault(self.root(place), {year})
        for place in places[1:]:
            first, other = sorted((self.root(places[0]), self.root(place)))
            if first != other and not self._years[first] & self._years[other]:
                self._parents[other] = first
                self._years[first] |= self._years[other]
                self.basis[first] = self.basis[first] or self.basis[other] or basis


class _Starting:
    """Lineages by the year in which they begin, and by unit and by name within it."""

    def __init__(self, lineages: Iterable[Lineage]) -> None:
        self._by: dict[tuple[int, str, str], list[Lineage]] = defaultdict(list)
        for lineage in lineages:
            head = lineage.first
            for kind, text in (("unit", head.unit), ("name", head.project)):
                self._by[head.year or 0, kind, bare(text)].append(lineage)

    def near(self, head: Head, year: int) -> Iterator[tuple[Lineage, float, str]]:
        """Yield the lineages that begin in a year and may go on with a form, how like they are, and why."""
        for other in self._by.get((year, "unit", bare(head.unit)), ()):
            degree = alike(bare(head.project), bare(other.first.project))
            if degree >= LIKELY:
                yield other, degree, "单位相同，项目名称相近"
        for other in self._by.get((year, "name", bare(head.project)), ()):
            if bare(other.first.unit) != bare(head.unit):
                yield other, 1.0, "项目名称相同，单位不同"


def _year(project: Project) -> int:
    return project.chosen.head.year or 0


def _by_code(projects: Sequence[Project]) -> dict[tuple[str, str], list[int]]:
    keys: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, project in enumerate(projects):
        head = project.chosen.head
        if head.code:
            keys[bare(head.unit), bare(head.code)].append(place)
    return keys


def _by_name(projects: Sequence[Project]) -> dict[tuple[str, str], list[int]]:
    keys: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, project in enumerate(projects):
        head = project.chosen.head
        keys[bare(head.unit), bare(head.project)].append(place)
    return {key: places for key, places in keys.items() if key[1] and _once_a_year(projects, places)}


def _once_a_year(projects: Sequence[Project], places: Sequence[int]) -> bool:
    years = [_year(projects[place]) for place in places]
    return len(set(years)) == len(years)


def _slack(amount: Amount) -> Decimal:
    """Return half of the last printed digit of an amount, in 元; nothing where the exact amount is known."""
    figure = None if amount.exact else read_figure(amount.text)
    if figure is None or not figure.number or not amount.yuan:
        return Decimal(0)
    return figure.step * _HALF * abs(Decimal(amount.yuan) / figure.number)
