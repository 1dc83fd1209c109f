"""The scheme that a workbook carries in its own 评分参数, as the officer left it there."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from toolkit.core.scheme import statement as at
from toolkit.core.scheme.adjust import CEILING, GRADE, THRESHOLDS
from toolkit.core.scheme.fields import SchemeError
from toolkit.core.scheme.model import Scheme
from toolkit.core.scheme.restate import scheme_of_settings

_SINGLE = {
    *(at.NAME, at.ORIGIN, at.BASE, at.REGIONS, at.FORMS, at.YEARS),
    *(at.TITLE, at.UNIT, at.AMOUNT, at.GOALS, at.FUND_ROWS),
    *(at.FREE_WEIGHTS, at.EQUAL, at.BASIS, at.DECIMALS, at.SHOWN, at.FIXED, at.SCORE_DECIMALS, at.NOT_APPLICABLE),
    *(at.EXECUTION, at.SELF_STATED, at.OUTLINE, CEILING, *THRESHOLDS),
}
_SEVERAL = (at.FUND_COLUMN, at.COLUMN, at.LABEL, at.TREE, at.SECTION, at.BAND, at.CAP, at.SCALE, at.RULE, GRADE)


def carries(settings: Mapping[str, str]) -> bool:
    """Tell whether settings say a scheme whole."""
    return at.MARK in settings


def is_stated(label: str) -> bool:
    """Tell whether a label of 评分参数 is part of a scheme."""
    return label in _SINGLE or label.startswith(_SEVERAL)


def carried_settings(settings: Mapping[str, str]) -> dict[str, str]:
    """Return the settings of 评分参数 that are part of the scheme a workbook carries; none where it carries none."""
    return {label: text for label, text in settings.items() if is_stated(label)} if carries(settings) else {}


def carried_scheme(settings: Mapping[str, str], identity: str) -> tuple[Scheme | None, str]:
    """Build the scheme a workbook carries.

    Returns:
        The scheme, ``None`` where the settings contradict one another; and in Chinese what cannot be used, "" for nothing.
    """
    return _carried(tuple(settings.items()), identity)


@lru_cache(maxsize=64)
def _carried(settings: tuple[tuple[str, str], ...], identity: str) -> tuple[Scheme | None, str]:
    try:
        scheme, problems = scheme_of_settings(dict(settings), identity)
    except SchemeError as error:
        return None, error.remedy
    return scheme, "；".join(problems)
