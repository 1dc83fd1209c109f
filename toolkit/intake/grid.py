"""Any spreadsheet as plain grids of texts: .xlsx, .xlsm (openpyxl), .xls (xlrd), .csv."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from toolkit.core.money import plain
from toolkit.problem import Unreadable


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: its texts by (row, column), both counted from 1; blank cells are absent."""

    name: str
    texts: Mapping[tuple[int, int], str]

    @property
    def rows(self) -> Iterator[tuple[int, dict[int, str]]]:
        """Yield the rows that hold anything, with their texts by column."""
        found: dict[int, dict[int, str]] = {}
        for (row, column), text in sorted(self.texts.items()):
            found.setdefault(row, {})[column] = text
        yield from found.items()

    def right_of(self, row: int, column: int) -> str:
        """Return the first text right of a cell in its row, "" where there is none."""
        later = [c for r, c in self.texts if r == row and c > column]
        return self.texts[row, min(later)] if later else ""


def address(row: int, column: int) -> str:
    """Return a cell's address in A1 notation."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def read_grids(path: Path) -> list[Grid]:
    """Read all sheets of a spreadsheet.

    Raises:
        Unreadable: the file is not a spreadsheet of a kind that can be read.
    """
    readers = {".xlsx": _xlsx, ".xlsm": _xlsx, ".xls": _xls, ".csv": _csv}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise Unreadable(path, f"是“{path.suffix}”文件，不能当表格读", "请另存为 .xlsx 再用")
    return reader(path)


def squeeze(text: str) -> str:
    """Return a heading without blanks and line breaks, full-width brackets: 全年 预算数(A) is 全年预算数（A）."""
    return "".join(text.split()).replace("(", "（").replace(")", "）")


def _xlsx(path: Path) -> list[Grid]:
    import zipfile

    import openpyxl

    try:
        book = openpyxl.load_workbook(path, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, TypeError) as error:
        raise Unreadable(path, "打不开，不是完好的 Excel 工作簿", "请在 Excel 里打开后另存为 .xlsx 再用") from error
    return [Grid(sheet.title, dict(_openpyxl_texts(sheet))) for sheet in book.worksheets]


def _openpyxl_texts(sheet: Any) -> Iterator[tuple[tuple[int, int], str]]:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None and str(cell.value).strip():
                yield (cell.row, cell.column), _shown(cell.value, cell.number_format)


def _shown(value: object, number_format: str) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value).strip()
    number = Decimal(f"{value:.15g}")
    return f"{plain(number * 100)}%" if "%" in number_format else plain(number)


def _xls(path: Path) -> list[Grid]:
    import xlrd

    try:
        book = xlrd.open_workbook(str(path), formatting_info=False)
    except (xlrd.XLRDError, ValueError, OSError, AssertionError, IndexError) as error:
        raise Unreadable(path, "打不开，不是完好的 .xls 工作簿", "请在 Excel 里打开后另存为 .xlsx 再用") from error
    return [Grid(sheet.name, dict(_xlrd_texts(sheet))) for sheet in book.sheets()]


def _xlrd_texts(sheet: Any) -> Iterator[tuple[tuple[int, int], str]]:
    for row in range(sheet.nrows):
        for column in range(sheet.ncols):
            text = _shown(sheet.cell_value(row, column), "")
            if text:
                yield (row + 1, column + 1), text


def _csv(path: Path) -> list[Grid]:
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            lines = list(csv.reader(data.decode(encoding).splitlines()))
        except UnicodeDecodeError:
            continue
        texts = {(r, c): text.strip() for r, line in enumerate(lines, 1) for c, text in enumerate(line, 1) if text.strip()}
        return [Grid(path.stem, texts)]
    raise Unreadable(path, "的文字编码无法识别", "请另存为“CSV UTF-8”再用")
