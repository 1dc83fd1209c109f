"""Figures in prose: amounts of money, percentages, counts with their classifier, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from toolkit.core.money import cut, round_half_up

NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_AMOUNT = re.compile(
    rf"(?P<mark>¥)?(?<![\d.\-~至—])(?P<number>{NUMBER})(?P<scale>[十百千]?[万亿]?)(?P<unit>元(?![/／每]))?(?P<more>[余多])?"
)
_PERCENT = re.compile(rf"(?<![\d.\-~至—])(?P<number>{NUMBER})%(?![-~至—]\d)")
_COUNT = re.compile(r"(?<![\d.,第\-~至—])(?P<number>\d{1,7})(?P<unit>[个项条家名种类份件场次台套户人宗起])(?!月|百分|工作日|小时|分点)")
_DATE = re.compile(
    r"(?P<year>(?:19|20)\d{2})(?:年|[./-])(?P<month>1[0-2]|0?[1-9])(?:月|[./-]|(?!\d))(?:(?P<day>3[01]|[12]\d|0?[1-9])(?:日|(?!\d)))?"
)
_SCALES = {"": 0, "十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_NOT_EXACT = ("约", "近", "超", "超过", "不足", "不少于", "不低于", "不超过", "大约", "接近", "突破", "达到约", "≥", "≤", ">", "<")
_CLAUSE = re.compile(r"[，。；：、（）！？\t]")
_HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money.

    Attributes:
        yuan: in 元.
        step: the value in 元 of one unit in the last digit printed.
        text: as written.
        start: where it begins in the text it was read from.
        exact: said without 约, 近, 余 and the like.
    """

    yuan: Decimal
    step: Decimal
    text: str
    start: int
    exact: bool

    @property
    def end(self) -> int:
        """Return where it ends."""
        return self.start + len(self.text)

    def agrees(self, other: Decimal, step: Decimal = Decimal(0)) -> bool:
        """Tell whether it prints an amount in 元 that is itself known to ``step``: rounded, or cut."""
        apart = abs(self.yuan - other)
        if step == self.step:
            return apart == 0
        return apart <= max(self.step, step) * _HALF or 0 <= other - self.yuan < self.step


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage.

    Attributes:
        points: in percent points, 80 for 80%.
        step: the value of one unit in the last digit printed, in percent points.
        exact: said without 约, 超过 and the like.
    """

    points: Decimal
    step: Decimal
    text: str
    start: int
    exact: bool

    @property
    def end(self) -> int:
        """Return where it ends."""
        return self.start + len(self.text)

    def prints(self, share: Decimal) -> bool:
        """Tell whether it prints a share (fraction), rounded half up or cut."""
        return self.rounds(share) or self.cuts(share)

    def rounds(self, share: Decimal) -> bool:
        """Tell whether it prints a share rounded half up."""
        return round_half_up(share * 100, -int(self.step.as_tuple().exponent)) == self.points

    def cuts(self, share: Decimal) -> bool:
        """Tell whether it prints a share cut off."""
        return cut(share * 100, -int(self.step.as_tuple().exponent)) == self.points

    def divides(self, above: Amount, below: Amount) -> bool:
        """Tell whether it can print ``above`` ÷ ``below``, each as exact as it is printed."""
        if below.yuan <= 0:
            return False
        if self.prints(above.yuan / below.yuan):
            return True
        least = max(Decimal(0), above.yuan - above.step * _HALF) / (below.yuan + below.step * _HALF)
        most = (above.yuan + above.step * _HALF) / max(below.yuan - below.step * _HALF, below.step * _HALF)
        low, high = self.points - self.step * _HALF, self.points + self.step * _HALF
        return least * 100 <= high and most * 100 >= low


@dataclass(frozen=True, slots=True)
class Count:
    """A whole number of things, such as 13个."""

    number: int
    unit: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Return where it ends."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Day:
    """A date; ``month`` and ``day`` are ``None`` where they are not said."""

    year: int
    month: int | None
    day: int | None
    text: str
    start: int


@lru_cache(maxsize=8192)
def amounts_in(text: str) -> tuple[Amount, ...]:
    """Return the amounts of money in ``text``; a number without 元 or ¥ is none."""
    return tuple(_amount(found, text) for found in _AMOUNT.finditer(text) if found["mark"] or found["unit"])


@lru_cache(maxsize=8192)
def percents_in(text: str) -> tuple[Percent, ...]:
    """Return the percentages in ``text``."""
    return tuple(_percent(found, text) for found in _PERCENT.finditer(text))


@lru_cache(maxsize=8192)
def counts_in(text: str) -> tuple[Count, ...]:
    """Return the counts in ``text``."""
    return tuple(Count(int(found["number"]), found["unit"], found[0], found.start()) for found in _COUNT.finditer(text))


def dates_in(text: str) -> Iterator[Day]:
    """Yield the dates in ``text`` that name at least year and month."""
    for found in _DATE.finditer(text):
        day = int(found["day"]) if found["day"] else None
        yield Day(int(found["year"]), int(found["month"]), day, found[0], found.start())


def clause_before(text: str, at: int) -> str:
    """Return what stands before ``at`` in its clause: back to the nearest mark."""
    marks = [found.end() for found in _CLAUSE.finditer(text[:at])]
    return text[marks[-1] if marks else 0 : at]


def clause_after(text: str, at: int) -> str:
    """Return what stands behind ``at`` in its clause."""
    found = _CLAUSE.search(text, at)
    return text[at : found.start() if found else len(text)]


def is_exact(text: str, start: int, end: int) -> bool:
    """Tell whether a figure is said without 约, 超过, 以上 and the like."""
    return not text[:start].endswith(_NOT_EXACT) and not text[end:].startswith(("以上", "以下", "以内", "左右", "余", "多"))


def _amount(found: re.Match[str], text: str) -> Amount:
    number = Decimal(found["number"].replace(",", ""))
    power = sum(_SCALES[mark] for mark in found["scale"])
    step = Decimal(1).scaleb(int(number.as_tuple().exponent) + power)
    exact = found["more"] is None and is_exact(text, found.start(), found.end())
    return Amount(number.scaleb(power), step, found[0], found.start(), exact)


def _percent(found: re.Match[str], text: str) -> Percent:
    number = Decimal(found["number"].replace(",", ""))
    step = Decimal(1).scaleb(int(number.as_tuple().exponent))
    return Percent(number, step, found[0], found.start(), is_exact(text, found.start(), found.end()))
