"""Matching the rows of two drafts: by name, then by likeness; and which of them moved."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Generic, TypeVar

Row = TypeVar("Row")
LEAST = 0.6
"""From this likeness on, two rows are taken for one that was renamed."""


@dataclass(frozen=True, slots=True)
class Pair(Generic[Row]):
    """A row in both drafts.

    Attributes:
        before: its place in the former draft, counted from 1.
        after: its place in the new draft.
        guessed: matched by likeness, not by name.
        moved: its order among the rows of both drafts changed.
    """

    old: Row
    new: Row
    before: int
    after: int
    guessed: bool = False
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Matched(Generic[Row]):
    """What belongs together: pairs in the order of the new draft, and what stands in one draft only."""

    pairs: tuple[Pair[Row], ...]
    added: tuple[Row, ...]
    dropped: tuple[Row, ...]


def match(
    old: Sequence[Row],
    new: Sequence[Row],
    keys: Sequence[Callable[[Row], Hashable]],
    likeness: Callable[[Row, Row], float],
) -> Matched[Row]:
    """Match rows.

    Args:
        old: the rows of the former draft.
        new: the rows of the new draft.
        keys: what rows are matched by, the surest first; rows of one key are matched in their order.
        likeness: from 0 to 1, for what no key matches.
    """
    places: dict[int, tuple[int, bool]] = {}
    for key in keys:
        _by_key(old, new, key, places)
    _by_likeness(old, new, likeness, places)
    order = sorted(places)
    stayed = _longest_rise([places[after][0] for after in order])
    pairs = tuple(
        Pair(old[before], new[after], before + 1, after + 1, guessed, moved=place not in stayed)
        for place, after in enumerate(order)
        for before, guessed in (places[after],)
    )
    taken = {before for before, _ in places.values()}
    added = tuple(row for at, row in enumerate(new) if at not in places)
    return Matched(pairs, added, tuple(row for at, row in enumerate(old) if at not in taken))


def alike(one: str, other: str) -> float:
    """Return how like two texts are, from 0 to 1; 0 for what is below :data:`LEAST` anyhow."""
    found = SequenceMatcher(None, one, other, autojunk=False)
    # The bounds cost little: in a report that was written anew every paragraph is compared with every other.
    near = found.real_quick_ratio() >= LEAST and found.quick_ratio() >= LEAST
    return found.ratio() if near else 0.0


def _by_key(
    old: Sequence[Row], new: Sequence[Row], key: Callable[[Row], Hashable], places: dict[int, tuple[int, bool]]
) -> None:
    taken = {before for before, _ in places.values()}
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    for before, row in enumerate(old):
        if before not in taken:
            waiting[key(row)].append(before)
    for after, row in enumerate(new):
        if after not in places and waiting[key(row)]:
            places[after] = (waiting[key(row)].pop(0), False)


def _by_likeness(
    old: Sequence[Row], new: Sequence[Row], likeness: Callable[[Row, Row], float], places: dict[int, tuple[int, bool]]
) -> None:
    taken = {before for before, _ in places.values()}
    likely = sorted(
        (-degree, abs(before - after), before, after)
        for after, row in enumerate(new)
        if after not in places
        for before, other in enumerate(old)
        if before not in taken and (degree := likeness(other, row)) >= LEAST
    )
    for _, _, before, after in likely:
        if before not in taken and after not in places:
            taken.add(before)
            places[after] = (before, True)


def _longest_rise(numbers: Sequence[int]) -> set[int]:
    """Return the places of a longest rising run of ``numbers``: the fewest others moved."""
    ends: list[int] = []
    ends_at: list[int] = []
    above: list[int] = []
    for place, number in enumerate(numbers):
        length = bisect_left(ends, number)
        above.append(ends_at[length - 1] if length else -1)
        ends[length:], ends_at[length:] = [number, *ends[length + 1 :]], [place, *ends_at[length + 1 :]]
    found: set[int] = set()
    place = ends_at[-1] if ends_at else -1
    while place >= 0:
        found.add(place)
        place = above[place]
    return found
