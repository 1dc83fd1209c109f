"""Grade bands (90分以上为优 …) and bands of qualitative results (100-80% …) in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import groupby, pairwise

from toolkit.intake.learn.words import data

_IN = r"(?:\((?:不?含)[^)]*\))?"
_NUMBER = rf"\d{{1,3}}(?:\.\d+)?{_IN}分?{_IN}"
_BEFORE = r"(?:(?<=[^\u4e00-\u9fff])|(?<=[为是定评即档级分上下])|^)"
_BEHIND = r"(?=[^\u4e00-\u9fff]|[级档等为是的]|$)"
_STEP = Decimal("0.01")
_LEAST_GRADES = 2


@dataclass(frozen=True, slots=True)
class GradeText:
    """A text that states all grades.

    Attributes:
        grades: name and least total in points, highest first.
        start: where it begins.
        end: where it ends.
        remarks: what is open in it, Chinese clauses.
        faults: where its bounds overlap or leave a gap, Chinese clauses.
    """

    grades: tuple[tuple[str, Decimal], ...]
    start: int
    end: int
    remarks: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BandText:
    """A text that states the shares of 分值 for qualitative results: name, low and high share, best first."""

    bands: tuple[tuple[str, Decimal, Decimal], ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    grade: str = ""
    low: Decimal | None = None
    high: Decimal | None = None


@cache
def _tokens_of() -> re.Pattern[str]:
    words = "|".join(sorted(data()["grades"]["words"], key=len, reverse=True))
    score = "(?:[a-zA-Z]|得分|总分|自评得分|自评总分|综合得分|分数|评分)+"
    return re.compile(
        rf"(?P<grade>{_BEFORE}(?:{words}){_BEHIND})"
        rf"|{_NUMBER}[-至到]{_NUMBER}"
        rf"|{_NUMBER}[≤<]{score}[<≤]=?{_NUMBER}"
        rf"|{_NUMBER}(?:≥|>=?){score}(?:≥|>=?){_NUMBER}"
        rf"|(?:≥|>=|不低于|大于等于|大于或等于|不少于|达到){_NUMBER}|{_NUMBER}(?:及|及其)?以上{_IN}"
        rf"|(?:>|大于|高于){_NUMBER}"
        rf"|(?:<=?|≤|低于|不足|小于){_NUMBER}|{_NUMBER}(?:及)?以下{_IN}"
    )


def find_grades(text: str) -> GradeText | None:
    """Find the one text that states the grades; its bounds and names alternate and fall to 0."""
    for run in _runs(list(_tokens(text))):
        found = _read_run(run)
        if found is not None:
            return found
    return None


def _tokens(text: str) -> Iterator[_Token]:
    for found in _tokens_of().finditer(text):
        if found["grade"]:
            yield _Token(found.start(), found.end(), grade=found["grade"])
            continue
        numbers = [Decimal(each) for each in re.findall(r"\d{1,3}(?:\.\d+)?", re.sub(r"\([^)]*\)", "", found[0]))]
        words = found[0]
        if len(numbers) == 2:
            low, high = sorted(numbers)
            yield _Token(found.start(), found.end(), low=low + (_STEP if _open_below(words, low) else 0), high=high)
        elif re.search(r"以下|低于|不足|小于|^[<≤]", words) and "不低于" not in words:
            yield _Token(found.start(), found.end(), high=numbers[0])
        else:
            open_end = "不含" in words or re.match(r">(?!=)|大于(?!等|或)|高于", words)
            yield _Token(found.start(), found.end(), low=numbers[0] + (_STEP if open_end else 0))


def _open_below(words: str, low: Decimal) -> bool:
    """Tell whether a range leaves its lower end out: 80(不含)-90, 80<得分<90."""
    number = f"{low:f}"
    return (
        re.search(rf"{re.escape(number)}分?\(不含", words) is not None
        or re.match(rf"{re.escape(number)}分?<", words) is not None
    )


def _runs(tokens: Sequence[_Token]) -> Iterator[list[_Token]]:
    """Yield runs of tokens without a long text between them."""
    run: list[_Token] = []
    for token in tokens:
        if run and token.start - run[-1].end > 24:
            yield run
            run = []
        run.append(token)
    if run:
        yield run


def _read_run(run: list[_Token]) -> GradeText | None:
    groups = [(is_grade, list(group)) for is_grade, group in groupby(run, key=lambda token: bool(token.grade))]
    bounds = [(name.grade, *_bounds(limits)) for name, limits in _pairs(groups)]
    if len(bounds) < _LEAST_GRADES:
        return None
    bounds.sort(key=lambda each: -each[1])
    lows = [low for _, low, _ in bounds]
    if (
        lows[-1] != 0
        or len(set(lows)) != len(lows)
        or lows[0] > 100
        or len({name for name, _, _ in bounds}) != len(bounds)
    ):
        return None
    start, end = groups[0][1][0].start, groups[-1][1][-1].end
    return GradeText(
        tuple((name, low) for name, low, _ in bounds), start, end, tuple(_open(bounds)), tuple(_faults(bounds))
    )


def _pairs(groups: list[tuple[bool, list[_Token]]]) -> list[tuple[_Token, list[_Token]]]:
    """Pair each name with its bounds; nothing is paired where the two do not alternate."""
    if len(groups) == 2 and len(groups[0][1]) == len(groups[1][1]):
        # 90分以上、80-90分、…，分别对应“优”“良”…
        (_, names), (_, limits) = sorted(groups, key=lambda group: not group[0])
        return [(name, [limit]) for name, limit in zip(names, limits, strict=True)]
    if groups[0][0] and len(groups[0][1]) > 1:
        # 分为优、良、中、差四个等级：90分以上为优 …
        groups = groups[1:]
    if len(groups) % 2:
        return []
    pairs = [
        (two[1], one[1]) if two[0] else (one[1], two[1]) for one, two in zip(groups[::2], groups[1::2], strict=True)
    ]
    return [(names[0], limits) for names, limits in pairs] if all(len(names) == 1 for names, _ in pairs) else []


def _bounds(tokens: list[_Token]) -> tuple[Decimal, Decimal | None]:
    lows = [token.low for token in tokens if token.low is not None]
    highs = [token.high for token in tokens if token.high is not None]
    return max(lows, default=Decimal(0)), min(highs, default=None)


def _open(bounds: list[tuple[str, Decimal, Decimal | None]]) -> Iterator[str]:
    for (_, least, _), (lower, _, most) in pairwise(bounds):
        if most is not None and _STEP < least - most <= 1:
            yield f"{most} 与 {least} 之间的分数算“{lower}”"


def _faults(bounds: list[tuple[str, Decimal, Decimal | None]]) -> Iterator[str]:
    for (upper, least, _), (lower, _, most) in pairwise(bounds):
        if most is not None and most > least:
            yield f"重叠：“{lower}”到 {most}，“{upper}”从 {least} 起"
        elif most is not None and least - most > 1:
            yield f"有缺口：{most} 与 {least} 之间没有等级"


_SHARE = re.compile(r"(?P<a>\d{1,3})%?(?:\(含\))?[-至到](?P<b>\d{1,3})%(?:\(含[^)]*\))?")
_NAMES = re.compile(
    r"(?:分为|分成|按照?|根据[^,。;；]{0,12}?(?:分为|分)|:)(?P<names>[^。;；:]{6,80}?)(?:等)?(?:三|四|3|4|五|5)(?:个)?(?:档次?|等次|等级|级)"
)


def find_bands(text: str) -> BandText | None:
    """Find the shares of 分值 for qualitative results: ranges of per cent that fall from 100 to 0 without a gap."""
    if not any(word in text for word in data()["bands"]["about"]):
        return None
    found = list(_SHARE.finditer(text))
    for first in range(len(found)):
        run = [found[first]]
        while (
            run[-1] is not found[-1]
            and found[first + len(run)].start() - run[-1].end() <= 30
            and _share(run[-1])[0] > 0
        ):
            run.append(found[first + len(run)])
        shares = [_share(each) for each in run]
        joined = all(upper[0] == lower[1] for upper, lower in pairwise(shares))
        if len(run) >= 3 and shares[0][1] == 100 and shares[-1][0] == 0 and joined:
            names = _names(text, len(run), run)
            bands = tuple((name, low / 100, high / 100) for name, (low, high) in zip(names, shares, strict=True))
            return BandText(bands, run[0].start(), run[-1].end())
    return None


def _share(found: re.Match[str]) -> tuple[Decimal, Decimal]:
    low, high = sorted((Decimal(found["a"]), Decimal(found["b"])))
    return low, high


def _names(text: str, count: int, run: list[re.Match[str]]) -> list[str]:
    """Return the names of the bands, "" for each where the text does not list them."""
    listed = _NAMES.search(text)
    if listed:
        names = [part for part in re.split("[、,]", listed["names"]) if part]
        if len(names) == count:
            return names
    starts = [0, *(each.end() for each in run)]
    between = [text[start : each.start()] for start, each in zip(starts, run, strict=False)]
    names = [found[-1] if (found := re.findall(r"[\u4e00-\u9fff]{3,20}", part)) else "" for part in between]
    named = all(re.search("达成|完成|实现|效果", name) for name in names)
    return names if named else [""] * count
