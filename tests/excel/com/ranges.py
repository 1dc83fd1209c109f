"""Range: cells of a sheet, what is in them and how they look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from openpyxl.comments import Comment as StoredComment

from tests.excel.com.areas import COLUMNS, ROWS, Area
from tests.excel.com.looks import Comment, FormatConditions, Interior
from tests.excel.com.proxy import Served
from tests.excel.com.pywin32 import excel_error

if TYPE_CHECKING:
    from tests.excel.com.sheets import Worksheet

_NOT_AVAILABLE = -2146826246
_MOST_CELLS = 2_000_000


class Range(Served):
    """Cells of a sheet in one or more rectangles."""

    identifier = "{00020846-0000-0000-C000-000000000046}"

    def __init__(self, sheet: Worksheet, areas: Sequence[Area], unit: str = "") -> None:
        """Stand for areas; ``unit`` is row or column where the members are rows or columns."""
        self._sheet, self.areas, self._unit = sheet, list(areas), unit

    def __repr__(self) -> str:
        """Return the address."""
        return self.Address

    @property
    def _area(self) -> Area:
        return self.areas[0]

    @property
    def _cells(self) -> Any:
        return self._sheet.cells

    # What it is

    @property
    def Worksheet(self) -> Any:
        """Return its sheet."""
        return self._sheet

    @property
    def Parent(self) -> Any:
        """Return its sheet."""
        return self._sheet

    @property
    def Application(self) -> Any:
        """Return Excel."""
        return self._sheet.Application

    @property
    def Address(self) -> str:
        """Return the address with dollar signs."""
        return ",".join(area.address() for area in self.areas)

    def GetAddress(self, row: bool = True, column: bool = True, _style: int = 1, external: bool = False) -> str:
        """Return the address; with both absolute or neither."""
        text = ",".join(area.address("$" if row and column else "") for area in self.areas)
        return f"[{self._sheet.book.Name}]{self._sheet.Name}!{text}" if external else text

    @property
    def Row(self) -> int:
        """Return its first row."""
        return self._area.top

    @property
    def Column(self) -> int:
        """Return its first column."""
        return self._area.left

    @property
    def Count(self) -> int:
        """Return the number of its members."""
        counts = {"row": self._area.rows, "column": self._area.columns}
        return counts.get(self._unit, sum(area.rows * area.columns for area in self.areas))

    @property
    def Rows(self) -> Range:
        """Return it as rows."""
        return Range(self._sheet, self.areas, "row")

    @property
    def Columns(self) -> Range:
        """Return it as columns."""
        return Range(self._sheet, self.areas, "column")

    @property
    def Areas(self) -> Areas:
        """Return its rectangles."""
        return Areas(self)

    @property
    def Cells(self) -> Range:
        """Return its cells."""
        return Range(self._sheet, self.areas)

    @property
    def EntireRow(self) -> Range:
        """Return its whole rows."""
        return Range(self._sheet, [Area(area.top, 1, area.bottom, COLUMNS) for area in self.areas], "row")

    @property
    def EntireColumn(self) -> Range:
        """Return its whole columns."""
        return Range(self._sheet, [Area(1, area.left, ROWS, area.right) for area in self.areas], "column")

    def __call__(self, row: int, column: int | None = None) -> Range:
        """Return a member counted from 1: by number, or by row and column."""
        area = self._area
        if column is not None:
            at = Area(area.top + row - 1, area.left + column - 1, area.top + row - 1, area.left + column - 1)
        elif self._unit == "row":
            at = Area(area.top + row - 1, area.left, area.top + row - 1, area.right)
        elif self._unit == "column":
            at = Area(area.top, area.left + row - 1, area.bottom, area.left + row - 1)
        else:
            down, right = divmod(row - 1, area.columns)
            at = Area(area.top + down, area.left + right, area.top + down, area.left + right)
        return Range(self._sheet, [at])

    def Item(self, row: int, column: int | None = None) -> Range:
        """Return a member, see calling."""
        return self(row, column)

    def items(self) -> Iterator[Range]:  # type: ignore[override]  # made one by one
        """Yield its members."""
        return (self(number) for number in range(1, self.Count + 1))

    # Contents

    @property
    def Value(self) -> object:
        """Return values; dates as dates."""
        return self._grid(lambda row, column: self._cells.value(row, column, plain=False))

    @Value.setter
    def Value(self, given: object) -> None:
        self._put(given)

    @property
    def Value2(self) -> object:
        """Return values; dates as numbers."""
        return self._grid(lambda row, column: self._cells.value(row, column, plain=True))

    @Value2.setter
    def Value2(self, given: object) -> None:
        self._put(given)

    @property
    def Formula(self) -> object:
        """Return formulas and values as the formula bar shows them."""
        return self._grid(self._cells.formula)

    @Formula.setter
    def Formula(self, given: object) -> None:
        self._put(given)

    def _grid(self, of: Any) -> object:
        area = self._area
        if area.rows * area.columns > _MOST_CELLS:
            raise excel_error("内存不足")
        rows = tuple(tuple(of(r, c) for c in range(area.left, area.right + 1)) for r in range(area.top, area.bottom + 1))
        return rows[0][0] if (area.rows, area.columns) == (1, 1) else rows

    def _put(self, given: object) -> None:
        for area in self.areas:
            places = [(r, c) for r in range(area.top, area.bottom + 1) for c in range(area.left, area.right + 1)]
            for row, column in places:
                self._cells.refuse_locked(self._sheet.stored.cell(row, column))
            for row, column in places:
                self._cells.put(row, column, _given_at(given, row - area.top, column - area.left))

    def ClearContents(self) -> None:
        """Empty the cells."""
        for area in self.areas:
            self._cells.clear_contents(area)

    def Clear(self) -> None:
        """Empty the cells and take their formats, notes and marks away."""
        for area in self.areas:
            self._cells.clear(area)
            self._sheet.conditions.cut_out(area)

    def Copy(self, Destination: Range | None = None) -> None:
        """Copy to another place, repeated where that is a multiple of it."""
        if Destination is None:
            raise excel_error("剪贴板不在测试之内")
        area, goal = self._area, Destination.areas[0]
        rows, columns = max(1, goal.rows // area.rows), max(1, goal.columns // area.columns)
        if area.columns == COLUMNS:
            area = Area(area.top, 1, area.bottom, self._cells.used().right)
        for down in range(rows):
            for right in range(columns):
                self._cells.copy_to(area, Destination._cells, goal.top + down * area.rows, goal.left + right * area.columns)

    def FillDown(self) -> None:
        """Copy the first row into all below it."""
        area = self._area
        first = Area(area.top, area.left, area.top, area.right)
        for row in range(area.top + 1, area.bottom + 1):
            self._cells.copy_to(first, self._cells, row, area.left)

    def ClearHyperlinks(self) -> None:
        """Take links away; looks stay."""
        self._sheet.refuse("sheet")
        for area in self.areas:
            for cell in self._cells.within(area):
                cell.hyperlink = None

    # Looks

    @property
    def NumberFormat(self) -> Any:
        """Return the number format that all cells have, ``None`` where they differ."""
        return _common(cell.number_format for area in self.areas for cell in self._some(area))

    @NumberFormat.setter
    def NumberFormat(self, code: str) -> None:
        for area in self.areas:
            for cell in self._cells.within(area):
                cell.number_format = code

    def _some(self, area: Area) -> Iterator[Any]:
        return iter([*self._cells.within(area)] or [self._sheet.stored.cell(area.top, area.left)])

    @property
    def Locked(self) -> Any:
        """Tell whether the cells are locked, ``None`` where they differ."""
        return _common(bool(cell.protection.locked) for area in self.areas for cell in self._some(area))

    @property
    def Interior(self) -> Interior:
        """Return the fill."""
        return Interior(self)

    @property
    def RowHeight(self) -> Any:
        """Return the height that all rows have, in points."""
        return _common(self._sheet.height(row) for area in self.areas for row in range(area.top, area.bottom + 1))

    @RowHeight.setter
    def RowHeight(self, points: float) -> None:
        self._sheet.refuse("format_rows")
        for row in self._all_rows():
            self._sheet.stored.row_dimensions[row].height = points

    @property
    def Top(self) -> float:
        """Return how far below the top of the sheet it begins, in points."""
        return float(sum(map(self._sheet.height, range(1, self.Row))))

    @property
    def Left(self) -> float:
        """Return how far right of the edge of the sheet it begins, in points."""
        return float(sum(map(self._sheet.width, range(1, self.Column))))

    @property
    def Hidden(self) -> Any:
        """Tell whether whole rows or columns are hidden."""
        return _common(bool(self._sheet.stored.row_dimensions[row].hidden) for row in self._all_rows())

    @Hidden.setter
    def Hidden(self, hidden: bool) -> None:
        self._sheet.refuse("format_rows")
        for row in self._all_rows():
            self._sheet.stored.row_dimensions[row].hidden = bool(hidden)

    def _all_rows(self) -> Iterator[int]:
        return (row for area in self.areas for row in range(area.top, min(area.bottom, self._cells.used().bottom + 1000) + 1))

    def AutoFit(self) -> None:
        """Fit rows to their texts: Excel works the height out when it shows them."""
        self._sheet.refuse("format_rows")
        if self._unit == "row":
            for row in self._all_rows():
                self._sheet.stored.row_dimensions[row].height = None

    @property
    def MergeCells(self) -> bool | None:
        """Tell whether the cells are merged, ``None`` where only some are."""
        found = self._cells.merges(self._area)
        return bool(found) if not found or any(each.holds(self._area) for each in found) else None

    @property
    def MergeArea(self) -> Range:
        """Return the merged area of its first cell."""
        first = Area(self.Row, self.Column, self.Row, self.Column)
        return Range(self._sheet, self._cells.merges(first) or [first])

    def Merge(self, Across: bool = False) -> None:
        """Merge the cells; what stands elsewhere than in the first is lost."""
        for area in self.areas:
            self._sheet.stored.merge_cells(area.address(""))

    def UnMerge(self) -> None:
        """Take merges apart."""
        for area in self.areas:
            for each in self._cells.merges(area):
                self._sheet.stored.unmerge_cells(each.address(""))

    def Select(self) -> None:
        """Select the cells; only on the sheet that is shown."""
        if self._sheet.book.active is not self._sheet:
            raise excel_error("类 Range 的 Select 方法无效")
        self._sheet.selected = list(self.areas)

    # Notes and marks

    @property
    def Comment(self) -> Any:
        """Return the note of the first cell."""
        cell = self._sheet.stored.cell(self.Row, self.Column)
        return Comment(cell) if cell.comment else None

    def AddComment(self, Text: str = "") -> Served:
        """Add a note; a cell takes one."""
        self._sheet.refuse("objects")
        cell = self._sheet.stored.cell(self.Row, self.Column)
        if cell.comment:
            raise excel_error("应用程序定义或对象定义错误")
        cell.comment = StoredComment(Text, "")
        return Comment(cell)

    def ClearComments(self) -> None:
        """Take notes away."""
        self._sheet.refuse("objects")
        for area in self.areas:
            for cell in self._cells.within(area):
                cell.comment = None

    @property
    def FormatConditions(self) -> FormatConditions:
        """Return the conditional formats that apply to any of the cells."""
        return FormatConditions(self)

    def within(self, other: Range) -> bool:
        """Tell whether it shares cells with another range."""
        return any(area.meets(each) for area in self.areas for each in other.areas)


def _given_at(given: object, row: int, column: int) -> object:
    """Return what an array puts into a cell; a single value goes into all cells, what is missing is #N/A."""
    if not isinstance(given, list | tuple):
        return given
    rows = given if given and isinstance(given[0], list | tuple) else (given,)
    rows = rows * (row + 1) if len(rows) == 1 else rows
    if row >= len(rows):
        return "#N/A"
    line = rows[row]
    line = line * (column + 1) if len(line) == 1 else line
    return line[column] if column < len(line) else "#N/A"


def _common(values: Any) -> Any:
    found = set(values)
    return found.pop() if len(found) == 1 else None


class Areas(Served):
    """The rectangles of a range."""

    def __init__(self, of: Range) -> None:
        """Take a range apart."""
        self._of = of

    @property
    def Count(self) -> int:
        """Return how many there are."""
        return len(self._of.areas)

    def __call__(self, number: int) -> Range:
        """Return one, counted from 1."""
        return Range(self._of.Worksheet, [self._of.areas[number - 1]])

    def items(self) -> Sequence[Range]:
        """Return all."""
        return [self(number) for number in range(1, self.Count + 1)]
