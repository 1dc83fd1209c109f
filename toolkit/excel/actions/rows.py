"""增加指标行, 删除指标行: a row of the block shown or hidden, what stands around it moved with notes and looks."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.excel.chosen import selection
from toolkit.excel.content import NOTHING, TEXT, EditedSheet, Row, State
from toolkit.excel.grid import NAME, Grid, find_grid
from toolkit.excel.record import Change, record_changes, shown
from toolkit.excel.work import Desk, Work, working
from toolkit.problem import Problem, Unreadable
from toolkit.workbook.address import address_of
from toolkit.workbook.sides import Table, find_table, open_sheet

NEW_NAME = "（请填写指标名称）"
"""Stands in a new row until the officer names it; a check says so where it is left."""
_SOURCES, _SHEET, _NUMBER = "数据来源", "工作表", "序号"
_DELETE, _CANCEL = "删除", "取消"


def run(desk: Desk) -> str:
    """Add or delete indicator rows and return the closing message."""
    with working(desk) as work:
        chosen = selection(desk.live)
        if chosen is None:
            raise Unreadable(desk.live.name, "里没有选中单元格", "请先点一下指标所在的行再按")
        grid = find_grid(work.before, chosen.sheet)
        rows = sorted(row for row in chosen.rows if row in grid.rows and grid.shown(row))
        if not rows:
            raise Unreadable(desk.live.name, f"的“{chosen.sheet}”里没有选中指标行", "请先点一下指标所在的行再按")
        if grid.approved:
            raise Unreadable(desk.live.name, "的“目标已批复”选了“是”，指标行不能增删", "确需调整的，先把“目标已批复”改为“否”")
        return _add(work, grid, rows[-1]) if desk.action == "add-rows" else _delete(work, grid, rows)


def _add(work: Work, grid: Grid, row: int) -> str:
    """Show a row below one, what stands further down moved by one."""
    block, name = grid.block(row), grid.sheet.name
    free = next((each for each in block if each > row and grid.blank(each)), None)
    if free is None:
        raise _full(work, grid, row)
    if free == row + 1 and grid.shown(free):
        return f"第 {row} 行下面已有一行空行（第 {free} 行），直接填写即可，没有改动任何内容。"
    wanted = grid.sheet.edited()
    columns = grid.columns.values()
    for each in range(free, row + 1, -1):
        wanted.take_row(grid.sheet, each - 1, each, columns)
    wanted.take_row(grid.sheet, free, row + 1, columns)
    wanted.put((row + 1, grid.columns[NAME]), State(TEXT, NEW_NAME))
    wanted.rows[free] = Row(wanted.rows.get(free, Row()).height, hidden=False)
    with work.live.session("正在增加指标行……"), work.writing(beside=True):
        work.repaint(wanted)
        _move_sources(work, grid, {each: each + 1 for each in range(grid.ordinal(row) + 1, grid.ordinal(grid.rows[-1]) + 1)})
        at = address_of(row + 1, grid.columns[NAME])
        record_changes(work, [Change(name, at, f"{grid.block_name(row)}·增加指标行", "", NEW_NAME)])
        work.live.sheet(name).range(at).select()
    return f"已在第 {row} 行下面增加一行，请填写指标名称、指标值和分值，并核对分值合计。可按“撤销上次操作”恢复。"


def _full(work: Work, grid: Grid, row: int) -> Problem:
    block = grid.block(row)
    reason = f"的“{grid.block_name(row)}”预留的 {len(block)} 行已用完，第 {row} 行下面加不了行"
    remedy = "请关闭后用 selfeval fill 本文件.xlsx -o 新文件.xlsx 重建，备用行会重新分配"
    return Unreadable(work.live.name, reason, remedy)


def _delete(work: Work, grid: Grid, rows: Sequence[int]) -> str:
    """Take rows out, the rows below moved up within their blocks."""
    filled = [row for row in rows if not grid.blank(row)]
    if filled and work.desk.dialogs.choose(_question(grid, filled), (_DELETE, _CANCEL)) != 0:
        return "没有删除，没有改动任何内容。"
    wanted = grid.sheet.edited()
    for block in grid.blocks:
        gone = [row for row in rows if row in block]
        if gone:
            _close_up(grid, wanted, block, gone)
    numbers = [grid.ordinal(row) for row in rows if grid.name(row)]
    last = grid.ordinal(grid.rows[-1])
    kept = [number for number in range(1, last + 1) if number not in numbers]
    with work.live.session("正在删除指标行……"), work.writing(beside=True):
        work.repaint(wanted)
        _move_sources(work, grid, {old: new for new, old in enumerate(kept, 1)} | dict.fromkeys(numbers, 0))
        record_changes(work, [_deleted(grid, row) for row in filled])
    return f"已删除 {len(rows)} 行指标。请核对分值合计。可按“撤销上次操作”恢复。"


def _close_up(grid: Grid, wanted: EditedSheet, block: range, gone: Sequence[int]) -> None:
    columns = list(grid.columns.values())
    free = next((row for row in reversed(block) if grid.blank(row)), None)
    kept = [row for row in block if row not in gone]
    for target, source in zip(block, kept, strict=False):
        if target != source:
            wanted.take_row(grid.sheet, source, target, columns)
            wanted.rows[target] = Row(wanted.rows[target].height, hidden=not grid.shown(source))
    for row in list(block)[len(kept) :]:
        _empty_row(grid, wanted, row, free)
        # A block keeps one row in sight: its name stands in it.
        wanted.rows[row] = Row(wanted.rows.get(row, Row()).height, hidden=row != block.start)


def _empty_row(grid: Grid, wanted: EditedSheet, row: int, free: int | None) -> None:
    """Empty a row: formulas as in a row that is free already, else its own ones stay and what is typed goes."""
    if free is not None:
        wanted.take_row(grid.sheet, free, row, grid.columns.values())
        return
    for column in grid.columns.values():
        if not grid.sheet.state((row, column)).formula:
            wanted.put((row, column), NOTHING)
        wanted.notes = {place: text for place, text in wanted.notes.items() if place != (row, column)}


def _question(grid: Grid, filled: Sequence[int]) -> str:
    names = "、".join(f"第 {row} 行“{grid.name(row) or '（无名称）'}”" for row in filled)
    return f"将删除 {names}，行内已填的指标值、完成值、分值、得分和说明会一并删除（可以撤销）。确定删除吗？"


def _deleted(grid: Grid, row: int) -> Change:
    texts = [(heading, shown(grid.sheet, (row, column))) for heading, column in sorted(grid.columns.items(), key=lambda each: each[1])]
    told = "；".join(f"{heading} {text}" for heading, text in texts if text and not text.startswith("公式 "))
    at = address_of(row, grid.columns[NAME])
    return Change(grid.sheet.name, at, f"{grid.block_name(row)}·删除指标行", told, "（已删除）")


def _move_sources(work: Work, grid: Grid, moves: dict[int, int]) -> None:
    """Let what 数据来源 says of the indicators follow them; a number moved to 0 is emptied."""
    saved, opened = work.before.sheet(_SOURCES), open_sheet(work.before.book, _SOURCES)
    table = None if opened is None else find_table(opened, (_NUMBER, _SHEET, NAME))
    if saved is None or table is None:
        return
    rows = {int(table.text(row, _NUMBER)): row for row in table.sheet.row_numbers if _own(table, row, grid)}
    columns = [column for heading, column in table.columns.items() if heading not in (_NUMBER, _SHEET, NAME)]
    wanted = saved.edited()
    for number, row in rows.items():
        came = next((old for old, new in moves.items() if new == number), 0)
        if came or number in moves:
            for column in columns:
                wanted.put((row, column), saved.state((rows[came], column)) if came in rows else NOTHING)
    work.repaint(wanted)


def _own(table: Table, row: int, grid: Grid) -> bool:
    number = table.text(row, _NUMBER)
    return row > table.heading_row and number.isdigit() and table.text(row, _SHEET) == grid.sheet.name
