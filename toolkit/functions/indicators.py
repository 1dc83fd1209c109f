"""Completion, score, deduction and the working of indicators, from the texts of the form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from toolkit.core.form import Cell, Indicator
from toolkit.core.money import round_half_up
from toolkit.core.scheme import LeafRule, Scheme
from toolkit.functions.area import OMITTED, Area
from toolkit.functions.lines import Answer, Table, each
from toolkit.functions.schemes import scheme_of
from toolkit.scoring import Direction, IndicatorScore, Outcome, compare, score_indicator
from toolkit.scoring.leaf import rule_for

_TARGET, _ACTUAL, _WEIGHT, _SCORE = "年度指标值", "实际完成值", "分值", "得分"
_METHOD, _NAME, _LEVEL = "计算方式", "三级指标", "二级指标"
_METHODS = tuple(direction.value for direction in Direction)
_AMOUNT_DECIMALS = 2


def se_completion(
    target: Area, actual: Area, method: Area = OMITTED, indicator: Area = OMITTED, level: Area = OMITTED, scheme: Area = OMITTED
) -> Table:
    """Give 完成率 = 实际完成值 ÷ 年度指标值 as a fraction, 1 where a date was kept."""
    standard = scheme_of(scheme)
    areas = {_TARGET: target, _ACTUAL: actual, _METHOD: method, _NAME: indicator, _LEVEL: level}
    return each(areas, lambda cells: _completion(cells, standard), (_TARGET, _ACTUAL))


def se_score(
    target: Area,
    actual: Area,
    weight: Area,
    method: Area = OMITTED,
    indicator: Area = OMITTED,
    level: Area = OMITTED,
    scheme: Area = OMITTED,
) -> Table:
    """Give 得分 by the rules, rounded half up; a Chinese reason where only a person can judge."""
    return _scored(_points, target, actual, weight, method, indicator, level, scheme)


def se_explain(
    target: Area,
    actual: Area,
    weight: Area,
    method: Area = OMITTED,
    indicator: Area = OMITTED,
    level: Area = OMITTED,
    scheme: Area = OMITTED,
) -> Table:
    """Tell how 得分 comes about: the arithmetic, or why there is none."""
    return _scored(_working, target, actual, weight, method, indicator, level, scheme)


def se_deduction(weight: Area, score: Area) -> Table:
    """Give 扣分 = 分值 － 得分, rounded half up to 0.01."""
    return each({_WEIGHT: weight, _SCORE: score}, _deduction, (_WEIGHT, _SCORE))


def _scored(
    answer: Callable[[IndicatorScore], Answer],
    target: Area,
    actual: Area,
    weight: Area,
    method: Area,
    indicator: Area,
    level: Area,
    scheme: Area,
) -> Table:
    standard = scheme_of(scheme)
    areas = {_TARGET: target, _ACTUAL: actual, _WEIGHT: weight, _METHOD: method, _NAME: indicator, _LEVEL: level}
    return each(areas, lambda cells: _ruled(cells, standard) or answer(score_indicator(_row(cells), standard)), (_TARGET, _ACTUAL))


def _row(cells: Mapping[str, Cell]) -> Indicator:
    """Return a row of 年度绩效指标 that holds what was given, blanks elsewhere."""
    return Indicator(
        Cell("一级指标"),
        cells[_LEVEL],
        cells[_NAME],
        cells[_TARGET],
        cells[_ACTUAL],
        cells.get(_WEIGHT, Cell(_WEIGHT)),
        Cell(_SCORE),
        Cell("偏差原因分析及改进措施"),
        method=Cell(_METHOD, cells[_METHOD].text.strip()),
    )


def _ruled(cells: Mapping[str, Cell], scheme: Scheme) -> str:
    """Return why 年度指标值 and 实际完成值 do not give the answer: an unknown 计算方式, a rule of the scheme's own."""
    chosen = cells[_METHOD].text.strip()
    if chosen and chosen not in _METHODS:
        return f"计算方式“{chosen}”不认识，应为{'、'.join(_METHODS)}之一"
    rule = rule_for(_row(cells), scheme)
    return "" if rule is None else _own_rule(rule, cells[_NAME].text.strip())


def _own_rule(rule: LeafRule, name: str) -> str:
    ways = {"execution": "按执行率计分，请用 SE_FUND_SCORE", "projects": "按项目清单加权计分，请看表内测算得分"}
    return f"“{name}”{ways.get(rule.rule, rule.reason or '由填报人评分')}"


def _completion(cells: Mapping[str, Cell], scheme: Scheme) -> Answer:
    told = _ruled(cells, scheme)
    if told:
        return told
    found = compare(_row(cells), scheme)
    if found.completion is not None:
        return found.completion
    if found.outcome is Outcome.MET:
        return Decimal(1)
    return found.reason or ("年度指标值不大于 0，没有完成率" if found.target is not None else str(found.outcome))


def _points(score: IndicatorScore) -> Answer:
    return score.computed if score.computed is not None else score.working


def _working(score: IndicatorScore) -> Answer:
    return score.working


def _deduction(cells: Mapping[str, Cell]) -> Answer:
    for name in (_WEIGHT, _SCORE):
        if cells[name].number is None:
            return f"{name}没有填" if cells[name].blank else f"{name}“{cells[name].text.strip()}”不是一个数"
    return round_half_up((cells[_WEIGHT].number or Decimal(0)) - (cells[_SCORE].number or Decimal(0)), _AMOUNT_DECIMALS)
