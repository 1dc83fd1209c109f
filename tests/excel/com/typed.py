"""What Excel makes of a text that is put into a cell, as a Chinese Excel does with what is typed."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from toolkit.functions.area import ERROR_BASE, ERRORS

EPOCH, EPOCH_1904 = datetime.datetime(1899, 12, 30), datetime.datetime(1904, 1, 1)
CODES = {text: ERROR_BASE + number for number, text in ERRORS.items()}
"""Error values as COM gives them."""
_NUMBER = re.compile(r"[ ]*[-+]?(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?([eE][-+]?\d+)?[ ]*")
_PERCENT = re.compile(r"[ ]*([-+]?\d+(?:\.\d*)?)[ ]*%[ ]*")
_DAY = re.compile(r"(\d{1,2})[-/](\d{1,2})|(\d{1,2})月(\d{1,2})日")
_DATE = re.compile(r"(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?")
_MONTH = re.compile(r"(\d{4})年(\d{1,2})月")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_YEAR = 2026


@dataclass(frozen=True)
class Typed:
    """A value for a cell.

    Attributes:
        value: ``None``, text, number, truth value, or a formula beginning with ``=``.
        number_format: the format that Excel gives a cell of format General, "" where it leaves it.
        quoted: the text began with an apostrophe, which the cell keeps and does not show.
        formula: the value is a formula.
        error: the value is an error, such as #N/A.
    """

    value: object
    number_format: str = ""
    quoted: bool = False
    formula: bool = False
    error: bool = False


def typed(given: object, *, as_text: bool, since_1904: bool = False) -> Typed:
    """Return what a cell holds after ``given`` was put into it; ``as_text`` for a cell of format @."""
    if isinstance(given, datetime.datetime):
        return Typed(serial(given.replace(tzinfo=None), since_1904), "yyyy/m/d")
    if given is None or given == "":
        return Typed(None)
    if not isinstance(given, str):
        return Typed(given if isinstance(given, bool) else float(str(given)))
    if as_text:
        return Typed(given[1:] if given.startswith("'") else given, quoted=given.startswith("'"))
    if given.startswith("'"):
        return Typed(given[1:], quoted=True)
    if given.startswith("=") and len(given) > 1:
        return Typed(given, formula=True)
    return _read(given, since_1904)


def serial(moment: datetime.datetime, since_1904: bool = False) -> float:
    """Return a date as the number that a cell holds."""
    return (moment - (EPOCH_1904 if since_1904 else EPOCH)) / datetime.timedelta(days=1)


def _read(text: str, since_1904: bool) -> Typed:
    if text.upper() in ("TRUE", "FALSE"):
        return Typed(text.upper() == "TRUE")
    if text.upper() in CODES:
        return Typed(text.upper(), error=True)
    number = _NUMBER.fullmatch(text)
    if number and (number[1] or (number[3] or "").strip(".")):
        return Typed(float(text.replace(",", "")), "0.00E+00" if number[4] else "")
    if percent := _PERCENT.fullmatch(text):
        return Typed(float(percent[1]) / 100, "0.00%" if "." in percent[1] else "0%")
    return _moment(text.strip(), since_1904) or Typed(text)


def _moment(text: str, since_1904: bool) -> Typed | None:
    try:
        if found := _DATE.fullmatch(text):
            return Typed(serial(datetime.datetime(*map(int, found.groups())), since_1904), "yyyy/m/d")  # type: ignore[arg-type]  # three numbers
        if found := _DAY.fullmatch(text):
            month, day = (int(part) for part in found.groups() if part)
            return Typed(serial(datetime.datetime(_YEAR, month, day), since_1904), 'm"月"d"日"')
        if found := _MONTH.fullmatch(text):
            return Typed(serial(datetime.datetime(int(found[1]), int(found[2]), 1), since_1904), 'yyyy"年"m"月"')
    except ValueError:
        return None
    if found := _TIME.fullmatch(text):
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return Typed((hours * 3600 + minutes * 60 + seconds) / 86400, "h:mm")
    return None
