"""F04: money spent in a row whose 全年预算数 is 0."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.funds import carried_over_explains, wrong_totals
from toolkit.checks.rule import RUNNING, rule
from toolkit.core.form import Form, FundLine


@rule("F04", title="没有预算却有执行", severity=Severity.ERROR, source="全年执行数应在全年预算数之内", stages=RUNNING)
def spent_without_budget(case: Case) -> Iterator[Fault]:
    """某一行“全年预算数”为 0 而“全年执行数”大于 0，两数必有一个填错了行或漏填。

    为什么：没有预算就没有执行率，资金得分无从计算；常见的是年中下达或结转的资金没有补进全年预算数，或者填错了来源行。
    怎么改：把年中下达、上年结转的金额填进全年预算数；填错来源行的，移到对应的行。
    """
    # A total that is 0 beside its sources is F03's.
    form, wrong = case.form, wrong_totals(case.form)
    funds = form.fund_parts if "全年预算数" in wrong else form.funds
    lines = [line for line in funds if _spent_without_budget(form, line)]
    if not wrong & {"全年预算数", "全年执行数"} and carried_over_explains(case):
        # What was spent of 上年结转 without its budget is what F05 asks about in the total.
        lines = [line for line in lines if not case.scheme.mentions(line.name, "carry_over")]
    if lines:
        first = lines[0]
        single = f"填 {first.annual_budget.text}，而全年执行数填 {first.executed.text}"
        yield Fault(
            cells=tuple(line.annual_budget for line in lines),
            fact=single if len(lines) == 1 else f"全年预算数为 0，而全年执行数大于 0（{first.executed.text} 等）",
            found="；".join(line.annual_budget.text for line in lines),
            fix="把年中下达或上年结转的金额填进全年预算数；执行数填错来源行的，移到对应的行。",
        )


def _spent_without_budget(form: Form, line: FundLine) -> bool:
    return form.amount(line.annual_budget) == 0 and (form.amount(line.executed) or 0) > 0
