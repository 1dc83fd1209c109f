"""The cells of an open workbook in memory, see ``memory``: ranges, what typing and copying does, conditional formats."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import range_boundaries

if TYPE_CHECKING:
    from tests.excel.memory import Sheet


class Conditions:
    """Conditional formats of a sheet, by rank."""

    def __init__(self, sheet: Sheet) -> None:
        """Take the sheet."""
        self._sheet = sheet

    @property
    def FormatConditions(self) -> Conditions:
        """Return all of them."""
        self._sheet.program.count()
        return self

    def _ranked(self) -> list[tuple[int, Any, Any]]:
        rules = [(rule.priority, area, rule) for area in self._sheet.sheet.conditional_formatting for rule in area.rules]
        return sorted(rules, key=lambda each: each[0])

    @property
    def Count(self) -> int:
        """Return how many there are."""
        self._sheet.program.count()
        return len(self._ranked())

    def __call__(self, rank: int) -> Condition:
        """Return one of them."""
        self._sheet.program.count()
        _, area, rule = self._ranked()[rank - 1]
        return Condition(self._sheet, str(area.sqref), rule)


class Condition:
    """A conditional format."""

    def __init__(self, sheet: Sheet, area: str, rule: Any) -> None:
        """Take the rule and the cells it covers."""
        self._sheet, self._area, self._rule = sheet, area, rule

    @property
    def Type(self) -> int:
        """Return its kind: 2 for a formula, 1 for any other."""
        self._sheet.program.count()
        return 2 if self._rule.type == "expression" else 1

    @property
    def Formula1(self) -> str:
        """Return its formula."""
        self._sheet.program.count()
        return f"={self._rule.formula[0]}"

    @property
    def Interior(self) -> Condition:
        """Return the fill."""
        self._sheet.program.count()
        return self

    def __setattr__(self, name: str, value: Any) -> None:
        """Set the colour."""
        if name == "Color":
            self._sheet.program.count()
            red, green, blue = value & 255, value >> 8 & 255, value >> 16 & 255
            self._rule.dxf.fill = PatternFill(bgColor=f"FF{red:02X}{green:02X}{blue:02X}")
        object.__setattr__(self, name, value)

    def Delete(self) -> None:
        """Delete it."""
        self._sheet.program.count()
        self._rebuild("")

    def ModifyAppliesToRange(self, target: Range) -> None:
        """Let it cover other cells."""
        self._sheet.program.count()
        self._rebuild(target.address.replace(",", " "))

    def _rebuild(self, area: str) -> None:
        kept = ConditionalFormattingList()
        priority = self._rule.priority
        for each in self._sheet.sheet.conditional_formatting:
            for rule in each.rules:
                place = area if rule is self._rule else str(each.sqref)
                if place:
                    own = rule.priority
                    kept.add(place, rule)
                    rule.priority = own
        assert priority
        self._sheet.sheet.conditional_formatting = kept


class Range:
    """What xlwings calls ``Range``, and its own object."""

    def __init__(self, sheet: Sheet, address: str) -> None:
        """Take cells of a sheet; several areas are parted by commas."""
        self.sheet, self.address = sheet, address
        self.program = sheet.program
        self.boxes = [self._box(text) for text in address.split(",")]

    def _box(self, text: str) -> tuple[int, int, int, int]:
        rows = re.fullmatch(r"(\d+):(\d+)", text)
        if rows:
            return 1, int(rows[1]), self.sheet.sheet.max_column, int(rows[2])
        left, top, right, bottom = range_boundaries(text)
        assert left and top and right and bottom
        return left, top, right, bottom

    def cells(self) -> Iterator[Any]:
        """Yield the cells."""
        for left, top, right, bottom in self.boxes:
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    yield self.sheet.sheet.cell(row, column)

    @property
    def api(self) -> Range:
        """Return the program's own object."""
        return self

    def _put(self, data: Any) -> None:
        self.program.count()
        left, top, right, bottom = self.boxes[0]
        rows = data if isinstance(data, tuple) else ((data,) * (right - left + 1),) * (bottom - top + 1)
        assert len(rows) == bottom - top + 1 and {len(row) for row in rows} == {right - left + 1}
        for row, values in enumerate(rows, top):
            for column, value in enumerate(values, left):
                assert value is not None
                cell = self.sheet.sheet.cell(row, column)
                if not isinstance(cell, MergedCell):
                    _type(cell, value)

    formula = property(None, _put)
    raw_value = property(None, _put)

    def clear(self) -> None:
        """Empty the cells, looks included."""
        self.program.count()
        for cell in self.cells():
            cell.value, cell.comment = None, None
            cell.style = "Normal"

    def Copy(self, target: Range) -> None:
        """Copy the cells; one cell fills all of the target."""
        self.program.count()
        sources = list(self.cells())
        for number, cell in enumerate(target.cells()):
            source = sources[number % len(sources)]
            if not isinstance(source, MergedCell) and not isinstance(cell, MergedCell):
                copy_cell(source, cell)

    @property
    def impl(self) -> Range:
        """Return xlwings' own object."""
        return self

    def merge(self, _: bool) -> None:
        """Merge the cells."""
        self.program.count()
        self.sheet.sheet.merge_cells(self.address)

    def unmerge(self) -> None:
        """Take merged cells apart."""
        self.program.count()
        for text in self.address.split(","):
            self.sheet.sheet.unmerge_cells(text)

    @property
    def rows(self) -> Range:
        """Return the rows."""
        self.program.count()
        return self

    def autofit(self) -> None:
        """Let rows be as high as their texts."""
        self.program.count()
        for left, top, right, bottom in self.boxes:
            assert left <= right
            for row in range(top, bottom + 1):
                self.sheet.sheet.row_dimensions[row].height = None

    def _set_height(self, height: float) -> None:
        self.program.count()
        for _, top, _, bottom in self.boxes:
            for row in range(top, bottom + 1):
                self.sheet.sheet.row_dimensions[row].height = height

    row_height = property(None, _set_height)

    top = left = 0.0

    @property
    def EntireRow(self) -> Range:
        """Return the rows."""
        self.program.count()
        return self

    def _set_hidden(self, hidden: bool) -> None:
        self.program.count()
        for _, top, _, bottom in self.boxes:
            for row in range(top, bottom + 1):
                self.sheet.sheet.row_dimensions[row].hidden = hidden

    Hidden = property(None, _set_hidden)

    def select(self) -> None:
        """Select the cells."""
        self.program.count()
        self.program.selection = self

    def FillDown(self) -> None:
        """Copy the first row into the rows below."""
        self.program.count()
        left, top, right, bottom = self.boxes[0]
        for row in range(top + 1, bottom + 1):
            for column in range(left, right + 1):
                source, target = self.sheet.sheet.cell(top, column), self.sheet.sheet.cell(row, column)
                target.value, target._style = source.value, copy.copy(source._style)

    def ClearHyperlinks(self) -> None:
        """Take links away."""
        self.program.count()
        for cell in self.cells():
            cell._hyperlink = None
        self.sheet.sheet._hyperlinks = [
            link for link in self.sheet.sheet._hyperlinks if link.ref not in {cell.coordinate for cell in self.cells()}
        ]

    def AddComment(self, text: str) -> None:
        """Set a note."""
        self.program.count()
        (cell,) = self.cells()
        assert cell.comment is None, "a cell has one note"
        cell.comment = Comment(text, "测试")

    def ClearComments(self) -> None:
        """Take notes away."""
        self.program.count()
        for cell in self.cells():
            if not isinstance(cell, MergedCell):
                cell.comment = None

    @property
    def FormatConditions(self) -> Range:
        """Return the conditional formats of the cells."""
        self.program.count()
        return self

    def Add(self, kind: int, _: int, formula: str) -> Condition:
        """Add a conditional format."""
        self.program.count()
        assert kind == 2
        look = DifferentialStyle(fill=PatternFill())
        rule = Rule(type="expression", formula=[formula.removeprefix("=")], dxf=look)
        area = self.address.replace(",", " ")
        self.sheet.sheet.conditional_formatting.add(area, rule)
        return Condition(self.sheet, area, rule)


def copy_cell(source: Cell, target: Cell) -> None:
    """Copy what stands in a cell, its look and its note."""
    target.value = source.value
    if source.has_style:
        for part in ("font", "fill", "border", "alignment", "protection"):
            setattr(target, part, copy.copy(getattr(source, part)))
        target.number_format = source.number_format
    else:
        target.style = "Normal"
    target.comment = Comment(source.comment.text, source.comment.author) if source.comment else None
    if source.hyperlink is not None:
        target.hyperlink = copy.copy(source.hyperlink)


_NUMBER = re.compile(r"[-+]?(\d[\d,]*\.?\d*|\.\d+)%?")


def _type(cell: Cell, value: Any) -> None:
    """Put into a cell what typing does."""
    cell.value = None
    if value == "":
        return
    if isinstance(value, str) and value.startswith("'"):
        cell.value, cell.data_type = value[1:], "s"
    elif isinstance(value, str) and cell.number_format == "@":
        cell.value, cell.data_type = value, "s"
    else:
        assert not (isinstance(value, str) and _NUMBER.fullmatch(value)), f"{cell.coordinate}: {value!r} would become a number"
        cell.value = value
