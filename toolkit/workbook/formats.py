"""Number formats: the digits that a cell prints."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from toolkit.core.money import plain, round_half_up

BUILT_IN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    31: 'yyyy"年"m"月"d"日"',
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    41: "#,##0",
    42: "#,##0",
    43: "#,##0.00",
    44: "#,##0.00",
    49: "@",
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
"""Number formats that a file names only by number, as a Chinese Excel shows them."""

_CURRENCY = "¥￥$€£"
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_DIGITS = re.compile(r"[#0?,]*[0#?](?:\.([0#?]+))?|\.([0#?]+)")
_SHOWN = re.compile(r"[^\s#0?,.%;()\-+]")


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """What of a number format decides the text of a cell.

    Attributes:
        kind: general, digits, date or text (which also stands for formats that are not taken apart).
        least: decimals always printed.
        most: decimals printed at most.
        before: words printed in front of the digits, such as （.
        after: words printed behind them, such as 年度）.
    """

    kind: str
    least: int = 0
    most: int = 0
    percent: bool = False
    before: str = ""
    after: str = ""


GENERAL = NumberFormat("general")


@lru_cache(maxsize=512)
def read_format(code: str) -> NumberFormat:
    """Take a format code apart; only its first section counts, since signs and zeros are printed as they are."""
    section = _first_section(code)
    bare = _LITERAL.sub("", section)
    if bare.strip().lower() in ("", "general", "g/通用格式", "@"):
        return _general(code, section, bare)
    if re.search(r"[ymdhs年月日]", bare.lower()) and not re.search(r"[#0?]", bare.replace(".0", "")):
        return NumberFormat("date", before=bare.lower())
    found = _DIGITS.search(bare)
    if found is None or "/" in bare or "E" in bare or "?" in found.group() or bare[found.end() :].startswith(","):
        return GENERAL
    decimals = found.group(1) or found.group(2) or ""
    before, after = _words_around(section)
    return NumberFormat("digits", decimals.count("0"), len(decimals), "%" in bare, before, after)


def printed(number: Decimal, shape: NumberFormat, since_1904: bool = False) -> tuple[str, Decimal | None]:
    """Print a number.

    Returns:
        The text without thousands separators and currency signs, and the number behind it where the text hides digits.
    """
    if shape.kind == "date":
        return _printed_date(number, shape.before, since_1904), None
    if shape.kind != "digits":
        return f"{shape.before}{plain(number)}{shape.after}", None
    scaled = number * 100 if shape.percent else number
    shown = round_half_up(scaled, shape.most)
    digits = f"{abs(shown):f}" if not shown else f"{shown:f}"
    if shape.least < shape.most:
        digits = _trimmed(digits, shape.most - shape.least)
    text = f"{shape.before}{digits}{'%' if shape.percent else ''}{shape.after}"
    return text, None if shown == scaled else number


def _trimmed(digits: str, optional: int) -> str:
    for _ in range(optional):
        if not digits.endswith("0"):
            break
        digits = digits[:-1]
    return digits.removesuffix(".")


def _first_section(code: str) -> str:
    """Return the code up to its first ``;`` that is not quoted."""
    quoted = False
    for place, mark in enumerate(code):
        if mark == '"':
            quoted = not quoted
        elif mark == ";" and not quoted:
            return code[:place]
    return code


def _general(code: str, section: str, bare: str) -> NumberFormat:
    if not section or "@" in bare or bare.strip() == "":
        return NumberFormat("text")
    before, after = _words_around(section)
    return NumberFormat("general", before=before, after=after)


def _words_around(section: str) -> tuple[str, str]:
    """Return the words in front of the digits and behind them, without currency signs and blanks."""
    pieces = re.split(r"(?:General|G/通用格式|[#0?,.]+)", _LITERAL.sub(_kept_word, section), maxsplit=1, flags=re.I)
    before, after = [*pieces, ""][:2]
    return _words(before), _words(after)


def _kept_word(found: re.Match[str]) -> str:
    word = found.group(1) or found.group(2) or ""
    return word if _SHOWN.search(word) and word not in _CURRENCY else ""


def _words(text: str) -> str:
    return "".join(mark for mark in text if _SHOWN.match(mark) and mark not in _CURRENCY)


def _printed_date(number: Decimal, code: str, since_1904: bool) -> str:
    start = date(1904, 1, 1) if since_1904 else date(1899, 12, 30)
    try:
        day = start + timedelta(days=int(number))
    except (OverflowError, ValueError):
        return plain(number)
    parts = (("y", f"{day.year}年"), ("m", f"{day.month}月"), ("d", f"{day.day}日"))
    text = "".join(shown for mark, shown in parts if mark in code)
    return text if "y" in code or "d" in code else plain(number)
