"""What only a department's report says: 三公经费, 重点工作, the weighted scores of its projects."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from toolkit.core.facts import is_ticked
from toolkit.core.form import Cell
from toolkit.core.money import plain
from toolkit.narrative.maker import Given, Maker
from toolkit.narrative.value import Missing
from toolkit.narrative.wording import percent_text

ZERO, HUNDRED = Decimal(0), Decimal(100)
Row = Mapping[str, Cell]


def department(maker: Maker) -> Mapping[str, Any]:
    """Return counts and rates from the tables and facts of group 辛."""
    form = maker.case.form
    tasks = [row for row in form.tables.get("重点工作", ()) if "工作任务" in row]
    projects = list(form.tables.get("项目清单", ()))
    return {
        "重点工作数": _rows(maker, tasks, "重点工作", "工作任务"),
        "完成重点工作数": _done_count(maker, tasks),
        "重点工作完成率": _task_rate(maker, tasks),
        "项目数": _rows(maker, projects, "项目清单", "项目名称"),
        "项目资金合计": _sum(maker, projects, "资金"),
        "项目支出合计": _sum(maker, projects, "支出"),
        "项目加权得分率": _weighted(maker, projects),
        "机构数": _listed(maker, "内设机构"),
        "覆盖率": ratio(maker, "开展自评项目数", "项目总数"),
        "口径执行率": ratio(maker, "执行率分子", "执行率分母"),
        "三公比较": _against(maker, "三公决算", "三公预算"),
    }


def _rows(maker: Maker, rows: list[Row], table: str, column: str) -> Given:
    """Return how many rows a table of 报告要素 has."""
    return maker.count(len(rows), _column(rows, column), f"{table}行数") if rows else Missing(table)


def _column(rows: list[Row], name: str) -> list[Cell]:
    return [row[name] for row in rows if name in row]


def _is_done(row: Row) -> bool:
    return is_ticked(row.get("是否完成"))


def _done_count(maker: Maker, tasks: list[Row]) -> Given:
    if not any("是否完成" in row for row in tasks):
        return Missing("重点工作·是否完成")
    return maker.count(sum(map(_is_done, tasks)), _column(tasks, "是否完成"), "已完成的重点工作任务")


def _task_rate(maker: Maker, tasks: list[Row]) -> Given:
    if not any("是否完成" in row for row in tasks):
        return Missing("重点工作·是否完成")
    return maker.share(Decimal(sum(map(_is_done, tasks))), Decimal(len(tasks)), _column(tasks, "是否完成"))


def _sum(maker: Maker, projects: list[Row], name: str) -> Given:
    cells = _column(projects, name)
    numbers = [number for cell in cells if (number := maker.case.form.amount(cell)) is not None]
    if not numbers or len(numbers) != len(projects):
        return Missing(f"项目清单·{name}")
    return maker.money(sum(numbers, ZERO), cells, "＋".join(map(plain, numbers)))


def _weighted(maker: Maker, projects: list[Row]) -> Given:
    """Return Σ(自评得分 × 资金) ÷ Σ资金 as a percentage of 100 points."""
    pairs = [(row.get("自评得分", Cell()).number, row.get("资金", Cell()).number) for row in projects]
    known = [(score, weight) for score, weight in pairs if score is not None and weight is not None]
    whole = sum((weight for _, weight in known), ZERO)
    if not known or len(known) != len(projects) or not whole:
        return Missing("项目清单·自评得分和资金")
    above = sum((score * weight for score, weight in known), ZERO)
    cells = [*_column(projects, "自评得分"), *_column(projects, "资金")]
    rate = above / whole / HUNDRED
    return maker.computed(percent_text(rate), cells, f"{plain(above)}÷{plain(whole)}÷100", rate)


def _listed(maker: Maker, name: str) -> Given:
    from toolkit.core.facts import FactKind, fact_items

    cell = maker.case.form.facts.get(name)
    items = fact_items(cell, FactKind.NAMES)
    return maker.count(len(items), (cell,), f"{name}个数") if cell is not None and items else Missing(name)


def ratio(maker: Maker, above: str, below: str) -> Given:
    """Return the quotient of two facts as a percentage."""
    cells = [maker.case.form.facts.get(name) for name in (above, below)]
    numbers = [None if cell is None else cell.number for cell in cells]
    missing = next((name for name, number in zip((above, below), numbers, strict=True) if number is None), None)
    if missing is not None:
        return Missing(missing)
    return maker.share(numbers[0] or ZERO, numbers[1] or ZERO, [cell for cell in cells if cell is not None])


def _against(maker: Maker, one: str, other: str) -> Given:
    cells = [maker.case.form.facts.get(name) for name in (one, other)]
    if any(cell is None or cell.number is None for cell in cells):
        return Missing(one)
    first, second = (cell.number or ZERO for cell in cells if cell is not None)
    word = "小于" if first < second else "等于" if first == second else "大于"
    return maker.computed(word, [cell for cell in cells if cell is not None], f"{plain(first)}与{plain(second)}相比")
