"""F03: a total of 项目资金 that is not the sum of its sources."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.amounts import sum_faults, unread
from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.fund_groups import fund_groups
from toolkit.checks.funds import column_sums
from toolkit.checks.rule import rule
from toolkit.core.form import FUND_COLUMNS


@rule("F03", title="资金合计与各来源不符", severity=Severity.ERROR, source="表内勾稽关系：合计＝各资金来源之和")
def fund_total_differs_from_parts(case: Case) -> Iterator[Fault]:
    """“年度资金总额”应等于各资金来源之和，年初预算数、全年预算数、全年执行数三列分别核对。

    为什么：执行率和资金得分都取自合计行，合计不对，整张表的总分就不可用。以万元填列的，允许印出位数的四舍五入尾差。
    怎么改：核对各来源金额，恢复合计行的公式，或把合计改为各来源之和。
    """
    form = case.form
    if form.fund_total is None:
        return
    sources = [source for source, _ in fund_groups(form)]
    for column in FUND_COLUMNS:
        yield from unread((form.fund_total.by_column[column], *(source.by_column[column] for source in sources)))
    # A source below zero is F16's, and so is what it makes of the sum.
    found = [each for each in column_sums(form).values() if each is not None and min(each.parts) >= 0]
    place = next((each.cell.address for each in found if not each.holds), None)
    fix = f"恢复 {place or '合计行'} 的公式，或核对各来源金额；执行率和资金得分都取自合计行。"
    yield from sum_faults(found, "{} 项来源", fix)
