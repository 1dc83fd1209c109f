"""C01: a heavy indicator without a source or 佐证."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Remedy, Severity
from toolkit.checks.rule import RESULTS, rule
from toolkit.core.money import plain


@rule(
    "C01",
    title="分值较大的指标没有佐证",
    severity=Severity.INFO,
    remedy=Remedy.CORRECT,
    source="自评结果应有数据来源和佐证材料",
    stages=RESULTS,
)
def evidence_missing(case: Case) -> Iterator[Fault]:
    """分值较大（默认 10 分以上）的指标，“数据来源”里应写明来源或佐证材料。

    为什么：上级复核先抽分值大的指标，临时找材料最费时间。
    怎么改：在“数据来源”表写明数据出处和佐证材料名称。
    """
    least = case.scheme.evidence_weight
    lacking = [
        row.evidence
        for row in case.form.indicators
        if row.evidence is not None and row.evidence.blank and (row.weight.number or 0) >= least
    ]
    if lacking:
        subject = f"有 {len(lacking)} 个" if len(lacking) > 1 else "没有填写；"
        ending = "没有写数据来源或佐证材料" if len(lacking) > 1 else "应写明数据来源或佐证材料"
        yield Fault(
            cells=tuple(lacking),
            fact=f"{subject}分值在 {plain(least)} 分以上的指标{ending}",
            fix="请在“数据来源”表写明数据出处和佐证材料名称。",
        )
