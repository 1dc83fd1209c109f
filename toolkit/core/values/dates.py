"""Read dates and deadlines: 2021年12月31日, 2021-12-31, 9月前, 12月底前完成, 年底前."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from functools import cache

from toolkit.core.values.chinese import chinese_number
from toolkit.core.values.kinds import Moment
from toolkit.core.values.normalise import one_of
from toolkit.core.values.unclear import UnclearError
from toolkit.core.values.vocabulary import vocabulary

# Any leap year: the last day of 2月 where no year is written.
_LEAP_YEAR = 2024
_LAST_MONTH_OF_HALF = {"上": 6, "下": 12}


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date inside a text.

    Attributes:
        start: where it begins.
        end: where it ends, behind 前 or 底.
        moment: what it says.
        label: whether it may only name a period (2021年度任务) rather than be the value.
    """

    start: int
    end: int
    moment: Moment
    label: bool


@cache
def _date() -> re.Pattern[str]:
    """Compile every notation of a date, with the words of a deadline behind it."""
    words = vocabulary()
    two = rf"(?:[0-9]{{1,2}}|[{words.chinese_digits}十]{{1,3}})"
    four = rf"(?:(?<![0-9.])(?:19|20)[0-9]{{2}}|二[零〇][{words.chinese_digits}]{{2}})"
    ending, parts = one_of(words.dates["endings"]), one_of(tuple(words.parts_of_month))
    deadline = one_of(words.dates["deadline"])
    year = rf"(?:(?P<year>{four}|(?<![0-9.])[0-9]{{2}}(?=年{two}月))年(?:度|内)?)"
    return re.compile(
        rf"(?:(?P<iso>(?<![0-9.])(?:19|20)[0-9]{{2}}([-./])[0-9]{{1,2}}\2[0-9]{{1,2}})(?![0-9.%])日?"
        rf"|(?P<short>(?<![0-9.])(?:19|20)[0-9]{{2}}[-/](?:0?[1-9]|1[0-2]))(?![0-9.%万亿])(?=[前底]|$)"
        rf"|(?<![0-9.])(?P<only_day>[0-9]{{1,2}})[日号](?=前|之前|以前)"
        rf"|{year}?(?:(?<![0-9.])(?P<month>{two})月份?(?:(?<=月)(?P<day>{two})(?:[日号]|(?=前|之前|以前|\Z))|(?P<part>{parts}))?"
        rf"|第?(?P<quarter>[1-4一二三四])季度|(?P<half>[上下])半年|(?(year)|(?!)))"
        rf"|(?:当年|本年|今年|全年|本年度)?(?=年底|年末|年终))"
        rf"(?P<ending>{ending})?(?P<deadline>{deadline})?"
    )


def find_dates(text: str) -> list[DateFound]:
    """Find the dates of a text whose names are hidden.

    Raises:
        UnclearError: a date that does not exist (13月, 2月30日).
    """
    return [_read(found, text) for found in _date().finditer(text)]


def _read(found: re.Match[str], text: str) -> DateFound:
    """Work out one date."""
    year, month, day = _parts(found)
    if not _exists(year, month, day):
        raise UnclearError(found[0], "没有这个日期")
    before, after = text[: found.start()], text[found.end() :]
    by = bool(found["deadline"]) or before.endswith(vocabulary().dates["deadline_leads"])
    by = by or (bool(found["ending"]) and after.startswith(vocabulary().dates["done"]))
    return DateFound(found.start(), found.end(), Moment(year, month, day, by), _is_label(found, before, after))


def _parts(found: re.Match[str]) -> tuple[int | None, int | None, int | None]:
    """Work out year, month and day."""
    numeric = found["iso"] or found["short"]
    if numeric:
        year, month, *rest = (int(part) for part in re.split("[-./]", numeric))
        return year, month, rest[0] if rest else _last_day(year, month) if found["ending"] else None
    written = _year(found["year"]) if found["year"] else None
    if found["only_day"]:
        return None, None, int(found["only_day"])
    month_read = _month(found)
    if found["day"]:
        return written, month_read, _small(found["day"])
    if found["part"]:
        last = _last_day(written, month_read)
        return written, month_read, min(vocabulary().parts_of_month[found["part"]], last or 31)
    ends = found["ending"] or found["quarter"] or found["half"]
    return written, month_read, _last_day(written, month_read) if ends else None


def _month(found: re.Match[str]) -> int | None:
    """Work out the month; the last one of a quarter, a half or a year that is said to end."""
    if found["month"]:
        return _small(found["month"])
    if found["quarter"]:
        return 3 * _small(found["quarter"])
    if found["half"]:
        return _LAST_MONTH_OF_HALF[found["half"]]
    return 12 if found["ending"] else None


def _small(typed: str) -> int:
    """Read a month or a day, in digits or Chinese numerals."""
    return int(typed) if typed.isdigit() and typed.isascii() else int(chinese_number(typed))


def _year(typed: str) -> int:
    """Read a year: 2021, 21, 二〇二一."""
    if not typed.isascii():
        return int("".join(str(chinese_number(mark)) for mark in typed))
    return int(typed) if len(typed) > 2 else 2000 + int(typed)


def _last_day(year: int | None, month: int | None) -> int | None:
    """Return the last day of a month, 29 for 2月 of no year; ``None`` where there is no such month."""
    if month is None or not 1 <= month <= 12:
        return None
    return monthrange(year or _LEAP_YEAR, month)[1]


def _exists(year: int | None, month: int | None, day: int | None) -> bool:
    """Tell whether the calendar has the date."""
    if month is not None and not 1 <= month <= 12:
        return False
    return day is None or 1 <= day <= (_last_day(year, month) or 31)


def _is_label(found: re.Match[str], before: str, after: str) -> bool:
    """Tell whether the date may only name a period: 2021年度任务, 上半年工作, 2021年12月印发的方案."""
    dates = vocabulary().dates
    if after.startswith(dates["labels"]):
        return True
    strong = found["month"] or found["iso"] or found["short"] or found["ending"] or found["only_day"]
    if strong or found["deadline"]:
        return False
    led = not before or before.endswith(dates["weak_leads"])
    return not (led and (not after or after.startswith(dates["done"])))
