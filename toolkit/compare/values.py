"""When two cells say the same: by value, not by digits; but 95% is not 0.95."""

from __future__ import annotations

import unicodedata
from decimal import Context, Decimal
from enum import Enum, auto

from toolkit.compare.model import NOTHING
from toolkit.core.form import Cell, Origin
from toolkit.core.money import plain
from toolkit.core.values import Moment

# A spreadsheet keeps 15 digits; what re-saving does to the last of them is no change.
_TWELVE_DIGITS = Context(prec=12)


class By(Enum):
    """What two cells are compared by."""

    TEXT = auto()
    """Letter by letter: 007 is not 7."""
    FIGURE = auto()
    """Numbers count by their value: 1,000.00 is 1000."""
    DATE = auto()
    """Dates count by their day: 2022-03-10 is 2022年3月10日."""


def same(old: Cell, new: Cell, by: By = By.TEXT) -> bool:
    """Tell whether a cell of the former draft and one of the new draft say the same."""
    before, after = plain_text(old), plain_text(new)
    if before == after:
        return by is not By.FIGURE or _behind(old, new)
    if _not_computed(old, new) or _not_computed(new, old):
        return True
    if by is By.FIGURE:
        values = _figure(old), _figure(new)
        return None not in values and values[0] == values[1]
    return by is By.DATE and isinstance(old.value, Moment) and old.value == new.value


def plain_text(cell: Cell) -> str:
    """Return a cell's text without what re-saving may change: line ends, outer blanks, the form of characters."""
    text = unicodedata.normalize("NFC", cell.text).replace("\r\n", "\n").replace("\r", "\n")
    return text.strip()


def shown(old: Cell, new: Cell) -> tuple[str, str]:
    """Return what a list of changes shows of two cells: the prints, or the numbers behind them where they print alike."""
    before, after = plain_text(old) or NOTHING, plain_text(new) or NOTHING
    if before == after and old.exact is not None and new.exact is not None:
        return f"{before}（{plain(old.exact)}）", f"{after}（{plain(new.exact)}）"
    return before, after


def _behind(old: Cell, new: Cell) -> bool:
    """Tell whether the numbers behind two equal prints are equal; a source that keeps prints only says nothing of them."""
    return old.exact is None or new.exact is None or _twelve(old.exact) == _twelve(new.exact)


def _not_computed(stated: Cell, computed: Cell) -> bool:
    """Tell whether a source without cells leaves open what a formula of the other draft computes."""
    return stated.blank and stated.address is None and computed.origin is not Origin.TYPED


def _figure(cell: Cell) -> tuple[Decimal, str] | None:
    figure = cell.figure
    if figure is None:
        return None if cell.exact is None else (_twelve(cell.exact), "")
    return _twelve(figure.number if cell.exact is None else cell.exact), figure.unit


def _twelve(number: Decimal) -> Decimal:
    return _TWELVE_DIGITS.plus(number)

