"""Values as Excel hands them to a program, and as they travel to LibreOffice."""

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

ERRORS = {
    "#DIV/0!": -2146826281,
    "#N/A": -2146826246,
    "#NAME?": -2146826259,
    "#NULL!": -2146826288,
    "#NUM!": -2146826252,
    "#REF!": -2146826265,
    "#VALUE!": -2146826273,
}
_ERROR_TEXTS = {number: text for text, number in ERRORS.items()}
_EPOCH = dt.datetime(1899, 12, 30, tzinfo=dt.UTC)
_DAY = dt.timedelta(days=1)


def from_office(value: Any) -> Any:
    """Return a value as ``Range.Value`` gives it: an error as its number, money as Decimal, a date in UTC."""
    if not isinstance(value, dict):
        return value
    ((kind, content),) = value.items()
    if kind == "error":
        return ERRORS.get(content, ERRORS["#VALUE!"])
    if kind == "money":
        return Decimal(f"{content:.4f}")
    return _EPOCH + dt.timedelta(seconds=round(content * 86400, 6))


def to_office(value: Any) -> Any:
    """Return a value as it travels.

    Raises:
        TypeError: Excel takes no such value.
    """
    if isinstance(value, dt.datetime):
        return {"date": (value.replace(tzinfo=dt.UTC) - _EPOCH) / _DAY}
    if isinstance(value, dt.date):
        return {"date": float((value - _EPOCH.date()).days)}
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return float(value)
    if value is None or isinstance(value, (str, bool)):
        return value
    raise TypeError(f"Excel takes no {type(value).__name__}")


def as_rows(value: Any, rows: int, columns: int) -> list[list[Any]]:
    """Spread a value over a range as Excel does: one value over all cells, one row over all rows."""
    if not isinstance(value, (list, tuple)):
        return [[to_office(value)] * columns] * rows
    if not value or not isinstance(value[0], (list, tuple)):
        value = [value]
    made = [[to_office(each) for each in row] for row in value]
    if len(made) == 1:
        made = made * rows
    if len(made) != rows or any(len(row) != columns for row in made):
        raise ValueError(f"{len(made)} rows of {sorted({len(row) for row in made})} for a range of {rows} × {columns}")
    return made


def cleaned(
    data: Sequence[Sequence[Any]],
    datetime_builder: Callable[..., Any],
    empty_as: Any,
    number_builder: Callable[[float], Any] | None,
    err_to_str: bool,
) -> list[list[Any]]:
    """Do what ``Range.value`` of xlwings does with what Excel gave."""

    def one(value: Any) -> Any:
        if value is None or value == "":
            return empty_as
        if isinstance(value, dt.datetime):
            parts = ("year", "month", "day", "hour", "minute", "second", "microsecond")
            return datetime_builder(**{part: getattr(value, part) for part in parts}, tzinfo=None)
        if isinstance(value, float) and number_builder is not None:
            return number_builder(value)
        if isinstance(value, int) and value in _ERROR_TEXTS:
            return _ERROR_TEXTS[value] if err_to_str else None
        return value

    return [[one(value) for value in row] for row in data]
