"""Reading from prose a total with its parts: 17台、17台、15台，共49台."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from toolkit.core.money import plain

_SENTENCE = re.compile(r"[。；;！!\n]")
_UNITS = "人次|工作日|平方米|立方米|公里|公斤"
_NUMBER = r"(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<scale>[万亿]?)"
# Dates, hours and shares are no parts of a quantity.
_FIGURE = re.compile(rf"{_NUMBER}(?P<unit>{_UNITS}|[^\W\d_a-zA-Z年月日号时分点季])")
_TOTAL = re.compile(r"(?:共计|合计|总计|(?<!公)共)[^\d，,、：:]{0,6}$")
_OF_WHICH = re.compile(r"[^\d其]{0,12}其中\s*(?P<colon>[：:]?)")
_BARE_LIST = re.compile(r"\s*(?P<list>\d+(?:\.\d+)?(?:\s*[、，]\s*\d+(?:\.\d+)?)+)(?![\d.])")
_LISTED = ("、", "和", "及", "与", "+", "＋")
_NESTED = ("其中", "（", "(", "）", ")")
_SCALES = {"": Decimal(1), "万": Decimal(10) ** 4, "亿": Decimal(10) ** 8}
_FAR = 16
"""Characters between two figures beyond which they no longer read as parts of one list."""
_FEWEST_PARTS, _MOST_PARTS = 2, 8


@dataclass(frozen=True, slots=True)
class Sum:
    """A total and the parts named for it, as written and as numbers in one unit.

    Attributes:
        scale: how much the total's 万 or 亿 stands for, 1 without.
        unit: what follows the total's number as written, such as 万元.
        of_which: the parts follow the total after 其中.
        step: the value of one unit in the total's last digit.
    """

    total: Decimal
    total_text: str
    parts: tuple[Decimal, ...]
    part_texts: tuple[str, ...]
    scale: Decimal
    unit: str
    of_which: bool
    step: Decimal

    @property
    def added(self) -> str:
        """Return the sum of the parts, written as the total is."""
        return f"{plain(sum(self.parts, Decimal(0)) / self.scale)}{self.unit}"

    @property
    def contradicts(self) -> bool:
        """Tell whether the parts cannot make the total.

        Parts after 其中 may be a selection, and some of the figures before a total may be no parts of it: where any of
        them add to the total, nothing is wrong.
        """
        if self.of_which:
            return sum(self.parts) - self.total > self.step / 2 and self.total not in self.parts
        return not any(
            sum(some) == self.total for size in range(1, len(self.parts) + 1) for some in combinations(self.parts, size)
        )


def sums_in(text: str, words: Mapping[str, tuple[str, ...]]) -> Iterator[Sum]:
    """Yield each total with at least two parts of its unit, sentence by sentence.

    Sentences with a word of ``contrast`` (计划, 上年, 比 …) set figures against one another; behind 其中 such a word,
    or one of ``apart`` (支付, 另), ends the list. Parts that overlap (``overlapping``: 女性, 党员) are left out.

    Args:
        text: 预期目标 or 实际完成情况.
        words: the word lists of the scheme.
    """
    if not any(mark in text for mark in ("共", "合计", "总计", "其中")):
        return
    for sentence in _SENTENCE.split(text):
        figures = [found for found in _FIGURE.finditer(sentence) if sentence[: found.start()][-1:] != "第"]
        for index, total in enumerate(figures):
            mark = _OF_WHICH.match(sentence, total.end())
            if mark is not None:
                yield from _parts_of(sentence, figures[index:], mark, words)
        yield from _added_up(sentence, figures, words["contrast"])


def _added_up(sentence: str, figures: list[re.Match[str]], contrast: tuple[str, ...]) -> Iterator[Sum]:
    """Find the total behind its parts: 17台、17台、15台，共49台."""
    totals = [index for index, figure in enumerate(figures) if _is_total(sentence, figure)]
    # With two totals in one sentence nobody can tell whose the parts are.
    if len(totals) != 1 or any(word in sentence for word in contrast):
        return
    total = figures[totals[0]]
    parts = _chain(figures[: totals[0]][::-1], total)[::-1]
    if _OF_WHICH.match(sentence, total.end()) is None and len(parts) <= _MOST_PARTS:
        yield from _sum(total, parts, of_which=False)


def _parts_of(
    sentence: str, figures: list[re.Match[str]], mark: re.Match[str], words: Mapping[str, tuple[str, ...]]
) -> Iterator[Sum]:
    """Find the parts behind a total, the first of ``figures``, and 其中."""
    total, *after = figures
    listed = _BARE_LIST.match(sentence, mark.end())
    if listed is not None:
        yield from _bare_sum(sentence, total, listed)
        return
    # A comma may begin something else; behind a colon or beside 共 all that follows is the list.
    marks = (*_LISTED, "，", ",") if mark["colon"] or _is_total(sentence, total) else _LISTED
    parts: list[re.Match[str]] = []
    for figure in after:
        gap = sentence[parts[-1].end() if parts else mark.end() : figure.start()]
        stops = (*_NESTED, *words["contrast"], *words["apart"])
        if figure["unit"] != total["unit"] or len(gap) > _FAR or any(word in gap for word in stops):
            break
        if parts and not any(word in gap for word in marks):
            break
        parts.append(figure)
    span = sentence[mark.end() : parts[-1].end() + _FAR] if parts else ""
    if not any(word in span for word in words["overlapping"]):
        yield from _sum(total, parts, of_which=True)


def _bare_sum(sentence: str, total: re.Match[str], listed: re.Match[str]) -> Iterator[Sum]:
    """Read numbers without a unit, or with one behind the last, in the unit of the total: 其中：80、25、10."""
    unit = total["scale"] + total["unit"]
    if sentence[listed.end() :].lstrip()[:1].isalnum() and not sentence[listed.end() :].lstrip().startswith(unit):
        return
    texts = re.split(r"\s*[、，]\s*", listed["list"])
    scale = _SCALES[total["scale"]]
    yield _written(total, [Decimal(text) * scale for text in texts], [text + unit for text in texts], of_which=True)


def _sum(total: re.Match[str], parts: list[re.Match[str]], *, of_which: bool) -> Iterator[Sum]:
    if len(parts) >= _FEWEST_PARTS:
        yield _written(total, list(map(_number, parts)), [part[0] for part in parts], of_which=of_which)


def _written(total: re.Match[str], parts: list[Decimal], texts: list[str], *, of_which: bool) -> Sum:
    scale = _SCALES[total["scale"]]
    return Sum(
        total=_number(total),
        total_text=total[0],
        parts=tuple(parts),
        part_texts=tuple(texts),
        scale=scale,
        unit=total["scale"] + total["unit"],
        of_which=of_which,
        step=scale.scaleb(-_decimals(total["number"])),
    )


def _decimals(number: str) -> int:
    return len(number.partition(".")[2])


def _is_total(sentence: str, figure: re.Match[str]) -> bool:
    return _TOTAL.search(sentence[: figure.start()]) is not None


def _chain(figures: list[re.Match[str]], total: re.Match[str]) -> list[re.Match[str]]:
    """Return the figures of the total's unit that precede one another closely, beginning at the total."""
    chain = [total]
    for figure in figures:
        if figure["unit"] != total["unit"] or chain[-1].start() - figure.end() > _FAR:
            break
        chain.append(figure)
    return chain[1:]


def _number(figure: re.Match[str]) -> Decimal:
    return Decimal(figure["number"].replace(",", "")) * _SCALES[figure["scale"]]
