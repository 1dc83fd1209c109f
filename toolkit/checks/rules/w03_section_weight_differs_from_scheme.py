"""W03: sections weighted other than the scheme says."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Remedy, Severity
from toolkit.checks.rule import rule
from toolkit.checks.weights import HUNDRED, below_zero, same_section, sections, unweighted, weight_of, whole_weight
from toolkit.core.form import Cell
from toolkit.core.money import plain


@rule(
    "W03",
    title="各部分分值与标准不同",
    severity=Severity.NEXT_YEAR,
    remedy=Remedy.NEXT_YEAR,
    source="评分参数“分值”",
)
def section_weight_differs_from_scheme(case: Case) -> Iterator[Fault]:
    """预算执行率和各一级指标的分值，与评分标准规定的不同（如全国 10、50、30、10）。

    为什么：分值随目标批复，特殊情况可以调整，所以本年不改；标准规定不得调整的，须改正。
    怎么改：下年申报目标时按标准设置分值；确需调整的，先征得上级同意。
    """
    fixed = case.scheme.sections_fixed
    # Where the weights do not even add to 100, that is the fault to correct first (W01).
    if unweighted(case.form) or below_zero(case.form) or (whole_weight(case.form) != HUNDRED and not fixed):
        return
    wrong = list(_different(case))
    if wrong:
        yield Fault(
            cells=tuple(cell for _, cell, _, _ in wrong),
            fact=_fact(wrong),
            found="；".join(f"{name} {plain(found)}" for name, _, found, _ in wrong),
            expected="；".join(f"{name} {plain(due)}" for name, _, _, due in wrong),
            fix="按标准改正分值。" if fixed else "本年无须修改；下年申报目标时按标准设置，确需调整的先征得上级同意。",
            severity=Severity.ERROR if fixed else None,
        )


_Different = tuple[str, Cell, Decimal, Decimal]


def _different(case: Case) -> Iterator[_Different]:
    """Yield the name, first weight cell, weight and due weight of each part that differs.

    A form with a weighted section that the scheme does not know is another kind of form; nothing is compared.
    """
    form, scheme = case.form, case.scheme
    known: dict[str, list[tuple[Cell, Decimal]]] = {}
    for name, rows in sections(case).items():
        key = next((key for key in scheme.sections if same_section(key, name)), None)
        if key is None and weight_of(rows):
            return
        if key is not None:
            known.setdefault(key, []).append((rows[0].weight, weight_of(rows)))
    total = form.fund_total
    weight = total.weight.number if total else None
    if known and total is not None and weight is not None and weight != scheme.execution_weight:
        yield "预算执行率", total.weight, weight, scheme.execution_weight
    for name, parts in known.items():
        added = sum((points for _, points in parts), Decimal(0))
        if added and added != scheme.sections[name]:
            yield name, parts[0][0], added, scheme.sections[name]


def _fact(wrong: list[_Different]) -> str:
    if len(wrong) == 1:
        name, _, found, due = wrong[0]
        return f"所在的“{name}”共 {plain(found)} 分，标准为 {plain(due)} 分"
    listed = "、".join(f"{name} {plain(found)}（标准 {plain(due)}）" for name, _, found, due in wrong)
    return f"各部分分值与标准不同：{listed}"
