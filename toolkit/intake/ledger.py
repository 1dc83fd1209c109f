"""The ledger (指标执行表、支付台账、决算) that --ledger names: three amounts by project."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from toolkit.checks import LedgerLine
from toolkit.core.form import Cell
from toolkit.intake.grid import Grid, address, read_grids, squeeze
from toolkit.problem import Unreadable

_YUAN = re.compile(r"单位\s*[:：]?\s*(?:人民币)?\s*元|[（(]\s*元\s*[）)]|^\s*元\s*$|[\d.]\s*元\s*$")
"""Where a ledger says that it is in 元; names of projects have the character, too."""
_PROJECT = ("项目名称", "项目")
_AMOUNTS = {
    "年初预算数": ("年初预算数", "年初预算", "年初批复数"),
    "全年预算数": ("全年预算数", "调整后预算数", "调整预算数", "调整后预算", "预算数"),
    "全年执行数": ("全年执行数", "执行数", "支出数", "决算数", "实际支出", "支付数"),
}


def read_ledger(path: Path) -> tuple[LedgerLine, ...]:
    """Read a ledger by its headings: 项目名称 and any of 年初预算数, 全年预算数, 全年执行数 or their usual synonyms.

    Raises:
        Unreadable: no sheet has these headings, or the file cannot be read.
    """
    for grid in read_grids(path):
        lines = _lines(grid, path.name)
        if lines:
            return lines
    raise Unreadable(path, "里没有找到“项目名称”和金额栏（年初预算数、全年预算数、全年执行数）", "请在台账首行写明这些栏名")


def _lines(grid: Grid, file: str) -> tuple[LedgerLine, ...]:
    for row, texts in grid.rows:
        headings = {squeeze(text).split("（")[0]: column for column, text in texts.items()}
        project = next((headings[name] for name in _PROJECT if name in headings), None)
        amounts = {
            column: next(headings[name] for name in names if name in headings)
            for column, names in _AMOUNTS.items()
            if any(name in headings for name in names)
        }
        if project is not None and amounts:
            unit = _unit(grid.texts.values())
            return tuple(
                _line(grid, r, found, project, amounts, unit, file)
                for r, found in grid.rows
                if r > row and project in found
            )
    return ()


def _unit(texts: Iterable[str]) -> str:
    stated = [text for text in texts if "元" in text]
    if any("万元" in text for text in stated):
        return "万元"
    return "元" if any(_YUAN.search(text) for text in stated) else ""


def _line(
    grid: Grid, row: int, texts: dict[int, str], project: int, amounts: dict[str, int], unit: str, file: str
) -> LedgerLine:
    cells = {
        name: Cell(f"{texts[project]}·{name}", texts[column], grid.name, address(row, column))
        for name, column in amounts.items()
        if column in texts
    }
    return LedgerLine(
        project=texts[project],
        initial_budget=cells.get("年初预算数"),
        annual_budget=cells.get("全年预算数"),
        executed=cells.get("全年执行数"),
        unit=unit,
        at=f"{file} 第 {row} 行",
    )
