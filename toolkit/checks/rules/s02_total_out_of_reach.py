"""S02: a stated total that no scores for the missing rows could reach."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.rule import RESULTS, rule
from toolkit.checks.weights import addition, leaves, scored
from toolkit.core.money import plain


@rule(
    "S02",
    title="总分高于可能的最高分",
    severity=Severity.ERROR,
    source="总分＝资金得分＋各指标得分之和",
    stages=RESULTS,
)
def total_out_of_reach(case: Case) -> Iterator[Fault]:
    """有的行没有得分，但即使这些行都得满分，加起来也到不了所填的总分。

    为什么：总分不可能高于已填得分加未填各行的分值，总分或某项得分必有一处不对。
    怎么改：补填缺少的得分，再由公式算出总分。
    """
    total, found = case.form.total_score, leaves(case)
    missing = [leaf for leaf in found if leaf.missing]
    known = scored(found)
    if total.number is None or not missing or len(known) + len(missing) < len(found):
        return
    reach = sum(known, Decimal(0)) + sum((leaf.weight for leaf in missing), Decimal(0))
    if total.number > reach:
        yield Fault(
            cells=(total,),
            fact=f"填 {total.text}，而 {len(missing)} 项没有得分，即使都得满分，合计也只有 {plain(reach)}",
            found=total.text,
            expected=f"不高于 {plain(reach)}",
            working=addition((*known, *(leaf.weight for leaf in missing))),
            fix="补填缺少的得分，再恢复总分单元格的公式。",
        )
