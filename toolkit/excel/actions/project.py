"""新增项目表: one more form sheet, a copy of the one that is shown with the project's own contents emptied."""

from __future__ import annotations

import copy
import dataclasses
from pathlib import Path
from typing import Any, TypeVar

from toolkit.cli.sources import find_schemes, read_source
from toolkit.core.form import Cell, Form, FundLine, Indicator
from toolkit.core.layout import FORM_SHEET
from toolkit.excel.chosen import selection
from toolkit.excel.content import NOTHING, EditedSheet, SavedBook, SavedSheet
from toolkit.excel.grid import Grid, find_grid
from toolkit.excel.looks import UNLOCKED
from toolkit.excel.record import Change, record_changes
from toolkit.excel.work import Desk, Work, working
from toolkit.problem import Unreadable
from toolkit.workbook.template import build_workbook

T = TypeVar("T", Form, FundLine, Indicator)
_KEPT = ("年度", "主管部门", "实施单位", "填报单位", "填表人", "负责人", "联系电话", "资金来源", "资金_分值", "目标已批复")
"""Names of cells that are the same for the unit's next project."""


def run(desk: Desk) -> str:
    """Add a form sheet and return the closing message."""
    with working(desk) as work:
        source = read_source(work.path)
        forms = {form.sheet: form for form in source.forms if form.sheet}
        chosen = selection(desk.live)
        name = chosen.sheet if chosen is not None and chosen.sheet in forms else list(forms)[-1]
        grid = find_grid(work.before, name)
        target = _free_name(work.before)
        wanted = _emptied(work, grid, forms[name], target)
        with desk.live.session("正在新增项目表……"), work.writing(beside=True):
            work.copied(name, list(forms)[-1] or name, target)
            as_copied = copy.copy(grid.sheet)
            as_copied.name = target
            work.repaint(wanted, as_copied)
            work.wrote(target, dict(wanted.states))
            record_changes(work, [Change(target, "", "新增项目表", "", f"照“{name}”的行列新增，内容已清空")])
    return f"已新增“{target}”：指标的一级、二级名称和单位信息照“{name}”，其余请填写。可按“撤销上次操作”恢复。"


def _free_name(book: SavedBook) -> str:
    taken = {name.lower() for name in book.names}
    return next(name for number in range(2, 1000) if (name := f"{FORM_SHEET} ({number})").lower() not in taken)


def _emptied(work: Work, grid: Grid, form: Form, target: str) -> EditedSheet:
    """Return the new sheet as it shall be."""
    saved = grid.sheet
    wanted = saved.edited()
    wanted.name = target
    kept = _kept_cells(work.before, saved)
    with SavedBook(_blank(work, form)) as reference:
        blank = reference.sheet(FORM_SHEET)
        if blank is None:
            raise Unreadable(work.live.name, "里没有自评表", "请先用 selfeval new 生成空白表")
        for place in saved.states:
            typed = not saved.state(place).formula and UNLOCKED in saved.look(place)
            if typed and place not in kept and place[0] not in grid.rows:
                formula = blank.state(place)
                wanted.put(place, formula if formula.formula else NOTHING)
    _empty_indicators(grid, wanted)
    wanted.notes = {place: text for place, text in saved.notes.items() if UNLOCKED not in saved.look(place)}
    wanted.__dict__["marks"] = ()
    return wanted


def _empty_indicators(grid: Grid, wanted: EditedSheet) -> None:
    """Empty the indicator rows: formulas as in a row kept free; what the scheme names itself is locked and stays."""
    saved = grid.sheet
    free = next((row for row in reversed(grid.rows) if grid.blank(row)), None)
    for row in grid.rows:
        for column in grid.columns.values():
            place = (row, column)
            if saved.state(place).empty or saved.state(place).formula or UNLOCKED not in saved.look(place):
                continue
            wanted.put(place, NOTHING)
            if free is not None and saved.state((free, column)).formula:
                wanted.take_row(saved, free, row, [column])


def _kept_cells(book: SavedBook, saved: SavedSheet) -> set[tuple[int, int]]:
    areas = (book.area(saved.name, name) for name in _KEPT)
    return {
        (row, column)
        for area in areas
        if area is not None
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    }


def _blank(work: Work, form: Form) -> Path:
    """Build the same form without contents: it holds the formula of every cell that may be written over."""
    path = work.folder / "空白.xlsx"
    bare = dataclasses.replace(
        _bared(form),
        year=form.year,
        currency_unit=form.currency_unit,
        funds=tuple(dataclasses.replace(_bared(line), kind=line.kind, weight=line.weight) for line in form.funds),
        indicators=tuple(
            dataclasses.replace(_bared(row), level1=row.level1, level2=row.level2, own={}) for row in form.indicators
        ),
        facts={},
        tables={},
    )
    build_workbook(path, bare, find_schemes(None).choose(form)[0])
    return path


def _bared(item: T) -> T:
    """Return a part of a form with the text of every cell taken out."""
    blank: dict[str, Any] = {each.name: Cell() for each in dataclasses.fields(item) if isinstance(getattr(item, each.name), Cell)}
    return dataclasses.replace(item, **blank)
