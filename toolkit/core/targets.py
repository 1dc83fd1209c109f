"""年度指标值 in three columns: 指标性质 (≥), 指标值 (95), 度量单位 (%)."""

from __future__ import annotations

import re

from toolkit.core.values import Measure, read_value
from toolkit.core.values.vocabulary import vocabulary

NATURES = ("定性", "定量", "正向", "反向", "定性指标", "定量指标", "正向指标", "反向指标")
"""What 指标性质 may say besides a sign; it is no part of the value."""
_PARTS = re.compile(r"(?P<value>\d[\d.,，]*)(?P<unit>[^\d]*)")
_NO_UNITS = ("以上", "以下", "以内", "之内", "左右", "上下")


def join_target(nature: str, value: str, unit: str) -> str:
    """Return 年度指标值 as one text: ≥, 95 and % give ≥95%; a unit that stands behind the value already is not repeated."""
    if not value.strip():
        return ""
    sign = "" if nature.strip() in NATURES else nature
    return f"{sign}{value}{'' if value.endswith(unit) else unit}"


def split_target(text: str) -> tuple[str, str, str]:
    """Split 年度指标值 into 指标性质, 指标值 and 度量单位, so that joining them gives ``text`` again.

    A text that is not one number with a sign before it and a unit behind it stands in 指标值 as a whole.
    """
    whole = ("", text, "")
    sign = max((sign for sign, _ in vocabulary().plain_signs if text.startswith(sign)), key=len, default="")
    found = _PARTS.fullmatch(text[len(sign) :])
    if found is None or not isinstance(read_value(text), Measure):
        return whole
    parts = (sign, found["value"], found["unit"])
    fits = not found["unit"].endswith(_NO_UNITS) and join_target(*parts) == text
    return parts if fits else whole
