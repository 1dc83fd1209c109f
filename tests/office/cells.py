"""Cells of an open LibreOffice document as plain values, both ways. Runs under the system's Python."""

from collections.abc import Callable, Sequence
from typing import Any

import uno

Scalar = str | float | None
Block = list[list[Scalar]]

# Excel's words for the codes of LibreOffice; others keep LibreOffice's own text ("Err:522" is a circular reference).
_ERROR_TEXTS = {
    502: "#VALUE!",
    503: "#NUM!",
    519: "#VALUE!",
    524: "#REF!",
    525: "#NAME?",
    532: "#DIV/0!",
    32767: "#N/A",
}
_LARGEST_BOX = 20_000

_CONTENT: dict[str, Callable[[Any], Any]] = {
    "EMPTY": lambda cell: "",
    "VALUE": lambda cell: cell.Value,
    "TEXT": lambda cell: cell.String,
    "FORMULA": lambda cell: cell.Formula,
}


def _value(data: Any, cell_at: Any, column: int, row: int) -> Scalar:
    if isinstance(data, (str, float)):
        return data
    return error_text(cell_at(column, row))


def error_text(cell: Any) -> str:
    """Return the error of a cell in Excel's words."""
    own_words: str = cell.String
    return _ERROR_TEXTS.get(cell.getError(), own_words)


def read_block(area: Any) -> Block:
    """Read a cell range: text, number, "" for an empty cell, Excel's error text for an error."""
    return [
        [_value(data, area.getCellByPosition, column, row) for column, data in enumerate(line)]
        for row, line in enumerate(area.getDataArray())
    ]


class Reader:
    """Reads the same addresses of one sheet again and again, with as few calls to LibreOffice as possible."""

    def __init__(self, sheet: Any, addresses: Sequence[str]) -> None:
        """Resolve ``addresses`` (cells, ranges or defined names) on ``sheet`` once."""
        self._areas = [sheet.getCellRangeByName(address) for address in addresses]
        self._bounds = [area.getRangeAddress() for area in self._areas]
        self._box = self._common_box(sheet)

    def _common_box(self, sheet: Any) -> Any:
        """Find the smallest range around all addresses, or nothing when they lie too far apart."""
        if not self._bounds:
            return None
        left, right = min(b.StartColumn for b in self._bounds), max(b.EndColumn for b in self._bounds)
        top, bottom = min(b.StartRow for b in self._bounds), max(b.EndRow for b in self._bounds)
        if (right - left + 1) * (bottom - top + 1) > _LARGEST_BOX:
            return None
        return sheet.getCellRangeByPosition(left, top, right, bottom)

    def read(self) -> list[Any]:
        """Return a value per single cell and a list of rows per range, in the order of the addresses."""
        blocks = [read_block(area) for area in self._areas] if self._box is None else self._cut_from_box()
        return [b[0][0] if len(b) == 1 and len(b[0]) == 1 else b for b in blocks]

    def _cut_from_box(self) -> list[Block]:
        origin, data = self._box.getRangeAddress(), self._box.getDataArray()
        left, top = origin.StartColumn, origin.StartRow
        return [
            [
                [
                    _value(data[row][column], self._box.getCellByPosition, column, row)
                    for column in range(bound.StartColumn - left, bound.EndColumn - left + 1)
                ]
                for row in range(bound.StartRow - top, bound.EndRow - top + 1)
            ]
            for bound in self._bounds
        ]


class Writer:
    """Writes into one sheet as an officer could, and puts back what was there."""

    def __init__(self, sheet: Any) -> None:
        """Work on ``sheet``; nothing is written yet."""
        self._sheet = sheet
        self._areas: dict[str, Any] = {}
        self._before: dict[str, list[tuple[Any, str, Any]]] = {}
        self._touched: set[str] = set()

    def write(self, values: dict[str, Any]) -> None:
        """Write a text, a number or None (empty) per cell, or a list of rows per range.

        Raises:
            ValueError: a cell is locked on a protected sheet, so no officer could type there.
        """
        for address, value in values.items():
            if address not in self._before:
                self._remember(address)
            self._touched.add(address)
            _put(self._areas[address], value)

    def restore_all_but(self, kept: set[str]) -> None:
        """Put back the first content of every written address that is not in ``kept``."""
        for address in self._touched - kept:
            for cell, kind, content in self._before[address]:
                _put_back(cell, kind, content)
        self._touched &= kept

    def _remember(self, address: str) -> None:
        area = self._sheet.getCellRangeByName(address)
        if self._sheet.isProtected() and area.CellProtection.IsLocked:
            raise ValueError(f"{address} is locked on the protected sheet {self._sheet.Name}")
        self._before[address] = _snapshot(area)
        cells = self._before[address]
        # Looking up a cell costs several times what writing it does.
        self._areas[address] = area if len(cells) > 1 else cells[0][0]


def _cells(area: Any) -> list[Any]:
    bounds = area.getRangeAddress()
    rows, columns = bounds.EndRow - bounds.StartRow + 1, bounds.EndColumn - bounds.StartColumn + 1
    return [area.getCellByPosition(column, row) for row in range(rows) for column in range(columns)]


def _snapshot(area: Any) -> list[tuple[Any, str, Any]]:
    return [(cell, cell.Type.value, _CONTENT[cell.Type.value](cell)) for cell in _cells(area)]


def _put_back(cell: Any, kind: str, content: Any) -> None:
    if kind == "FORMULA":
        cell.setFormula(content)
    else:
        _put(cell, content)


def _put(area: Any, value: Any) -> None:
    if isinstance(value, list):
        area.setDataArray(tuple(tuple(map(_accepted, row)) for row in value))
    elif value is None or isinstance(value, str):
        area.setString(value or "")
    else:
        area.setValue(float(value))


def _accepted(value: Scalar) -> str | float:
    # setDataArray turns None into #N/A and refuses whole numbers; an empty text empties the cell.
    return "" if value is None else value if isinstance(value, str) else float(value)


def properties(**values: Any) -> tuple[Any, ...]:
    """Make the property list that loading and storing take."""
    made = []
    for name, value in values.items():
        item = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
        item.Name, item.Value = name, value
        made.append(item)
    return tuple(made)
