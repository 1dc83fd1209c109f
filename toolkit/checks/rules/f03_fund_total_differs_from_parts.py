"""F03: a total of 项目资金 that is not the sum of its sources."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.amounts import column_sums, fund_groups, sum_fault, unread
from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
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
        total = form.fund_total.by_column[column]
        yield from unread((total, *(source.by_column[column] for source in sources)))
        found = column_sums(form)[column]
        if found is not None and not found.holds:
            fix = f"恢复 {total.address or '合计行'} 的公式，或核对各来源金额；执行率和资金得分都取自合计行。"
            yield sum_fault(found, f"{len(found.parts)} 项来源", fix)
