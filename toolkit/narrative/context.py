"""The names that sentence patterns may use, made from a form, its scores and its 报告要素."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from toolkit.checks.finding import Finding
from toolkit.checks.reasons import ADJUSTMENT_FACT, LOW_RATE_FACT
from toolkit.checks.rows import reason_of
from toolkit.core.form import Cell
from toolkit.core.money import decimals_of, plain, round_half_up
from toolkit.core.scheme import Scheme
from toolkit.narrative import given, money
from toolkit.narrative.counts import completion_counts
from toolkit.narrative.department import department, ratio
from toolkit.narrative.maker import Given, Maker
from toolkit.narrative.model import Trace
from toolkit.narrative.rows import Rows
from toolkit.narrative.seeds import seeds
from toolkit.narrative.value import Missing, Value
from toolkit.narrative.wording import reason_and_measures
from toolkit.scoring.compare import is_cost

_FULL = Decimal(100)
_SELF = "我单位"
"""How a unit calls itself that does not say 我局 or 我中心."""


def namespace(maker: Maker, findings: tuple[Finding, ...]) -> Mapping[str, Any]:
    """Return every name that a pattern may use."""
    form, scheme = maker.case.form, maker.case.scheme
    rows = Rows(maker)
    facts = given.facts(maker)
    views = rows.views
    names = {
        "年度": _year(maker),
        "项目名称": maker.text(form.project_name, "项目名称"),
        "单位": _unit(maker),
        "主管部门": maker.text(form.department, "主管部门"),
        "实施单位": maker.text(form.implementing_unit, "实施单位"),
        "预期目标": maker.text(form.expected_goal, "预期目标"),
        "实际完成情况": maker.text(form.achieved_goal, "实际完成情况"),
        "完成情况各段": _lines(maker, form.achieved_goal),
        "未得分": _lost(maker),
        "资金": money.funds(maker),
        "一级": rows.tree(),
        "指标": views,
        "预算执行": _execution(maker),
        "进度": _progress(maker),
        "文件": _documents(maker),
        "满意率": ratio(maker, "满意份数", "有效份数"),
        "资金原因": _fund_reason(maker, views),
        "金额单位": maker.unit,
        "扣分指标": [view for view in views if view["扣分"]],
        "未达指标": [view for view in views if view["未达"]],
        "说明指标": [view for view in views if view["扣分"] or view["未达"]],
        "超额指标": [view for view in views if view["超额率"]],
        "总扣分": _all_lost(maker, rows),
        "最大扣分": max((view for view in views if view["扣分"]), key=lambda view: view["扣分"].number, default=None),
        "分项合计": _parts(maker, rows),
        "分项不符": _differs(maker, rows),
        "指标分值合计": rows.added(views, "分值"),
        "指标得分合计": rows.added(views, "得分"),
        "等级应为": _due_grade(maker),
        "项目金额": maker.amount(form.project_amount, "项目金额"),
        "达标指标": [view for view in views if view["达标"]],
        "达标满意度": [view for view in views if view["达标"] and scheme.mentions(view["名称"].text, "satisfaction")],
        "扣分指标数": _number_of(maker, [view for view in views if view["扣分"]]),
        "扣分合计": rows.added([view for view in views if view["扣分"]], "扣分"),
        "统计": completion_counts(maker, views),
        "总分": _total(maker),
        "等级": _grade(maker),
        "标准": _standard(maker, scheme),
        "要素": facts,
        "要素表": given.tables(maker),
        "部门": department(maker),
        "起草": seeds(maker, views, findings),
    }
    names["自称"] = facts["自称"] or _SELF
    names["简称"] = facts["单位简称"] or names["自称"]
    names["评分表"] = facts["评分表名称"] or scheme.form_title
    return names


def _year(maker: Maker) -> Given:
    year = maker.case.form.year
    if year is None:
        return Missing("年度")
    return maker.computed(str(year), (Cell("年度", str(year), sheet=maker.case.form.sheet),), "")


def _unit(maker: Maker) -> Given:
    form = maker.case.form
    cells = (form.organisation, form.implementing_unit, form.department)
    return maker.text(next((cell for cell in cells if not cell.blank), None), "填报单位")


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


def _lines(maker: Maker, cell: Cell) -> list[Value]:
    """Return the paragraphs of a long text."""
    lines = (line.strip() for line in cell.text.splitlines())
    return [Value(maker.ledger, line, Trace((cell,))) for line in lines if line]


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


def _execution(maker: Maker) -> Mapping[str, Given]:
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


def _progress(maker: Maker) -> Any:
    """Return 进度节点 with the share of 全年预算数 paid by each day."""
    rows = given.tables(maker)["进度节点"]
    total = maker.case.form.fund_total
    budget = None if total is None else maker.case.form.amount(total.annual_budget)
    if isinstance(rows, Missing) or total is None or not budget:
        return Missing("进度节点")
    for row in rows:
        paid = row["累计支出"]
        row["支出率"] = (
            Missing("累计支出")
            if isinstance(paid, Missing) or paid.number is None
            else maker.share(paid.number, budget, (*paid.trace.cells, total.annual_budget))
        )
    return rows


def _documents(maker: Maker) -> Mapping[str, Any]:
    """Return the documents of 资金依据 by what they are for."""
    rows = given.tables(maker)["资金依据"]
    found: dict[str, Any] = {}
    for name, purposes in _PURPOSES.items():
        fitting = [row for row in rows if _purpose(row) in purposes and row["文件名称"]] if rows else []
        found[name] = fitting or Missing(f"资金依据（{purposes[-1]}）")
    sent = found["下达"] or []
    whole = [row for row in sent if row["下达总额"] and row["本单位金额"] and row["下达总额"] != row["本单位金额"]]
    return {**found, "有总额": whole or Missing("资金依据·下达总额")}


_PURPOSES = {"下达": ("", "资金下达"), "分配": ("资金分配",), "立项": ("立项依据",), "任务": ("任务下达",)}
"""Names of the lists of documents and the 用途 of their rows."""


def _purpose(row: Mapping[str, Any]) -> str:
    return "" if isinstance(row["用途"], Missing) else str(row["用途"].text)


def _fund_reason(maker: Maker, views: list[dict[str, Any]]) -> Any:
    """Return why money was left: 文 from 报告要素 or a 成本 row, and the 指标 that row deducts for, if it does."""
    case = maker.case
    for name in (LOW_RATE_FACT, ADJUSTMENT_FACT):
        cell = case.form.facts.get(name)
        if cell is not None and not cell.blank:
            said = maker.text(cell, name)
            return {"原因": said, "同": Missing("同")}
    for row in case.form.indicators:
        if is_cost(row, case.scheme) and reason_of(row, case.scheme):
            said = Value(maker.ledger, reason_and_measures(row.deviation.text)[0], Trace((row.deviation,)))
            told = next((view for view in views if view["键"] == "－".join(row.path) and view["扣分"]), None)
            same = told and (told["同因"] or told["名称"])
            return {"原因": said, "同": same or Missing("同")}
    return Missing(LOW_RATE_FACT)


def _all_lost(maker: Maker, rows: Rows) -> Given:
    """Return what was lost altogether: by the indicators and by 预算执行."""
    own = _execution(maker)["扣分"]
    lost = [view["扣分"] for view in rows.views if view["扣分"]] + ([own] if own else [])
    if not lost:
        return Missing("扣分")
    numbers = [value.number for value in lost]
    cells = [cell for value in lost for cell in value.trace.cells]
    return maker.sum_of_points(sum(numbers, Decimal(0)), cells, numbers)


def _parts(maker: Maker, rows: Rows) -> Given:
    """Return Σ得分 over 预算执行 and all indicators."""
    values = [_execution(maker)["得分"], *(view["得分"] for view in rows.views)]
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


def _number_of(maker: Maker, views: list[dict[str, Any]]) -> Given:
    return maker.count(len(views), [cell for view in views for cell in view["扣分"].trace.cells], "扣分的指标个数")
