"""年度绩效指标 of two drafts, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from toolkit.checks.rows import bare
from toolkit.compare.model import Change
from toolkit.compare.parts import changed, moved, one_sided, renamed
from toolkit.compare.rows import Pair, alike, match
from toolkit.compare.values import By, plain_text, same
from toolkit.core.form import EVIDENCE, Cell, Form, Indicator

_FIELDS: Mapping[str, By] = {
    "target": By.FIGURE,
    "actual": By.FIGURE,
    "weight": By.FIGURE,
    "score": By.FIGURE,
    "deviation": By.TEXT,
    "basis": By.TEXT,
    "method": By.TEXT,
    "provider": By.TEXT,
    "grounds": By.TEXT,
}
_LEVELS = ("level1", "level2")
_NAMES = ("level3", "level4")
_MOSTLY_EQUAL = 0.75
"""In one 二级指标, rows that share so much of what else they say are taken for one, whatever their names."""


def compare_indicators(old: Form, new: Form) -> Iterator[Change]:
    """Yield the changes in 年度绩效指标: names and levels, order, every value, 佐证; rows added and dropped."""
    keys = [_path, _within_level, lambda row: bare(row.name)]
    found = match(old.indicators, new.indicators, keys, _likeness)
    yield from _levels(found.pairs)
    for pair in found.pairs:
        for field in _NAMES:
            yield from renamed(getattr(pair.old, field), getattr(pair.new, field), pair.guessed)
        yield from moved(pair, pair.old.level3, pair.new.level3, pair.new.name)
        for field, by in _FIELDS.items():
            yield from changed(getattr(pair.old, field), getattr(pair.new, field), by)
        yield from _own(pair.old, pair.new)
        yield from _evidence(pair.old, pair.new)
    yield from one_sided(
        found,
        lambda row: (row.name, row.level3),
        lambda row: (row.target, row.actual, row.weight, row.score, row.deviation, *row.own.values()),
    )


def _path(row: Indicator) -> tuple[str, ...]:
    return tuple(map(bare, row.path))


def _within_level(row: Indicator) -> tuple[str, str]:
    return bare(row.level2.text), bare(row.name)


def _likeness(old: Indicator, new: Indicator) -> float:
    names = alike(old.name, new.name)
    if bare(old.level2.text) != bare(new.level2.text):
        return names
    told = [(getattr(old, field), getattr(new, field), by) for field, by in _FIELDS.items()]
    told = [(before, after, by) for before, after, by in told if not (before.blank and after.blank)]
    shared = sum(same(before, after, by) for before, after, by in told) / len(told) if len(told) > 1 else 0.0
    return max(names, shared if shared >= _MOSTLY_EQUAL else 0.0)


def _levels(pairs: Sequence[Pair[Indicator]]) -> Iterator[Change]:
    """Compare 一级 and 二级指标: a name that changed for all its rows is one change, a row that moved is its own."""
    for field in _LEVELS:
        rows = [(getattr(pair.old, field), getattr(pair.new, field)) for pair in pairs]
        told: set[tuple[str, str]] = set()
        for before, after in rows:
            names = plain_text(before), plain_text(after)
            if names[0] == names[1] or names in told:
                continue
            whole = all(plain_text(now) == names[1] for then, now in rows if plain_text(then) == names[0])
            if whole:
                told.add(names)
            yield from changed(before, after, item=after.field.rpartition("·")[2] if whole else "")


def _own(old: Indicator, new: Indicator) -> Iterator[Change]:
    """Compare the columns that only these forms have, by their headings."""
    for heading in dict.fromkeys((*new.own, *old.own)):
        blank = Cell(f"{new.name}·{heading}", line=new.level3.line)
        yield from changed(old.own.get(heading, blank), new.own.get(heading, blank), By.FIGURE)


def _evidence(old: Indicator, new: Indicator) -> Iterator[Change]:
    blank = Cell(f"{new.name}·{EVIDENCE}", line=new.level3.line)
    # Where no 佐证 is named another column of 数据来源 speaks for it, and is compared as itself.
    named = (row.evidence if row.evidence and row.evidence.field.endswith(EVIDENCE) else blank for row in (old, new))
    before, after = named
    yield from changed(before, after)
