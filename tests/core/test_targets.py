"""年度指标值 in three columns and as one text."""

from __future__ import annotations

import pytest

from toolkit.core.targets import join_target, split_target


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("≧735人次", ("≧", "735", "人次")),
        ("═100%", ("═", "100", "%")),
        ("≥11.376万元", ("≥", "11.376", "万元")),
        ("0次", ("", "0", "次")),
        ("6", ("", "6", "")),
        ("有效", ("", "有效", "")),
        ("98%以上", ("", "98%以上", "")),
        ("2021年12月31日", ("", "2021年12月31日", "")),
        ("", ("", "", "")),
    ],
)
def test_a_target_is_split_and_joined_again(text: str, parts: tuple[str, str, str]) -> None:
    assert split_target(text) == parts
    assert join_target(*parts) == text


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (("定性", "有效", ""), "有效"),
        (("≥", "95%", "%"), "≥95%"),
        (("定量指标", "95", "%"), "95%"),
        (("≥", "", "%"), ""),
    ],
)
def test_what_officers_type_is_read_as_one_target(parts: tuple[str, str, str], text: str) -> None:
    assert join_target(*parts) == text
