"""I03: a 数量 or 时效 indicator that only measures money paid."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Remedy, Severity
from toolkit.checks.rows import in_use
from toolkit.checks.rule import rule
from toolkit.core.form import Indicator
from toolkit.core.scheme import Scheme


@rule(
    "I03",
    title="数量或时效指标只反映资金支付",
    severity=Severity.NEXT_YEAR,
    remedy=Remedy.NEXT_YEAR,
    source="产出指标反映提供的产品和服务，资金支付由执行率反映",
)
def indicator_only_counts_money(case: Case) -> Iterator[Fault]:
    """数量或时效指标写成了“资金支付进度”“拨付金额”等，只反映花了多少钱。

    为什么：预算执行率已经单独计分，再设一个等于同一件事计两次，而做了多少事反而没有指标。
    怎么改：本年按批复填报；下年改成做了多少、多快，如“发放人数”“发放及时率”。
    """
    rows = [row for row in case.form.indicators if _counts_money(row, case.scheme) and in_use(row)]
    if rows:
        yield Fault(
            cells=tuple(row.level3 for row in rows),
            fact=(f"{len(rows)} 个指标" if len(rows) > 1 else "") + "只反映资金支付，与预算执行率重复",
            found="；".join(row.name for row in rows),
            fix="本年无须修改；建议下年改成做了多少、多快的指标，如“发放人数”“发放及时率”。",
        )


def _counts_money(row: Indicator, scheme: Scheme) -> bool:
    if not scheme.mentions(row.level3.text, "money_paid_names"):
        return False
    return scheme.mentions(row.level2.text, "quantity_levels") or scheme.mentions(row.level2.text, "time_levels")
