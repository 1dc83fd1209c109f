"""G01: indicators, targets or weights that are not the approved ones."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Remedy, Severity
from toolkit.checks.matching import Matching, Pair, match_rows
from toolkit.checks.rows import indicators_cell
from toolkit.checks.rule import rule
from toolkit.checks.wording import shorten
from toolkit.core.form import Cell, Indicator
from toolkit.core.money import plain

_FIX = "请改回批复的内容；经批准调整的，在说明中写明批准文件和文号。"


@rule(
    "G01",
    title="指标与批复的绩效目标不同",
    severity=Severity.WARNING,
    remedy=Remedy.EXPLAIN,
    source="对照年初预算设定的绩效目标及指标值",
)
def indicator_differs_from_goals(case: Case) -> Iterator[Fault]:
    """三级指标、年度指标值、分值应与批复的绩效目标一致；新增、减少、改名、改值的逐一列出。

    为什么：自评是对照批复的目标填实际完成值，自行改指标值等于改了考核标准。
    怎么改：改回批复的内容；年中经批准调整的，说明批准文件和文号。给出批复的目标（--goals）时才核对。
    """
    if case.goals is None or not case.goals.indicators:
        return
    found = match_rows(case.form, case.goals)
    yield from _targets(found.same + found.renamed)
    yield from _weights(found.same + found.renamed)
    yield from _renamed(found)
    yield from _new(found)
    yield from _dropped(case, found)


def _targets(pairs: tuple[Pair, ...]) -> Iterator[Fault]:
    changed = [
        (row.target, f"“{shorten(row.name)}”批复 {_shown(goal.target)}，本表 {_shown(row.target)}")
        for row, goal in pairs
        if not goal.target.blank and row.target.value != goal.target.value
    ]
    yield from _differing(changed, "年度指标值")


def _weights(pairs: tuple[Pair, ...]) -> Iterator[Fault]:
    changed = [
        (row.weight, f"“{shorten(row.name)}”批复 {plain(approved)} 分，本表 {plain(filled)} 分")
        for row, goal in pairs
        if (approved := goal.weight.number) is not None
        and (filled := row.weight.number) is not None
        and approved != filled
    ]
    yield from _differing(changed, "分值")


def _differing(changed: list[tuple[Cell, str]], column: str) -> Iterator[Fault]:
    if changed:
        count = f"有 {len(changed)} 个指标的{column}" if len(changed) > 1 else ""
        yield Fault(
            cells=tuple(cell for cell, _ in changed),
            fact=f"{count}与批复的绩效目标不同：{changed[0][1]}" + ("等" if len(changed) > 1 else ""),
            found="；".join(cell.text for cell, _ in changed),
            working="；".join(text for _, text in changed) if len(changed) > 1 else "",
            fix=_FIX,
        )


def _shown(cell: Cell) -> str:
    return shorten(cell.text) or "没有填"


def _renamed(found: Matching) -> Iterator[Fault]:
    if found.renamed:
        pairs = [f"“{shorten(goal.name)}”→“{shorten(row.name)}”" for row, goal in found.renamed]
        yield Fault(
            cells=tuple(row.level3 for row, _ in found.renamed),
            fact=f"指标名称与批复的绩效目标不同（批复→本表）：{pairs[0]}" + ("等" if len(pairs) > 1 else ""),
            found="；".join(row.name for row, _ in found.renamed),
            expected="；".join(goal.name for _, goal in found.renamed),
            working="；".join(pairs) if len(pairs) > 1 else "",
            fix=_FIX,
        )


def _new(found: Matching) -> Iterator[Fault]:
    if found.new:
        yield Fault(
            cells=tuple(row.level3 for row in found.new),
            fact=f"批复的绩效目标没有{_named(found.new)}",
            found="；".join(row.name for row in found.new),
            fix=_FIX,
        )


def _dropped(case: Case, found: Matching) -> Iterator[Fault]:
    if found.dropped and case.form.indicators:
        names = "；".join(row.name for row in found.dropped)
        yield Fault(
            cells=(indicators_cell(case.form, "三级指标", names),),
            fact=f"没有批复的绩效目标中的{_named(found.dropped)}",
            expected=names,
            fix=_FIX,
        )


def _named(rows: tuple[Indicator, ...]) -> str:
    shown = "、".join(f"“{shorten(row.name)}”" for row in rows[:2])
    return shown + (f"等 {len(rows)} 个指标" if len(rows) > 2 else "")
