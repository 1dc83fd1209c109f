"""F01: 得分 of 年度资金总额 that is not 分值 × 执行率."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.amounts import ZERO, agrees, unread
from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.funds import exact_rate
from toolkit.checks.rule import RESULTS, rule
from toolkit.core.money import cut, fixed
from toolkit.scoring import FundScore


@rule(
    "F01",
    title="资金得分与执行率不符",
    severity=Severity.ERROR,
    source="资金得分＝分值×执行率，不超过分值",
    stages=RESULTS,
)
def fund_score_differs_from_rate(case: Case) -> Iterator[Fault]:
    """年度资金总额的“得分”应等于分值乘以执行率，最多得满分。

    为什么：资金得分有固定算法，没有酌情余地；它错了，总分随之错。
    怎么改：清空得分单元格，由公式计算；执行率本身有误的，先改执行率。
    """
    fund = case.scores.fund
    if fund.line is None:
        return
    yield from unread((fund.line.annual_budget, fund.line.executed, fund.line.weight, fund.line.score))
    if exact_rate(case.form) is None or fund.computed is None or fund.filled is None:
        return
    if not agrees(fund.line.score, fund.computed):
        yield _fault(case, fund)


def _fault(case: Case, fund: FundScore) -> Fault:
    cell = fund.line.score if fund.line else case.form.total_score
    points = fixed(fund.computed or ZERO, case.scheme.score_decimals)
    return Fault(
        cells=(cell,),
        fact=f"填 {cell.text}，应为 {points}{_cause(case, fund)}",
        found=cell.text,
        expected=points,
        working=fund.working,
        fix=f"清空{cell.address or '得分'}由公式计算，总分随之重算。",
    )


def _cause(case: Case, fund: FundScore) -> str:
    form, line = case.form, fund.line
    budget = form.amount(line.annual_budget) if line else None
    executed = form.amount(line.executed) if line else None
    if not budget or executed is None or fund.weight is None or executed > budget:
        return ""
    truncated = cut(fund.weight * executed / budget, case.scheme.score_decimals)
    return "（直接截去尾数，未四舍五入）" if fund.filled == truncated else ""
