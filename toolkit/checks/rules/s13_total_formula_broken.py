"""S13: an error value where the total should stand."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.rule import RESULTS, rule
from toolkit.core.values import CellError


@rule("S13", title="总分公式出错", severity=Severity.ERROR, source="总分＝资金得分＋各指标得分之和", stages=RESULTS)
def total_formula_broken(case: Case) -> Iterator[Fault]:
    """总分一行显示 #REF!、#VALUE! 等错误值，公式已经损坏。

    为什么：多半是删过行或粘贴过文字，公式找不到原来的单元格，总分和等级都算不出来。
    怎么改：恢复总分公式，使它覆盖资金得分和全部指标行。
    """
    for cell in (case.form.total_weight, case.form.total_score):
        if isinstance(cell.value, CellError):
            yield Fault(
                cells=(cell,),
                fact=f"是错误值 {cell.value.code}，公式已损坏",
                found=cell.text,
                fix="恢复总分一行的公式，使它覆盖资金行和全部指标行。",
            )
