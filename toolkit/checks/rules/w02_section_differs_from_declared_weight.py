"""W02: rows of a section that do not add to the weight the form declares for it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.rule import rule
from toolkit.checks.weights import addition, below_zero, declared_weights, same_section, sections, unweighted, weight_of
from toolkit.core.form import Indicator
from toolkit.core.money import plain


@rule("W02", title="一级指标分值与所列各项不符", severity=Severity.ERROR, source="表内注明的一级指标分值")
def section_differs_from_declared_weight(case: Case) -> Iterator[Fault]:
    """表内注明分值的一级指标（如“产出指标（50分）”），其下各项分值应加到这个数。

    为什么：一级指标的分值随目标批复，下面各项加不到，必有一项漏列或分值填错。
    怎么改：对照批复的目标，改正填错的分值或补列漏掉的指标。
    """
    if unweighted(case.form) or below_zero(case.form):
        return
    for name, declared in declared_weights(case.form).items():
        rows = _rows(case, name)
        weighted = [row for row in rows if not row.weight.empty]
        if weighted and all(row.weight.number is not None for row in weighted) and weight_of(rows) != declared:
            yield _fault(name, declared, weighted)


def _rows(case: Case, name: str) -> tuple[Indicator, ...]:
    found = sections(case)
    if name in found:
        return found[name]
    return next((rows for other, rows in found.items() if same_section(name, other)), ())


def _fault(name: str, declared: Decimal, rows: list[Indicator]) -> Fault:
    added = weight_of(rows)
    gap = f"{'少' if added < declared else '多'} {plain(abs(declared - added))} 分"
    if len(rows) == 1:
        fact = f"填 {rows[0].weight.text}，表内注明“{name}”共 {plain(declared)} 分，{gap}"
    else:
        fact = f"“{name}”各项分值合计 {plain(added)} 分，表内注明 {plain(declared)} 分，{gap}"
    return Fault(
        cells=tuple(row.weight for row in rows),
        fact=fact,
        found=plain(added),
        expected=plain(declared),
        working=addition(row.weight.number or Decimal(0) for row in rows),
        fix="对照批复的目标，改正填错的分值或补列漏掉的指标。",
    )
