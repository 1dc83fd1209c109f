"""执行率 and its score, 总分 and 等级."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from toolkit.core.form import Cell, FundLine
from toolkit.core.scheme import Scheme
from toolkit.functions.area import OMITTED, Area
from toolkit.functions.lines import Answer, Table, each, handed
from toolkit.functions.schemes import scheme_of
from toolkit.scoring.fund import printed_rate, score_execution
from toolkit.scoring.total import settled

_BUDGET, _SPENT, _WEIGHT, _SCORE, _RATE, _TOTAL = "全年预算数", "全年执行数", "分值", "得分", "执行率", "总分"
_NOTHING = Decimal(0)


def se_rate(budget: Area, executed: Area, scheme: Area = OMITTED) -> Table:
    """Give 执行率 = 全年执行数 ÷ 全年预算数 as a fraction, rounded half up to the scheme's decimals."""
    standard = scheme_of(scheme)

    def answer(cells: Mapping[str, Cell]) -> Answer:
        return _missing(cells, _BUDGET, _SPENT) or printed_rate(_number(cells, _BUDGET), _number(cells, _SPENT), standard)

    return each({_BUDGET: budget, _SPENT: executed}, answer, (_BUDGET, _SPENT))


def se_fund_score(budget: Area, executed: Area, weight: Area, scheme: Area = OMITTED) -> Table:
    """Give the score of 预算执行率: 分值 × min(1, 执行率), on the scheme's rounding basis."""
    standard = scheme_of(scheme)

    def answer(cells: Mapping[str, Cell]) -> Answer:
        return _missing(cells, _BUDGET, _SPENT, _WEIGHT) or _fund_points(cells, standard)

    return each({_BUDGET: budget, _SPENT: executed, _WEIGHT: weight}, answer, (_BUDGET, _SPENT))


def se_total(scores: Area, weights: Area = OMITTED, rate: Area = OMITTED, scheme: Area = OMITTED) -> Table:
    """Give 总分: the sum of all 得分, re-based and capped where the scheme says so and the figures for it are given."""
    standard = scheme_of(scheme)
    unusable = _unusable(_SCORE, scores) or _unusable(_WEIGHT, weights) or _unusable(_RATE, rate)
    if unusable:
        return [[unusable]]
    if scores.blank:
        return [[""]]
    points, limit = _sum(scores), rate.cell(_RATE).number
    whole = None if weights.blank else _sum(weights)
    return [[handed(settled(points, whole, limit, standard))]]


def se_grade(total: Area, scheme: Area = OMITTED) -> Table:
    """Give 等级 of each total by the scheme's bounds."""
    standard = scheme_of(scheme)

    def answer(cells: Mapping[str, Cell]) -> Answer:
        return _missing(cells, _TOTAL) or standard.grade_of(_number(cells, _TOTAL)).name

    return each({_TOTAL: total}, answer, (_TOTAL,))


def _fund_points(cells: Mapping[str, Cell], scheme: Scheme) -> Decimal:
    blank = Cell()
    line = FundLine(blank, blank, cells[_BUDGET], cells[_SPENT], cells[_WEIGHT], blank, blank)
    budget, spent, weight = (_number(cells, name) for name in (_BUDGET, _SPENT, _WEIGHT))
    return score_execution(line, budget, spent, weight, scheme)[1]


def _number(cells: Mapping[str, Cell], name: str) -> Decimal:
    return cells[name].number or _NOTHING


def _missing(cells: Mapping[str, Cell], *names: str) -> str:
    """Return which cell gives no number, "" where all do."""
    return next((_told(name, cells[name]) for name in names if cells[name].number is None), "")


def _told(name: str, cell: Cell) -> str:
    return f"{name}没有填" if cell.blank else f"{name}“{cell.text.strip()}”不是一个数"


def _unusable(name: str, area: Area) -> str:
    """Return the first cell that holds something else than a number; 不适用 and marks for nothing are left out."""
    for row, column, cell in area.texts():
        if cell.number is None and not cell.empty:
            return f"第 {row + 1} 行第 {column + 1} 列：{_told(name, cell)}"
    return ""


def _sum(area: Area) -> Decimal:
    return sum((cell.number or _NOTHING for _, _, cell in area.texts()), _NOTHING)
