"""The cells of a sheet: what is in them, what is refused, and how Excel changes what is put in."""

from __future__ import annotations

import copy
import datetime
from typing import Any

from openpyxl.cell import MergedCell
from openpyxl.formula.translate import Translator
from openpyxl.styles.cell_style import StyleArray
from openpyxl.styles.numbers import is_date_format
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.formula import ArrayFormula

from tests.excel.com.areas import Area
from tests.excel.com.pywin32 import excel_error
from tests.excel.com.storage import Results
from tests.excel.com.typed import CODES, EPOCH, EPOCH_1904, serial, typed

_LOCKED = "您试图更改的单元格或图表位于受保护的工作表中。若要进行更改，请取消工作表保护。您可能需要输入密码。"
_FEW = 5000
_STYLES = ("font", "border", "fill", "number_format", "protection", "alignment")


class Cells:
    """The contents of one sheet: openpyxl's cells, and the results of their formulas."""

    def __init__(self, sheet: Any, results: Results, since_1904: bool) -> None:
        """Take over a sheet of openpyxl's."""
        self.sheet, self.results, self._since_1904 = sheet, results, since_1904

    @property
    def protected(self) -> bool:
        """Tell whether the sheet is protected."""
        return bool(self.sheet.protection.sheet)

    def used(self) -> Area:
        """Return the used range."""
        return Area(1, 1, max(1, self.sheet.max_row), max(1, self.sheet.max_column))

    def within(self, area: Area) -> Any:
        """Yield the cells of an area; of a large one, those that the sheet uses."""
        used = self.used() if area.rows * area.columns > _FEW else area
        bottom, right = min(area.bottom, used.bottom), min(area.right, used.right)
        for row in range(area.top, bottom + 1):
            for column in range(area.left, right + 1):
                yield self.sheet.cell(row, column)

    def value(self, row: int, column: int, *, plain: bool) -> object:
        """Return a value as COM gives it; ``plain`` as Value2, else as Value with dates."""
        held = self._result(row, column)
        if isinstance(held, str) and held in CODES and self._is_error(row, column):
            return CODES[held]
        if isinstance(held, datetime.datetime | datetime.date | datetime.time):
            held = _as_number(held, self._since_1904)
        if isinstance(held, bool) or not isinstance(held, int | float):
            return held
        if not plain and is_date_format(self.sheet.cell(row, column).number_format):
            return (EPOCH_1904 if self._since_1904 else EPOCH) + datetime.timedelta(days=float(held))
        return float(held)

    def _is_error(self, row: int, column: int) -> bool:
        return (row, column) in self.results or self.sheet.cell(row, column).data_type == "e"

    def _result(self, row: int, column: int) -> object:
        cell = self.sheet.cell(row, column)
        if isinstance(cell, MergedCell):
            return None
        return self.results.get((row, column)) if cell.data_type == "f" else cell.value

    def formula(self, row: int, column: int) -> str:
        """Return what the formula bar would show, numbers as texts."""
        cell = self.sheet.cell(row, column)
        if cell.data_type == "f":
            return str(cell.value.text if isinstance(cell.value, ArrayFormula) else cell.value)
        value = self.value(row, column, plain=True)
        if isinstance(value, bool):
            return str(value).upper()
        if isinstance(value, float):
            return f"{value:.15g}"
        return "" if value is None else str(cell.value)

    def put(self, row: int, column: int, given: object) -> None:
        """Put a value or a formula into a cell as Excel would.

        Raises:
            com_error: the cell is locked on a protected sheet, or the text is too long.
        """
        cell = self.sheet.cell(row, column)
        self.refuse_locked(cell)
        if isinstance(given, str) and len(given) > (8192 if given.startswith("=") else 32767):
            raise excel_error("应用程序定义或对象定义错误")
        if isinstance(cell, MergedCell):
            return
        held = typed(given, as_text=cell.number_format == "@", since_1904=self._since_1904)
        self.results.pop((row, column), None)
        cell.value = held.value
        if isinstance(held.value, str):
            cell.data_type = "f" if held.formula else "e" if held.error else "s"
        if held.formula:
            self.results[row, column] = None
        if held.number_format and cell.number_format == "General":
            cell.number_format = held.number_format
        if bool(cell.quotePrefix) != held.quoted:
            cell.quotePrefix = int(held.quoted)

    def refuse_locked(self, cell: Any) -> None:
        """Raise what Excel says where a cell of a protected sheet is locked."""
        if self.protected and cell.protection.locked:
            raise excel_error(_LOCKED)

    def clear_contents(self, area: Area) -> None:
        """Empty cells."""
        self._refuse_part_of_merge(area)
        for cell in self.within(area):
            self.refuse_locked(cell)
        for cell in self.within(area):
            if not isinstance(cell, MergedCell):
                cell.value = None
                self.results.pop((cell.row, cell.column), None)

    def clear(self, area: Area) -> None:
        """Empty cells and take formats, notes and merges away."""
        self.clear_contents(area)
        for merged in self.merges(area):
            self.sheet.unmerge_cells(merged.address(""))
        for cell in self.within(area):
            cell._style = StyleArray()
            cell.comment = None

    def merges(self, area: Area) -> list[Area]:
        """Return the merged areas that meet an area."""
        found = [Area(each.min_row, each.min_col, each.max_row, each.max_col) for each in self.sheet.merged_cells.ranges]
        return [each for each in found if each.meets(area)]

    def _refuse_part_of_merge(self, area: Area) -> None:
        if not all(area.holds(each) for each in self.merges(area)):
            raise excel_error("无法对合并单元格执行此操作。")

    def copy_to(self, area: Area, target: Cells, top: int, left: int) -> None:
        """Copy contents, formats, notes and merges of an area; relative references move with their formulas."""
        self_merges = [each for each in self.merges(area) if area.holds(each)]
        down, right = top - area.top, left - area.left
        goal = Area(top, left, top + area.rows - 1, left + area.columns - 1)
        pieces = [_Piece(self, row, column) for row in range(area.top, area.bottom + 1) for column in range(area.left, area.right + 1)]
        for each in target.merges(goal):
            target.sheet.unmerge_cells(each.address(""))
        for piece in pieces:
            target.refuse_locked(target.sheet.cell(piece.row + down, piece.column + right))
            piece.put(target, piece.row + down, piece.column + right)
        for each in self_merges:
            moved = CellRange(None, each.left, each.top, each.right, each.bottom)
            moved.shift(right, down)
            target.sheet.merge_cells(moved.coord)


class _Piece:
    """A cell taken along."""

    def __init__(self, cells: Cells, row: int, column: int) -> None:
        cell = cells.sheet.cell(row, column)
        self.row, self.column, self._book = row, column, cells.sheet.parent
        self._value = None if isinstance(cell, MergedCell) else cell.value
        self._kind, self._at = cell.data_type, cell.coordinate
        self._result = cells.results.get((row, column))
        self._style, self._parts = copy.copy(cell._style), {name: copy.copy(getattr(cell, name)) for name in _STYLES}
        self._comment = copy.copy(cell.comment) if cell.comment else None

    def put(self, target: Cells, row: int, column: int) -> None:
        """Put it down at another place."""
        cell = target.sheet.cell(row, column)
        if self._kind == "f" and isinstance(self._value, str):
            moved = cell.coordinate != self._at
            cell.value = Translator(self._value, self._at).translate_formula(cell.coordinate) if moved else self._value
            target.results[row, column] = self._result
        else:
            cell.value = self._value
            target.results.pop((row, column), None)
        if target.sheet.parent is self._book:
            cell._style = copy.copy(self._style)
        else:
            for name, part in self._parts.items():
                setattr(cell, name, part)
        if self._value is not None:
            cell.data_type = self._kind
        cell.comment = self._comment


def _as_number(held: datetime.datetime | datetime.date | datetime.time, since_1904: bool) -> float:
    if isinstance(held, datetime.time):
        return (held.hour * 3600 + held.minute * 60 + held.second) / 86400
    moment = held if isinstance(held, datetime.datetime) else datetime.datetime(held.year, held.month, held.day)
    return serial(moment, since_1904)
