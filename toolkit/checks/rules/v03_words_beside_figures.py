"""V03: a qualitative target with a numeric result, or the reverse."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Remedy, Severity
from toolkit.checks.rule import RUNNING, rule
from toolkit.core.form import Indicator
from toolkit.core.values import Change, Measure, NotApplicable, Span, Words
from toolkit.scoring.compare import states_zero

_NUMERIC = (Measure, Span, Change)


@rule(
    "V03",
    title="指标值与完成值一为文字一为数字",
    severity=Severity.NEXT_YEAR,
    remedy=Remedy.NEXT_YEAR,
    source="年度指标值与实际完成值应能对照",
    stages=RUNNING,
)
def words_beside_figures(case: Case) -> Iterator[Fault]:
    """指标值是文字（及时、准确、有效保障等）而完成值是数字，或者相反，两者无法对照。

    为什么：“有效保障”完成了“100%”，看的人不知道 100% 指什么，得分也就没有依据。
    怎么改：指标值随预算批复，本年不改，也不影响得分；下年申报时改成可量化的指标值，如“≤3个工作日”“差错率≤1%”。
    """
    rows = [row for row in case.form.indicators if _mixed(row) and not _is_zero(row, case)]
    if rows:
        many = f"{len(rows)} 个指标的指标值和实际完成值一为文字、一为数字，无法对照"
        yield Fault(
            cells=tuple(row.actual for row in rows),
            fact=many if len(rows) > 1 else _single(rows[0]),
            found="；".join(f"{row.target.text} → {row.actual.text}" for row in rows),
            fix="本年无须修改，不影响得分；建议下年写成可量化的指标值，如“≤3个工作日”“差错率≤1%”。",
        )


def _is_zero(row: Indicator, case: Case) -> bool:
    return states_zero(row.target.value, row.actual.value, case.scheme)


def _mixed(row: Indicator) -> bool:
    target, actual = row.target.value, row.actual.value
    if isinstance(target, Words | NotApplicable):
        return isinstance(actual, _NUMERIC)
    return isinstance(target, _NUMERIC) and isinstance(actual, Words)


def _single(row: Indicator) -> str:
    return f"填 {row.actual.text}，指标值是“{row.target.text}”，一为文字、一为数字，无法对照"
