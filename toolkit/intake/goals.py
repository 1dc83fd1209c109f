"""Approved goals (批复的绩效目标): 目标申报表 or 执行监控表 as a form without results."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from toolkit.core.form import Cell, Form, FundLine, Indicator, Line
from toolkit.intake.grid import Grid, address, read_grids, squeeze
from toolkit.problem import Unreadable

_VALUE_HEADINGS = ("年度指标值", "指标值", "目标值")
_TOTAL = "年度资金总额"
_SOURCES = ("当年财政拨款", "财政拨款", "上年结转资金", "其他资金")
_YEAR = re.compile(r"(20\d\d|19\d\d)\s*年")


@dataclass(frozen=True, slots=True)
class _Columns:
    """The heading row of the indicators and the columns of its headings."""

    row: int
    level1: int
    level2: int
    level3: int
    target: int
    weight: int | None


def read_goals(path: Path) -> Form:
    """Read approved goals from the sheet that holds most indicators (目标申报表 before 执行监控表 when equal).

    Returns:
        A form without results. Where 目标申报表 shows 中期 and 年度 side by side, 年度 is taken.

    Raises:
        Unreadable: no sheet has the headings 一级指标, 三级指标 and 指标值.
    """
    forms = [form for grid in read_grids(path) if (form := _form(grid)) is not None]
    if not forms:
        raise Unreadable(path, "里没有绩效目标表（没有一级指标、三级指标、指标值这几个栏目）", "请换成目标申报表或批复的目标表")
    return max(forms, key=lambda form: len(form.indicators))


def _form(grid: Grid) -> Form | None:
    columns = _find_columns(grid)
    if columns is None:
        return None
    title = _text_with(grid, "年度）") or _text_with(grid, "年度)")
    year = _YEAR.search(title)
    return Form(
        year=int(year[1]) if year else None,
        organisation=Cell("填报单位"),
        project_name=_labelled(grid, "项目名称", "项目名称"),
        project_code=_labelled(grid, "项目编码", "项目编码"),
        project_amount=_labelled(grid, "中期资金总额", "项目金额"),
        department=_labelled(grid, "主管部门", "主管部门"),
        implementing_unit=_labelled(grid, "实施单位", "实施单位"),
        currency_unit="万元" if "万元" in _text_with(grid, "项目资金") else "元",
        funds=tuple(_funds(grid)),
        expected_goal=_goal(grid, columns),
        achieved_goal=Cell("年度总体目标·实际完成情况", line=Line.GOALS),
        indicators=tuple(_indicators(grid, columns)),
        total_weight=Cell("总分·分值", line=Line.TOTAL),
        total_score=Cell("总分·得分", line=Line.TOTAL),
        grade=Cell("等级", line=Line.TOTAL),
        sheet=grid.name,
    )


def _find_columns(grid: Grid) -> _Columns | None:
    for row, texts in grid.rows:
        headings = {column: squeeze(text) for column, text in texts.items()}
        # 目标申报表 repeats 二级指标 … 指标值 for 中期 and 年度: the last one is the year's.
        last = {heading: column for column, heading in headings.items()}
        target = next((last[name] for name in _VALUE_HEADINGS if name in last), None)
        if target is not None and {"一级指标", "二级指标", "三级指标"} <= last.keys():
            return _Columns(row, last["一级指标"], last["二级指标"], last["三级指标"], target, last.get("分值"))
    return None


def _text_with(grid: Grid, part: str) -> str:
    return next((text for text in grid.texts.values() if part in squeeze(text) or part in text), "")


def _labelled(grid: Grid, label: str, field: str) -> Cell:
    for (row, column), text in grid.texts.items():
        if squeeze(text).startswith(label):
            return Cell(field, grid.right_of(row, column), grid.name, address(row, column))
    return Cell(field)


def _funds(grid: Grid) -> Iterator[FundLine]:
    named = (_TOTAL, *_SOURCES)
    seen: set[str] = set()
    for (row, column), text in sorted(grid.texts.items()):
        name = squeeze(text).removeprefix("其中：").removeprefix("其中:").rstrip("：:")
        # The year's column stands right of 中期: of equal names in one row the last counts.
        later = any(squeeze(other).endswith(squeeze(text)) for (r, c), other in grid.texts.items() if r == row and c > column)
        if name in named and name not in seen and not later:
            seen.add(name)
            yield _fund(grid, row, column, name, len(seen) - 1)


def _fund(grid: Grid, row: int, column: int, name: str, index: int) -> FundLine:
    kind = "当年财政拨款" if name == "财政拨款" else name
    line = Line.FUNDS + index

    def cell(heading: str, text: str = "") -> Cell:
        return Cell(f"{kind}·{heading}", text, grid.name, address(row, column), line=line)

    return FundLine(
        kind=cell("资金来源", kind),
        initial_budget=cell("年初预算数", grid.right_of(row, column)),
        annual_budget=cell("全年预算数"),
        executed=cell("全年执行数"),
        weight=cell("分值"),
        rate=cell("执行率"),
        score=cell("得分"),
    )


def _goal(grid: Grid, columns: _Columns) -> Cell:
    field = "年度总体目标·预期目标"
    for (row, column), text in sorted(grid.texts.items()):
        if squeeze(text) == "年度目标" and row < columns.row:
            below = grid.texts.get((row + 1, column), "")
            return Cell(field, below, grid.name, address(row + 1, column), line=Line.GOALS)
        if squeeze(text) == "年度总体目标":
            return Cell(field, grid.right_of(row, column), grid.name, address(row, column), line=Line.GOALS)
    return Cell(field, line=Line.GOALS)


def _indicators(grid: Grid, columns: _Columns) -> Iterator[Indicator]:
    level1 = level2 = ""
    for row, texts in grid.rows:
        if row <= columns.row:
            continue
        if columns.level1 in texts:
            level1, level2 = texts[columns.level1], ""
        level2 = texts.get(columns.level2, level2)
        if columns.level3 in texts:
            yield _indicator(grid, row, texts, columns, (level1, level2))


def _indicator(grid: Grid, row: int, texts: dict[int, str], columns: _Columns, levels: tuple[str, str]) -> Indicator:
    name = texts[columns.level3]

    def cell(heading: str, column: int | None, text: str | None = None) -> Cell:
        shown = text if text is not None else texts.get(column or 0, "")
        where = address(row, column) if column else None
        return Cell(f"{name}·{heading}", shown, grid.name, where, line=Line.INDICATORS + row)

    return Indicator(
        level1=cell("一级指标", columns.level1, levels[0]),
        level2=cell("二级指标", columns.level2, levels[1]),
        level3=cell("三级指标", columns.level3),
        target=cell("年度指标值", columns.target),
        actual=cell("实际完成值", None, ""),
        weight=cell("分值", columns.weight),
        score=cell("得分", None, ""),
        deviation=cell("偏差原因分析及改进措施", None, ""),
    )
