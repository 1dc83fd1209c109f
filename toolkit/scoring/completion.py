"""完成率 of each row, and the counts and shares by which a report speaks of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from toolkit.core.money import round_half_up
from toolkit.core.scheme import Scheme
from toolkit.scoring.compare import Outcome
from toolkit.scoring.indicator import IndicatorScore

ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)
REMAINDER_RULE = "各占比四舍五入保留两位小数；相加不是 100.00% 的，差额计入个数最多的一项（个数相同的计入排在前面的）"
"""How shares come to add up to 100.00 %."""


@dataclass(frozen=True, slots=True)
class Share:
    """A count of indicators with its share of all.

    Attributes:
        percent: the share in percent points with two decimals: 14.29.
    """

    count: int
    percent: Decimal


@dataclass(frozen=True, slots=True)
class CompletionBand:
    """The indicators whose 完成率 lies from ``low`` to below ``high``.

    Attributes:
        low: lower bound as a fraction.
        high: upper bound as a fraction, ``None`` for the highest band.
    """

    low: Decimal
    high: Decimal | None
    share: Share
    rows: tuple[IndicatorScore, ...]


@dataclass(frozen=True, slots=True)
class CompletionStatistics:
    """How many indicators were completed, and how far.

    Attributes:
        total: indicators counted: with a weight above zero, not 不适用, and with a known 完成率.
        complete: those completed by 100 %.
        incomplete: the others.
        bands: by the scheme's bounds, the highest first.
        done: the rows of ``complete``, in the order of the form.
        undone: the rows of ``incomplete``, likewise.
        unknown: rows in use whose 完成率 is not known; they are not counted.
    """

    total: int
    complete: Share
    incomplete: Share
    bands: tuple[CompletionBand, ...]
    done: tuple[IndicatorScore, ...]
    undone: tuple[IndicatorScore, ...]
    unknown: tuple[IndicatorScore, ...]


def completion_of(score: IndicatorScore) -> Decimal | None:
    """Return 完成率 of a row as a fraction from 0 to 1, unrounded.

    A target met is complete, however far it was passed. One missed: 实际完成值 ÷ 年度指标值, for a broken ceiling
    年度指标值 ÷ 实际完成值. Where target and result do not decide: 得分 ÷ 分值.

    Returns:
        ``None`` for a row without weight or 不适用, and where no score decides either.
    """
    if score.weight is None or score.weight <= 0 or score.outcome is Outcome.NOT_APPLICABLE:
        return None
    if score.outcome is Outcome.MET:
        return ONE
    target, actual = score.comparison.target, score.comparison.actual
    if score.outcome is Outcome.MISSED and target is not None and actual is not None:
        if target <= 0:
            return ZERO
        return target / actual if actual > target else max(actual, ZERO) / target
    points = score.filled if score.filled is not None else score.computed
    return None if points is None else min(ONE, max(ZERO, points / score.weight))


def completion_statistics(rows: Iterable[IndicatorScore], scheme: Scheme) -> CompletionStatistics:
    """Count the rows of a form by 完成率, in the scheme's bands; see :data:`REMAINDER_RULE` for the shares."""
    in_use = [row for row in rows if row.weight is not None and row.weight > 0 and row.outcome is not Outcome.NOT_APPLICABLE]
    known = [(row, share) for row in in_use if (share := completion_of(row)) is not None]
    done = tuple(row for row, share in known if share >= ONE)
    undone = tuple(row for row, share in known if share < ONE)
    complete, incomplete = _shares([len(done), len(undone)])
    return CompletionStatistics(
        total=len(known),
        complete=complete,
        incomplete=incomplete,
        bands=_bands(known, scheme),
        done=done,
        undone=undone,
        unknown=tuple(row for row in in_use if completion_of(row) is None),
    )


def _bands(known: Sequence[tuple[IndicatorScore, Decimal]], scheme: Scheme) -> tuple[CompletionBand, ...]:
    bounds: list[Decimal | None] = [None, *scheme.completion_bands]
    if bounds[-1] != ZERO:
        bounds.append(ZERO)
    ranges = [(high, low) for high, low in pairwise(bounds) if low is not None]
    parts = [
        tuple(row for row, share in known if share >= low and (high is None or share < high)) for high, low in ranges
    ]
    shares = _shares([len(part) for part in parts])
    return tuple(
        CompletionBand(low, high, share, part) for (high, low), share, part in zip(ranges, shares, parts, strict=True)
    )


def _shares(counts: Sequence[int]) -> list[Share]:
    total = sum(counts)
    if not total:
        return [Share(0, round_half_up(ZERO, 2)) for _ in counts]
    percents = [round_half_up(HUNDRED * count / total, 2) for count in counts]
    most = counts.index(max(counts))
    percents[most] += HUNDRED - sum(percents, ZERO)
    return [Share(count, percent) for count, percent in zip(counts, percents, strict=True)]
