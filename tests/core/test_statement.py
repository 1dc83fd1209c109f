"""A scheme written down as settings of 评分参数 is the same scheme when it is taken back."""

from __future__ import annotations

import dataclasses

import pytest

from toolkit.core.scheme import Scheme, load_schemes
from toolkit.core.scheme.carried import carried_scheme, carried_settings
from toolkit.core.scheme.restate import scheme_of_settings, table_of
from toolkit.core.scheme.statement import stated

SCHEMES = load_schemes()
NATIONAL = SCHEMES["national-2020"]
LOCAL = [name for name in SCHEMES if name != "national-2020"]
NOT_STATED = {"severities", "readings"}
"""What 评分参数 does not say: it comes from the base, or is only where a setting was read."""


def differences(one: Scheme, other: Scheme) -> set[str]:
    return {each.name for each in dataclasses.fields(one) if getattr(one, each.name) != getattr(other, each.name)}


@pytest.mark.parametrize("name", LOCAL)
def test_every_scheme_comes_back_whole(name: str) -> None:
    scheme, problems = scheme_of_settings(stated(SCHEMES[name]), name)
    assert problems == ()
    assert differences(scheme, SCHEMES[name]) <= NOT_STATED


def test_only_what_differs_from_the_base_is_written() -> None:
    same, _ = table_of({**stated(NATIONAL), "标准名称": "t", "标准来源": "s"}, "new")
    assert same == {"id": "new", "extends": "national-2020", "title": "t", "source": "s"}
    changed, _ = table_of(
        {**stated(NATIONAL), "标准名称": "t", "标准来源": "s", "金额单位": "元", "等级·良": "85"}, "new"
    )
    assert changed == {
        **same,
        "form": {"currency_unit": "元"},
        "grades": [{"name": name, "least": least} for name, least in zip("优良中差", (90, 85, 60, 0), strict=True)],
    }


@pytest.mark.parametrize(
    ("label", "text", "told"),
    [
        ("金额单位", "人民币", "只能是 元 或 万元"),
        ("预算执行率分值", "十", "应为 0 至 100 的数"),
        ("执行率小数位", "9", "应为 0 至 6 的整数"),
        ("指标栏目·1", "指标", "前面只能是 一级指标"),
        ("指标栏目·9", "得分", "已经写过"),
        ("指标树·1", "产出指标", "应写成 一级指标｜二级指标｜2 行"),
        ("定性·1", "达成｜大部分", "应写成 名称｜100%-80%｜词、词"),
        ("适用年度", "今年", "应写成 2024-2026 或 2024年起"),
        ("分档扣分·1", "满意度｜九成得满分", "应写成 名称｜≥95% 得 100%"),
        ("总分上限·1", "执行率低｜79", "应写成 执行率低于 60%｜79 分"),
        ("评分规则·1", "资金支付｜看情况", "只能是 执行率 或 项目加权 或 人工评分"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_with_what_it_should_be(label: str, text: str, told: str) -> None:
    _, problems = table_of({**stated(NATIONAL), label: text}, "new")
    assert told in problems[0] and f"“{label}”填的“{text}”不能用" in problems[0]
    assert len(problems) == 1


def test_an_officers_spelling_is_taken() -> None:
    settings = {
        **stated(NATIONAL),
        "指标栏目·4": "年度指标值 = 年初目标值",
        "指标树·1": "产出指标|数量指标|3行",
        "适用年度": "2025年起",
        "标准分值·产出指标": "40分",
        "标准分值·效益指标": "40",
        "超额须说明": "120%",
        "资金行": "合计\n本级资金",
    }
    scheme, problems = scheme_of_settings(settings, "new")
    assert problems == ()
    assert scheme.columns[3].heading == "年初目标值"
    assert (scheme.tree[0].level2, scheme.tree[0].rows) == ("数量指标", 3)
    assert (scheme.applies_to.first_year, scheme.applies_to.last_year) == (2025, 2099)
    assert scheme.sections == {"产出指标": 40, "效益指标": 40, "满意度指标": 10}
    assert float(scheme.over_achievement) == 1.2
    assert scheme.fund_rows == ("合计", "本级资金")


def test_sections_that_do_not_make_100_are_left_out_and_added_up() -> None:
    scheme, problems = scheme_of_settings({**stated(NATIONAL), "标准分值·效益指标": "40"}, "new")
    assert scheme.sections == {}
    assert problems == (
        "分值相加不是 100：预算执行率 10＋产出指标 50＋效益指标 40＋满意度指标 10＝110；"
        "各一级指标的分值没有采用，请改正“预算执行率分值”和“标准分值·…”",
    )


def test_a_workbook_without_a_base_carries_no_scheme() -> None:
    settings = stated(NATIONAL)
    del settings["基准标准"]
    assert carried_settings(settings) == {}


def test_settings_that_contradict_one_another_give_no_scheme_but_the_reason() -> None:
    settings = {label: text for label, text in stated(NATIONAL).items() if not text.startswith("得分")}
    scheme, problem = carried_scheme(settings, "new")
    assert scheme is None
    assert problem == "少了得分"
