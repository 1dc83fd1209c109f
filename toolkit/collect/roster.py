"""Who is missing: the list of projects that were expected beside what was received (K01)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.checks.rows import bare
from toolkit.collect.versions import Project
from toolkit.compare.rows import alike
from toolkit.core.money import plain, round_half_up

_LIKELY = 0.75
"""From this likeness on a project that is not on the list is named beside the one that is missing."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A line of the list.

    Attributes:
        unit: "" where the list names no units.
        project: "" where the list names units only.
        at: where it stands, such as 第 7 行.
    """

    unit: str
    project: str
    code: str
    at: str


@dataclass(frozen=True, slots=True)
class Roll:
    """The list called out.

    Attributes:
        received: a line of the list with what was received of it.
        missing: lines of the list that nothing was received of, with a project received that may be meant.
        unexpected: what was received and is not on the list.
    """

    expected: tuple[Expected, ...]
    received: tuple[tuple[Expected, tuple[Project, ...]], ...]
    missing: tuple[tuple[Expected, Project | None], ...]
    unexpected: tuple[Project, ...]

    @property
    def coverage(self) -> str:
        """Return the sentence of the report: 共 53 个项目，对 50 个开展自评，覆盖率 94.34%."""
        whole, there = len(self.expected), len(self.received)
        share = plain(round_half_up(_percent(there, whole), 2))
        what = "个项目" if any(each.project for each in self.expected) else "个单位"
        return f"名单共有 {whole} {what}，对 {there} 个开展自评，覆盖率 {share}%（{there} ÷ {whole}）。"


def call_roll(expected: Sequence[Expected], projects: Sequence[Project]) -> Roll:
    """Match the list with what was received: by 项目编码, else by unit and name, else by the name alone where it is unique."""
    free = _Free(projects)
    names = Counter(bare(line.project) for line in expected)
    received: list[tuple[Expected, tuple[Project, ...]]] = []
    missing: list[Expected] = []
    for line in expected:
        found = [project for project in free.near(line) if _is(line, project)] or _by_name_alone(line, free, names)
        if not found:
            missing.append(line)
            continue
        received.append((line, tuple(found)))
        if line.project or line.code:
            free.take(found)
    here = {id(project) for _, found in received for project in found}
    unexpected = tuple(project for project in projects if id(project) not in here)
    guessed = tuple((line, _likely(line, unexpected)) for line in missing)
    return Roll(tuple(expected), tuple(received), guessed, unexpected)


class _Free:
    """The projects that no line of the list has claimed, found by what a line tells: both may be tens of thousands."""

    def __init__(self, projects: Sequence[Project]) -> None:
        self._projects = projects
        self._left = set(range(len(projects)))
        self._places = {id(project): place for place, project in enumerate(projects)}
        self._by: dict[tuple[str, str], list[int]] = {}
        for place, project in enumerate(projects):
            head = project.chosen.head
            for kind, text in (("code", head.code), ("unit", head.unit), ("name", head.project)):
                self._by.setdefault((kind, bare(text)), []).append(place)

    def near(self, line: Expected) -> list[Project]:
        """Return the projects that may be meant, in their order."""
        told = ("name", line.project) if line.project else ("unit", line.unit)
        places = set(self._by.get((told[0], bare(told[1])), ())) if told[1] else set(self._left)
        if line.code:
            places.update(self._by.get(("code", bare(line.code)), ()))
        return [self._projects[place] for place in sorted(places & self._left)]

    def named(self, name: str) -> list[Project]:
        """Return the projects of a name, in their order."""
        return [self._projects[place] for place in self._by.get(("name", name), ()) if place in self._left]

    def take(self, found: Sequence[Project]) -> None:
        """Claim projects."""
        self._left.difference_update(self._places[id(project)] for project in found)


def _percent(part: int, whole: int) -> Decimal:
    return Decimal(100 * part) / whole if whole else Decimal(0)


def _is(line: Expected, project: Project) -> bool:
    head = project.chosen.head
    if line.code and head.code:
        return bare(line.code) == bare(head.code)
    same_unit = not line.unit or bare(line.unit) == bare(head.unit)
    return same_unit and (not line.project or bare(line.project) == bare(head.project))


def _by_name_alone(line: Expected, free: _Free, names: Mapping[str, int]) -> list[Project]:
    """Return the project of this name where the list and the forms call its unit differently and no other has the name."""
    name = bare(line.project)
    if not name or names[name] > 1:
        return []
    found = free.named(name)
    return found if len(found) == 1 and not (line.code and found[0].chosen.head.code) else []


def _likely(line: Expected, unexpected: Sequence[Project]) -> Project | None:
    """Return the unexpected project whose name is nearest, to be confirmed by people."""
    degrees = [(alike(bare(line.project), bare(project.chosen.head.project)), project) for project in unexpected]
    best = max(degrees, key=lambda pair: pair[0], default=None) if line.project else None
    return best[1] if best is not None and best[0] >= _LIKELY else None


def sent_twice(roll: Roll) -> Iterator[tuple[Expected, Project]]:
    """Yield the lines of the list of which more than one form was received."""
    for line, found in roll.received:
        yield from ((line, project) for project in found if project.received > 1)
