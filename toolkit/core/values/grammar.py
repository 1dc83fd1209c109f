"""Read a value text in full: dates, changes, ranges, single numbers, and words."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from toolkit.core.values.behind import Back, read_back
from toolkit.core.values.dates import DateFound, find_dates
from toolkit.core.values.front import read_front
from toolkit.core.values.kinds import Change, Moment, Sign, Span, Value, Words
from toolkit.core.values.measures import read_measure
from toolkit.core.values.names import hide_names, hide_span
from toolkit.core.values.normalise import one_of, rewrite
from toolkit.core.values.numerals import Number, find_numbers
from toolkit.core.values.refusals import refuse_indefinite, refuse_other_notations, refuse_vague_words
from toolkit.core.values.unclear import UnclearError
from toolkit.core.values.units import segment
from toolkit.core.values.vocabulary import vocabulary

_SEVERAL = "有不止一个数，分不清哪个是指标值"
_JOINED = (
    (re.compile(r"[:比]$"), "是比值或时刻，不是一个数"),
    (re.compile(r"^(?:/|分之)$"), "是分数，不是一个数"),
    (re.compile(r"^[^\W\d]{0,3}[×*xX]$"), "是算式，不是一个数"),
    (re.compile(r"^\.$"), "有不止一个小数点"),
)


@cache
def _may_count() -> re.Pattern[str]:
    """Compile the characters of which every number and every date has at least one."""
    words = vocabulary()
    return re.compile(f"[0-9{words.chinese_digits}{words.chinese_powers}{words.half}年]")


def read_grammar(compacted: str) -> Value:
    """Read a folded text that is neither blank, a mark, an error value nor 不适用.

    Raises:
        UnclearError: the text holds a number without a definite meaning.
    """
    if not _may_count().search(compacted):
        return Words(compacted)
    text = rewrite(compacted)
    refuse_other_notations(text)
    hidden = hide_names(text)
    moment, hidden = _read_dates(text, hidden)
    if moment:
        return moment
    change = _read_change(text, hidden)
    if change:
        return change
    refuse_indefinite(hidden)
    numbers = find_numbers(hidden)
    if not numbers:
        return Words(compacted)
    refuse_vague_words(hidden)
    if len(numbers) == 1:
        return read_measure(text, hidden, numbers[0])
    if len(numbers) == 2 and (span := _read_span(text, hidden, *numbers)):
        return span
    raise _several(text, hidden, numbers)


def _read_dates(text: str, hidden: str) -> tuple[Moment | None, str]:
    """Read a text that is a date, and hide the dates that only name a period (2021年完成3场).

    Raises:
        UnclearError: a period from one date to another, or a date beside a number.
    """
    found = [date for date in find_dates(hidden) if date.end > date.start]
    if not found:
        return None, hidden
    joining = vocabulary().dates["joining"]
    leading = hidden[: found[-1].start]
    if leading.endswith(joining) and re.search(r"[0-9一二三四五六七八九十]", leading):
        raise UnclearError(text[found[0].start : found[-1].end], "是一段起止时间，不是一个期限")
    rest = hidden
    for date in found:
        rest = hide_span(rest, date.start, date.end)
    numbers = find_numbers(rest)
    firm = [date for date in found if not date.label]
    if firm and not numbers and len(firm) == 1:
        return firm[0].moment, rest
    if (numbers and all(_names_a_year(date) for date in found)) or not firm:
        return None, rest
    part = text[firm[0].start : firm[0].end]
    raise UnclearError(part, "既有时间又有数量，分不清哪个是指标值" if numbers else "有不止一个时间")


def _names_a_year(date: DateFound) -> bool:
    """Tell whether a date beside a number only names the period it is counted in."""
    return date.label or (date.moment.month is None and not date.moment.by)


@cache
def _change() -> re.Pattern[str]:
    """Compile 由A缩短为B."""
    words = vocabulary().context
    return re.compile(
        rf"(?:.*?{one_of(words['change_from'])}{one_of(words['change_before'])}?(?P<named>)|{one_of(words['change_before'])})?"
        rf"(?P<before>.+?){one_of(words['change_verbs'])}{one_of(words['change_to'])}?(?P<after>.+)\Z",
        re.DOTALL,
    )


def _read_change(text: str, hidden: str) -> Change | None:
    """Read a before and an after; ``None`` when the text tells no change.

    Raises:
        UnclearError: one of the two has no definite meaning.
    """
    found = _change().match(hidden)
    if not found:
        return None
    halves = [hidden[slice(*found.span(name))] for name in ("before", "after")]
    texts = [text[slice(*found.span(name))] for name in ("before", "after")]
    numbers = [find_numbers(half) for half in halves]
    to = hidden[: found.start("after")].endswith((*vocabulary().context["change_to"], "增至"))
    if not to or [len(each) for each in numbers] != [1, 1]:
        return None
    before, after = (read_measure(*half) for half in zip(texts, halves, (each[0] for each in numbers), strict=True))
    return Change(replace(before, unit=before.unit or after.unit), replace(after, unit=after.unit or before.unit))


@cache
def _range_mark() -> re.Pattern[str]:
    """Compile what stands between the two ends of a range: the unit of the first, the mark, a minus."""
    marks = one_of(vocabulary().range_marks)
    return re.compile(rf"(?P<unit>[^\s,;:。、()]{{0,8}}?){marks}(?P<minus>-)?\Z")


def _read_span(text: str, hidden: str, first: Number, second: Number) -> Span | None:
    """Read a range of two numbers; ``None`` when nothing joins them.

    A multiplier, a share or a unit written once covers both: 3-5万人, 30-50%.

    Raises:
        UnclearError: the ends are bounded, loosened, reversed or in different units.
    """
    between = _range_mark().match(text[first.end : second.start])
    if not between:
        return None
    part = text[first.start : second.end]
    front = read_front(hidden[: first.start], part)
    ends = read_back(between["unit"], part), read_back(text[second.end :], part)
    outer = ends[1]
    _refuse_loose_ends(first, second, ends, part)
    held = front.context + "控制在" in hidden
    if front.about or front.near or (front.sign not in (Sign.NONE, Sign.EQUAL) and not held):
        raise UnclearError(part, "范围不能再加界限或约数")
    points = ends[0].points or outer.points
    if first.open and not second.open and first.typed < second.typed:
        first = first.times(second.multiplier)
    if points is not None:
        first, second = first.times(points), second.times(points)
    low = -first.value if front.negative else first.value
    high = -second.value if between["minus"] else second.value
    if low >= high:
        raise UnclearError(part, "范围的两端颠倒或相同")
    unit = outer.unit or ends[0].unit
    return Span(low, high, unit)


def _refuse_loose_ends(first: Number, second: Number, ends: tuple[Back, Back], part: str) -> None:
    """Raise when an end of a range is bounded, loosened, or in another unit than the other end."""
    inner, outer = ends
    bounded = inner.sign is not Sign.NONE or outer.sign not in (Sign.NONE, Sign.AT_MOST)
    if bounded or first.over or second.over or inner.about or outer.about or inner.over or outer.over:
        raise UnclearError(part, "范围不能再加界限或约数")
    if inner.unit and inner.unit != outer.unit and (outer.unit or inner.unit != "%"):
        raise UnclearError(part, "范围两端的单位不同")


def _several(text: str, hidden: str, numbers: list[Number]) -> UnclearError:
    """Say which number is one too many, and how the first two are joined."""
    first, second = numbers[0], numbers[1]
    between = hidden[first.end : second.start]
    for pattern, reason in _JOINED:
        if pattern.search(between):
            return UnclearError(text[first.start : second.end], reason)
    behind = segment(text[second.end :])
    following = behind[: numbers[2].start - second.end] if len(numbers) > 2 else behind
    return UnclearError(text[second.start : second.end] + following, _SEVERAL)
