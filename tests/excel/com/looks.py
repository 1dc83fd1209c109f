"""What hangs on a range: its fill, its note, its conditional formats."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Color, PatternFill
from openpyxl.styles.differential import DifferentialStyle

from tests.excel.com.proxy import Served
from tests.excel.com.pywin32 import excel_error

if TYPE_CHECKING:
    from tests.excel.com.ranges import Range
    from tests.excel.com.sheets import Worksheet

_NO_COLOUR, _WHITE = -4142, 0xFFFFFF


class Interior(Served):
    """The fill of cells, or of a conditional format."""

    def __init__(self, of: Range | FormatCondition) -> None:
        """Belong to a range or a condition."""
        self._of = of

    @property
    def Color(self) -> int:
        """Return the colour as Excel counts it: red lowest."""
        fill = self._fills()[0]
        return _colour(fill) if fill is not None else _WHITE

    @Color.setter
    def Color(self, colour: int) -> None:
        rgb = f"FF{colour & 255:02X}{colour >> 8 & 255:02X}{colour >> 16 & 255:02X}"
        if isinstance(self._of, FormatCondition):
            self._of.rule.dxf = DifferentialStyle(fill=PatternFill(bgColor=Color(rgb=rgb)))
            return
        for area in self._of.areas:
            for row in self._of.Worksheet.stored[area.address("")] if area.rows * area.columns > 1 else [[_first(self._of)]]:
                for cell in row:
                    cell.fill = PatternFill("solid", fgColor=Color(rgb=rgb))

    @property
    def ColorIndex(self) -> int | None:
        """Return -4142 where nothing is filled."""
        return _NO_COLOUR if self._fills()[0] is None else 1

    @ColorIndex.setter
    def ColorIndex(self, index: int) -> None:
        if index != _NO_COLOUR or isinstance(self._of, FormatCondition):
            raise excel_error("类 Interior 的 ColorIndex 属性无效")
        for area in self._of.areas:
            for cell in self._of.Worksheet.cells.within(area):
                cell.fill = PatternFill()

    def _fills(self) -> list[Any]:
        fill = self._of.rule.dxf.fill if isinstance(self._of, FormatCondition) else _first(self._of).fill
        return [fill if fill is not None and fill.fill_type else None]


def _first(of: Range) -> Any:
    return of.Worksheet.stored.cell(of.Row, of.Column)


def _colour(fill: Any) -> int:
    rgb = str(fill.fgColor.rgb)
    return int(rgb[6:8] + rgb[4:6] + rgb[2:4], 16) if len(rgb) == 8 else 0


class Comment(Served):
    """A note."""

    def __init__(self, cell: Any) -> None:
        """Belong to a cell."""
        self._cell = cell

    def Text(self, Text: str | None = None) -> str:
        """Return the text, or set it."""
        if Text is not None:
            self._cell.comment.text = Text
        return str(self._cell.comment.text)

    def Delete(self) -> None:
        """Take it away."""
        self._cell.comment = None


class FormatConditions(Served):
    """The conditional formats of a range, by priority."""

    def __init__(self, of: Range) -> None:
        """Belong to a range."""
        self._of = of

    def _found(self) -> list[FormatCondition]:
        conditions = self._of.Worksheet.conditions.all
        return [each for each in conditions if each.applies_to.within(self._of)]

    @property
    def Count(self) -> int:
        """Return how many there are."""
        return len(self._found())

    def __call__(self, number: int) -> FormatCondition:
        """Return one by its rank, counted from 1."""
        found = self._found()
        if not 1 <= number <= len(found):
            raise excel_error("下标越界")
        return found[number - 1]

    def items(self) -> Sequence[FormatCondition]:
        """Return all."""
        return self._found()

    def Add(self, Type: int, Operator: int | None = None, Formula1: str = "", Formula2: str = "") -> FormatCondition:
        """Add one after all others; only those by a formula are known here."""
        sheet = self._of.Worksheet
        sheet.refuse("sheet")
        if Type != 2 or Formula2:
            raise excel_error("无效的过程调用或参数")
        rule = Rule(type="expression", formula=[Formula1.removeprefix("=")], dxf=DifferentialStyle())
        made = FormatCondition(sheet, type(self._of)(sheet, self._of.areas), rule)
        sheet.conditions.all.append(made)
        return made

    def Delete(self) -> None:
        """Take all away from the cells of the range."""
        self._of.Worksheet.refuse("sheet")
        for area in self._of.areas:
            self._of.Worksheet.conditions.cut_out(area)


class FormatCondition(Served):
    """A conditional format."""

    def __init__(self, sheet: Worksheet, applies_to: Range, rule: Any) -> None:
        """Take over a rule of openpyxl's."""
        self._sheet, self.applies_to, self.rule = sheet, applies_to, rule

    @property
    def AppliesTo(self) -> Range:
        """Return where it applies."""
        return self.applies_to

    @property
    def Type(self) -> int:
        """Return its kind: 2 for a formula, 1 for any other."""
        return 2 if self.rule.type == "expression" else 1

    @property
    def Formula1(self) -> str:
        """Return its formula."""
        return f"={self.rule.formula[0]}"

    @property
    def Interior(self) -> Interior:
        """Return its fill."""
        return Interior(self)

    def ModifyAppliesToRange(self, Range: Range) -> None:
        """Let it apply elsewhere."""
        self._sheet.refuse("sheet")
        self.applies_to = Range

    def Delete(self) -> None:
        """Take it away."""
        self._sheet.refuse("sheet")
        self._sheet.conditions.all.remove(self)

    def copied(self, sheet: Worksheet) -> FormatCondition:
        """Return the same on another sheet."""
        return FormatCondition(sheet, type(self.applies_to)(sheet, self.applies_to.areas), copy.copy(self.rule))
