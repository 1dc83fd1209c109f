"""W04: a weight below zero, missing, 0 on a row in use, or above 0 on a row marked 不适用."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.rule import rule
from toolkit.checks.weights import below_zero, out_of_use, unweighted
from toolkit.core.form import Indicator


@rule("W04", title="分值缺少或不能用", severity=Severity.ERROR, source="每项在用指标应有大于 0 的分值，不适用的为 0")
def weight_unusable(case: Case) -> Iterator[Fault]:
    """在用的指标要有大于 0 的分值；“不适用”的指标分值为 0；分值不得为负。

    为什么：没有分值的指标，得分不知从何而来；不适用的指标占着分值，其余指标就少了分。
    怎么改：照批复的目标补填分值；不适用的改为 0，并把分值分给其余指标。
    """
    rows = case.form.indicators
    used = [row for row in rows if not out_of_use(row) and not (row.target.empty and row.score.empty)]
    yield from _listed(below_zero(case.form), "分值小于 0", "照批复的目标改正分值。")
    yield from _listed(unweighted(case.form), "有得分而没有分值", "照批复的目标补填分值。")
    yield from _listed(
        [row for row in used if row.weight.number == 0],
        "是在用的指标，分值为 0",
        "照批复的目标填写分值；本年不适用的，在年度指标值填“不适用”。",
    )
    if case.scheme.not_applicable == "zero":
        yield from _listed(
            [row for row in rows if out_of_use(row) and (row.weight.number or 0) > 0],
            "是不适用的指标，仍有分值",
            "分值改为 0，并把它分给其余指标，使合计仍为 100。",
        )


def _listed(rows: Sequence[Indicator], fault: str, fix: str) -> Iterator[Fault]:
    if rows:
        first = rows[0]
        single = f"填 {first.weight.text}，{fault}" if not first.weight.blank else f"没有填，该行{fault}"
        yield Fault(
            cells=tuple(row.weight for row in rows),
            fact=single if len(rows) == 1 else f"{len(rows)} 个指标{fault}",
            found="；".join(row.weight.text for row in rows),
            fix=fix,
        )
