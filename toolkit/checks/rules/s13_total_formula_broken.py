"""S13: an error value where the total should stand, or a formula that leaves scores out."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.rule import RESULTS, rule
from toolkit.checks.wording import place_of, shorten
from toolkit.core.money import plain
from toolkit.core.values import CellError

_SHOWN = 6
"""Cells named in the arithmetic; more would not be read."""


@rule("S13", title="总分公式出错", severity=Severity.ERROR, source="总分＝资金得分＋各指标得分之和", stages=RESULTS)
def total_formula_broken(case: Case) -> Iterator[Fault]:
    """总分一行显示 #REF!、#VALUE! 等错误值，或者公式没有覆盖资金得分和全部指标行。

    为什么：多半是删过行、加过行或粘贴过文字，公式找不到或没有加上有的单元格，总分和等级都不可用。
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
    left_out = case.form.left_out
    if left_out:
        total = case.form.total_score
        names = "、".join(cell.address or shorten(cell.field) for cell in left_out)
        points = sum((cell.number or Decimal(0) for cell in left_out), Decimal(0))
        yield Fault(
            cells=(total,),
            fact=f"的公式没有加上 {shorten(names)}，少计 {plain(points)} 分",
            found=total.text,
            working=f"没有加上的得分：{'；'.join(f'{place_of(cell)} {cell.text}' for cell in left_out[:_SHOWN])}",
            fix="恢复总分一行的公式，使它覆盖资金行和全部指标行。",
        )
