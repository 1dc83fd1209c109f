"""年度绩效指标 as sentence patterns use it: every indicator, the tree above them, and the counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from toolkit.checks.rows import reason_of
from toolkit.core.form import Cell, Indicator
from toolkit.core.money import plain
from toolkit.narrative.maker import Given, Maker
from toolkit.narrative.model import Trace
from toolkit.narrative.value import Missing, Value
from toolkit.narrative.wording import bare_sentence, percent_text, reason_and_measures, short_name
from toolkit.scoring import IndicatorScore, Outcome
from toolkit.scoring.completion import completion_of
from toolkit.scoring.indicator import is_over_achieved

ZERO, ONE = Decimal(0), Decimal(1)
View = dict[str, Any]


class Rows:
    """Views of the indicators in use, made once for a report."""

    def __init__(self, maker: Maker) -> None:
        """Make the view of every weighted row."""
        self._maker = maker
        scores = [score for score in maker.case.scores.rows if _in_use(score)]
        self.views = [self._view(score, place) for place, score in enumerate(scores, 1)]
        _mark_same_reasons(self.views)

    def tree(self) -> list[View]:
        """Return the 一级指标 with what stands below them (下级), down to the leaves."""
        return self._branch(self.views, 0, ())

    def _branch(self, views: Sequence[View], depth: int, above: tuple[str, ...]) -> list[View]:
        """Group views by their name at ``depth``; a level that a row leaves out is passed over."""
        nodes: list[View] = []
        for name, group in _grouped(views, depth):
            leaves = [view for view in group if len(view["层级"]) == depth + 1]
            if leaves and len(group) == 1:
                nodes.append(leaves[0])
            else:
                nodes.append(self._node(name, group, (*above, name), depth))
        return nodes

    def _node(self, name: str, group: Sequence[View], path: tuple[str, ...], depth: int) -> View:
        cell = group[0]["层级"][depth]
        below = self._branch(group, depth + 1, path)
        if len(below) == 1:
            below = [{**below[0], "独子": True}]
        return {
            "名称": Value(self._maker.ledger, name, Trace((cell,))),
            "短名": Value(self._maker.ledger, short_name(name), Trace((cell,))),
            "键": "－".join(path),
            "分值": self.added(group, "分值"),
            "得分": self.added(group, "得分"),
            "扣分": self.added([view for view in group if view["扣分"]], "扣分") if _any(group, "扣分") else Missing("扣分"),
            "下级": below,
            "指标": list(group),
            "叶": False,
            "独子": False,
        }

    def added(self, views: Iterable[View], what: str) -> Given:
        """Return the sum of 分值, 得分 or 扣分 over views; nothing where one of them is not given."""
        numbers, cells = [], []
        for view in views:
            value = view[what]
            if isinstance(value, Missing) or value.number is None:
                return Missing(what)
            numbers.append(value.number)
            cells.extend(value.trace.cells)
        return self._maker.sum_of_points(sum(numbers, ZERO), cells, numbers) if cells else Missing(what)

    def _view(self, score: IndicatorScore, place: int) -> View:
        row, maker = score.row, self._maker
        levels = [cell for cell in (row.level1, row.level2, row.level3, row.level4) if not cell.blank]
        named = levels[-1] if levels else row.level3
        reason, measures = self._said(row)
        return {
            "序号": maker.computed(str(place), (named,), "序号"),
            "名称": Value(maker.ledger, row.name, Trace((named,))),
            "短名": Value(maker.ledger, short_name(row.name), Trace((named,))),
            "路径": _path(maker, levels or [named]),
            "键": "－".join(row.path),
            "层级": levels,
            "一级": maker.text(row.level1, "一级指标"),
            "二级": maker.text(row.level2, "二级指标"),
            "三级": maker.text(row.level3, "三级指标"),
            "指标值": maker.text(row.target, "年度指标值"),
            "完成值": maker.text(row.actual, "实际完成值"),
            "分值": maker.points(row.weight, "分值"),
            "得分": self._points(score),
            "扣分": self._deduction(score),
            "原因": reason,
            "措施": measures,
            "同因": Missing("同因"),
            "独子": False,
            "依据": _bare(maker.text(row.basis, f"评分依据（{row.name}）")),
            "完成率": self._completion(score),
            "超额率": self._over(score),
            "达标": score.outcome is Outcome.MET,
            "未达": score.outcome is Outcome.MISSED,
            "下级": [],
            "叶": True,
        }

    def _points(self, score: IndicatorScore) -> Given:
        if score.filled is not None:
            return self._maker.points(score.row.score, "得分")
        if score.computed is None:
            return Missing("得分")
        cells = tuple(cell for cell in (score.row.weight, score.row.target, score.row.actual) if not cell.blank)
        return self._maker.fixed_points(score.computed, cells, score.working)

    def _deduction(self, score: IndicatorScore) -> Given:
        points = score.filled if score.filled is not None else score.computed
        weight = score.weight
        if points is None or weight is None or points >= weight:
            return Missing("扣分")
        cells = [cell for cell in (score.row.weight, score.row.score, score.row.target, score.row.actual) if not cell.blank]
        return self._maker.computed(
            plain(weight - points), cells, f"{plain(weight)}－{plain(points)}＝{plain(weight - points)}", weight - points
        )

    def _said(self, row: Indicator) -> tuple[Given, Given]:
        """Return the officer's reason and the measures that stand with it."""
        missing = Missing(f"偏差原因（{row.name}）"), Missing(f"改进措施（{row.name}）")
        if not reason_of(row, self._maker.case.scheme):
            return missing
        texts = reason_and_measures(row.deviation.text)
        reason, measures = (Value(self._maker.ledger, text, Trace((row.deviation,))) for text in texts)
        return reason, measures if texts[1] else missing[1]

    def _over(self, score: IndicatorScore) -> Given:
        """Return 实际完成值 ÷ 年度指标值 of a row above the scheme's threshold for 超额完成."""
        found, row = score.comparison, score.row
        if not is_over_achieved(found, self._maker.case.scheme) or found.target is None or found.actual is None:
            return Missing("超额率")
        return self._maker.share(found.actual, found.target, (row.actual, row.target))

    def _completion(self, score: IndicatorScore) -> Given:
        rate = completion_of(score)
        if rate is None:
            return Missing(f"完成率（{score.row.name}）")
        row = score.row
        cells = [cell for cell in (row.target, row.actual, row.weight, row.score) if not cell.blank]
        return self._maker.computed(percent_text(rate), cells, _completion_working(score), rate)


def _mark_same_reasons(views: Sequence[View]) -> None:
    """Let a deducted row whose reason stands with an earlier one refer to that row (同因)."""
    first: dict[str, Value] = {}
    for view in views:
        reason = view["原因"]
        if isinstance(reason, Value) and (view["扣分"] or view["未达"]):
            if reason.text in first:
                view["同因"] = first[reason.text]
            else:
                first[reason.text] = view["名称"]


def _completion_working(score: IndicatorScore) -> str:
    """Return the quotient behind 完成率: results against target, or points against weight."""
    found, weight = score.comparison, score.weight
    if score.outcome is Outcome.MET:
        return "达到指标值，完成率按满计"
    if score.outcome is Outcome.MISSED and found.target is not None and found.actual is not None and found.target > 0:
        below = found.actual > found.target
        above, under = (found.target, found.actual) if below else (max(found.actual, ZERO), found.target)
        return f"{plain(above)}÷{plain(under)}"
    points = score.filled if score.filled is not None else score.computed
    if score.outcome is Outcome.MISSED or points is None or not weight or points > weight or points < 0:
        return "完成率按评分规则确定"
    return f"{plain(points)}÷{plain(weight)}"


def _path(maker: Maker, levels: Sequence[Cell]) -> Value:
    """Return 产出-数量指标-…: all levels in one."""
    first, *rest = (cell.text.strip() for cell in levels)
    return Value(maker.ledger, "-".join([short_name(first), *rest]), Trace(tuple(levels)))


def _bare(value: Given) -> Given:
    return value if isinstance(value, Missing) else value.with_text(bare_sentence(value.text))


def _in_use(score: IndicatorScore) -> bool:
    return score.outcome is not Outcome.NOT_APPLICABLE and (score.weight or ZERO) > 0


def _any(views: Iterable[View], what: str) -> bool:
    return any(bool(view[what]) for view in views)


def _grouped(views: Sequence[View], depth: int) -> list[tuple[str, list[View]]]:
    groups: list[tuple[str, list[View]]] = []
    for view in views:
        levels: list[Cell] = view["层级"]
        name = levels[min(depth, len(levels) - 1)].text.strip()
        # Leaves of one name stay apart; a branch takes up the rows that follow one another.
        if groups and groups[-1][0] == name and len(levels) > depth + 1:
            groups[-1][1].append(view)
        else:
            groups.append((name, [view]))
    return groups
