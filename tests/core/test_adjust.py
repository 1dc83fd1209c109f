"""评分参数 edited by the officer."""

from __future__ import annotations

from decimal import Decimal

import pytest

from toolkit.core.scheme import adjust, editable, load_schemes

SCHEME = load_schemes()["national-2020"]


def test_what_may_be_edited_and_how_it_stands() -> None:
    assert editable(SCHEME) == {
        "等级·优": "90",
        "等级·良": "80",
        "等级·中": "60",
        "等级·差": "0",
        "执行率下限": "0.9",
        "低执行率": "0.6",
        "超额须说明": "1.3",
        "上限指标超出时": "比率",
    }


def test_nothing_changes_where_nothing_was_edited() -> None:
    assert adjust(SCHEME, editable(SCHEME)) == (SCHEME, ())
    assert adjust(SCHEME, {"执行率下限": "0.90"}) == (SCHEME, ())


def test_edited_settings_count_and_are_told() -> None:
    scheme, changes = adjust(SCHEME, {"等级·优": "85", "超额须说明": "1.2", "上限指标超出时": "线性"})
    assert (scheme.grade_of(Decimal(86)).name, scheme.over_achievement, scheme.ceiling) == ("优", Decimal("1.2"), "linear")
    assert changes == ("等级·优 85（标准 90）", "超额须说明 1.2（标准 1.3）", "上限指标超出时 线性（标准 比率）")


@pytest.mark.parametrize(
    "settings", [{"等级·优": "很高"}, {"等级·优": "70"}, {"等级·差": "5"}, {"执行率下限": "-1"}, {"上限指标超出时": "对半"}]
)
def test_a_setting_that_cannot_be_used_is_named_and_left_out(settings: dict[str, str]) -> None:
    scheme, changes = adjust(SCHEME, settings)
    assert scheme == SCHEME
    assert len(changes) == 1 and "不能用" in changes[0]
