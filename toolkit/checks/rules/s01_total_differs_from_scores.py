"""S01: a stated total that is not the sum of the scores."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from toolkit.checks.amounts import NOISE, unread
from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.rule import RESULTS, rule
from toolkit.checks.weights import addition, full_sum, leaves, rebased_weight, scored
from toolkit.core.form import Cell
from toolkit.core.money import cut, decimals_of, plain, round_half_up
from toolkit.core.values import CellError
from toolkit.scoring.total import cap_of


@rule(
    "S01",
    title="总分与各项得分之和不符",
    severity=Severity.ERROR,
    source="总分＝资金得分＋各指标得分之和",
    stages=RESULTS,
)
def total_differs_from_scores(case: Case) -> Iterator[Fault]:
    """“总分”应等于资金得分加各指标得分之和，各项按填的数相加，不取约数。

    为什么：改了一项得分忘改总分，是退回最多的原因。总分按自己印出的位数四舍五入的，只作说明。
    怎么改：恢复总分单元格的公式，或核对哪一项得分漏改。
    """
    total, found = case.form.total_score, leaves(case)
    yield from unread(leaf.score for leaf in found)
    if not isinstance(total.value, CellError):
        yield from unread((total,))
    stated, added = total.number, full_sum(found)
    if stated is None or added is None or rebased_weight(case) is not None:
        return
    limit = cap_of(case.scores.fund.rate, case.scheme)
    if all(abs(stated - due) >= NOISE for due in (added, added if limit is None else min(added, limit))):
        yield _fault(total, stated, added, addition(scored(found)))


def _fault(total: Cell, stated: Decimal, added: Decimal, working: str) -> Fault:
    places = decimals_of(total.figure.step) if total.figure else 2
    gap = f"{'多' if stated > added else '少'} {plain(abs(stated - added))} 分"
    hidden = "" if total.exact is None else f"（单元格内为 {plain(stated)}）"
    rounded = total.exact is None and round_half_up(added, places) == stated
    if rounded:
        tail = f"，总分保留了 {places} 位小数" if places else "，总分取了整数"
    else:
        tail = f"，{gap}" + ("（直接截去尾数，未四舍五入）" if cut(added, places) == stated else "")
    return Fault(
        cells=(total,),
        fact=f"填 {total.text}{hidden}，各项得分合计为 {plain(added)}{tail}",
        found=total.text,
        expected=plain(added),
        working=working,
        fix="不影响等级的可不改；要与各项得分完全一致，填 " + plain(added) + "。"
        if rounded
        else "恢复总分单元格的公式，或核对哪一项得分漏改。",
        severity=Severity.INFO if rounded else None,
    )
