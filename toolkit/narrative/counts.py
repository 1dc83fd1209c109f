"""How many indicators were completed, by the bands of the scheme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from toolkit.core.form import Cell
from toolkit.core.money import plain, round_half_up
from toolkit.narrative.maker import Given, Maker
from toolkit.narrative.value import Missing, Value
from toolkit.scoring.completion import CompletionBand, Share, completion_statistics

ONE, HUNDRED = Decimal(1), Decimal(100)
View = dict[str, Any]
_REMAINDER = "，各占比相加应为 100%，尾差计入此项"


def completion_counts(maker: Maker, views: Sequence[View]) -> Mapping[str, Any]:
    """Return the indicators with a 完成率 by what became of them, with counts and shares."""
    scheme = maker.case.scheme
    found = completion_statistics(maker.case.scores.rows, scheme)
    known = [view for view in views if isinstance(view["完成率"], Value)]
    undone = [view for view in known if _rate(view) < ONE]
    cells = _cells(known)
    return {
        "全部": known,
        "完成": [view for view in known if _rate(view) >= ONE],
        "未完成": undone,
        "偏差较大": [view for view in undone if ONE - _rate(view) >= scheme.large_deviation],
        "总数": maker.count(found.total, cells, "有完成率的指标个数"),
        "完成数": maker.count(found.complete.count, cells, "完成率达到 100% 的指标个数"),
        "未完成数": maker.count(found.incomplete.count, cells, "完成率不到 100% 的指标个数"),
        "完成占比": _share(maker, found.complete, found.total, cells),
        "未完成占比": _share(maker, found.incomplete, found.total, cells),
        "分档": [_band(maker, band, found.total, cells) for band in found.bands] if known else Missing("完成率"),
    }


def _rate(view: View) -> Decimal:
    return view["完成率"].number or Decimal(0)


def _cells(views: Sequence[View]) -> tuple[Cell, ...]:
    return tuple(cell for view in views for cell in view["完成率"].trace.cells)


def _share(maker: Maker, share: Share, total: int, cells: tuple[Cell, ...]) -> Given:
    if not cells:
        return Missing("完成率")
    text = "100%" if share.percent == HUNDRED else f"{share.percent:f}%" if share.count else "0%"
    working = f"{share.count}÷{total}"
    if share.percent != round_half_up(HUNDRED * share.count / total, 2):
        working += _REMAINDER
    return maker.computed(text, cells, working, share.percent / HUNDRED)


def _band(maker: Maker, band: CompletionBand, total: int, cells: tuple[Cell, ...]) -> Mapping[str, Any]:
    """Return a band with its name (80%以上, 60%至80%, 60%以下), its count and its share."""
    return {
        "名称": _band_name(maker, band),
        "个数": maker.count(band.share.count, cells, "完成率在此档的指标个数"),
        "占比": _share(maker, band.share, total, cells),
    }


def _band_name(maker: Maker, band: CompletionBand) -> Value:
    low = plain(band.low * HUNDRED)
    if band.high is None:
        text = f"{low}%以上"
    elif not band.low:
        text = f"{plain(band.high * HUNDRED)}%以下"
    else:
        text = f"{low}%至{plain(band.high * HUNDRED)}%"
    bounds = Cell(f"评分标准“{maker.case.scheme.title}”·完成率分档", text)
    return maker.computed(text, (bounds,), "")
