"""What several rules ask of a row: is it scored, of which level, with what reason."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import lru_cache

from toolkit.checks.case import Case
from toolkit.core.form import Cell, Form, Indicator
from toolkit.core.kept import kept_in_argument
from toolkit.core.scheme import Scheme
from toolkit.scoring import IndicatorScore, Outcome

# A point between digits belongs to a number and stays.
_MARKS = re.compile(r"[\s,。;、:!?“”‘’\"'()《》]+|\.(?!\d)")


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """Return ``text`` without white space and punctuation, full-width characters made narrow."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text))


def reason_of(row: Indicator, scheme: Scheme) -> str:
    """Return 偏差原因分析及改进措施 as typed, "" where none is given: blank, a dash, or 无."""
    text = row.deviation.text.strip()
    if not text or (len(text) <= 6 and bare(text) in scheme.words["no_reason"]):
        return ""
    return text if any(character.isalnum() for character in text) else ""


@kept_in_argument
def scored_rows(case: Case) -> tuple[IndicatorScore, ...]:
    """Return the rows with a 分值 above zero and a 得分."""
    return tuple(
        score
        for score in case.scores.rows
        if score.weight is not None and score.weight > 0 and score.filled is not None
    )


@kept_in_argument
def short_rows(case: Case) -> tuple[tuple[IndicatorScore, str], ...]:
    """Return the scored rows that lost points or missed their target, so that a reason is due, with this reason."""
    return tuple(
        (score, reason_of(score.row, case.scheme))
        for score in scored_rows(case)
        if score.shortfall > 0 or score.outcome is Outcome.MISSED
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
