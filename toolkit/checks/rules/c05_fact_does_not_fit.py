"""C05: a fact of 报告要素 that is not of its kind."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.facts import known_cells
from toolkit.checks.finding import Fault, Remedy, Severity
from toolkit.checks.rule import rule
from toolkit.checks.wording import shorten
from toolkit.core.facts import problem_of
from toolkit.core.form import Cell


@rule(
    "C05",
    title="报告要素填法不合要求",
    severity=Severity.WARNING,
    remedy=Remedy.CORRECT,
    source="报告要素“单位或格式”栏",
)
def fact_does_not_fit(case: Case) -> Iterator[Fault]:
    """“报告要素”里的数、金额、日期、文号、勾选和选择，应按“单位或格式”一栏填写。

    为什么：这些内容要原样写进报告、参加核对；日期不成日期、金额不是一个确定的数，那一句就写不成，也核对不了。
    怎么改：照同一行的示例改写。没有的留空，不要写“无”“待定”。
    """
    wrong = [(cell, problem) for fact, cell in known_cells(case.form) if (problem := _problem(cell, problem_of(fact, cell)))]
    if not wrong:
        return
    cells = tuple(cell for cell, _ in wrong)
    (first, problem), *others = wrong
    quoted = f"填“{shorten(first.text)}”，{problem}"
    yield Fault(
        cells=cells,
        fact=f"报告要素有 {len(wrong)} 处填法不合要求，例如{first.field}{quoted}" if others else quoted,
        found="；".join(cell.text for cell in cells),
        working="；".join(f"{cell.field} 填“{shorten(cell.text)}”，{problem}" for cell, problem in wrong) if others else "",
        fix="请照“报告要素”同一行的示例改写；没有的留空。",
    )


def _problem(cell: Cell, problem: str) -> str:
    # A dash or 不适用 says that there is nothing, which is an answer.
    return "" if cell.empty else problem
