"""Matching the rows of a form with the rows of the approved goals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from toolkit.checks.rows import bare
from toolkit.core.form import Form, Indicator

Pair = tuple[Indicator, Indicator]
Key = Callable[[Indicator], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Matching:
    """What belongs together.

    Attributes:
        same: rows of one name (form, goals), in the order of the form.
        renamed: rows in one place of one 二级指标 whose names differ.
        new: rows of the form that the goals do not have.
        dropped: rows of the goals that the form does not have.
    """

    same: tuple[Pair, ...]
    renamed: tuple[Pair, ...]
    new: tuple[Indicator, ...]
    dropped: tuple[Indicator, ...]


def match_rows(form: Form, goals: Form) -> Matching:
    """Match by 三级指标, first within one 二级指标, then anywhere; what is left by its place in the 二级指标.

    Rows of 不适用 are left out on both sides: they ask for nothing.
    """
    rows, approved = _in_use(form), _in_use(goals)
    same = _pairs(rows, approved, _within_level)
    rows, approved = _left(rows, approved, same)
    moved = _pairs(rows, approved, _by_name)
    rows, approved = _left(rows, approved, moved)
    renamed = _pairs(rows, approved, _by_level)
    rows, approved = _left(rows, approved, renamed)
    in_order = sorted(same + moved, key=lambda pair: pair[0].level3.line)
    return Matching(tuple(in_order), tuple(renamed), tuple(rows), tuple(approved))


def _in_use(form: Form) -> list[Indicator]:
    return [row for row in form.indicators if row.name and not row.not_applicable]


def _within_level(row: Indicator) -> tuple[str, ...]:
    return bare(row.level2.text), bare(row.name)


def _by_name(row: Indicator) -> tuple[str, ...]:
    return (bare(row.name),)


def _by_level(row: Indicator) -> tuple[str, ...]:
    return (bare(row.level2.text),)


def _pairs(rows: Iterable[Indicator], approved: Iterable[Indicator], key: Key) -> list[Pair]:
    waiting: dict[tuple[str, ...], list[Indicator]] = defaultdict(list)
    for goal in approved:
        waiting[key(goal)].append(goal)
    return [(row, waiting[key(row)].pop(0)) for row in rows if waiting[key(row)]]


def _left(
    rows: list[Indicator], approved: list[Indicator], pairs: list[Pair]
) -> tuple[list[Indicator], list[Indicator]]:
    taken = {id(each) for pair in pairs for each in pair}
    return [row for row in rows if id(row) not in taken], [goal for goal in approved if id(goal) not in taken]
