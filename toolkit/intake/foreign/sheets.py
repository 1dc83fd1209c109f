"""Sheets of .xlsx and .xls workbooks as grids: merges, number formats, formulas without a stored result."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from toolkit.core.form import Origin
from toolkit.intake.foreign.model import ForeignGrid, Piece
from toolkit.intake.foreign.texts import is_plain, read_text
from toolkit.intake.foreign.webpages import is_page, read_page
from toolkit.problem import Unreadable
from toolkit.workbook.address import address_of
from toolkit.workbook.book import Book
from toolkit.workbook.formats import BUILT_IN, printed, read_format
from toolkit.workbook.sheet import Sheet

_MACROS_LEFT = "里面有宏表，没有读，也没有运行；请确认来源"
_MACRO_SHEET = "Macro sheet"
"""How xlrd names a sheet of Excel 4.0 macros in its log."""
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_OLE_LOOK = 2_000_000
_MOST_CELLS = 400_000
_MOST_SPAN = 1_000


def read_xlsx(path: Path) -> tuple[list[ForeignGrid], list[str]]:
    """Read the visible sheets of an .xlsx or .xlsm workbook.

    Returns:
        The grids, and sentences about what was not read.

    Raises:
        Unreadable: the file is damaged, has a password, or is no workbook; the text says what it is instead.
    """
    if _is_old(path):
        return read_xls(path)
    with Book(path) as book:
        hidden = [entry.name for entry in book.sheets if entry.hidden]
        notes = [f"隐藏的工作表“{'”“'.join(hidden)}”没有读"] if hidden else []
        if any("/macrosheets/" in entry.filename for entry in book.package.entries):
            notes.append(_MACROS_LEFT)
        sheets = [book.sheet(entry) for entry in book.sheets if not entry.hidden]
        if not sheets:
            raise Unreadable(path, "里没有能读的工作表", "请在 Excel 里打开后另存为普通的 .xlsx 再用")
        missing: list[str] = []
        grids = [ForeignGrid(sheet.name, tuple(_pieces(sheet, missing, path)), sheet.name) for sheet in sheets]
    if missing:
        places = "、".join(missing[:5]) + ("等" if len(missing) > 5 else "")
        notes.append(f"有 {len(missing)} 个公式在文件里没有存下结果（{places}），按空白读；请在 Excel 里打开保存一次")
    return grids, notes


def _is_old(path: Path) -> bool:
    """Tell whether a file named .xlsx is an old .xls; one with a password is none."""
    with path.open("rb") as file:
        data = file.read(_OLE_LOOK)
    return data.startswith(_OLE) and "Workbook".encode("utf-16-le") in data and "EncryptedPackage".encode("utf-16-le") not in data


def _pieces(sheet: Sheet, missing: list[str], path: Path) -> Iterator[Piece]:
    """Yield the cells of a sheet, and note where a formula has no stored result."""
    name, read = sheet.name, 0
    for row in sheet.row_numbers:
        for column, content in sheet.row(row).items():
            text = content.text.strip()
            if not content.cached:
                missing.append(address_of(row, column))
            if not text:
                continue
            read += 1
            if read > _MOST_CELLS:
                raise Unreadable(path, "的工作表太大，不像自评表", "请只留自评表，另存后再试")
            area = sheet.merged(row, column)
            rows, columns = (area.bottom - row + 1, area.right - column + 1) if area is not None else (1, 1)
            yield _piece(name, row, column, (rows, columns), text, content.exact)


def _piece(sheet: str, row: int, column: int, span: tuple[int, int], text: str, exact: Decimal | None) -> Piece:
    rows, columns = span
    address = address_of(row, column)
    return Piece(
        row, column, text, f"{sheet}!{address}", min(rows, _MOST_SPAN), min(columns, _MOST_SPAN), address, exact, Origin.TYPED
    )


def read_xls(path: Path) -> tuple[list[ForeignGrid], list[str]]:
    """Read the visible sheets of an .xls workbook, or what only goes by that name: a web page, an .xlsx.

    Raises as :func:`read_xlsx`.
    """
    import xlrd

    if is_page(path):
        grids, notes = read_page(path)
        return grids, [*notes, "文件其实是网页（HTML），只是扩展名为 .xls，按里面的表格读"]
    if zipfile.is_zipfile(path):
        return read_xlsx(path)
    if is_plain(path):
        grids, notes = read_text(path)
        return grids, [*notes, "文件其实是文本，只是扩展名为 .xls，按制表符分栏读"]
    log = io.StringIO()
    try:
        book = xlrd.open_workbook(str(path), logfile=log, verbosity=1, formatting_info=True)
    except xlrd.XLRDError as error:
        if "ncrypt" in str(error) or "password" in str(error).lower():
            raise Unreadable(path, "有打开密码", "请在 Excel 中取消打开密码，保存后再试") from error
        raise Unreadable(path, "打不开，不是完好的 .xls 工作簿", "请在 Excel 里打开后另存为 .xlsx 再用") from error
    except (xlrd.compdoc.CompDocError, ValueError, OSError, AssertionError, IndexError, NotImplementedError, KeyError) as error:
        raise Unreadable(path, "打不开，不是完好的 .xls 工作簿", "请在 Excel 里打开后另存为 .xlsx 再用") from error
    hidden = [sheet.name for sheet in book.sheets() if sheet.visibility]
    notes = [f"隐藏的工作表“{'”“'.join(hidden)}”没有读"] if hidden else []
    shown = [sheet for sheet in book.sheets() if not sheet.visibility]
    if _MACRO_SHEET in log.getvalue():
        notes.append(_MACROS_LEFT)
    if not shown:
        raise Unreadable(path, "里没有能读的工作表", "请在 Excel 里打开后另存为普通的 .xlsx 再用")
    return [ForeignGrid(sheet.name, tuple(_xls_pieces(book, sheet)), sheet.name) for sheet in shown], notes


def _xls_pieces(book: Any, sheet: Any) -> Iterator[Piece]:
    spans = {(top + 1, left + 1): (bottom - top, right - left) for top, bottom, left, right in sheet.merged_cells}
    for row in range(sheet.nrows):
        for column in range(sheet.ncols):
            text, exact = _xls_shown(book, sheet.cell(row, column))
            if text:
                yield _piece(sheet.name, row + 1, column + 1, spans.get((row + 1, column + 1), (1, 1)), text, exact)


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
