"""How 位置 and 栏目 name the cells of a finding, written and read back."""

from __future__ import annotations

import re

from toolkit.core.form import Cell

_ADDRESS = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}")
_MORE = re.compile(r"（等 \d+ 处[^）]*）$")
_MOST_LISTED = 12


def place_text(cell: Cell, several: bool) -> str:
    """Return 位置 of a cell: H6, or 自评表 (2)!H6 where there are several forms; "" for a source without cells."""
    if cell.address is None:
        return cell.sheet or "" if several else ""
    return f"{cell.sheet}!{cell.address}" if several and cell.sheet else cell.address


def field_text(cells: tuple[Cell, ...]) -> str:
    """Return 栏目 of a finding: the first cell's name, and with several cells where the others stand."""
    first = cells[0].field
    if len(cells) == 1:
        return first
    others = list(dict.fromkeys(cell.address for cell in cells[1:] if cell.address))
    listed = "、".join(others[:_MOST_LISTED]) + ("…" if len(others) > _MOST_LISTED else "")
    return f"{first}（等 {len(cells)} 处{'：' if listed else ''}{listed}）"


def location(cell: Cell) -> str:
    """Return where a link to the cell leads: '自评表'!H6; "" for a source without cells."""
    if cell.address is None or cell.sheet is None:
        return ""
    quoted = cell.sheet.replace("'", "''")
    return f"'{quoted}'!{cell.address}"


def parse_place(text: str) -> tuple[str, str]:
    """Return sheet and address of a 位置, each "" where it names none."""
    sheet, mark, address = text.rpartition("!")
    if not mark and not _ADDRESS.fullmatch(address):
        return address, ""
    return sheet, address if _ADDRESS.fullmatch(address) else ""


def parse_field(text: str) -> str:
    """Return the name of the first cell of a 栏目."""
    return _MORE.sub("", text)
