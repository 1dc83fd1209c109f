"""What several rules ask of a row: is it scored, of which level, with what reason."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import lru_cache

from toolkit.checks.amounts import percent
from toolkit.checks.case import Case
from toolkit.checks.weights import out_of_use
from toolkit.checks.wording import shorten
from toolkit.core.form import Cell, Form, Indicator
from toolkit.core.kept import kept_in_argument
from toolkit.core.scheme import Scheme
from toolkit.core.values import Measure
from toolkit.scoring import Direction, IndicatorScore, Outcome

_LONGEST_DONE = 30
"""Characters up to which a text may say no more than that something is done."""
_WHOLE = 100
BY_RATE = ("percent", "rule")
"""Causes of a comparison that scored the row by a rate, whatever stands under 年度指标值."""
# A point between digits belongs to a number and stays.
_MARKS = re.compile(r"[\s,。;、:!?“”‘’\"'()《》]+|\.(?!\d)")


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """Return ``text`` without white space and punctuation, full-width characters made narrow."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text))


def reason_of(row: Indicator, scheme: Scheme) -> str:
    """Return 偏差原因分析及改进措施 as typed, "" where none is given: blank, a dash, 无, or only that it is done."""
    text = row.deviation.text.strip()
    if not text or (len(text) <= 6 and bare(text) in scheme.words["no_reason"]):
        return ""
    if len(text) <= _LONGEST_DONE and _says_done(bare(text), scheme.words["done"], scheme.words["done_beside"]):
        return ""
    return text if any(character.isalnum() for character in text) else ""


@lru_cache(maxsize=1024)
def _says_done(text: str, done: tuple[str, ...], beside: tuple[str, ...]) -> bool:
    """Tell whether ``text`` is made of words that say no more than that the target was met: 已完成年度目标."""
    return any(word in text for word in done) and _made_of((*done, *beside)).fullmatch(text) is not None


@lru_cache
def _made_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(map(re.escape, words))})+")


@kept_in_argument
def scored_rows(case: Case) -> tuple[IndicatorScore, ...]:
    """Return the rows in use with a 分值 above zero and a 得分."""
    return tuple(
        score
        for score in case.scores.rows
        if score.weight is not None and score.weight > 0 and score.filled is not None and not out_of_use(score.row)
    )


@kept_in_argument
def misread_bound(row: Indicator) -> str:
    """Return ≥90% for a target 290% that a result of at most 100 % stands beside, "" for any other row.

    Scanners read ≥ as 2. Nobody is blamed for missing such a target before it was compared with the original.
    """
    likely = likely_bound(row.target)
    actual = row.actual.value
    whole = isinstance(actual, Measure) and actual.unit == "%" and actual.high <= _WHOLE
    return likely if whole else ""


def likely_bound(cell: Cell) -> str:
    """Return what a percentage above 100 % would be if its leading 2 were a ≥, "" where that makes no sense."""
    text, value = cell.text.strip(), cell.value
    if not text.startswith("2") or not isinstance(value, Measure) or value.sign or not _above_whole(value):
        return ""
    rest = text[1:].strip()
    number = Cell(text=rest).value
    # 200% and 205% are what they say: nobody writes ≥00% or ≥05%.
    sensible = not rest.startswith("0") and isinstance(number, Measure) and not _above_whole(number)
    return f"≥{rest}" if sensible else ""


def _above_whole(value: Measure) -> bool:
    return value.unit == "%" and value.low > _WHOLE


def is_missed(score: IndicatorScore) -> bool:
    """Tell whether the target was missed, and the target is what it seems to be."""
    return score.outcome is Outcome.MISSED and not misread_bound(score.row)


def miss_of(score: IndicatorScore) -> str:
    """Say how a target was missed: 未达到指标值, and where the result is more than it should be, by how it is set."""
    found = score.comparison
    if found.cause == "date":
        return "晚于指标值"
    if found.cause in BY_RATE:
        return "未达到 100%"
    if found.target is None or found.actual is None or found.actual <= found.target:
        return "未达到指标值"
    return "突破上限" if found.direction is Direction.REVERSE else "超过指标值"


def values_of(score: IndicatorScore, done: str) -> str:
    """Name target and result of a row, for a row scored by a rate the rate: 指标值 27人，实际 25人; 完成率 20.01%.

    Args:
        score: the row.
        done: how the result is called: 实际, 实际完成.
    """
    row, completion = score.row, score.comparison.completion
    if score.comparison.cause in BY_RATE and completion is not None:
        return f"完成率 {percent(completion)}"
    return f"指标值 {shorten(row.target.text)}，{done} {shorten(row.actual.text)}"


@kept_in_argument
def short_rows(case: Case) -> tuple[tuple[IndicatorScore, str], ...]:
    """Return the scored rows that lost points or missed their target, so that a reason is due, with this reason."""
    return tuple(
        (score, reason_of(score.row, case.scheme))
        for score in scored_rows(case)
        if is_missed(score) or (score.shortfall > 0 and not misread_bound(score.row))
    )


def scored_by_leaf(form: Form) -> bool:
    """Tell whether the form is a tree of scored leaves: fewer than half of its scored rows have a 年度指标值."""
    scored = [row for row in form.weighted if not row.score.blank]
    return 2 * sum(not row.target.blank for row in scored) < len(scored)


def in_use(row: Indicator) -> bool:
    """Tell whether the row takes part or may: not 不适用, and its 分值 is not zero (goals may have none yet)."""
    return row.weight.number != 0 and not row.not_applicable


def of_level(row: Indicator, scheme: Scheme, words: str) -> bool:
    """Tell whether the row belongs to a kind of indicator, by its 一级 or 二级指标."""
    return scheme.mentions(f"{row.level1.text}\n{row.level2.text}", words)


def indicators_cell(form: Form, column: str, text: str) -> Cell:
    """Return a cell for what is missing among the indicators: the first row's, named 年度绩效指标."""
    first = form.indicators[0].level1
    return replace(first, field=f"年度绩效指标·{column}", text=text, exact=None)
