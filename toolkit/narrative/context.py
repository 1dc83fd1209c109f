"""The names that sentence patterns may use, made from a form, its scores and its 报告要素."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toolkit.checks.finding import Finding
from toolkit.checks.reasons import ADJUSTMENT_FACT, LOW_RATE_FACT
from toolkit.checks.rows import reason_of
from toolkit.core.form import Cell
from toolkit.narrative import given, money
from toolkit.narrative.counts import completion_counts
from toolkit.narrative.department import department, ratio
from toolkit.narrative.maker import Given, Maker
from toolkit.narrative.model import Trace
from toolkit.narrative.rows import Rows
from toolkit.narrative.seeds import seeds
from toolkit.narrative.value import Missing, Value
from toolkit.narrative.verdict import execution, verdict
from toolkit.narrative.wording import reason_and_measures
from toolkit.scoring.compare import is_cost

_SELF = "我单位"
"""How a unit calls itself that does not say 我局 or 我中心."""


def namespace(maker: Maker, findings: tuple[Finding, ...]) -> Mapping[str, Any]:
    """Return every name that a pattern may use."""
    rows = Rows(maker)
    names = {**_header(maker), **_money(maker, rows), **_indicators(maker, rows), **verdict(maker, rows), **_given(maker)}
    names["起草"] = seeds(maker, rows.views, findings)
    return names


def _header(maker: Maker) -> dict[str, Any]:
    form = maker.case.form
    return {
        "年度": _year(maker),
        "项目名称": maker.text(form.project_name, "项目名称"),
        "项目金额": maker.amount(form.project_amount, "项目金额"),
        "单位": _unit(maker),
        "主管部门": maker.text(form.department, "主管部门"),
        "实施单位": maker.text(form.implementing_unit, "实施单位"),
        "预期目标": maker.text(form.expected_goal, "预期目标"),
        "实际完成情况": maker.text(form.achieved_goal, "实际完成情况"),
        "完成情况各段": _lines(maker, form.achieved_goal),
        "金额单位": maker.unit,
    }


def _money(maker: Maker, rows: Rows) -> dict[str, Any]:
    return {
        "资金": money.funds(maker),
        "预算执行": execution(maker),
        "进度": _progress(maker),
        "文件": _documents(maker),
        "资金原因": _fund_reason(maker, rows.views),
    }


def _indicators(maker: Maker, rows: Rows) -> dict[str, Any]:
    views, scheme = rows.views, maker.case.scheme
    lost = [view for view in views if view["扣分"]]
    met = [view for view in views if view["达标"]]
    return {
        "一级": rows.tree(),
        "指标": views,
        "扣分指标": lost,
        "未达指标": [view for view in views if view["未达"]],
        "说明指标": [view for view in views if view["扣分"] or view["未达"]],
        "超额指标": [view for view in views if view["超额率"]],
        "达标指标": met,
        "达标满意度": [view for view in met if scheme.mentions(view["名称"].text, "satisfaction")],
        "最大扣分": max(lost, key=lambda view: view["扣分"].number, default=None),
        "扣分指标数": _number_of(maker, lost),
        "扣分合计": rows.added(lost, "扣分"),
        "指标分值合计": rows.added(views, "分值"),
        "指标得分合计": rows.added(views, "得分"),
        "统计": completion_counts(maker, views),
    }


def _given(maker: Maker) -> dict[str, Any]:
    facts = given.facts(maker)
    own = facts["自称"] or _SELF
    return {
        "要素": facts,
        "要素表": given.tables(maker),
        "部门": department(maker),
        "满意率": ratio(maker, "满意份数", "有效份数"),
        "自称": own,
        "简称": facts["单位简称"] or own,
        "评分表": facts["评分表名称"] or maker.case.scheme.form_title,
    }


def _year(maker: Maker) -> Given:
    year = maker.case.form.year
    if year is None:
        return Missing("年度")
    return maker.computed(str(year), (Cell("年度", str(year), sheet=maker.case.form.sheet),), "")


def _unit(maker: Maker) -> Given:
    form = maker.case.form
    cells = (form.organisation, form.implementing_unit, form.department)
    return maker.text(next((cell for cell in cells if not cell.blank), None), "填报单位")


def _lines(maker: Maker, cell: Cell) -> list[Value]:
    """Return the paragraphs of a long text."""
    lines = (line.strip() for line in cell.text.splitlines())
    return [Value(maker.ledger, line, Trace((cell,))) for line in lines if line]


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


def _number_of(maker: Maker, views: list[dict[str, Any]]) -> Given:
    return maker.count(len(views), [cell for view in views for cell in view["扣分"].trace.cells], "扣分的指标个数")
