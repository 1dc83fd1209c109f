"""Two drafts and their changes, in the officer's notation."""

from __future__ import annotations

from collections.abc import Iterable

from tests.checks.forms import Sheet, case_of
from toolkit.checks.review import Review, review_form
from toolkit.compare.form import compare_forms
from toolkit.compare.model import Change, ChangeKind
from toolkit.core.form import Form


def lines(changes: Iterable[Change]) -> list[str]:
    """Return each change as one line: item：before → after, with its kind in front where it is no plain 修改."""
    return [
        f"{'' if change.kind is ChangeKind.CHANGED else change.kind + ' '}{change.item}：{change.before} → {change.after}"
        for change in changes
    ]


def changes(old: Sheet | Form, new: Sheet | Form) -> list[str]:
    """Return the changes between two drafts as lines."""
    return lines(compare_forms(*(each.form if isinstance(each, Sheet) else each for each in (old, new))))


def review(sheet: Sheet) -> Review:
    """Check a draft."""
    return review_form(case_of(sheet))
