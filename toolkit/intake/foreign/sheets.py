"""Sheets of .xlsx and .xls workbooks as grids: merges, number formats, formulas without a stored result."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from toolkit.core.form import Origin
from toolkit.intake.foreign.model import ForeignGrid, Piece
from toolkit.problem import Unreadable
from toolkit.workbook.address import address_of
from toolkit.workbook.formats import BUILT_IN, printed, read_format
from toolkit.workbook.package import Package

_FORMULA = re.compile(rb'<c r="([A-Z]+\d+)"[^>]*><f[^>]*(?:/>|>[^<]*</f>)(<v>[^<])?')
_MOST_CELLS = 400_000
_MOST_SPAN = 1_000


def read_xlsx(path: Path) -> tuple[list[ForeignGrid], list[str]]:
    """Read the visible sheets of an .xlsx or .xlsm workbook.

    Returns:
        The grids, and sentences about what was not read.

    Raises:
        Unreadable: the file is damaged, has a password, or is no workbook; the text says what it is instead.
    """
    import openpyxl

    with Package(path):
        pass
    try:
        book = openpyxl.load_workbook(path, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, TypeError, AttributeError, IndexError) as error:
        raise Unreadable(path, "打不开，不是完好的 Excel 工作簿", "请在 Excel 里打开后另存为 .xlsx 再用") from error
    if not book.worksheets:
        raise Unreadable(path, "里没有能读的工作表", "请在 Excel 里打开后另存为普通的 .xlsx 再用")
    hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
    notes = [f"隐藏的工作表“{'”“'.join(hidden)}”没有读"] if hidden else []
    shown = [sheet for sheet in book.worksheets if sheet.title not in hidden]
    if not any(sheet.max_row * sheet.max_column <= _MOST_CELLS for sheet in shown):
        raise Unreadable(path, "的工作表太大，不像自评表", "请只留自评表，另存后再试")
    grids = [ForeignGrid(sheet.title, tuple(_pieces(sheet)), sheet.title) for sheet in shown]
    return grids, [*notes, *_in_package(path)]


def _pieces(sheet: Any) -> Iterator[Piece]:
    if sheet.max_row * sheet.max_column > _MOST_CELLS:
        return
    spans = {
        (area.min_row, area.min_col): (area.max_row - area.min_row + 1, area.max_col - area.min_col + 1)
        for area in sheet.merged_cells.ranges
    }
    for row in sheet.iter_rows():
        for cell in row:
            value = cell.value
            if value is None:
                continue
            # Looking up a style costs more than all the rest of a cell.
            text, exact = (value.strip(), None) if isinstance(value, str) else _shown(value, cell.number_format)
            if text:
                yield _piece(sheet.title, cell.row, cell.column, spans, text, exact)


def _piece(
    sheet: str, row: int, column: int, spans: dict[tuple[int, int], tuple[int, int]], text: str, exact: Decimal | None
) -> Piece:
    rows, columns = spans.get((row, column), (1, 1))
    address = address_of(row, column)
    return Piece(
        row, column, text, f"{sheet}!{address}", min(rows, _MOST_SPAN), min(columns, _MOST_SPAN), address, exact, Origin.TYPED
    )


def _shown(value: object, number_format: str) -> tuple[str, Decimal | None]:
    """Return a cell's text as it is printed, and the number behind it where the print hides digits."""
    if isinstance(value, bool):
        return ("是" if value else "否"), None
    if isinstance(value, int | float):
        return printed(Decimal(f"{value:.15g}"), read_format(number_format or "General"))
    if isinstance(value, datetime | date):
        return f"{value.year}年{value.month}月{value.day}日", None
    if isinstance(value, time):
        return value.isoformat("minutes"), None
    return str(value).strip(), None


def _in_package(path: Path) -> Iterator[str]:
    """Say what the package holds that is not read: macro sheets, formulas without a stored result."""
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        sheets = [name for name in names if name.startswith("xl/worksheets/") and name.endswith(".xml")]
        found = [address for name in sheets for address, stored in _FORMULA.findall(package.read(name)) if not stored]
    if any(name.startswith("xl/macrosheets/") for name in names):
        yield "里面有宏表，没有读，也没有运行；请确认来源"
    if found:
        places = "、".join(address.decode() for address in found[:5])
        yield f"有 {len(found)} 个公式在文件里没有存下结果（{places}{'等' if len(found) > 5 else ''}），按空白读；请在 Excel 里打开保存一次"


def read_xls(path: Path) -> tuple[list[ForeignGrid], list[str]]:
    """Read the visible sheets of an .xls workbook. Raises as :func:`read_xlsx`."""
    import xlrd

    try:
        book = xlrd.open_workbook(str(path), formatting_info=True)
    except xlrd.XLRDError as error:
        if "ncrypt" in str(error) or "password" in str(error).lower():
            raise Unreadable(path, "有打开密码", "请在 Excel 中取消打开密码，保存后再试") from error
        raise Unreadable(path, "打不开，不是完好的 .xls 工作簿", "请在 Excel 里打开后另存为 .xlsx 再用") from error
    except (ValueError, OSError, AssertionError, IndexError, NotImplementedError, KeyError) as error:
        raise Unreadable(path, "打不开，不是完好的 .xls 工作簿", "请在 Excel 里打开后另存为 .xlsx 再用") from error
    hidden = [sheet.name for sheet in book.sheets() if sheet.visibility]
    notes = [f"隐藏的工作表“{'”“'.join(hidden)}”没有读"] if hidden else []
    shown = [sheet for sheet in book.sheets() if not sheet.visibility]
    return [ForeignGrid(sheet.name, tuple(_xls_pieces(book, sheet)), sheet.name) for sheet in shown], notes


def _xls_pieces(book: Any, sheet: Any) -> Iterator[Piece]:
    spans = {(top + 1, left + 1): (bottom - top, right - left) for top, bottom, left, right in sheet.merged_cells}
    for row in range(sheet.nrows):
        for column in range(sheet.ncols):
            text, exact = _xls_shown(book, sheet.cell(row, column))
            if text:
                yield _piece(sheet.name, row + 1, column + 1, spans, text, exact)


def _xls_shown(book: Any, cell: Any) -> tuple[str, Decimal | None]:
    import xlrd

    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return "", None
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#ERR")), None
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return ("是" if cell.value else "否"), None
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        key = book.xf_list[cell.xf_index].format_key
        known = book.format_map.get(key)
        code = known.format_str if known is not None else BUILT_IN.get(key, "General")
        return printed(Decimal(f"{cell.value:.15g}"), read_format(code), bool(book.datemode))
    return str(cell.value).strip(), None
