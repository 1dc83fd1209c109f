"""项目资金 as sentence patterns use it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from toolkit.core.form import FundLine
from toolkit.core.money import plain
from toolkit.narrative.maker import Given, Maker
from toolkit.narrative.value import Missing, Value
from toolkit.scoring.fund import execution_rate

_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|其中[：:])\s*")


def funds(maker: Maker) -> Mapping[str, Any]:
    """Return the amounts of the total row, what follows from them, and every row by name (项)."""
    form = maker.case.form
    total = form.fund_total
    rows = [_row(maker, line) for line in form.funds]
    by_name = _ByName({_NUMBERED.sub("", line.name): row for line, row in zip(form.funds, rows, strict=True)})
    parts = [row for line, row in zip(form.funds, rows, strict=True) if line is not total]
    own = _row(maker, total) if total else {name: Missing(name) for name in _COLUMNS}
    return own | {"各行": rows, "明细": parts, "有数来源": [row for row in parts if row["预算"] or row["支出"]], "项": by_name}


class _ByName(dict[str, Any]):
    """Rows by name; a row the form does not have is one nobody filled in."""

    def __missing__(self, name: str) -> Missing:
        return Missing(name)


_COLUMNS = ("名称", "年初", "预算", "支出", "到位", "结余", "执行率", "到位率", "调整")


def _row(maker: Maker, line: FundLine) -> dict[str, Any]:
    return {
        "名称": maker.text(line.kind, "资金来源"),
        "年初": maker.amount(line.initial_budget, "年初预算数"),
        "预算": maker.amount(line.annual_budget, "全年预算数"),
        "支出": maker.amount(line.executed, "全年执行数"),
        "到位": maker.amount(line.received, "到位金额"),
        "结余": _less(maker, line, "结余"),
        "调整": _less(maker, line, "调整"),
        "执行率": _rate(maker, line),
        "到位率": _received(maker, line),
    }


def _less(maker: Maker, line: FundLine, what: str) -> Given:
    """Return 结余 = 全年预算数 − 全年执行数, or 调整 = 全年预算数 − 年初预算数."""
    one, other = (line.annual_budget, line.executed) if what == "结余" else (line.annual_budget, line.initial_budget)
    above, below = maker.case.form.amount(one), maker.case.form.amount(other)
    if above is None or below is None:
        return Missing(what)
    return maker.money(above - below, (one, other), f"{plain(above)}－{plain(below)}")


def _rate(maker: Maker, line: FundLine) -> Given:
    budget, executed = maker.case.form.amount(line.annual_budget), maker.case.form.amount(line.executed)
    if budget is None or executed is None or budget <= 0:
        return Missing("执行率")
    shown = maker.share(executed, budget, (line.executed, line.annual_budget))
    if isinstance(shown, Value):
        shown.number = execution_rate(budget, executed)
    return shown


def _received(maker: Maker, line: FundLine) -> Given:
    budget, received = maker.case.form.amount(line.annual_budget), maker.case.form.amount(line.received)
    if budget is None or received is None:
        return Missing("到位率")
    return maker.share(received, budget, (line.received, line.annual_budget))
