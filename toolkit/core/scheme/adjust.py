"""评分参数 as the officer may edit it: grade bands, thresholds, the scoring of a broken ceiling."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any

from toolkit.core.money import plain
from toolkit.core.scheme.model import Ceiling, Grade, Scheme

GRADE = "等级·"
"""Beginning of the label of a grade's lower bound, such as 等级·优."""
CEILING = "上限指标超出时"
CEILINGS: Mapping[str, Ceiling] = {"比率": "ratio", "线性": "linear"}
THRESHOLDS = {"执行率下限": "execution_floor", "低执行率": "low_execution", "超额须说明": "over_achievement"}
"""Labels of the thresholds and what they are called in a scheme."""


def editable(scheme: Scheme) -> Mapping[str, str]:
    """Return the settings of 评分参数 that may be edited, by label, as ``scheme`` has them."""
    words = {variant: word for word, variant in CEILINGS.items()}
    settings = {f"{GRADE}{grade.name}": plain(grade.least) for grade in scheme.grades}
    settings |= {label: plain(getattr(scheme, name)) for label, name in THRESHOLDS.items()}
    return settings | {CEILING: words[scheme.ceiling]}


def adjust(scheme: Scheme, settings: Mapping[str, str]) -> tuple[Scheme, tuple[str, ...]]:
    """Return ``scheme`` with the settings of a workbook's 评分参数, and what they change, in Chinese.

    A setting that is missing, unchanged or no usable value leaves the scheme as it is; an unusable one is named.
    """
    changes: list[str] = []
    for label, usual in editable(scheme).items():
        typed = settings.get(label, "").strip()
        if not typed or typed == usual:
            continue
        changed = _changed(scheme, label, typed)
        if changed is None:
            changes.append(f"“{label}”填的“{typed}”不能用，仍按 {usual}")
        elif changed != scheme:
            scheme = changed
            changes.append(f"{label} {typed}（标准 {usual}）")
    return scheme, tuple(changes)


def _changed(scheme: Scheme, label: str, typed: str) -> Scheme | None:
    if label == CEILING:
        return replace(scheme, ceiling=CEILINGS[typed]) if typed in CEILINGS else None
    try:
        number = Decimal(typed)
    except InvalidOperation:
        return None
    if not number.is_finite() or number < 0:
        return None
    if label in THRESHOLDS:
        changes: dict[str, Any] = {THRESHOLDS[label]: number}
        return replace(scheme, **changes)
    grades = tuple(_graded(scheme, label.removeprefix(GRADE), number))
    falling = all(higher.least > lower.least for higher, lower in pairwise(grades))
    return replace(scheme, grades=grades) if falling and grades[-1].least == 0 else None


def _graded(scheme: Scheme, name: str, least: Decimal) -> Iterator[Grade]:
    for grade in scheme.grades:
        yield replace(grade, least=least) if grade.name == name else grade
