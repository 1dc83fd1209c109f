"""One worksheet: its cells, read row by row when asked for, and its merges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import NamedTuple

from toolkit.problem import Unreadable
from toolkit.workbook.address import LAST_COLUMN, LAST_ROW, Area, column_letters, column_number, read_area
from toolkit.workbook.formats import printed
from toolkit.workbook.package import Package
from toolkit.workbook.rows import Rows, resolved, shared_number
from toolkit.workbook.strings import Shared, unescape

_MOST_ROWS_OF_A_MERGE = 2_000
_MOST_COLUMNS_OF_A_MERGE = 100


class Content(NamedTuple):
    """What a cell holds.

    Attributes:
        text: what is printed; an error cell gives its code, such as #DIV/0!.
        exact: the number where the text hides digits.
        number: the number of a numeric cell, as Excel shows it in the formula bar (15 digits).
        formula: the formula as written in the file, ``None`` for a typed value.
        cached: whether the file holds the formula's result.
        shared: number of a formula that is stored once for several cells, "" for any other.
        style: index of the cell's style.
    """

    text: str = ""
    exact: Decimal | None = None
    number: Decimal | None = None
    formula: str | None = None
    cached: bool = True
    shared: str = ""
    style: str = ""


EMPTY = Content()

# Making a named tuple by its class costs three times as much.
_new = tuple.__new__


class Sheet:
    """A worksheet of an open package."""

    def __init__(self, name: str, package: Package, part: str, shared: Shared) -> None:
        """Take the part apart into rows; cells are read when asked for.

        Raises:
            Unreadable: the part is missing or damaged; cells outside the grid are found when their row is asked for.
        """
        self.name = name
        self._path = package.path
        self._shared = shared
        self._source = Rows(package, part)
        self._rows = self._numbered()
        self._before, self._last_column = b"", LAST_COLUMN
        self._cells: dict[int, dict[int, Content]] = {}
        self._texts: dict[int, list[tuple[int, str]]] = {}
        self._numbers: dict[tuple[str, str], Content] = {}

    @property
    def row_numbers(self) -> list[int]:
        """Return the numbers of the rows that hold cells, in order."""
        return list(self._rows)

    def rows_holding(self, columns: Iterable[int]) -> list[int]:
        """Return the rows that may hold something in one of the columns; found without reading any row."""
        found = set(self._source.holding([column_letters(column) for column in columns], self._before))
        return [row for row, index in self._rows.items() if index in found]

    def stop_at(self, column: int) -> None:
        """Leave out cells right of a column in all rows that have not been asked for yet.

        On a form they hold the steps by which formulas read texts: most of the sheet, and nothing to be read here.
        """
        self._last_column = column
        self._before = f'<c r="{column_letters(column + 1)}'.encode() if column < LAST_COLUMN else b""

    def row(self, number: int) -> Mapping[int, Content]:
        """Return what the cells of a row hold, by column, empty cells left out."""
        cells = self._cells.get(number)
        if cells is None:
            index = self._rows.get(number)
            cells = self._cells[number] = {} if index is None else self._decoded(index)
        return cells

    def content(self, row: int, column: int) -> Content:
        """Return what a cell holds."""
        return self.row(row).get(column, EMPTY)

    def text(self, row: int, column: int) -> str:
        """Return what a cell prints, without outer blanks."""
        return self.row(row).get(column, EMPTY).text.strip()

    def texts(self, row: int) -> list[tuple[int, str]]:
        """Return the columns of a row with what they print, in order, blanks left out."""
        found = self._texts.get(row)
        if found is None:
            stripped = ((column, content.text.strip()) for column, content in self.row(row).items())
            found = self._texts[row] = [(column, text) for column, text in stripped if text]
        return found

    def printed_at(self, row: int, column: int, number: Decimal) -> tuple[str, Decimal | None]:
        """Print a number as a cell would: its text, and the number where the cell's format hides digits."""
        shape = self._shared.number_format(int(self.content(row, column).style or 0))
        return printed(number, shape, self._shared.since_1904)

    def formula_source(self, row: int, column: int) -> tuple[str, int]:
        """Return a formula and the row it was written for: Excel may store it once for a whole fill-down."""
        content = self.content(row, column)
        if content.shared and not content.formula:
            return self._masters.get(content.shared, ("", row))
        return resolved(content.formula or ""), row

    def merged(self, row: int, column: int) -> Area | None:
        """Return the merged area of a cell in the first row or column of one, ``None`` where it stands alone."""
        return self._merged_cells.get((row, column))

    @cached_property
    def _merged_cells(self) -> dict[tuple[int, int], Area]:
        cells: dict[tuple[int, int], Area] = {}
        for area in map(read_area, self._source.merges):
            if area is not None:
                for row in range(area.top, min(area.bottom, area.top + _MOST_ROWS_OF_A_MERGE) + 1):
                    cells[row, area.left] = area
                for column in range(area.left, min(area.right, area.left + _MOST_COLUMNS_OF_A_MERGE) + 1):
                    cells[area.top, column] = area
        return cells

    @cached_property
    def _masters(self) -> dict[str, tuple[str, int]]:
        """Return the formulas that are stored once for several cells, by their number."""
        masters: dict[str, tuple[str, int]] = {}
        for number in self._rows:
            for content in self.row(number).values():
                if content.shared and content.formula:
                    masters.setdefault(content.shared, (resolved(content.formula), number))
        return masters

    def _numbered(self) -> dict[int, int]:
        """Return the index of each row by its number."""
        rows: dict[int, int] = {}
        number = 0
        for index, stated in enumerate(self._source.numbers()):
            number = int(stated) if stated.isdigit() else number + 1
            if not 1 <= number <= LAST_ROW:
                raise self._beyond(stated)
            rows[number] = index
        return rows

    def _decoded(self, index: int) -> dict[int, Content]:
        """Read the cells of a row; one loop with few calls for the usual cells, since a form has hundreds of them."""
        cells: dict[int, Content] = {}
        column, texts, numbers, last = 0, self._shared.texts, self._numbers, self._last_column
        for letters, style, kind, tag, formula, raw, inline in self._source.cells(index, self._before):
            column = self._column_of(letters) if letters else column + 1
            if column > last:
                break
            if tag:
                cells[column] = self._calculated(style, kind, raw, formula, shared_number(tag))
            elif kind == "s":
                if raw.isdigit() and int(raw) < len(texts):
                    cells[column] = _new(Content, (texts[int(raw)], None, None, None, True, "", style))
            elif raw or inline:
                content = numbers.get((raw, style)) if not kind else None
                cells[column] = content or self._typed(style, kind, raw or inline)
        return cells

    def _column_of(self, letters: str) -> int:
        try:
            return column_number(letters)
        except ValueError:
            raise self._beyond(letters) from None

    def _beyond(self, address: str) -> Unreadable:
        place = f"工作表“{self.name}”的单元格引用“{address[:20]}”"
        return Unreadable(self._path, f"已损坏：{place}超出表格范围", "请用 Excel 或 WPS 打开后另存为 .xlsx 再试")

    def _typed(self, style: str, kind: str, raw: str) -> Content:
        if kind in ("", "n"):
            content = self._numeric(raw, style)
            self._numbers[raw, style] = content
            return content
        return Content(self._worded(kind, resolved(raw)), style=style)

    def _calculated(self, style: str, kind: str, raw: str, formula: str, shared: str) -> Content:
        if not raw and kind != "str":
            return Content("", None, None, formula, False, shared, style)
        if kind in ("", "n"):
            result = self._numeric(raw, style)
            return Content(result.text, result.exact, result.number, formula, True, shared, style)
        return Content(self._worded(kind, resolved(raw)), None, None, formula, True, shared, style)

    def _worded(self, kind: str, raw: str) -> str:
        if kind == "s":
            texts = self._shared.texts
            return texts[int(raw)] if raw.isdigit() and int(raw) < len(texts) else ""
        if kind == "b":
            return "TRUE" if raw.strip() in ("1", "true") else "FALSE"
        return raw if kind == "e" else unescape(raw)

    def _numeric(self, raw: str, style: str) -> Content:
        try:
            # Excel keeps binary fractions and shows 15 digits of them: 2.76 may be stored as 2.7599999999999998.
            number = Decimal(f"{float(raw):.15g}")
            shape = self._shared.number_format(int(style or 0))
            text, exact = printed(number, shape, self._shared.since_1904)
        except (ValueError, InvalidOperation):
            return Content(resolved(raw).strip(), style=style)
        return Content(text, exact, number, style=style)


def first_column_right_of(area: Area | None, column: int) -> int:
    """Return the column that follows a cell, its merged area skipped."""
    return (area.right if area else column) + 1


def rows_between(sheet: Sheet, top: int, bottom: int) -> Iterator[int]:
    """Yield the rows that hold cells from ``top`` to ``bottom``, both included."""
    yield from (row for row in sheet.row_numbers if top <= row <= bottom)
