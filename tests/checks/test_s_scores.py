"""Rules S03 to S09 and S17: the score of one row."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.checks.forms import CLEAN, Sheet, case, lines, run, scheme_of
from toolkit.core.scheme import Scale, Scheme

COUNT, PAGES, QUALITY, COST, RULES = "整理档案数量", "扫描页数", "扫描合格率", "每页扫描成本", "档案管理制度"
REASON = "因设备检修未完成；下一步增加班次，3月底前补齐。"
NATIONAL: Scheme = scheme_of(CLEAN.form)


def filled(row: str, **typed: str) -> Sheet:
    """Fill in a row, let the total follow and leave the grade out."""
    sheet = CLEAN.with_cells(row, **typed).with_cell("表头", "等级", "")
    return sheet.with_cell("总分", "得分", _total(sheet))


def _total(sheet: Sheet) -> str:
    scores = [Decimal(each["score"]) for each in sheet.data["indicators"] if each["score"]]
    return f"{sum(scores) + Decimal('9.60'):f}"


def of(family: str, sheet: Sheet, **beside: Any) -> list[str]:
    return [line for line in lines(run(sheet, **beside)) if line.startswith(family)]


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        ("0", ["D01"]),
        ("10", []),
        ("10.00", []),
        ("10.01", ["S03"]),
        ("-0.01", ["S03"]),
    ],
)
def test_s03_keeps_a_score_between_zero_and_its_weight(score: str, expected: list[str]) -> None:
    assert [found.code for found in run(filled(PAGES, 得分=score))] == expected


def test_s03_speaks_for_the_other_rules_of_the_row() -> None:
    [found] = run(filled(PAGES, 实际完成值="90万页", 得分="11"))
    assert found.message == f"“{PAGES}·得分”填 11，大于分值 10"


def test_s03_takes_a_weight_of_zero_only_where_the_row_does_not_apply() -> None:
    assert of("S03", CLEAN.with_cell(PAGES, "分值", "0")) == []
    idle = CLEAN.with_cells(PAGES, 年度指标值="不适用", 实际完成值="不适用", 分值="0", 得分="10")
    assert of("S03", idle) == [f"S03 错误 {PAGES}·得分"]


def test_s03_leaves_the_score_of_the_funds_to_f01_where_that_can_say() -> None:
    assert of("S03", CLEAN.with_cell("年度资金总额", "得分", "11")) == []
    sheet = CLEAN.without("当年财政拨款", "上年结转资金", "其他资金")
    assert of("S03", sheet.with_cells("年度资金总额", 全年执行数="", 得分="11")) == ["S03 错误 年度资金总额·得分"]


MISSED = {"实际完成值": "95.5万页", "偏差原因": REASON}


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        ("9.55", []),
        ("9.550", []),
        ("9.56", [f"S04 说明 {PAGES}·得分"]),  # one hundredth either way is a remainder
        ("9.57", [f"S04 错误 {PAGES}·得分"]),
        ("9.9", [f"S04 错误 {PAGES}·得分"]),
        ("9.54", [f"S04 说明 {PAGES}·得分"]),
        ("9", [f"S04 说明 {PAGES}·得分"]),
        ("10", [f"S05 错误 {PAGES}·得分"]),
    ],
)
def test_s04_higher_is_a_fault_and_lower_the_officer_s_judgement(score: str, expected: list[str]) -> None:
    assert lines(run(filled(PAGES, 得分=score, **MISSED))) == expected


def test_s04_words_judgement_remainder_and_cut() -> None:
    def said(**typed: str) -> str:
        return run(filled(PAGES, 偏差原因=REASON, **typed))[0].message

    place = f"“{PAGES}·得分”"
    assert said(实际完成值="95.5万页", 得分="9") == f"{place}填 9，比按完成比例计算的 9.55 低 0.55 分，由填报人从严评定"
    assert said(实际完成值="95.5万页", 得分="9.54") == f"{place}填 9.54，按完成比例为 9.55，相差 0.01（尾差）"
    assert said(实际完成值="95.5万页", 得分="9.56") == f"{place}填 9.56，按完成比例为 9.55，相差 0.01（尾差）"
    assert said(实际完成值="95.567万页", 得分="9.55") == (
        f"{place}填 9.55，按完成比例为 9.56，相差 0.01（直接截去尾数，未四舍五入）"
    )
    assert said(实际完成值="95.5万页", 得分="9.6") == f"{place}填 9.6，按完成比例应为 9.55，多 0.05 分"


def test_s04_takes_a_broken_ceiling_either_way_the_scheme_scores_it() -> None:
    sheet = filled(COST, 实际完成值="0.55元", 得分="9.2", 偏差原因=REASON)
    [found] = run(sheet)
    assert (found.code, found.severity.word, found.expected) == ("S04", "错误", "9.09")
    linear = replace(NATIONAL, ceiling="linear")
    assert [each.expected for each in run(sheet, scheme=linear)] == ["9.00"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("014", ["S04 说明 政策知晓率·得分"]),
        ("024", ["S04 说明 全县参合人数·得分"]),
        ("107", ["S04 说明 采购办公设备计划数·得分"]),
        ("108", ["S04 错误 纸质档案数量；补扫描电子档案数量·得分"]),
        ("102", []),
        ("104", []),
    ],
)
def test_s04_on_published_forms(name: str, expected: list[str]) -> None:
    assert of("S04", case(name)) == expected


@pytest.mark.parametrize("score", ["9.55", "3", "10"])
def test_s04_cannot_say_anything_without_comparable_values(score: str) -> None:
    assert of("S0", filled(PAGES, 实际完成值="95.5万张", 得分=score, 偏差原因=REASON)) == []
    assert of("S0", filled(PAGES, 计算方式="人工", 得分=score, **MISSED)) == []


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        ("99.95万页", []),  # rounds to full points
        ("99.94万页", [f"S05 错误 {PAGES}·得分"]),
        ("100万页", []),
        ("约100万页", [f"S05 提醒 {PAGES}·得分"]),
        ("近百万页", []),
    ],
)
def test_s05_full_score_for_a_missed_target(actual: str, expected: list[str]) -> None:
    assert of("S0", filled(PAGES, 实际完成值=actual, 偏差原因=REASON)) == expected


def test_s05_shows_what_the_score_should_be() -> None:
    [found] = [each for each in run(case("106")) if each.code == "S05"]
    assert found.message == "“联系函、信息表邮寄量·得分”填满分 10.0；指标值 30.68万份，实际完成 30.5万份，未达到指标值"
    assert found.working == "10 × 30.5 ÷ 30.68 = 9.9413… → 9.94，扣 0.06 分"


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        ("0.5元", []),
        ("0.51元", [f"S06 错误 {COST}·得分"]),
        ("1元", [f"S06 错误 {COST}·得分"]),
        ("约0.5元", [f"S06 提醒 {COST}·得分"]),
    ],
)
def test_s06_full_score_over_a_ceiling(actual: str, expected: list[str]) -> None:
    assert of("S0", filled(COST, 实际完成值=actual, 偏差原因=REASON)) == expected


def test_s06_scores_the_published_example_both_ways() -> None:
    sheet = filled(COST, 年度指标值="≤5300元/户", 实际完成值="5830元/户", 偏差原因=REASON)
    [found] = run(sheet)
    assert found.working == "10 × 5300 ÷ 5830 = 9.0909… → 9.09，扣 0.91 分"
    assert [each.expected for each in run(sheet, scheme=replace(NATIONAL, ceiling="linear"))] == ["9.00"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"得分": "8", "偏差原因": REASON}, [f"S07 说明 {QUALITY}·得分"]),
        ({"得分": "8", "偏差原因": "无"}, ["D01"]),
        ({"得分": "8", "偏差原因": ""}, ["D01"]),
        ({"得分": "10"}, []),
    ],
)
def test_s07_a_met_target_marked_down_with_a_reason(typed: dict[str, str], expected: list[str]) -> None:
    found = lines(run(filled(QUALITY, **typed)))
    assert [line[: len(each)] for line, each in zip(found, expected, strict=True)] == expected


def test_s07_gathers_the_rows_of_a_form_and_leaves_rates_to_s08() -> None:
    sheet = filled(QUALITY, 得分="8", 偏差原因=REASON).with_cells(PAGES, 得分="9.5", 偏差原因=REASON)
    sheet = sheet.with_cells(COST, 年度指标值="≤100%", 实际完成值="86%", 得分="8.6", 偏差原因=REASON)
    sheet = sheet.with_cell("总分", "得分", _total(sheet))
    assert of("S0", sheet) == [f"S08 提醒 {COST}·得分", f"S07 说明 {PAGES}·得分、{QUALITY}·得分"]
    assert of("S07", case("101")) == ["S07 说明 参保人对转移的数据录入基本满意·得分"]
    assert of("S07", case("014")) == []


@pytest.mark.parametrize(
    ("target", "actual", "score", "fires"),
    [
        ("≤100%", "86%", "8.6", True),
        ("≤100%", "86%", "8.61", True),
        ("≤100%", "86%", "8.62", False),
        ("≤100%", "86%", "10", False),
        ("≤90%", "86%", "8.6", True),  # the rate itself
        ("≤90%", "86%", "9.56", True),  # the rate of the ceiling
        ("≤0.5元", "0.4元", "8", True),
        ("≥80%", "86%", "8.6", False),
        ("≤80%", "86%", "8.6", False),
    ],
)
def test_s08_a_ceiling_kept_and_scored_as_a_rate(target: str, actual: str, score: str, fires: bool) -> None:
    sheet = filled(COST, 年度指标值=target, 实际完成值=actual, 得分=score, 偏差原因=REASON)
    assert of("S08", sheet) == ([f"S08 提醒 {COST}·得分"] if fires else [])


@pytest.mark.parametrize("name", ["102", "104", "106"])
def test_s08_on_published_forms(name: str) -> None:
    assert [line[:6] for line in of("S08", case(name))] == ["S08 提醒"]


@pytest.mark.parametrize(
    ("actual", "score", "fires"),
    [
        ("达成年度指标", "12", False),  # 80 % belongs to the upper band
        ("达成年度指标", "11.99", True),
        ("部分达成年度指标并具有一定效果", "12", True),
        ("部分达成年度指标并具有一定效果", "11.99", False),
        ("部分达成年度指标并具有一定效果", "9", False),
        ("部分达成年度指标并具有一定效果", "8.99", True),
        ("未达成年度指标且效果较差", "8.99", False),
        ("未达成年度指标且效果较差", "9", True),
        ("未达成年度指标且效果较差", "0", False),
        ("未完全达成", "3", False),  # none of the scheme's words
        ("没有全部达成", "3", False),
        ("已达成，个别县部分完成", "3", False),  # two results
        ("基本达成", "9", False),
        ("基本完成", "15", True),
        ("基本完成", "11.99", False),
        ("大部分完成", "15", True),
        ("未开展", "15", True),
        ("未实施", "0", False),
        ("无未完成事项", "15", False),
        ("已制定并执行", "3", False),
    ],
)
def test_s09_a_qualitative_score_stays_in_its_band(actual: str, score: str, fires: bool) -> None:
    sheet = filled(RULES, 实际完成值=actual, 得分=score, 偏差原因=REASON)
    assert of("S09", sheet) == ([f"S09 错误 {RULES}·得分"] if fires else [])


def test_s09_names_the_band_and_leaves_numbers_alone() -> None:
    [found] = [each for each in run(filled(RULES, 实际完成值="部分达成", 得分="15")) if each.code == "S09"]
    assert found.message == (
        f"“{RULES}·得分”填 15；实际完成“部分达成”属“部分达成年度指标并具有一定效果”，应得 9 分以上、不到 12 分"
    )
    assert found.working == "15 × 60% = 9；15 × 80% = 12"
    assert of("S09", filled(PAGES, 得分="3")) == []


@pytest.mark.parametrize(
    ("actual", "score", "fires"),
    [("未开展", "10", True), ("未开展", "5", False), ("基本完成", "10", True), ("已整理", "10", False)],
)
def test_s09_judges_words_beside_a_number_too(actual: str, score: str, fires: bool) -> None:
    sheet = filled(PAGES, 实际完成值=actual, 得分=score, 偏差原因=REASON)
    assert of("S09", sheet) == ([f"S09 错误 {PAGES}·得分"] if fires else [])


@pytest.mark.parametrize(
    ("row", "typed", "words"),
    [
        (PAGES, {"实际完成值": "90万页"}, "未达到指标值"),
        (PAGES, {"年度指标值": "0起", "实际完成值": "1起"}, "超过指标值"),
        (COST, {"实际完成值": "0.55元"}, "突破"),
    ],
)
def test_a_miss_is_named_after_the_way_it_was_missed(row: str, typed: dict[str, str], words: str) -> None:
    found = run(filled(row, **typed))
    assert [(each.code[0], words in each.message) for each in found] == [("D", True), ("S", True)]


def test_a_late_result_is_called_late() -> None:
    found = [each for each in run(filled("扫描完成时间", 实际完成值="2023年12月2日")) if each.code == "D01"]
    assert [each.message.rpartition("，")[2] for each in found] == ["晚于指标值"]


SUSPECT = {"年度指标值": "290%", "实际完成值": "95%", "三级指标": "群众受益比例"}


@pytest.mark.parametrize("score", ["10", "3.28", "9"])
def test_nobody_is_blamed_for_a_target_that_the_scanner_made(score: str) -> None:
    [found] = run(filled(PAGES, 得分=score, **SUSPECT))
    assert (found.code, found.severity.word) == ("V06", "留意下年")
    assert found.message == "“群众受益比例·年度指标值”填 290%，疑似识别错误，可能是“≥90%”"


@pytest.mark.parametrize(
    ("target", "actual"),
    [("290%", "280%"), ("200%", "95%"), ("205%", "95%"), ("2101%", "95%"), ("≥290%", "95%"), ("390%", "95%")],
)
def test_a_percentage_that_can_be_meant_is_taken_at_its_word(target: str, actual: str) -> None:
    found = run(filled(PAGES, **SUSPECT | {"年度指标值": target, "实际完成值": actual}))
    assert [each.code for each in found] == ["D01", "S05"]


STEPS = Scale(("合格率",), ((Decimal("0.95"), Decimal(1)), (Decimal("0.85"), Decimal("0.8"))), Decimal(0), Decimal(0))
DEDUCTION = Scale(("合格率",), (), Decimal(3), Decimal(1))


def scaled(scale: Scale) -> Scheme:
    return replace(NATIONAL, scales=(scale,))


@pytest.mark.parametrize(
    ("actual", "score", "expected"),
    [
        ("95%", "10", []),  # 95 % of 98 % is above the first step
        ("90%", "8", []),
        ("90%", "9.18", [f"S17 错误 {QUALITY}·得分"]),
        ("90%", "10", [f"S05 错误 {QUALITY}·得分"]),
        ("70%", "0", []),
        ("70%", "8", [f"S17 错误 {QUALITY}·得分"]),
        ("约九成", "8", []),
        ("约九成", "8.5", [f"S17 错误 {QUALITY}·得分"]),
    ],
)
def test_s17_steps(actual: str, score: str, expected: list[str]) -> None:
    sheet = filled(QUALITY, 实际完成值=actual, 得分=score, 偏差原因=REASON)
    assert of("S", sheet, scheme=scaled(STEPS)) == expected


@pytest.mark.parametrize(
    ("actual", "score", "expected"),
    [
        ("96%", "10", []),  # 2.04 points short cost nothing
        ("94%", "9", []),  # 4.08 short: once 3
        ("94%", "8", [f"S17 错误 {QUALITY}·得分"]),
        ("0%", "0", []),
    ],
)
def test_s17_deductions(actual: str, score: str, expected: list[str]) -> None:
    sheet = filled(QUALITY, 实际完成值=actual, 得分=score, 偏差原因=REASON)
    assert of("S", sheet, scheme=scaled(DEDUCTION)) == expected


def test_s17_lets_a_score_by_hand_be() -> None:
    sheet = filled(QUALITY, 计算方式="人工", 实际完成值="90%", 得分="8.5", 偏差原因=REASON)
    assert of("S", sheet, scheme=scaled(STEPS)) == []
