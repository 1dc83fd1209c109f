"""Worksheets and Worksheet, with what Excel refuses on a protected one."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from openpyxl.utils.protection import hash_password
from openpyxl.worksheet.pagebreak import Break, RowBreak

from tests.excel.com import ranges
from tests.excel.com.areas import COLUMNS, LONGEST, ROWS, Area, read_areas
from tests.excel.com.cells import Cells
from tests.excel.com.charts import ChartObject, ChartObjects
from tests.excel.com.looks import FormatCondition
from tests.excel.com.proxy import Served
from tests.excel.com.pywin32 import excel_error
from tests.excel.com.storage import Results

if TYPE_CHECKING:
    from tests.excel.com.books import Workbook

_ALLOWED = {
    "AllowFormattingCells": "formatCells",
    "AllowFormattingColumns": "formatColumns",
    "AllowFormattingRows": "formatRows",
    "AllowInsertingColumns": "insertColumns",
    "AllowInsertingRows": "insertRows",
    "AllowInsertingHyperlinks": "insertHyperlinks",
    "AllowDeletingColumns": "deleteColumns",
    "AllowDeletingRows": "deleteRows",
    "AllowSorting": "sort",
    "AllowFiltering": "autoFilter",
    "AllowUsingPivotTables": "pivotTables",
}
"""What Protect allows, and what openpyxl calls forbidding it."""
_PROTECTED = "该工作表已受保护，无法执行此操作。"
_NAME = re.compile(r"[^\\/?*\[\]:]{1,31}")
_VISIBLE = {"visible": -1, "hidden": 0, "veryHidden": 2}


class Conditions:
    """The conditional formats of a sheet, by priority."""

    def __init__(self, sheet: Worksheet) -> None:
        """Read them."""
        self.all: list[FormatCondition] = []
        found = [(rule.priority, str(block.sqref), rule) for block in sheet.stored.conditional_formatting for rule in block.rules]
        for _, sqref, rule in sorted(found, key=lambda each: each[0]):
            areas = read_areas(sqref.replace(" ", ","))
            self.all.append(FormatCondition(sheet, ranges.Range(sheet, areas or []), rule))

    def cut_out(self, area: Area) -> None:
        """Take those away that apply within an area; of larger ones, the part of it."""
        for each in list(self.all):
            rest = [piece for at in each.applies_to.areas for piece in _without(at, area)]
            if not rest:
                self.all.remove(each)
            elif rest != each.applies_to.areas:
                each.applies_to = ranges.Range(each.applies_to.Worksheet, rest)

    def store(self, stored: Any) -> None:
        """Write them back into openpyxl's sheet."""
        stored.conditional_formatting = type(stored.conditional_formatting)()
        for priority, each in enumerate(self.all, 1):
            each.rule.priority = priority
            stored.conditional_formatting.add(" ".join(area.address("") for area in each.applies_to.areas), each.rule)


def _without(at: Area, cut: Area) -> list[Area]:
    if not at.meets(cut):
        return [at]
    top, bottom = max(at.top, cut.top), min(at.bottom, cut.bottom)
    pieces = [
        Area(at.top, at.left, top - 1, at.right),
        Area(bottom + 1, at.left, at.bottom, at.right),
        Area(top, at.left, bottom, cut.left - 1),
        Area(top, cut.right + 1, bottom, at.right),
    ]
    return [piece for piece in pieces if piece.rows > 0 and piece.columns > 0]


class Worksheet(Served):
    """A sheet."""

    def __init__(self, book: Workbook, stored: Any, results: Results) -> None:
        """Take over a sheet of openpyxl's."""
        self.book, self.stored, self.results = book, stored, results
        self.cells = Cells(stored, results, book.since_1904)
        self.conditions = Conditions(self)
        self.selected = [Area(1, 1, 1, 1)]
        self.user_interface_only = False

    def __repr__(self) -> str:
        """Return the name."""
        return f"<{self.Name}>"

    def refuse(self, what: str) -> None:
        """Raise what Excel says where the protection forbids it: format_rows, objects or anything (sheet)."""
        protection = self.stored.protection
        forbidden = {"format_rows": protection.formatRows, "objects": protection.objects, "sheet": True}[what]
        if protection.sheet and forbidden:
            raise excel_error(_PROTECTED)

    def height(self, row: int) -> float:
        """Return the height of a row in points."""
        dimension = self.stored.row_dimensions[row]
        return 0.0 if dimension.hidden else float(dimension.height or self.stored.sheet_format.defaultRowHeight or 15)

    def width(self, column: int) -> float:
        """Return the width of a column in points: about five to a character."""
        for dimension in self.stored.column_dimensions.values():
            if dimension.min <= column <= dimension.max and dimension.width:
                return 0.0 if dimension.hidden else float(dimension.width) * 5.25
        return 8.43 * 5.25

    def store(self) -> None:
        """Put everything back into openpyxl's sheet."""
        self.conditions.store(self.stored)
        if self.stored.sheet_view.selection:
            self.stored.sheet_view.selection[-1].sqref = " ".join(area.address("") for area in self.selected)

    @property
    def Name(self) -> str:
        """Return the name."""
        return str(self.stored.title)

    @Name.setter
    def Name(self, name: str) -> None:
        taken = {each.Name.lower() for each in self.book.sheets if each is not self}
        if not _NAME.fullmatch(name) or name.lower() in taken or name[0] == "'" or name[-1] == "'":
            raise excel_error("键入的工作表或图表名称无效，或已被使用。")
        self.stored.title = name

    @property
    def Parent(self) -> Workbook:
        """Return the workbook."""
        return self.book

    @property
    def Application(self) -> Any:
        """Return Excel."""
        return self.book.Application

    @property
    def Index(self) -> int:
        """Return its place, counted from 1."""
        return self.book.sheets.index(self) + 1

    @property
    def Visible(self) -> int:
        """Return -1, 0 (hidden) or 2 (very hidden)."""
        return _VISIBLE[self.stored.sheet_state]

    @Visible.setter
    def Visible(self, state: int | bool) -> None:
        self.stored.sheet_state = {-1: "visible", 0: "hidden", 2: "veryHidden"}[-1 if state is True else int(state)]

    def Range(self, Cell1: object, Cell2: object = None) -> ranges.Range:
        """Return cells by address, by a name, or between two corners."""
        if isinstance(Cell1, ranges.Range):
            areas = [*Cell1.areas, *(Cell2.areas if isinstance(Cell2, ranges.Range) else [])]
            return ranges.Range(self, [Area(*(f(a[i] for a in areas) for i, f in enumerate((min, min, max, max))))])
        address = str(Cell1)
        if len(address) > LONGEST:
            raise excel_error("方法“Range”作用于对象“_Worksheet”时失败")
        areas_read = read_areas(address) or self._named(address)
        if areas_read is None:
            raise excel_error("方法“Range”作用于对象“_Worksheet”时失败")
        return ranges.Range(self, areas_read)

    def _named(self, name: str) -> list[Area] | None:
        found = self.stored.defined_names.get(name) or self.stored.parent.defined_names.get(name)
        return read_areas(",".join(part.rpartition("!")[2] for part in found.attr_text.split(","))) if found else None

    @property
    def Cells(self) -> ranges.Range:
        """Return all cells."""
        return ranges.Range(self, [Area(1, 1, ROWS, COLUMNS)])

    @property
    def Rows(self) -> ranges.Range:
        """Return all rows."""
        return ranges.Range(self, [Area(1, 1, ROWS, COLUMNS)], "row")

    @property
    def UsedRange(self) -> ranges.Range:
        """Return the used range."""
        return ranges.Range(self, [self.cells.used()])

    @property
    def ProtectContents(self) -> bool:
        """Tell whether cells are protected."""
        return bool(self.stored.protection.sheet)

    @property
    def ProtectDrawingObjects(self) -> bool:
        """Tell whether objects and notes are protected."""
        return bool(self.stored.protection.sheet and self.stored.protection.objects)

    @property
    def EnableSelection(self) -> int:
        """Return which cells of a protected sheet can be selected: 0 all, 1 unlocked ones, -4142 none."""
        protection = self.stored.protection
        return -4142 if protection.selectUnlockedCells else 1 if protection.selectLockedCells else 0

    @EnableSelection.setter
    def EnableSelection(self, which: int) -> None:
        self.stored.protection.selectLockedCells = which != 0
        self.stored.protection.selectUnlockedCells = which == -4142

    def Unprotect(self, Password: str = "") -> None:
        """Take the protection away."""
        protection = self.stored.protection
        if protection.sheet and protection.password and hash_password(Password or "") != protection.password:
            raise excel_error("您输入的密码不正确。")
        protection.sheet = False
        protection._password = None

    def Protect(
        self,
        Password: str = "",
        DrawingObjects: bool = True,
        Contents: bool = True,
        Scenarios: bool = True,
        UserInterfaceOnly: bool = False,
        *allowed: bool,
        **named: bool,
    ) -> None:
        """Protect it; the last arguments say what stays allowed."""
        protection = self.stored.protection
        given = dict(zip(_ALLOWED, allowed, strict=False)) | named
        for name, forbidding in _ALLOWED.items():
            setattr(protection, forbidding, not given.get(name, False))
        protection.sheet, protection.objects, protection.scenarios = Contents, DrawingObjects, Scenarios
        protection._password = None
        if Password:
            protection.password = Password
        self.user_interface_only = UserInterfaceOnly

    def Activate(self) -> None:
        """Show the sheet."""
        if self.stored.sheet_state != "visible":
            raise excel_error("类 Worksheet 的 Activate 方法无效")
        self.book.active = self

    def Select(self) -> None:
        """Show the sheet."""
        self.Activate()

    def Delete(self) -> bool:
        """Take the sheet away; the last one that is seen stays."""
        if self.book.structure_locked or [each for each in self.book.sheets if each.Visible == -1] == [self]:
            raise excel_error("工作簿至少应包含一张可视工作表。")
        self.book.remove(self)
        return True

    def Copy(self, Before: Worksheet | None = None, After: Worksheet | None = None) -> None:
        """Copy the sheet beside another one, also of another workbook."""
        beside = Before or After
        if beside is None:
            raise excel_error("复制到新工作簿不在测试之内")
        beside.book.take_copy(self, beside.book.sheets.index(beside) + (Before is None))

    @property
    def Comments(self) -> Comments:
        """Return all notes."""
        return Comments(self)

    def ChartObjects(self, Index: int | None = None) -> ChartObjects | ChartObject:
        """Return the charts, or one of them."""
        found = ChartObjects(self)
        return found if Index is None else found(Index)

    def ResetAllPageBreaks(self) -> None:
        """Take all breaks away that were set by hand."""
        self.stored.row_breaks = RowBreak()

    @property
    def HPageBreaks(self) -> HPageBreaks:
        """Return the breaks between rows."""
        return HPageBreaks(self)


class Comments(Served):
    """The notes of a sheet."""

    def __init__(self, sheet: Worksheet) -> None:
        """Belong to a sheet."""
        self._sheet = sheet

    def items(self) -> Sequence[Any]:
        """Return all."""
        cells = (cell for row in self._sheet.stored.iter_rows() for cell in row if cell.comment)
        return [ranges.Range(self._sheet, [Area(cell.row, cell.column, cell.row, cell.column)]).Comment for cell in cells]

    @property
    def Count(self) -> int:
        """Return how many there are."""
        return len(self.items())

    def __call__(self, number: int) -> Any:
        """Return one, counted from 1."""
        return self.items()[number - 1]


class HPageBreaks(Served):
    """The breaks between rows."""

    def __init__(self, sheet: Worksheet) -> None:
        """Belong to a sheet."""
        self._sheet = sheet

    @property
    def Count(self) -> int:
        """Return how many there are."""
        return len(self._sheet.stored.row_breaks.brk)

    def Add(self, Before: ranges.Range) -> None:
        """Begin a page at a cell."""
        self._sheet.stored.row_breaks.append(Break(id=Before.Row - 1))


def duplicate(sheet: Worksheet, book: Workbook, stored: Any) -> Worksheet:
    """Fill an empty sheet of openpyxl's with a copy of another sheet, as Excel copies one."""
    source, results = sheet.stored, dict[tuple[int, int], object]()
    made = Worksheet(book, stored, results)
    sheet.cells.copy_to(sheet.cells.used(), made.cells, 1, 1)
    results.update(sheet.results)
    for name in ("sheet_format", "sheet_properties", "page_margins", "page_setup", "print_options", "protection", "HeaderFooter"):
        setattr(stored, name, copy.copy(getattr(source, name)))
    stored.freeze_panes, stored.print_title_rows = source.freeze_panes, source.print_title_rows
    if source.print_area:
        stored.print_area = [str(part).rpartition("!")[2] for part in str(source.print_area).split(",")]
    for kind in ("row_dimensions", "column_dimensions"):
        for key, dimension in getattr(source, kind).items():
            getattr(stored, kind)[key] = copy.copy(dimension)
            getattr(stored, kind)[key].worksheet = stored
    stored.data_validations = copy.deepcopy(source.data_validations)
    for name, defined in source.defined_names.items():
        moved = copy.copy(defined)
        moved.attr_text = defined.attr_text.replace(_quoted(sheet.Name), _quoted(made.Name)).replace(f"{sheet.Name}!", f"{_quoted(made.Name)}!")
        stored.defined_names[name] = moved
    made.conditions.all = [each.copied(made) for each in sheet.conditions.all]
    return made


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"
