"""Rows that a scheme scores by a rule of its own, equal shares, and 完成率 with its counts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.core.form import Cell, Form, Indicator
from toolkit.core.scheme import Scheme, load_schemes
from toolkit.intake.interchange import read_interchange
from toolkit.scoring import (
    IndicatorScore,
    Outcome,
    completion_of,
    completion_statistics,
    equal_shares,
    score_form,
    score_indicator,
)

DATA = Path(__file__).parents[2] / "toolkit" / "data"
POSTAGE = read_interchange(DATA / "guangdong-2024" / "heyuan.json").form
DEPARTMENT = read_interchange(DATA / "foshan-department-2022" / "foshan.json").form
SCHEMES = load_schemes()
GUANGDONG, FOSHAN, YUNNAN = (SCHEMES[name] for name in ("guangdong-2024", "foshan-department-2022", "yunnan-2022"))
PROJECTS = "项目绩效目标完成率"


def row(form: Form, name: str, **texts: str) -> Indicator:
    """Take a row of a form and type over some of its cells."""
    [found] = [each for each in form.indicators if each.name == name]
    cells: dict[str, Any] = {key: Cell(f"{name}·{key}", text) for key, text in texts.items()}
    return replace(found, **cells)


def spent(form: Form, budget: str, executed: str) -> Form:
    """Type the amounts of the total row."""
    [line, *rest] = form.funds
    line = replace(line, annual_budget=Cell("年度资金总额·全年预算数", budget), executed=Cell("年度资金总额·全年执行数", executed))
    return replace(form, funds=(line, *rest))


def listed(*projects: tuple[str, str, str]) -> Form:
    """Fill in 项目清单 with name, funds and self-score."""
    columns = ("项目名称", "资金", "自评得分")
    table = tuple(dict(zip(columns, map(lambda text: Cell(text=text), texts), strict=True)) for texts in projects)
    return replace(DEPARTMENT, tables={**DEPARTMENT.tables, "项目清单": table})


def scored(form: Form, name: str, scheme: Scheme, **texts: str) -> IndicatorScore:
    return score_indicator(row(form, name, **texts), scheme, form)


@pytest.mark.parametrize(
    ("budget", "executed", "points", "working"),
    [
        ("1.99", "1.99", "12.00", "1.99 ÷ 1.99 = 1；12 × 1.99 ÷ 1.99 = 12.00"),
        ("2", "1.99", "11.94", "1.99 ÷ 2 = 0.995；12 × 1.99 ÷ 2 = 11.94"),
        ("2", "2.5", "12.00", "2.5 ÷ 2 = 1.25；12 × 1 = 12.00"),
        ("0", "1", "0.00", "全年预算数为 0，执行率按 0 计"),
    ],
)
def test_a_row_scored_by_the_execution_rate(budget: str, executed: str, points: str, working: str) -> None:
    found = scored(spent(POSTAGE, budget, executed), "资金支出率", GUANGDONG)
    assert (f"{found.computed:f}", found.working) == (points, working)
    assert found.outcome is (Outcome.MET if points == "12.00" else Outcome.MISSED)


def test_without_amounts_the_execution_rate_is_not_scored() -> None:
    found = scored(spent(POSTAGE, "", "1.99"), "资金支出率", GUANGDONG)
    assert (found.computed, found.working) == (None, "全年预算数或全年执行数没有填，无法计算执行率")


def test_a_way_of_scoring_that_the_officer_chose_goes_before_the_rule() -> None:
    found = scored(spent(POSTAGE, "2", "1"), "资金支出率", GUANGDONG, method="人工")
    assert (found.computed, found.working) == (None, "计算方式为“人工”，由填报人评分")


def test_a_row_scored_by_the_projects_of_the_department() -> None:
    form = listed(("甲", "444.80", "97.59"), ("乙", "100", "80"))
    found = scored(form, PROJECTS, FOSHAN)
    # (97.59 × 444.80 + 80 × 100) ÷ 544.80 = 94.3612…; 7 × 94.3612… % = 6.6052…
    assert f"{found.computed:f}" == "6.61"
    assert found.working == (
        "加权平均得分 （97.59×444.8＋80×100）÷ 544.8 = 94.3612…；7 × 51408.032 ÷ 544.8 ÷ 100 → 6.61"
    )


def test_many_projects_are_not_all_written_out() -> None:
    form = listed(*((f"项目{number}", "10", "90") for number in range(53)))
    found = scored(form, PROJECTS, FOSHAN)
    assert f"{found.computed:f}" == "6.30"
    assert found.working.startswith("加权平均得分 （90×10＋90×10＋90×10＋90×10＋……（共 53 个项目））÷ 530 = 90；")


def test_projects_all_at_100_score_full() -> None:
    found = scored(listed(("甲", "3", "100"), ("乙", "7", "100")), PROJECTS, FOSHAN)
    assert (f"{found.computed:f}", found.outcome) == ("7.00", Outcome.MET)


@pytest.mark.parametrize(
    ("projects", "told"),
    [
        ((), "“项目清单”没有填"),
        ((("", "", ""),), "“项目清单”没有填"),
        ((("甲", "10", "90"), ("乙", "10", "")), "“乙”的自评得分没有填或不能用"),
        ((("甲", "", "90"),), "“甲”的资金没有填或不能用"),
        ((("甲", "-1", "90"),), "“甲”的资金没有填或不能用"),
        ((("甲", "10", "101"),), "“甲”的自评得分没有填或不能用"),
        ((("甲", "0", "90"),), "资金合计为 0"),
    ],
)
def test_projects_that_cannot_be_weighed_leave_the_row_open(projects: tuple[tuple[str, str, str], ...], told: str) -> None:
    found = scored(listed(*projects), PROJECTS, FOSHAN)
    assert found.computed is None
    assert found.outcome is Outcome.UNDECIDED
    assert told in found.working


@pytest.mark.parametrize("target", ["", "≥95%", "100%"])
def test_a_rate_whose_formula_is_not_published_is_scored_by_hand(target: str) -> None:
    found = scored(DEPARTMENT, "财政支出执行率", FOSHAN, target=target)
    assert (found.computed, found.outcome) == (None, Outcome.UNDECIDED)
    assert "没有公布由执行率换算得分的公式" in found.working
    assert found.counted == Decimal("5.18")


@pytest.mark.parametrize(
    ("name", "actual", "points"),
    [
        ("参保人权益记录或转移邮寄份数", "20.01%", "2.67"),
        ("参保人权益记录或转移邮寄份数", "100.00%", "13.34"),
        ("参保人权益记录或转移邮寄份数", "130%", "13.34"),
        ("参保人权益记录或转移邮寄份数", "0%", "0.00"),
        ("参保人权益记录或转移邮寄份数", "约20%", None),
        ("参保人权益记录或转移邮寄份数", "≥20%", None),
        ("参保人权益记录或转移邮寄份数", "20", None),
        ("服务对象满意度", "98%", None),
    ],
)
def test_a_percentage_without_a_target_is_the_completion(name: str, actual: str, points: str | None) -> None:
    found = scored(POSTAGE, name, GUANGDONG, actual=actual)
    assert (None if found.computed is None else f"{found.computed:f}") == points


def test_a_percentage_says_nothing_in_schemes_that_do_not_read_it_so() -> None:
    found = scored(POSTAGE, "参保人权益记录或转移邮寄份数", SCHEMES["national-2020"])
    assert (found.computed, found.working) == (None, "年度指标值没有值")


@pytest.mark.parametrize(
    ("target", "actual", "points"),
    [
        ("≧735人次", "735", "10.00"),
        ("≧43万人次", "21.5", "5.00"),
        ("≧100%", "98", "9.80"),
        ("≧735人次", "735人", None),
        ("≧735", "735人次", None),
    ],
)
def test_a_bare_result_stands_in_the_unit_of_its_own_column(target: str, actual: str, points: str | None) -> None:
    typed = row(POSTAGE, "社保转移接续时效性", target=target, actual=actual, weight="10")
    found = score_indicator(typed, YUNNAN)
    assert (None if found.computed is None else f"{found.computed:f}") == points


def test_the_remainder_of_an_equal_split_goes_to_the_first() -> None:
    assert [f"{share:f}" for share in equal_shares(Decimal(40), 3)] == ["13.34", "13.33", "13.33"]
    assert equal_shares(Decimal(40), 2) == (Decimal(20), Decimal(20))
    assert equal_shares(Decimal(40), 0) == ()
    assert [f"{share:f}" for share in equal_shares(Decimal(50), 7, 1)] == ["7.4", *["7.1"] * 6]


@given(st.integers(0, 10000), st.integers(1, 60), st.integers(0, 4))
def test_shares_add_up_and_differ_only_at_the_first(cents: int, count: int, decimals: int) -> None:
    points = Decimal(cents) / 100
    first, *rest = equal_shares(points, count, decimals)
    assert first + sum(rest, Decimal(0)) == points
    assert len(set(rest)) <= 1
    assert all(0 <= share <= first for share in rest)
    assert first - points / count < count * Decimal(1).scaleb(-decimals)


def percents(*counts: int) -> list[str]:
    """Return the shares of bands that hold so many rows each: full, 70 % and nothing done."""
    done = [("100%", counts[0]), ("70%", counts[1]), ("10%", counts[2])]
    rows = [row(POSTAGE, "社保转移接续时效性", actual=actual) for actual, count in done for _ in range(count)]
    found = completion_statistics([score_indicator(each, GUANGDONG) for each in rows], GUANGDONG)
    assert [band.share.count for band in found.bands] == list(counts)
    return [f"{band.share.percent:f}" for band in found.bands]


def test_shares_add_up_to_a_hundred() -> None:
    assert percents(6, 0, 1) == ["85.71", "0.00", "14.29"]
    assert percents(1, 1, 1) == ["33.34", "33.33", "33.33"]
    assert percents(2, 2, 2) == ["33.34", "33.33", "33.33"]
    assert percents(1, 4, 1) == ["16.67", "66.66", "16.67"]
    assert percents(0, 0, 0) == ["0.00", "0.00", "0.00"]


@pytest.mark.parametrize(
    ("texts", "completion"),
    [
        ({"target": "≥100份", "actual": "130份"}, "1"),
        ({"target": "≥100份", "actual": "25份"}, "0.25"),
        ({"target": "≤100元", "actual": "125元"}, "0.8"),
        ({"target": "≤100元", "actual": "80元"}, "1"),
        ({"target": "", "actual": "20.01%"}, "0.2001"),
        ({"target": "及时", "actual": "较及时", "score": "10", "weight": "20"}, "0.5"),
        ({"target": "及时", "actual": "及时", "score": "", "weight": "20"}, None),
        ({"target": "不适用", "actual": "不适用", "weight": "0"}, None),
        ({"target": "2024年6月", "actual": "2024年9月", "score": "12", "weight": "20"}, "0.6"),
    ],
)
def test_completion_of_a_row(texts: dict[str, str], completion: str | None) -> None:
    found = completion_of(score_indicator(row(POSTAGE, "社保转移接续时效性", **texts), GUANGDONG))
    assert found == (None if completion is None else Decimal(completion))


def test_a_row_without_score_is_named_and_not_counted() -> None:
    open_row = row(POSTAGE, "服务对象满意度", score="")
    rows = tuple(open_row if each.name == "服务对象满意度" else each for each in POSTAGE.indicators)
    found = completion_statistics(score_form(replace(POSTAGE, indicators=rows), GUANGDONG).rows, GUANGDONG)
    assert [each.row.name for each in found.unknown] == ["服务对象满意度"]
    assert (found.total, found.complete.count) == (6, 5)
