"""The indicator rows of a form sheet of ours: blocks of one 二级指标, rows in use and rows kept free."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from toolkit.excel.content import SavedBook, SavedSheet
from toolkit.problem import Unreadable
from toolkit.workbook.address import read_area
from toolkit.workbook.book import SheetEntry

NAME = "三级指标"
_PREFIX = "指标_"
_LEVELS = ("二级指标", "一级指标")
_COMPUTED = (*_LEVELS, "测算得分", "扣分", "完成率")
_APPROVED, _YES = "目标已批复", "是"


@dataclass(frozen=True)
class Grid:
    """Where the indicators of a form sheet stand.

    Attributes:
        columns: the column of each heading in which the officer writes.
        rows: all indicator rows, those kept free included.
        level: column of the merged names of 二级指标, or of 一级指标 on a form without; 0 where neither is merged.
    """

    sheet: SavedSheet
    columns: dict[str, int]
    rows: range
    level: int
    approved: bool

    @cached_property
    def blocks(self) -> tuple[range, ...]:
        """Return the rows of each block, in order."""
        merged = {area.top: area.bottom for ref in self.sheet.merges if (area := read_area(ref)) and area.left == self.level}
        found, row = [], self.rows.start
        while row < self.rows.stop:
            last = min(merged.get(row, row), self.rows.stop - 1)
            found.append(range(row, last + 1))
            row = last + 1
        return tuple(found)

    def block(self, row: int) -> range:
        """Return the block of a row."""
        return next(block for block in self.blocks if row in block)

    def blank(self, row: int) -> bool:
        """Tell whether nothing is typed into a row."""
        states = (self.sheet.state((row, column)) for column in self.columns.values())
        return all(state.empty or state.formula for state in states)

    def shown(self, row: int) -> bool:
        """Tell whether a row is shown."""
        found = self.sheet.rows.get(row)
        return found is None or not found.hidden

    def name(self, row: int) -> str:
        """Return 三级指标 of a row, "" where none is written."""
        return self.sheet.state((row, self.columns[NAME])).value.strip()

    def block_name(self, row: int) -> str:
        """Return what the block of a row is called."""
        return self.sheet.state((self.block(row).start, self.level)).value.strip() if self.level else ""

    def ordinal(self, row: int) -> int:
        """Return how many rows down to this one have a name: its 序号 in 数据来源."""
        return sum(bool(self.name(each)) for each in self.rows if each <= row)


def find_grid(book: SavedBook, name: str) -> Grid:
    """Find the indicator rows of a sheet by the names of the template.

    Raises:
        Unreadable: the sheet is no form of ours.
    """
    entry, sheet = book.book.entry(name), book.sheet(name)
    area = None if entry is None else entry.area(_PREFIX + NAME)
    if entry is None or sheet is None or area is None:
        raise Unreadable(f"{name}", "不是本工具的自评表，不能用按钮增删指标行", "请先选中“自评表”里的指标行，或用 Excel 自带的插入、删除")
    columns = {
        key.removeprefix(_PREFIX): found.left
        for key in entry.names
        if key.startswith(_PREFIX) and key.removeprefix(_PREFIX) not in _COMPUTED and (found := entry.area(key)) is not None
    }
    switch = entry.area(_APPROVED)
    approved = switch is not None and sheet.state((switch.top, switch.left)).value == _YES
    return Grid(sheet, columns, range(area.top, area.bottom + 1), _level(entry, sheet), approved)


def _level(entry: SheetEntry, sheet: SavedSheet) -> int:
    lefts = [area.left for name in _LEVELS if (area := entry.area(_PREFIX + name)) is not None]
    merged = {area.left for ref in sheet.merges if (area := read_area(ref)) and area.bottom > area.top}
    return next((left for left in lefts if left in merged), lefts[0] if lefts else 0)
