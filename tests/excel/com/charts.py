"""The charts of a sheet: where they lie, in points, and the cells they show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from openpyxl.drawing.spreadsheet_drawing import AnchorMarker

from tests.excel.com.proxy import Served
from tests.excel.com.pywin32 import excel_error

if TYPE_CHECKING:
    from tests.excel.com.sheets import Worksheet

_UNITS = 12700
"""Of a drawing, in a point."""


class ChartObjects(Served):
    """The charts of a sheet."""

    def __init__(self, sheet: Worksheet) -> None:
        """Belong to a sheet."""
        self._sheet = sheet

    @property
    def Parent(self) -> Any:
        """Return the sheet."""
        return self._sheet

    def items(self) -> Sequence[ChartObject]:
        """Return all."""
        return [ChartObject(self._sheet, chart, number) for number, chart in enumerate(self._sheet.stored._charts, 1)]

    @property
    def Count(self) -> int:
        """Return how many there are."""
        return len(self._sheet.stored._charts)

    def Item(self, which: int | str) -> ChartObject:
        """Return one by its number, counted from 1, or by its name."""
        return self(which)

    def __call__(self, which: int | str) -> ChartObject:
        """Return one by its number, counted from 1, or by its name."""
        found = [each for each in self.items() if which in (each.number, each.Name)]
        if not found:
            raise excel_error("下标越界")
        return found[0]


class ChartObject(Served):
    """The frame of a chart."""

    def __init__(self, sheet: Worksheet, stored: Any, number: int) -> None:
        """Take over a chart of openpyxl's."""
        self._sheet, self._stored, self.number = sheet, stored, number

    @property
    def Name(self) -> str:
        """Return the name."""
        return f"图表 {self.number}"

    @property
    def Chart(self) -> Chart:
        """Return what is in the frame."""
        return Chart(self, self._stored)

    @property
    def Parent(self) -> Any:
        """Return the sheet."""
        return self._sheet

    @property
    def Top(self) -> float:
        """Return how far below the top of the sheet it begins."""
        return self._down(self._stored.anchor._from)

    @Top.setter
    def Top(self, points: float) -> None:
        height = self.Height
        self._set_down(points, self._stored.anchor._from)
        self._set_down(points + height, self._stored.anchor.to)

    @property
    def Height(self) -> float:
        """Return the height."""
        return self._down(self._stored.anchor.to) - self.Top

    @Height.setter
    def Height(self, points: float) -> None:
        self._set_down(self.Top + points, self._stored.anchor.to)

    @property
    def Left(self) -> float:
        """Return how far right of the left edge of the sheet it begins."""
        return self._right(self._stored.anchor._from)

    @Left.setter
    def Left(self, points: float) -> None:
        width = self.Width
        self._set_right(points, self._stored.anchor._from)
        self._set_right(points + width, self._stored.anchor.to)

    @property
    def Width(self) -> float:
        """Return the width."""
        return self._right(self._stored.anchor.to) - self.Left

    @Width.setter
    def Width(self, points: float) -> None:
        self._set_right(self.Left + points, self._stored.anchor.to)

    def _down(self, at: AnchorMarker) -> float:
        return sum(map(self._sheet.height, range(1, at.row + 1))) + at.rowOff / _UNITS

    def _right(self, at: AnchorMarker) -> float:
        return sum(map(self._sheet.width, range(1, at.col + 1))) + at.colOff / _UNITS

    def _set_down(self, points: float, at: AnchorMarker) -> None:
        at.row, at.rowOff = _split(points, self._sheet.height)

    def _set_right(self, points: float, at: AnchorMarker) -> None:
        at.col, at.colOff = _split(points, self._sheet.width)


def _split(points: float, size: Callable[[int], float]) -> tuple[int, int]:
    """Return a row or column counted from 0, and how far into it a distance reaches."""
    number = 0
    # What is lost in sums of fractions must not move an edge into the cell before.
    while points + 1e-6 >= size(number + 1):
        points -= size(number + 1)
        number += 1
    return number, max(0, round(points * _UNITS))


class Chart(Served):
    """A chart."""

    def __init__(self, frame: ChartObject, stored: Any) -> None:
        """Take over a chart of openpyxl's."""
        self._frame, self._stored = frame, stored

    @property
    def Parent(self) -> ChartObject:
        """Return the frame."""
        return self._frame

    @property
    def Name(self) -> str:
        """Return the name."""
        return self._frame.Name

    def SeriesCollection(self, Index: int) -> Series:
        """Return a series, counted from 1."""
        if not 1 <= Index <= len(self._stored.series):
            raise excel_error("参数无效")
        return Series(self._stored.series[Index - 1])


class Series(Served):
    """A series of a chart."""

    def __init__(self, stored: Any) -> None:
        """Take over a series of openpyxl's."""
        self._stored = stored

    @property
    def XValues(self) -> str:
        """Return the cells with the names."""
        return f"={_reference(self._stored.cat).f}"

    @XValues.setter
    def XValues(self, formula: str) -> None:
        _reference(self._stored.cat).f = formula.removeprefix("=")

    @property
    def Values(self) -> str:
        """Return the cells with the values."""
        return f"={_reference(self._stored.val).f}"

    @Values.setter
    def Values(self, formula: str) -> None:
        _reference(self._stored.val).f = formula.removeprefix("=")


def _reference(source: Any) -> Any:
    return getattr(source, "strRef", None) or source.numRef
