"""C03: the amounts of the funding documents do not add up to 全年预算数."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toolkit.checks.amounts import Sum, add_up
from toolkit.checks.case import Case
from toolkit.checks.facts import Row, filled_cell, table_rows
from toolkit.checks.finding import Fault, Remedy, Severity
from toolkit.checks.fund_groups import fund_groups
from toolkit.checks.rule import RUNNING, rule
from toolkit.core.form import Cell

TABLE, AMOUNT, PURPOSE, FUNDING = "资金依据", "本单位金额", "用途", "资金下达"


@rule(
    "C03",
    title="下达文件金额之和与全年预算数不符",
    severity=Severity.WARNING,
    remedy=Remedy.CORRECT,
    source="报告要素“资金依据”：各文件下达本单位金额之和＝全年预算数",
    stages=RUNNING,
)
def documents_differ_from_budget(case: Case) -> Iterator[Fault]:
    """“资金依据”里下达资金的各份文件，“本单位金额”之和应等于年度资金总额的“全年预算数”。

    为什么：报告第一章写“根据某某文件下达多少”，与表里的预算数不一致，上级第一眼就会问。
    怎么改：补上漏列的文件（追加、调减的文件也各列一行，调减填负数），或改正金额。上年结转不在文件里的，不算不符。
    """
    total = case.form.fund_total
    rows = [row for row in table_rows(case.form, TABLE) if _funds(row)]
    cells = [cell for row in rows if (cell := filled_cell(row, AMOUNT)) is not None]
    if total is None or total.annual_budget.empty or not cells:
        return
    found = add_up(case.form, total.annual_budget, cells)
    if found is None or found.rounding or _carried_over(case, found) or _unfinished(rows, cells, found):
        return
    missing = found.total - found.added
    yield Fault(
        cells=tuple(cells),
        fact=f"{_subject(cells)} {found.shown(found.added)}，而全年预算数填 {total.annual_budget.text}，"
        f"{'少' if missing > 0 else '多'} {found.shown(abs(missing))}",
        found=found.shown(found.added),
        expected=found.shown(found.total),
        working=f"{'＋'.join(found.shown(part) for part in found.parts)}＝{found.shown(found.added)}"
        f"；{found.shown(found.total)} － {found.shown(found.added)} = {found.shown(missing)}",
        fix="请核对有没有漏列的追加、调减文件（调减填负数），或改正金额；另有来源的，在说明中写明。",
    )


def _subject(cells: Sequence[Cell]) -> str:
    return "填" if len(cells) == 1 else f"{len(cells)} 份文件下达本单位的金额之和为"


def _funds(row: Row) -> bool:
    purpose = filled_cell(row, PURPOSE)
    return purpose is None or purpose.text.strip() == FUNDING


def _carried_over(case: Case, found: Sum) -> bool:
    """Tell whether money carried over from last year, which no document of this year names, is the difference."""
    carried = [
        case.form.amount(line.annual_budget)
        for line, _ in fund_groups(case.form)
        if case.scheme.mentions(line.name, "carry_over")
    ]
    amounts = [amount for amount in carried if amount]
    return bool(amounts) and abs(found.total - found.added - sum(amounts)) <= found.slack


def _unfinished(rows: Sequence[Row], cells: Sequence[Cell], found: Sum) -> bool:
    """Tell whether documents without an amount may hold what is missing."""
    return len(cells) < len(rows) and found.added < found.total
