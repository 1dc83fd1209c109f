"""Reading from prose a total with its parts: 17台、17台、15台，共49台."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
_OF_WHICH = "其中"
_SCALES = {"": Decimal(1), "万": Decimal(10) ** 4, "亿": Decimal(10) ** 8}
_FAR = 16
"""Characters between two figures beyond which they no longer read as parts of one list."""
_MOST_PARTS = 8


@dataclass(frozen=True, slots=True)
class Sum:
    """A total and the parts named for it, as written and as numbers in one unit.

    Attributes:
        scale: how much the total's 万 or 亿 stands for, 1 without.
        unit: what follows the total's number as written, such as 万元.
        of_which: the parts follow the total after 其中.
    """

    total: Decimal
    total_text: str
    parts: tuple[Decimal, ...]
    part_texts: tuple[str, ...]
    scale: Decimal
    unit: str
    of_which: bool

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
            return sum(self.parts) > self.total and self.total not in self.parts
        return not any(
            sum(some) == self.total for size in range(1, len(self.parts) + 1) for some in combinations(self.parts, size)
        )


def sums_in(text: str, contrast: tuple[str, ...]) -> Iterator[Sum]:
    """Yield each total with at least two parts of its unit, sentence by sentence.

    Sentences with a word of ``contrast`` (计划, 上年, 比 …) set figures against one another and are left out.
    """
    if "共" not in text and "合计" not in text and "总计" not in text:
        return
    for sentence in _SENTENCE.split(text):
        figures = list(_FIGURE.finditer(sentence))
        totals = [index for index, figure in enumerate(figures) if _TOTAL.search(sentence[: figure.start()])]
        # With two totals in one sentence nobody can tell whose the parts are.
        if len(totals) == 1 and not any(word in sentence for word in contrast):
            yield from _sum(sentence, figures, totals[0])


def _sum(sentence: str, figures: list[re.Match[str]], index: int) -> Iterator[Sum]:
    total = figures[index]
    before = _chain(figures[:index][::-1], total, sentence)[::-1]
    after = figures[index + 1 :]
    of_which = bool(after) and _OF_WHICH in sentence[total.end() : after[0].start()]
    parts = _chain(after, total, sentence) if of_which else before
    if 2 <= len(parts) <= _MOST_PARTS:
        yield Sum(
            total=_number(total),
            total_text=total[0],
            parts=tuple(map(_number, parts)),
            part_texts=tuple(part[0] for part in parts),
            scale=_SCALES[total["scale"]],
            unit=total["scale"] + total["unit"],
            of_which=of_which,
        )


def _chain(figures: list[re.Match[str]], total: re.Match[str], sentence: str) -> list[re.Match[str]]:
    """Return the figures of the total's unit that follow one another closely, beginning at the total."""
    chain = [total]
    for figure in figures:
        first, second = sorted((chain[-1], figure), key=lambda found: found.start())
        if figure["unit"] != total["unit"] or second.start() - first.end() > _FAR:
            break
        chain.append(figure)
    return chain[1:]


def _number(figure: re.Match[str]) -> Decimal:
    return Decimal(figure["number"].replace(",", "")) * _SCALES[figure["scale"]]
