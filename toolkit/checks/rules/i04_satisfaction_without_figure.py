"""I04: satisfaction without a figure, or with 无投诉 as its ground."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Remedy, Severity
from toolkit.checks.rows import of_level, scored_rows
from toolkit.checks.rule import RESULTS, rule
from toolkit.checks.wording import shorten
from toolkit.core.form import Cell, Indicator
from toolkit.core.values import Words
from toolkit.scoring.compare import is_satisfaction

_SURVEY = "有效份数"
_COMPLAINTS = "投诉"


@rule(
    "I04",
    title="满意度没有数据依据",
    severity=Severity.WARNING,
    remedy=Remedy.EXPLAIN,
    source="满意度指标以问卷、回访等调查结果为依据",
    stages=RESULTS,
)
def satisfaction_without_figure(case: Case) -> Iterator[Fault]:
    """满意度应有一个数；“未收到投诉”不能当作满意度的依据。

    为什么：没有投诉不等于满意；满意度分值高，上级常要求提供问卷和份数。
    怎么改：填调查得出的满意度，并在“报告要素”填有效份数、满意份数；没有调查的，写明这个数怎样得来。
    """
    surveyed = _SURVEY in case.form.facts and not case.form.facts[_SURVEY].empty
    for score in scored_rows(case):
        row = score.row
        if not surveyed and row.actual.empty and is_satisfaction(row, case.scheme) and _says_no_figure(row.basis):
            yield _fault(row.basis, f"得分 {row.score.text}，评分依据里没有满意度的数")
        if not of_level(row, case.scheme, "satisfaction_levels") or row.actual.empty:
            continue
        if _COMPLAINTS in row.level3.text:
            continue
        ground = None if surveyed else _no_complaint(row, case)
        if ground is not None:
            yield _fault(*ground)
        elif isinstance(row.actual.value, Words):
            yield _fault(row.actual, f"填“{shorten(row.actual.text)}”，没有满意度的数")


def _says_no_figure(basis: Cell) -> bool:
    return not basis.blank and not any(character.isdigit() for character in basis.text)


def _no_complaint(row: Indicator, case: Case) -> tuple[Cell, str] | None:
    for cell in (row.deviation, row.actual):
        word = next((each for each in case.scheme.words["no_complaint"] if each in cell.text), None)
        if word is not None:
            return cell, f"以“{word}”为依据，没有满意度调查的份数或结果"
    return None


def _fault(cell: Cell, fact: str) -> Fault:
    return Fault(
        cells=(cell,),
        fact=fact,
        found=cell.text,
        fix="请写明满意度的来源（问卷或回访、有效份数、满意份数）；没有开展调查的，在说明中写明这个数怎样得来。",
    )
