"""Scores of rows and forms, in the table's own notation."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from toolkit.core.form import Cell, Form, FundLine, Indicator
from toolkit.core.scheme import Cap, Scheme, load_schemes
from toolkit.scoring import Direction, Outcome, score_form, score_funds, score_indicator

NATIONAL = load_schemes()["national-2020"]
SHENZHEN = load_schemes()["shenzhen-2021"]


def row(target: str, actual: str, *, level2: str = "数量指标", name: str = "指标", method: str = "", weight: str = "10") -> Indicator:
    texts = ("产出指标", level2, name, target, actual, weight, "", "")
    level1, level2_, level3, goal, done, points, score, reason = (Cell(text=text) for text in texts)
    return Indicator(level1, level2_, level3, goal, done, points, score, reason, method=Cell(text=method))


def funds(budget: str, executed: str, weight: str = "10") -> FundLine:
    texts = ("年度资金总额", budget, budget, executed, weight, "", "")
    return FundLine(*(Cell(text=text) for text in texts))


def form(line: FundLine | None, *rows: Indicator) -> Form:
    blank = Cell()
    return Form(
        2021, blank, blank, blank, blank, blank, blank, "元", (line,) if line else (), blank, blank, rows, blank, blank, blank
    )


@pytest.mark.parametrize(
    ("target", "actual", "level2", "points", "direction"),
    [
        ("≥95%", "95%", "质量指标", "10.00", "正向"),
        ("≥95%", "94.9%", "质量指标", "9.99", "正向"),
        ("27人", "25人", "数量指标", "9.26", "正向"),
        ("预计完成43万人次转移", "约46万人次", "数量指标", "10.00", "正向"),
        ("=42个", "50个", "数量指标", "10.00", "等于"),
        ("=42个", "40个", "数量指标", "9.52", "等于"),
        ("0起", "0起", "质量指标", "10.00", "等于"),
        ("0起", "1起", "质量指标", "0.00", "等于"),
        ("≤100%", "86%", "成本指标", "10.00", "反向"),
        ("≤5300元/户", "5830元/户", "成本指标", "9.09", "反向"),
        ("100万元", "98万元", "成本指标", "10.00", "反向"),
        ("5%", "4%", "成本指标", "10.00", "反向"),
        ("3至5天", "4天", "时效指标", "10.00", "等于"),
        ("由原来的7个工作日缩短为3个工作日以内", "3个工作日", "时效指标", "10.00", "反向"),
        ("2021年12月31日", "2021年12月20日", "时效指标", "10.00", "定性"),
        ("1.2万亩", "12000亩", "数量指标", "10.00", "正向"),
        ("100万元", "900000元", "数量指标", "9.00", "正向"),
        ("约500人", "508人", "数量指标", "10.00", "正向"),
        ("约500人", "480人", "数量指标", "10.00", "正向"),
        ("约500人", "470人", "数量指标", "9.40", "正向"),
        ("100-120人次", "125人次", "数量指标", "10.00", "等于"),
        ("100-120人次", "90人次", "数量指标", "9.00", "等于"),
        ("100-120万元", "125万元", "成本指标", "9.60", "反向"),
        ("100-120万元", "90万元", "成本指标", "10.00", "反向"),
        ("0起", "0", "质量指标", "10.00", "等于"),
        ("0人", "无", "质量指标", "10.00", "等于"),
    ],
)
def test_rows_the_rules_decide(target: str, actual: str, level2: str, points: str, direction: str) -> None:
    score = score_indicator(row(target, actual, level2=level2), NATIONAL)
    assert (f"{score.computed:f}", str(score.comparison.direction)) == (points, direction)


@pytest.mark.parametrize(
    ("target", "actual", "told"),
    [
        ("100%", "100", "单位不同或缺少单位"),
        ("25人", "25人次", "单位不同"),
        ("准确", "100%", "定性指标"),
        ("≥95%", "达成预期指标", "定性指标"),
        ("≥95%", "", "实际完成值没有值"),
        ("", "95%", "年度指标值没有值"),
        ("30万份", "约30.5万份", "约数"),
        ("100人", "#N/A", "错误值 #N/A"),
        ("100人", "约四十多万", "四十多万"),
        ("≤5%", "≥3%", "带有符号"),
    ],
)
def test_rows_only_a_person_can_decide_say_why(target: str, actual: str, told: str) -> None:
    score = score_indicator(row(target, actual), NATIONAL)
    assert score.computed is None
    assert told in score.working


def test_a_saving_is_better_the_larger_it_is() -> None:
    assert score_indicator(row("5%", "4%", level2="成本指标", name="成本节约率"), NATIONAL).computed == 8


def test_money_paid_at_a_rate_has_no_ceiling() -> None:
    assert score_indicator(row("300元/人", "320元/人", level2="成本指标", name="人均补助标准"), NATIONAL).computed == 10
    assert score_indicator(row("300元/人", "320元/人", level2="成本指标", name="人均成本"), NATIONAL).computed == Decimal("9.38")


def test_the_officer_may_choose_how_a_row_is_computed() -> None:
    assert score_indicator(row("100件", "120件", method="反向"), NATIONAL).computed == Decimal("8.33")
    assert score_indicator(row("100件", "120件", method="人工"), NATIONAL).computed is None


def test_a_row_that_does_not_apply_counts_nothing() -> None:
    score = score_indicator(row("不适用", "0", weight="0.0"), SHENZHEN)
    assert (score.outcome, score.computed) == (Outcome.NOT_APPLICABLE, Decimal(0))


def test_a_row_without_a_weight_has_no_score() -> None:
    assert score_indicator(row("10个", "8个", weight=""), NATIONAL).computed is None


def test_linear_ceiling_is_a_setting_of_the_scheme() -> None:
    linear = replace(NATIONAL, ceiling="linear")
    assert score_indicator(row("≤5300元", "5830元", level2="成本指标"), linear).computed == 9


def test_a_ceiling_kept_is_not_a_missed_target() -> None:
    score = score_indicator(row("≤100%", "86%", level2="成本指标"), NATIONAL)
    assert (score.outcome, score.comparison.direction) == (Outcome.MET, Direction.REVERSE)


@pytest.mark.parametrize(
    ("scheme", "budget", "executed", "rate", "points"),
    [
        (SHENZHEN, "138000", "16000", "0.12", "1.20"),
        (NATIONAL, "138000", "16000", "0.1159", "1.16"),
        (SHENZHEN, "4448000.00", "3866689.10", "0.87", "8.70"),
        (NATIONAL, "4448000.00", "3866689.10", "0.8693", "8.69"),
        (NATIONAL, "100", "105", "1.0500", "10.00"),
        (NATIONAL, "0", "5", "0", "0.00"),
        (NATIONAL, "-120", "118.5", "0", "0.00"),
        (SHENZHEN, "-120", "-118.5", "0", "0.00"),
        (NATIONAL, "120", "-118.5", "0", "0.00"),
    ],
)
def test_the_execution_rate_on_both_rounding_bases(
    scheme: Scheme, budget: str, executed: str, rate: str, points: str
) -> None:
    fund = score_funds(form(funds(budget, executed)), scheme)
    assert (fund.rate, f"{fund.computed:f}") == (Decimal(rate), points)


def test_a_missing_amount_leaves_the_execution_rate_open() -> None:
    fund = score_funds(form(funds("", "5")), NATIONAL)
    assert fund.computed is None and "没有填" in fund.working


def test_rows_that_do_not_apply_can_be_re_based_to_a_hundred() -> None:
    rows = (row("10个", "5个", weight="40"), row("不适用", "", weight="50"))
    rebased = replace(NATIONAL, not_applicable="rebase")
    assert score_form(form(funds("10", "10"), *rows), rebased).computed == 60


def test_a_low_execution_rate_can_cap_the_total() -> None:
    capped = replace(NATIONAL, caps=(Cap(Decimal("0.8"), Decimal(89)), Cap(Decimal("0.6"), Decimal(69))))
    rows = (row("10个", "10个", weight="90"),)
    assert score_form(form(funds("100", "70"), *rows), capped).computed == 89
    assert score_form(form(funds("100", "50"), *rows), capped).computed == 69
    assert score_form(form(funds("100", "80"), *rows), capped).computed == 98


@pytest.mark.parametrize(("total", "grade"), [("90", "优"), ("89.99", "良"), ("80", "良"), ("60", "中"), ("59.99", "差"), ("0", "差")])
def test_grades(total: str, grade: str) -> None:
    assert NATIONAL.grade_of(Decimal(total)).name == grade
