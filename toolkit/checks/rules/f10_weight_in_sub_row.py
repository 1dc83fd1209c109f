"""F10: 分值 of 预算执行率 printed again in a source row."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.rule import rule


@rule("F10", title="资金明细行又填了分值", severity=Severity.WARNING, source="自评表：执行率只在年度资金总额一行计分")
def weight_in_sub_row(case: Case) -> Iterator[Fault]:
    """预算执行率只在“年度资金总额”一行计分，来源行的“分值”应为“—”。

    为什么：来源行也填分值，汇总时容易重复相加，分值合计就不是 100 分。
    怎么改：把来源行的分值和得分改为“—”；上级模板就是这样印的，写一句说明即可。
    """
    total = case.form.fund_total
    if total is None or not total.weight.number:
        return
    lines = [line for line in case.form.fund_parts if (line.weight.number or 0) > 0]
    if lines:
        fact = f"填 {lines[0].weight.text}，“{total.name}”已计分值 {total.weight.text}，重复"
        yield Fault(
            cells=tuple(line.weight for line in lines),
            fact=fact if len(lines) == 1 else f"来源行的分值{fact}",
            found=lines[0].weight.text,
            expected="—",
            fix="把来源行的分值和得分改为“—”；上级模板如此的，写一句说明即可。",
        )
