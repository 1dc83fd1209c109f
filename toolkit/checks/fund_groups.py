"""Which rows of 项目资金 are sources of the total, and which break down another row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.checks.amounts import SUB_ROW, add_up
from toolkit.core.form import FUND_COLUMNS, Cell, Form, FundLine
from toolkit.core.kept import kept_in_argument
from toolkit.core.scheme import Scheme

_SUBTOTAL = "小计"
_SOURCE = re.compile("结转|其[他它]资金|^[当本]年财政拨款")
"""Rows of the official form, each a source of its own: no other row includes them unless its name says so."""
_LONGEST = 16
"""Rows of sources up to which other readings are tried; a form has half as many at most."""
_MOST = 8
"""Readings of one run of rows that are followed up, those with the fewest wrong sums."""


@dataclass(frozen=True, slots=True)
class Group:
    """A fund row with the rows that break it down, each of which may be broken down itself."""

    head: FundLine
    parts: tuple[Group, ...] = ()

    @property
    def sub_row(self) -> bool:
        """Tell whether the row is named 其中…."""
        return self.head.kind.text.strip().startswith(SUB_ROW)


Reading = tuple[Group, ...]


def fund_groups(form: Form) -> tuple[tuple[FundLine, tuple[FundLine, ...]], ...]:
    """Return the sources, each with the rows that break it down."""
    return tuple((group.head, tuple(part.head for part in group.parts)) for group in _reading(form))


def fund_breakdowns(form: Form) -> tuple[tuple[FundLine, tuple[FundLine, ...]], ...]:
    """Return every row that others break down, sources and rows below them, with these others."""
    return tuple((group.head, tuple(part.head for part in group.parts)) for group in _broken_down(_reading(form)))


def carried_amounts(form: Form, scheme: Scheme) -> list[Cell]:
    """Return the amounts of 上年结转资金, a source each: 全年预算数, where it is blank 年初预算数."""
    lines = [line for line, _ in fund_groups(form) if scheme.mentions(line.name, "carry_over")]
    return [
        line.annual_budget if not line.annual_budget.empty or line.initial_budget.empty else line.initial_budget
        for line in lines
    ]


def _broken_down(reading: Reading) -> Iterator[Group]:
    for group in reading:
        if group.parts:
            yield group
            yield from _broken_down(group.parts)


@kept_in_argument
def _reading(form: Form) -> Reading:
    """Return the reading of the order of rows under which the fewest sums are wrong, the plainest one among equals."""
    plainest = _plainest(form.fund_parts)
    least = _wrong_sums(form, plainest)
    if not least or len(form.fund_parts) > _LONGEST:
        return plainest
    best = plainest
    for wrong, reading in _Search(form).between(0, len(form.fund_parts)):
        wrong += _wrong(form, form.fund_total, reading)
        if wrong < least:
            least, best = wrong, reading
    return best


def _plainest(lines: tuple[FundLine, ...]) -> Reading:
    """Read each row named 其中… as a part of the source above it, and every other row as a source.

    Directly below 年度资金总额 a row named 其中… is a source itself: the official form writes 其中：当年财政拨款.
    """
    groups: list[Group] = []
    for group in map(Group, lines):
        if group.sub_row and groups and not groups[-1].sub_row:
            groups[-1] = Group(groups[-1].head, (*groups[-1].parts, group))
        else:
            groups.append(group)
    return tuple(groups)


def _wrong_sums(form: Form, reading: Reading) -> int:
    below = sum(_wrong(form, group.head, group.parts) for group in _broken_down(reading))
    return below + _wrong(form, form.fund_total, reading)


def _wrong(form: Form, head: FundLine | None, parts: Reading) -> int:
    return 0 if head is None else _columns(form, head, parts)[0]


def _columns(form: Form, head: FundLine, parts: Reading) -> tuple[int, int]:
    """Return in how many columns the parts do not add up to the row above them, and in how many they do."""
    wrong = right = 0
    for column in FUND_COLUMNS:
        found = add_up(form, head.by_column[column], [part.head.by_column[column] for part in parts])
        if found is not None and not found.rounding:
            wrong += 1
        elif found is not None and found.total:
            right += 1
    return wrong, right


class _Search:
    """Goes through the readings of a run of rows: which row heads which of those after it."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._lines = form.fund_parts
        self._known: dict[tuple[int, int], list[tuple[int, Reading]]] = {}

    def between(self, start: int, stop: int) -> list[tuple[int, Reading]]:
        """Return readings of the rows from ``start`` to before ``stop`` with their wrong sums, the fewest first."""
        if start == stop:
            return [(0, ())]
        if (start, stop) not in self._known:
            found = sorted(self._readings(start, stop), key=lambda weighed: weighed[0])
            self._known[start, stop] = found[:_MOST]
        return self._known[start, stop]

    def _readings(self, start: int, stop: int) -> Iterator[tuple[int, Reading]]:
        for cut in range(start + 1, stop + 1):
            for wrong, group in self._first_groups(start, cut):
                for more, rest in self.between(cut, stop):
                    # A row named 其中… is a part of the row above it, unless that is such a part as well.
                    if not rest or group.sub_row or not rest[0].sub_row:
                        yield wrong + more, (group, *rest)

    def _first_groups(self, start: int, cut: int) -> Iterator[tuple[int, Group]]:
        """Yield the groups that the rows to before ``cut`` make: the first row heads them, or a 小计 ends them."""
        head, last = self._lines[start], self._lines[cut - 1]
        if cut == start + 1:
            yield 0, Group(head)
            return
        yield from self._groups(head, self.between(start + 1, cut))
        if _SUBTOTAL in last.name:
            yield from self._groups(last, self.between(start, cut - 1))

    def _groups(self, head: FundLine, readings: list[tuple[int, Reading]]) -> Iterator[tuple[int, Group]]:
        for below, parts in readings:
            wrong, right = _columns(self._form, head, parts)
            if parts[0].sub_row or _SUBTOTAL in head.name or _adds_up(parts, wrong, right):
                yield below + wrong, Group(head, parts)


def _adds_up(parts: Reading, wrong: int, right: int) -> bool:
    """Tell whether rows that nothing names as parts add up so well that they must be."""
    if any(_SOURCE.search(part.head.name) for part in parts):
        return False
    return right > wrong and (not wrong or len(parts) > 1)
