"""How a finding is worded: first the fact with its cell, short enough to be read at a glance."""

from __future__ import annotations

import re

from toolkit.checks.finding import Fault
from toolkit.core.form import Cell

LIMIT = 120
"""Greatest length of a message before its arithmetic, in characters."""
_NAME_LIMIT = 24
_NEXT_YEAR = re.compile(r"本年(?:无须修改|不改)[^；]*?[；，](?:建议)?下年(?:申报目标时)?")


def shorten(text: str, limit: int = _NAME_LIMIT) -> str:
    """Shorten a long name or quotation to ``limit`` characters, the last being "…"."""
    bare = " ".join(text.split())
    return bare if len(bare) <= limit else bare[: limit - 1] + "…"


def place_of(cell: Cell) -> str:
    """Return a cell as it is named in a message: I6“年度资金总额·执行率”."""
    row, dot, column = cell.field.rpartition("·")
    return f"{cell.address or ''}“{shorten(row)}{dot}{column}”"


def message_of(fault: Fault) -> str:
    """Return the fact with its cell or cells, at most :data:`LIMIT` characters."""
    if fault.undecidable:
        return shorten(f"无法核对，因为{place_of(fault.cells[0])}{fault.fact}", LIMIT)
    if len(fault.cells) == 1:
        return shorten(f"{place_of(fault.cells[0])}{fault.fact}", LIMIT)
    return _listed(fault)


def before_approval(fix: str) -> str:
    """Return a remedy as it reads while the target may still be changed: now, not next year."""
    return _NEXT_YEAR.sub("目标批复前还可以改，请", fix)


def _listed(fault: Fault) -> str:
    names = list(dict.fromkeys(cell.address or shorten(cell.field, 14) for cell in fault.cells))
    if len(names) == 1:
        # One address in several workbooks tells nothing; the arithmetic names the projects.
        return shorten(fault.fact, LIMIT)
    shown = list(names)
    while True:
        rest = f"等 {len(names)} 处" if len(shown) < len(names) else ""
        text = f"{fault.fact}。涉及：{'、'.join(shown)}{rest}"
        if len(text) <= LIMIT or len(shown) == 1:
            return shorten(text, LIMIT)
        shown.pop()
