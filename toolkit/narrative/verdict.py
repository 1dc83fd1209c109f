"""总分, 等级 and what was lost, as sentence patterns use them, with what does not fit together."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from toolkit.core.form import Cell
from toolkit.core.money import decimals_of, plain, round_half_up
from toolkit.core.scheme import Scheme
from toolkit.narrative.maker import Given, Maker
from toolkit.narrative.rows import Rows
from toolkit.narrative.value import Missing, Value

_FULL = Decimal(100)


def verdict(maker: Maker, rows: Rows) -> dict[str, Any]:
    """Return the names for 自评结论."""
    return {
        "总分": _total(maker),
        "等级": _grade(maker),
        "等级应为": _due_grade(maker),
        "标准": _standard(maker, maker.case.scheme),
        "未得分": _lost(maker),
        "总扣分": _all_lost(maker, rows),
        "分项合计": _parts(maker, rows),
        "分项不符": _differs(maker, rows),
    }


def _total(maker: Maker) -> Given:
    """Return 总分 as the form states it, else the sum of its scores."""
    form, scores = maker.case.form, maker.case.scores
    if form.total_score.number is not None:
        return maker.points(form.total_score, "总分")
    cells = [row.score for row in form.indicators if row.score.number is not None]
    if form.fund_total is not None and form.fund_total.score.number is not None:
        cells.insert(0, form.fund_total.score)
    if not cells:
        return Missing("总分")
    return maker.sum_of_points(scores.filled, cells, [cell.number for cell in cells if cell.number is not None])


def _lost(maker: Maker) -> Given:
    """Return 100 less 总分, where points were lost."""
    total = _total(maker)
    if isinstance(total, Missing) or total.number is None or total.number >= _FULL:
        return Missing("扣分")
    lost = _FULL - total.number
    return maker.computed(plain(lost), total.trace.cells, f"{plain(_FULL)}－{plain(total.number)}＝{plain(lost)}", lost)


def _grade(maker: Maker) -> Given:
    """Return 等级 as the form states it, else the grade of the total."""
    form = maker.case.form
    if not form.grade.blank:
        return maker.text(form.grade, "等级")
    total = _total(maker)
    if isinstance(total, Missing) or total.number is None:
        return Missing("等级")
    grade = maker.case.scheme.grade_of(total.number)
    return maker.computed(grade.name, total.trace.cells, f"{plain(total.number)} ≥ {plain(grade.least)}")


def _standard(maker: Maker, scheme: Scheme) -> Mapping[str, Any]:
    """Return what the scheme itself says: the bands of the grades in words, and its name."""
    bounds = [*scheme.grades]
    words = []
    for place, grade in enumerate(bounds):
        upper = bounds[place - 1].least if place else None
        if not grade.least:
            words.append(f"总分＜{plain(upper) if upper is not None else '0'}为{grade.name}")
        elif upper is None:
            words.append(f"总分≥{plain(grade.least)}为{grade.name}")
        else:
            words.append(f"{plain(grade.least)}≤总分＜{plain(upper)}为{grade.name}")
    said = Cell(f"评分标准“{scheme.title}”·等级", "，".join(words))
    return {"等级标准": maker.computed(said.text, (said,), ""), "名称": scheme.title, "表名": scheme.form_title}


def execution(maker: Maker) -> Mapping[str, Given]:
    """Return 分值, 得分 and 扣分 of 预算执行率, on forms that score it in the rows of the funds."""
    fund = maker.case.scores.fund
    if fund.line is None or not fund.weight:
        return {name: Missing(f"预算执行率·{name}") for name in ("分值", "得分", "扣分")}
    line, weight = fund.line, fund.weight
    points = maker.points(line.score, "得分")
    if isinstance(points, Missing) and fund.computed is not None:
        points = maker.fixed_points(fund.computed, (line.weight, line.executed, line.annual_budget), fund.working)
    lost = Decimal(0) if isinstance(points, Missing) or points.number is None else weight - points.number
    cells = (line.weight, line.score, line.executed, line.annual_budget)
    off = maker.computed(plain(lost), cells, f"{plain(weight)}－{plain(weight - lost)}＝{plain(lost)}", lost)
    return {"分值": maker.points(line.weight, "分值"), "得分": points, "扣分": off if lost > 0 else Missing("扣分")}


def _all_lost(maker: Maker, rows: Rows) -> Given:
    """Return what was lost altogether: by the indicators and by 预算执行."""
    own = execution(maker)["扣分"]
    lost = [view["扣分"] for view in rows.views if view["扣分"]] + ([own] if own else [])
    if not lost:
        return Missing("扣分")
    numbers = [value.number for value in lost]
    cells = [cell for value in lost for cell in value.trace.cells]
    return maker.sum_of_points(sum(numbers, Decimal(0)), cells, numbers)


def _parts(maker: Maker, rows: Rows) -> Given:
    """Return Σ得分 over 预算执行 and all indicators."""
    values = [execution(maker)["得分"], *(view["得分"] for view in rows.views)]
    known = [value for value in values if isinstance(value, Value)]
    if len(known) < len(rows.views) or not known:
        return Missing("得分")
    numbers = [value.number or Decimal(0) for value in known]
    cells = [cell for value in known for cell in value.trace.cells]
    return maker.sum_of_points(sum(numbers, Decimal(0)), cells, numbers)


def _differs(maker: Maker, rows: Rows) -> str:
    """Tell whether 总分 is the sum of its parts: "" where it is, 尾差 where only its own digits differ, else 不符."""
    total, parts = _total(maker), _parts(maker, rows)
    if not isinstance(total, Value) or not isinstance(parts, Value) or total.number == parts.number:
        return ""
    figure = maker.case.form.total_score.figure
    rounded = figure is not None and round_half_up(parts.number or Decimal(0), decimals_of(figure.step)) == total.number
    return "尾差" if rounded else "不符"


def _due_grade(maker: Maker) -> Given:
    """Return the grade of the total where the form states another one."""
    total, stated = _total(maker), maker.case.form.grade
    if not isinstance(total, Value) or total.number is None or stated.blank:
        return Missing("等级")
    due = maker.case.scheme.grade_of(total.number).name
    return Missing("等级") if due in stated.text else maker.computed(due, total.trace.cells, "")
