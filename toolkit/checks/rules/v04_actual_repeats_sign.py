"""V04: a result written with the sign of the target."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Remedy, Severity
from toolkit.checks.rule import RUNNING, rule
from toolkit.checks.wording import shorten
from toolkit.core.form import Indicator
from toolkit.core.values import Measure, Sign
from toolkit.scoring import IndicatorScore, Outcome

_SIGN = re.compile(r"[≥≧⩾≤≦⩽＞＜><]|[不未][低少小高大多]于|不超|至少|至多|[大小高低多少]于")


@rule(
    "V04",
    title="实际完成值不是确定的数",
    severity=Severity.WARNING,
    remedy=Remedy.CORRECT,
    source="实际完成值只填实际结果，不带≥≤号",
    stages=RUNNING,
)
def actual_repeats_sign(case: Case) -> Iterator[Fault]:
    """实际完成值应是一个确定的数，不应照抄指标值的“≥95%”。

    为什么：“≥95%”是要求，不是结果；照抄就看不出实际完成了多少。怎么读都已达到的，只作说明。
    怎么改：填实际的数，如 96.5%。
    """
    rows = [score for score in case.scores.rows if score.weight and _bounded(score.row) and _matters(score)]
    for met in (False, True):
        chosen = [score for score in rows if (score.outcome is Outcome.MET) is met]
        if chosen:
            yield _fault(chosen, Severity.INFO if met else None)


def _bounded(row: Indicator) -> bool:
    target, actual = row.target.value, row.actual.value
    if not isinstance(target, Measure) or not isinstance(actual, Measure):
        return False
    return actual.sign not in (Sign.NONE, Sign.EQUAL)


def _has_sign(row: Indicator) -> bool:
    return _SIGN.search(row.actual.text) is not None


def _matters(score: IndicatorScore) -> bool:
    """Tell whether a result that is only a bound is worth a remark: 1个月内 is one only where it decides nothing."""
    return _has_sign(score.row) or score.comparison.cause == "sign"


def _fault(chosen: list[IndicatorScore], severity: Severity | None) -> Fault:
    first = chosen[0].row
    ending = "，怎么读都已达到指标值" if severity else "，是否达到指标值不能确定"
    sign = "带有符号，" if all(_has_sign(score.row) for score in chosen) else ""
    single = f"填 {shorten(first.actual.text)}，{sign}不是一个确定的数{ending}"
    return Fault(
        cells=tuple(score.row.actual for score in chosen),
        fact=single if len(chosen) == 1 else f"{len(chosen)} 个实际完成值{sign}不是确定的数{ending}",
        found="；".join(score.row.actual.text for score in chosen),
        fix="请填实际的数，如 96.5%，不带“≥”“不低于”“以内”等；确实没有准确数的，在说明中写明依据。",
        severity=severity,
    )
