"""V07: a target in words that nobody can measure."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Remedy, Severity
from toolkit.checks.rows import in_use
from toolkit.checks.rule import rule
from toolkit.checks.wording import shorten
from toolkit.core.values import Words


@rule(
    "V07",
    title="指标值无法衡量",
    severity=Severity.NEXT_YEAR,
    remedy=Remedy.NEXT_YEAR,
    source="绩效指标应细化、量化、可衡量",
)
def target_not_measurable(case: Case) -> Iterator[Fault]:
    """指标值只写“有效提升”“显著”“逐步提高”等，没有数，也没有可以核对的标准。

    为什么：提高多少算提高，各人说法不同，得分没有依据。“及时”“合格”“准确”有标准可查，不在此列。
    怎么改：指标值随预算批复，本年不改；下年申报时改成可量化的指标值，如“比上年提高 5%”“办理时间≤3个工作日”。
    """
    rows = [
        row
        for row in case.form.indicators
        if isinstance(row.target.value, Words)
        and case.scheme.mentions(row.target.text, "unmeasurable")
        and in_use(row)
    ]
    if rows:
        texts = list(dict.fromkeys(row.target.text for row in rows))
        yield Fault(
            cells=tuple(row.target for row in rows),
            fact=f"填“{shorten(texts[0])}”" + ("等" if len(texts) > 1 else "") + "，没有可以衡量的标准",
            found="；".join(texts),
            fix="本年无须修改；建议下年改成可量化的指标值，如“比上年提高5%”“办理时间≤3个工作日”。",
        )
