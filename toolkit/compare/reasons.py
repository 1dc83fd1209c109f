"""修改原因, where the new draft says it: a new 偏差原因 in the row, a new 说明, a new 调整原因."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from toolkit.checks.review import Review
from toolkit.compare.model import NOTHING, Change
from toolkit.core.form import Line

_REASON = "偏差原因分析及改进措施"
_FUND_REASONS = {"调整原因": ("年初预算数", "全年预算数"), "执行率偏低原因": ("全年执行数", "执行率")}
"""报告要素 that give the reason for a change in these columns of 项目资金."""
_FOLLOWS = "由公式计算，随其他修改变动"


def with_reasons(changes: Sequence[Change], old: Review, new: Review) -> list[Change]:
    """Fill in the reasons that the new draft gives; the others stay blank for the officer."""
    rows = {change.line: change.after for change in changes if _gives_reason(change)}
    funds = dict(_fund_reasons(changes))
    answers = {key: text for key, text in _answers(new).items() if _answers(old).get(key) != text}
    return [replace(change, reason=_reason(change, rows, funds, answers)) for change in changes]


def _reason(
    change: Change, rows: Mapping[int, str], funds: Mapping[str, str], answers: Mapping[tuple[int, str], str]
) -> str:
    if change.reason or _gives_reason(change):
        return change.reason
    column = change.item.rpartition("·")[2]
    own = answers.get((change.line, change.new.field if change.new is not None else ""), "")
    in_row = rows.get(change.line, "") if Line.INDICATORS <= change.line < Line.TOTAL else ""
    of_funds = funds.get(column, "") if Line.FUNDS <= change.line < Line.GOALS else ""
    return own or in_row or of_funds or (_FOLLOWS if change.follows else "")


def _gives_reason(change: Change) -> bool:
    return change.item.endswith(f"·{_REASON}") and change.after != NOTHING


def _fund_reasons(changes: Sequence[Change]) -> Iterator[tuple[str, str]]:
    for change in changes:
        name = change.item.rpartition("·")[2]
        if name in _FUND_REASONS and change.line >= Line.FACTS and change.after != NOTHING:
            yield from ((column, change.after) for column in _FUND_REASONS[name])


def _answers(review: Review) -> Mapping[tuple[int, str], str]:
    """Return the officer's 说明 by the cells they answer."""
    return {
        (cell.line, cell.field): found.explained
        for found in review.findings
        if found.explained
        for cell in found.cells
    }
