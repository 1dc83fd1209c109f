"""What the general rules say of forms scored leaf by leaf, where those forms differ from the national one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.checks.forms import run
from toolkit.checks import Finding
from toolkit.core.form import Cell, Form
from toolkit.intake.interchange import read_interchange

DATA = Path(__file__).parents[2] / "toolkit" / "data"
TREE = read_interchange(DATA / "guangdong-2021" / "dabu.json").form
SPLIT = read_interchange(DATA / "guangdong-2024" / "heyuan.json").form
DEPARTMENT = read_interchange(DATA / "foshan-department-2022" / "foshan.json").form


def typed(form: Form, name: str, **texts: str) -> Form:
    """Type over cells of a row, by its name."""
    rows = list(form.indicators)
    [place] = [index for index, row in enumerate(rows) if row.name == name]
    cells = {key: replace(getattr(rows[place], key), text=text) for key, text in texts.items()}
    rows[place] = replace(rows[place], **cells)
    return replace(form, indicators=tuple(rows))


def of(form: Form, code: str) -> list[Finding]:
    return [found for found in run(form) if found.code == code]


def test_d01_counts_a_leaf_whose_basis_only_praises() -> None:
    praised = typed(TREE, "论证决策", basis="调研充分，程序规范。")
    assert of(praised, "D01")[0].message.startswith("9 项扣分共 9.2 分未说明")
    told = typed(TREE, "论证决策", basis="没有集体决策的会议记录，扣 1 分。")
    assert of(told, "D01")[0].message.startswith("8 项扣分共 8.2 分未说明")


def test_i04_accepts_a_figure_in_the_basis_or_a_survey() -> None:
    figure = typed(TREE, "服务对象满意度", basis="发放问卷 200 份，满意 190 份。")
    survey = replace(TREE, facts={**TREE.facts, "有效份数": Cell("有效份数", "200")})
    assert [of(form, "I04") for form in (figure, survey)] == [[], []]


def test_i02_tells_leaves_apart_by_their_fourth_level() -> None:
    assert of(TREE, "I02") == []
    [found] = of(typed(TREE, "合理性", level4="完整性"), "I02")
    assert len(found.cells) == 2


@pytest.mark.parametrize(("executed", "points", "rate"), [("1.79", "10.79", "89.95%"), ("0", "0.00", "0%")])
def test_s05_names_the_rate_that_the_rule_took(executed: str, points: str, rate: str) -> None:
    [line] = SPLIT.funds
    form = replace(SPLIT, funds=(replace(line, executed=replace(line.executed, text=executed)),))
    [found] = of(form, "S05")
    assert found.message == f"“资金支出率·得分”填满分 12；完成率 {rate}，未达到 100%"
    assert found.expected == points


def test_s04_names_a_score_above_the_stated_completion() -> None:
    [found] = of(typed(SPLIT, "参保人权益记录或转移邮寄份数", score="3"), "S04")
    assert (found.severity.word, found.expected) == ("错误", "2.67")
    assert found.working == "13.34 × 20.01 ÷ 100 = 2.6693… → 2.67"


def test_v01_asks_no_target_of_rows_that_are_scored_without_one() -> None:
    form = SPLIT
    for name in ("社保转移接续时效性", "专用纸张耗费及邮寄费", "有利于维护参保人个人权益"):
        form = typed(form, name, target="≥95%", actual="100%")
    form = typed(form, "服务对象满意度", target="≥95%")
    assert of(form, "V01") == []
    [found] = of(typed(form, "社保转移接续时效性", actual=""), "V01")
    assert found.cells[0].field == "社保转移接续时效性·实际完成值"


@pytest.mark.parametrize(("part", "wrong"), [("1000", 0), ("43757.42", 0), ("50000", 1)])
def test_f13_lets_a_single_part_be_less_than_the_whole(part: str, wrong: int) -> None:
    funds = list(DEPARTMENT.funds)
    [place] = [index for index, line in enumerate(funds) if line.name == "基本建设类项目"]
    funds[place] = replace(funds[place], executed=replace(funds[place].executed, text=part))
    found = [each for each in of(replace(DEPARTMENT, funds=tuple(funds)), "F13") if each.severity.word == "错误"]
    assert len(found) == wrong


def test_s11_asks_for_scores_where_leaves_have_neither_weight_nor_score() -> None:
    bare = read_interchange(DATA / "guangdong-2021" / "heyuan.json").form
    [found] = of(bare, "S11")
    assert found.message == "“总分·得分”填 98，没有列出各项指标的分值和得分"


@pytest.mark.parametrize(
    ("received", "rate", "said"),
    [
        ("249379.00", "100%", []),
        ("200000.00", "80.20%", []),
        ("200000.00", "80.19%", ["填 80.19%，应为 80.2%"]),
        ("200000.00", "100%", ["填 100%，应为 80%"]),
        ("", "100%", []),
        ("200000.00", "", []),
        ("200000.00", "0.8020", []),
    ],
)
def test_f20_compares_the_rate_received_with_its_amounts(received: str, rate: str, said: list[str]) -> None:
    [line] = TREE.funds
    cells = {"received": replace(line.received, text=received), "received_rate": replace(line.received_rate, text=rate)}
    form = replace(TREE, funds=(replace(line, **cells),))
    assert [found.message.rpartition("”")[2] for found in of(form, "F20")] == said
