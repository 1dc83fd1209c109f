"""I01: 产出, 效益 or 满意度 is missing among the indicators."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Remedy, Severity
from toolkit.checks.rows import indicators_cell, of_level
from toolkit.checks.rule import rule
from toolkit.core.form import Indicator, section_name
from toolkit.core.scheme import Scheme

_SECTIONS = {"output_levels": "产出", "benefit_levels": "效益", "satisfaction_levels": "满意度"}


@rule(
    "I01",
    title="缺少产出、效益或满意度指标",
    severity=Severity.WARNING,
    remedy=Remedy.EXPLAIN,
    source="绩效指标包括产出指标、效益指标和满意度指标",
)
def section_missing(case: Case) -> Iterator[Fault]:
    """产出、效益、满意度三类指标都应设置；评分标准规定必设的，缺少为错误。

    为什么：三类指标各有分值，缺一类，分值就要调到别处，须有依据。用别的指标体系（如“管理效率”）的表不查。
    怎么改：补设所缺的指标；确不适用的（如没有外部服务对象），说明分值调到了哪里。
    """
    rows = case.form.indicators
    if not any(of_level(row, case.scheme, words) for row in rows for words in _SECTIONS):
        return
    present = {words for words in _SECTIONS if any(_belongs(row, case.scheme, words) for row in rows)}
    found = "、".join(dict.fromkeys(section_name(row.level1.text) for row in rows))
    for words in _SECTIONS:
        if words not in present:
            yield Fault(
                cells=(indicators_cell(case.form, "一级指标", found),),
                fact=f"有{found}，没有{_SECTIONS[words]}指标",
                found=found,
                fix=f"请补设{_SECTIONS[words]}指标；确不适用的，在说明中写明它的分值调到了哪里。",
                severity=Severity.ERROR if _required(case.scheme, words) else None,
            )


def _belongs(row: Indicator, scheme: Scheme, words: str) -> bool:
    """Tell whether a row belongs to a section; 满意度 stands in the third level of some trees."""
    if of_level(row, scheme, words):
        return True
    return words == "satisfaction_levels" and scheme.mentions(row.level3.text, words)


def _required(scheme: Scheme, words: str) -> bool:
    return any(scheme.mentions(name, words) for name in scheme.required_sections)
