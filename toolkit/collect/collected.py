"""Everything that was collected, worked out once for all tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import compress

from toolkit.checks import LedgerLine
from toolkit.checks.rows import bare
from toolkit.collect.model import Details, Entry, Failure, Library, Told
from toolkit.collect.roster import Expected, Roll, call_roll
from toolkit.collect.rules import own_findings
from toolkit.collect.table import Ready
from toolkit.collect.units import Unit, unit_of, units_of
from toolkit.collect.versions import Project, Saved, projects_of
from toolkit.collect.years import years_of
from toolkit.compare.model import Change
from toolkit.core.scheme import Scheme

_SEVERAL = 2

Changes = Mapping[tuple[str, str], Sequence[Change]]
"""What changed between two versions, by the places of the former and the one that counts."""


@dataclass(frozen=True)
class Beside:
    """What the chief gave beside the folders.

    Attributes:
        keep: files that count before all others.
    """

    expected: tuple[Expected, ...] | None = None
    ledger: tuple[LedgerLine, ...] | None = None
    keep: tuple[str, ...] = ()


@dataclass(frozen=True)
class Collected:
    """Everything that was collected.

    Attributes:
        entries: all forms, in the order of their files.
        projects: what was received of each project, its own form of a department included.
        waiting: how many 提醒 wait for an answer, by the identity of the project.
    """

    entries: tuple[Entry, ...]
    failures: tuple[Failure, ...]
    projects: tuple[Project, ...]
    units: tuple[Unit, ...]
    roll: Roll | None
    waiting: Mapping[int, int]
    beside: Beside
    schemes: Mapping[str, Scheme]
    library: Library
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @cached_property
    def whole(self) -> Unit:
        """Return all projects as if they were of one unit."""
        return unit_of("合计", [each for unit in self.units for each in unit.projects], dict(self.waiting))

    @cached_property
    def years(self) -> list[int]:
        """Return the years of the projects, the earliest first."""
        return years_of(each for unit in self.units for each in unit.projects)

    @cached_property
    def wholes(self) -> tuple[Unit, ...]:
        """Return all projects as if they were of one unit, each year by itself, the newest last."""
        if len(self.years) < _SEVERAL:
            return (self.whole,)
        groups: dict[int | None, list[Project]] = {}
        for unit in sorted(self.units, key=lambda each: each.year or 0):
            groups.setdefault(unit.year, []).extend(unit.projects)
        return tuple(unit_of("合计", group, dict(self.waiting), year) for year, group in groups.items())

    @property
    def latest(self) -> tuple[Project, ...]:
        """Return the projects of the newest year, all of them where there is but one; a department's own form with them."""
        if len(self.years) < _SEVERAL:
            return self.projects
        newest = self.years[-1]
        return tuple(project for project in self.projects if project.chosen.head.year in (newest, None))

    def details(self, entry: Entry) -> Details:
        """Return findings and indicators of a form, 说明 given for the whole unit and S12 among them."""
        found = self.library.details(entry)
        given = self.answers.get(bare(entry.head.unit), {})
        findings = tuple(_answered(each, given) for each in found.findings)
        whole = replace(found, findings=findings)
        return replace(whole, findings=own_findings(entry, whole))

    def ready(self, entries: Sequence[Entry], sheet: str) -> Iterator[Ready | None]:
        """Yield for every form the rows that it gives to a sheet as they were made when it was read, ``None`` where they hold no more."""
        # What another form of the unit answers stands in these rows, too.
        holding = [bare(entry.head.unit) not in self.answers for entry in entries]
        found = self.library.ready(compress(entries, holding), sheet)
        for holds in holding:
            yield next(found) if holds else None


def collect(
    entries: Sequence[Entry],
    failures: Sequence[Failure],
    beside: Beside,
    schemes: Mapping[str, Scheme],
    library: Library,
    saved: Saved,
) -> Collected:
    """Work out what belongs together, who is missing, and what the units come to."""
    filled = [entry for entry in entries if not entry.head.blank]
    blank = [
        Failure(entry.file, entry.link, f"{_sheet(entry)}是空白表，没有项目名称和指标", "请填写后重新报送")
        for entry in entries
        if entry.head.blank
    ]
    projects = projects_of(filled, beside.keep, saved)
    answers = _unit_answers([project.chosen for project in projects])
    waiting = {id(project): _waiting(project.chosen, answers) for project in projects}
    own = [project for project in projects if not project.chosen.head.whole]
    return Collected(
        tuple(filled),
        tuple(sorted([*failures, *blank], key=lambda each: (not each.counted, each.file))),
        tuple(projects),
        tuple(units_of(projects, waiting)),
        None if beside.expected is None else call_roll(beside.expected, own),
        waiting,
        beside,
        schemes,
        library,
        answers,
    )


def _sheet(entry: Entry) -> str:
    return f"工作表“{entry.head.sheet}”" if entry.head.sheet else ""


def _unit_answers(entries: Sequence[Entry]) -> dict[str, dict[str, str]]:
    answers: dict[str, dict[str, str]] = {}
    for entry in entries:
        if entry.head.answers:
            answers.setdefault(bare(entry.head.unit), {}).update(dict(entry.head.answers))
    return answers


def _waiting(entry: Entry, answers: Mapping[str, Mapping[str, str]]) -> int:
    given = answers.get(bare(entry.head.unit), {})
    return sum(not (shared and code in given) for code, shared in entry.head.waiting)


def _answered(told: Told, given: Mapping[str, str]) -> Told:
    if told.open and told.shared and told.code in given:
        return told._replace(explained=given[told.code])
    return told


__all__ = ["Beside", "Changes", "Collected", "collect"]
