"""Two drafts of a submission, one form or several: what changed, and what the checks say before and after."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from toolkit.checks import Finding, Severity
from toolkit.checks.review import Review
from toolkit.checks.rows import bare
from toolkit.compare.form import compare_forms
from toolkit.compare.model import Change
from toolkit.compare.reasons import with_reasons
from toolkit.compare.report import compare_reports
from toolkit.compare.rows import alike, match
from toolkit.compare.values import plain_text


@dataclass(frozen=True, slots=True)
class Comparison:
    """One form in both drafts.

    Attributes:
        old: ``None`` for a form that the former draft does not have.
        new: ``None`` for one that the new draft does not have.
        guessed: the two were matched by the likeness of their project names.
        corrected: 错误 of the former draft that are gone.
        arisen: 错误 that the former draft did not have.
    """

    old: Review | None
    new: Review | None
    changes: tuple[Change, ...] = ()
    guessed: bool = False
    corrected: tuple[Finding, ...] = field(default=())
    arisen: tuple[Finding, ...] = field(default=())

    @property
    def review(self) -> Review:
        """Return the newer of the drafts that exist."""
        found = self.new or self.old
        assert found is not None
        return found


def compare_drafts(old: Sequence[Review], new: Sequence[Review]) -> list[Comparison]:
    """Compare all forms of two drafts, matched by 项目编码, then by 项目名称.

    Where one form is left on either side they are taken for one, whatever they are called. What several forms of a
    workbook share (报告要素 of the unit) is listed once.
    """
    found = match(old, new, [_Unique(old, new), _name], _likeness)
    pairs = [(pair.old, pair.new, pair.guessed) for pair in found.pairs]
    added, dropped = list(found.added), list(found.dropped)
    if len(added) == len(dropped) == 1:
        pairs.append((dropped.pop(), added.pop(), True))
    compared = [compare_reviews(before, after, guessed=guessed) for before, after, guessed in pairs]
    compared += [Comparison(None, review) for review in added]
    order = {id(review): place for place, review in enumerate(new)}
    compared.sort(key=lambda each: order[id(each.new)])
    return list(_once([*compared, *(Comparison(review, None) for review in dropped)]))


def compare_reviews(old: Review, new: Review, *, guessed: bool = False) -> Comparison:
    """Compare a form in two drafts: its fields, its report where both have one, the 错误 of both."""
    changes = compare_forms(old.case.form, new.case.form)
    if old.case.report is not None and new.case.report is not None:
        changes += compare_reports(old.case.report, new.case.report)
    return Comparison(
        old,
        new,
        tuple(with_reasons(changes, old, new)),
        guessed,
        tuple(_errors_not_in(old, new)),
        tuple(_errors_not_in(new, old)),
    )


class _Unique:
    """The 项目编码 as a key: forms without one match nothing by it."""

    def __init__(self, *drafts: Sequence[Review]) -> None:
        self._numbers = {id(review): number for number, review in enumerate(each for draft in drafts for each in draft)}

    def __call__(self, review: Review) -> Hashable:
        return plain_text(review.case.form.project_code) or self._numbers[id(review)]


def _name(review: Review) -> Hashable:
    return bare(review.case.form.project_name.text)


def _likeness(old: Review, new: Review) -> float:
    return alike(*(bare(review.case.form.project_name.text) for review in (old, new)))


def _errors_not_in(one: Review, other: Review) -> Iterator[Finding]:
    # The same fault with another figure, or at fewer of its places, is still there.
    known = {place for found in _errors(other) for place in _places(found)}
    yield from (found for found in _errors(one) if known.isdisjoint(_places(found)))


def _errors(review: Review) -> Iterator[Finding]:
    return (found for found in review.findings if found.severity is Severity.ERROR and not found.undecidable)


def _places(found: Finding) -> list[tuple[str, str]]:
    return [(found.code, cell.field) for cell in found.cells]


def _once(compared: Iterable[Comparison]) -> Iterator[Comparison]:
    """Leave out changes of a cell that an earlier form has listed already."""
    told: set[tuple[str, str, str]] = set()
    for each in compared:
        own = tuple(change for change in each.changes if not change.place or _told(change) not in told)
        told |= {_told(change) for change in each.changes}
        yield replace(each, changes=own)


def _told(change: Change) -> tuple[str, str, str]:
    return change.kind, change.place, change.item.rpartition("·")[2]
