"""G02: the text of 预期目标 is not the approved text."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Remedy, Severity
from toolkit.checks.rows import bare
from toolkit.checks.rule import rule
from toolkit.checks.wording import shorten

_SHOWN = 20


@rule(
    "G02",
    title="预期目标与批复文字不同",
    severity=Severity.WARNING,
    remedy=Remedy.EXPLAIN,
    source="对照年初预算设定的绩效目标及指标值",
)
def goal_text_differs(case: Case) -> Iterator[Fault]:
    """“预期目标”应照抄批复的绩效目标；标点和空格的差别不计。

    为什么：预期目标随预算批复，年末改写就无法对照。
    怎么改：改回批复的文字；经批准调整的，说明批准文件和文号。给出批复的目标（--goals）时才核对。
    """
    if case.goals is None or case.goals.expected_goal.blank:
        return
    cell = case.form.expected_goal
    approved, filled = bare(case.goals.expected_goal.text), bare(cell.text)
    if approved != filled:
        start = _first_difference(approved, filled)
        yield Fault(
            cells=(cell,),
            fact=f"与批复的不同：批复“{_from(approved, start)}”，本表“{_from(filled, start)}”",
            found=cell.text,
            expected=case.goals.expected_goal.text,
            fix="请改回批复的文字；经批准调整的，在说明中写明批准文件和文号。",
        )


def _first_difference(one: str, other: str) -> int:
    unequal = (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(unequal, min(len(one), len(other)))


def _from(text: str, start: int) -> str:
    """Quote the text from a little before its first difference."""
    begin = max(0, start - 4)
    return ("…" if begin else "") + shorten(text[begin:], _SHOWN)
