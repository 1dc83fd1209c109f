"""Numbers and lists in the register of published reports."""

from __future__ import annotations

import re
from decimal import Decimal

from toolkit.core.form import Cell
from toolkit.core.money import decimals_of, plain, round_half_up

_DIGITS = "〇一二三四五六七八九"
_SEPARATED_FROM = 1_000
"""Amounts from here on are printed with thousands separators, as published reports do."""
_MOST_PLACES = 6
_BECAUSE = re.compile(r"^(?:偏差)?(?:主要)?(?:原因[是为：:]?)?(?:是|主要是)?(?:由于|因为|因(?!此|而|素|地|人|势))?")
_MEASURES = re.compile(r"[，,；;。\s]*(?:\d[.、]\s*)?(?:改进措施|整改措施|措施)[：:是]|[，,；;。]\s*(?=下一步|今后)")
_HALF_WIDTH = re.compile(r"(?<=[\u4e00-\u9fff）”》])[,;:](?=[\u4e00-\u9fff（“《])")
_FULL_WIDTH = {",": "，", ";": "；", ":": "："}
_ENDS = "。．.；;，,、 \u3000\n"
HUNDRED = Decimal(100)


def chinese_number(number: int) -> str:
    """Return 1 to 99 in Chinese numerals: 十二."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return f"{_DIGITS[tens] if tens > 1 else ''}十{_DIGITS[ones] if ones else ''}"


def money_text(number: Decimal, unit: str, places: int | None = None) -> str:
    """Return an amount with its unit: 46,665.43万元; ``places`` None keeps the digits it has."""
    shown = plain(number) if places is None else f"{round_half_up(number, places):f}"
    whole, _, decimals = shown.partition(".")
    if abs(number) >= _SEPARATED_FROM:
        whole = f"{int(whole):,}"
    return f"{whole}{'.' + decimals if decimals else ''}{unit}"


def amount_text(cell: Cell, number: Decimal, unit: str) -> str:
    """Return an amount as it was typed, with thousands separators and the unit."""
    figure = cell.figure
    if figure is None or figure.number != number:
        return money_text(number, unit)
    return money_text(number, unit, decimals_of(figure.step))


def percent_text(share: Decimal) -> str:
    """Return a fraction as a percentage with two decimals, without them where it is whole: 99.62%, 100%."""
    places = 2
    # 99.9998 % is not 100 %: a figure that only rounding makes whole gets the digits that tell.
    while round_half_up(share * HUNDRED, places) in (0, HUNDRED) and share not in (0, 1) and places < _MOST_PLACES:
        places += 1
    number = round_half_up(share * HUNDRED, places)
    return f"{int(number)}%" if number == number.to_integral_value() else f"{number:f}%"


def bare_sentence(text: str) -> str:
    """Return a text without the punctuation at its end, commas between Chinese characters in full width."""
    return _HALF_WIDTH.sub(lambda mark: _FULL_WIDTH[mark[0]], text.strip().rstrip(_ENDS))


def reason_and_measures(text: str) -> tuple[str, str]:
    """Return 偏差原因 without 由于 or 因 in front, and what it says will be done, "" where it says nothing of it."""
    found = _MEASURES.search(text)
    reason, measures = (text[: found.start()], text[found.end() :]) if found else (text, "")
    return bare_sentence(_BECAUSE.sub("", reason.strip(), count=1)) or bare_sentence(reason), bare_sentence(measures)


def short_name(level: str) -> str:
    """Return 产出 for 产出指标（50分）: the name of a 一级指标 in running text."""
    for mark in "（(":
        level = level.split(mark)[0]
    bare = level.strip()
    return bare.removesuffix("指标") or bare


def quoted(name: str) -> str:
    """Return a document's name in 《》; a name that has them already keeps them, quotation marks inside stay."""
    bare = name.strip()
    return bare if bare.startswith("《") else f"《{bare.strip('“”')}》"
