"""S09: a qualitative score outside the band of the result stated."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from toolkit.checks.amounts import percent
from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.rule import RESULTS, rule
from toolkit.checks.wording import shorten
from toolkit.core.money import plain
from toolkit.core.scheme import Band, Scheme
from toolkit.core.values import Words
from toolkit.scoring import Direction, IndicatorScore, Outcome


@rule(
    "S09", title="定性得分不在所填结果的档内", severity=Severity.ERROR, source="评分参数“定性指标分档”", stages=RESULTS
)
def score_outside_band(case: Case) -> Iterator[Fault]:
    """定性指标按结果分档计分：达成得 80%—100%，部分达成得 60%—80%，未达成得 60% 以下；得分应在所填结果的档内。

    为什么：填“部分达成”而得满分，或填“达成”而只得一半，结果和得分互相矛盾。交界的分数归上一档。
    怎么改：结果属实的，把得分改到该档以内；得分属实的，改正实际完成值的说法。
    """
    for score in case.scores.rows:
        band = _stated_band(score, case.scheme)
        if band is not None and score.weight and score.filled is not None:
            share = score.filled / score.weight
            if _band_of(share, case.scheme) != band:
                yield _fault(score, band)


def _stated_band(score: IndicatorScore, scheme: Scheme) -> Band | None:
    found = score.comparison
    # Words beside a number (≥90人 → 未开展) are judged by the officer as well.
    judged = found.direction is Direction.QUALITATIVE or found.cause == "kind"
    if score.outcome is not Outcome.UNDECIDED or not judged:
        return None
    if not isinstance(score.row.actual.value, Words):
        return None
    return _said(score.row.actual.text, scheme)


def _said(text: str, scheme: Scheme) -> Band | None:
    """Return the band a text states, ``None`` where it states none or several.

    Of words that overlap the first counts, the longest of one beginning: 部分达成年度指标 is not 达成年度指标.
    """
    found = [
        (place, -len(word), band)
        for band in scheme.bands
        for word in (band.name, *band.words)
        if (place := text.find(word)) >= 0 and not text[:place].endswith(scheme.words["negations"])
    ]
    if not found:
        return None
    first, length, stated = min(found, key=lambda each: each[:2])
    apart = (band for place, _, band in found if place >= first - length)
    return stated if all(band == stated for band in apart) else None


def _band_of(share: Decimal, scheme: Scheme) -> Band | None:
    return next((band for band in sorted(scheme.bands, key=lambda band: -band.low) if share >= band.low), None)


def _fault(score: IndicatorScore, band: Band) -> Fault:
    row, weight = score.row, score.weight or Decimal(0)
    low, high = plain(weight * band.low), plain(weight * band.high)
    due = f"{low} 至 {high} 分" if band.high == 1 else f"{low} 分以上、不到 {high} 分"
    return Fault(
        cells=(row.score,),
        fact=f"填 {row.score.text}；实际完成“{shorten(row.actual.text)}”属“{band.name}”，应得 {due}",
        found=row.score.text,
        expected=due,
        working=f"{plain(weight)} × {percent(band.low)} = {low}；{plain(weight)} × {percent(band.high)} = {high}",
        fix="结果属实的，把得分改到该档以内；得分属实的，改正实际完成值的说法。",
    )
