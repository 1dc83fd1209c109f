"""W05: weights that the scheme's tree or an equal split fixes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.checks.forms import lines, run, scheme_of
from toolkit.checks import Finding
from toolkit.core.form import Cell, Form, Indicator
from toolkit.intake.interchange import read_interchange

DATA = Path(__file__).parents[2] / "toolkit" / "data"
TREE = read_interchange(DATA / "guangdong-2021" / "dabu.json").form
SPLIT = read_interchange(DATA / "guangdong-2024" / "heyuan.json").form
DEPARTMENT = read_interchange(DATA / "foshan-department-2022" / "foshan.json").form


def changed(form: Form, **weights: str) -> Form:
    """Give rows other weights, by name, and the same score."""
    return replace(form, indicators=tuple(_weighted(row, weights.get(row.name)) for row in form.indicators))


def _weighted(row: Indicator, weight: str | None) -> Indicator:
    if weight is None:
        return row
    return replace(row, weight=replace(row.weight, text=weight), score=replace(row.score, text=weight))


def w05(form: Form) -> list[Finding]:
    return [found for found in run(form) if found.code == "W05"]


@pytest.mark.parametrize("form", [TREE, SPLIT, DEPARTMENT])
def test_w05_is_silent_on_weights_as_published(form: Form) -> None:
    assert w05(form) == []


def test_w05_names_leaves_that_differ_within_their_section() -> None:
    [found] = w05(changed(TREE, 论证决策="5", 资金分配="2"))
    assert (found.severity.word, [cell.field for cell in found.cells]) == ("留意下年", ["论证决策·分值", "资金分配·分值"])
    assert found.message.startswith("分值与标准不同：论证决策 5（应为 4）、资金分配 2（应为 3）。涉及：")


def test_w05_names_a_leaf_of_the_fourth_level() -> None:
    [found] = w05(changed(TREE, 完整性="3", 论证决策="3"))
    assert found.message.startswith("分值与标准不同：论证决策 3（应为 4）、完整性 3（应为 2）")


def test_w05_leaves_a_section_of_another_weight_to_w03() -> None:
    moved = changed(TREE, 论证决策="5", 资金支付="5")
    assert [line for line in lines(run(moved)) if line.startswith("W")] == ["W03 留意下年 论证决策·分值、资金支付·分值"]


def test_w05_takes_rows_together_where_the_form_divides_less_or_more() -> None:
    rows = [row for row in TREE.indicators if row.level3.text != "目标设置"]
    whole = replace(TREE.indicators[1], level4=Cell("目标设置·四级指标", ""), weight=Cell("目标设置·分值", "6"))
    joined = replace(TREE, indicators=(rows[0], whole, *rows[1:]))
    assert w05(joined) == []
    [last] = [row for row in rows if row.level2.text == "效率性"]
    names = ("完成进度", "完成及时性", "完成质量")
    parts = [
        replace(last, level3=Cell(f"{name}·三级指标", name), weight=Cell(f"{name}·分值", points), score=Cell(f"{name}·得分", points))
        for name, points in zip(names, ("8", "6", "6"), strict=True)
    ]
    divided = [part for row in TREE.indicators for part in (parts if row is last else [row])]
    assert w05(replace(TREE, indicators=tuple(divided))) == []
    fewer = [replace(row, weight=Cell("完成质量·分值", "4")) if row is parts[2] else row for row in divided]
    more = [replace(row, weight=Cell("预算控制·分值", "7")) if row.name == "预算控制" else row for row in fewer]
    [found] = w05(replace(TREE, indicators=tuple(more)))
    assert found.message.startswith("分值与标准不同：预算控制 7（应为 5）、效率性 18（应为 20）")


def test_w05_names_an_unequal_split_with_the_shares() -> None:
    [found] = w05(changed(SPLIT, 参保人权益记录或转移邮寄份数="20", 社保转移接续时效性="10", 专用纸张耗费及邮寄费="10"))
    assert found.severity.word == "留意下年"
    assert len(found.cells) == 3
    assert found.working == "“产出”40 分由 3 个指标平均分配：13.34＋13.33＋13.33＝40"


def test_w05_does_not_mind_where_the_remainder_went() -> None:
    assert w05(changed(SPLIT, 参保人权益记录或转移邮寄份数="13.33", 专用纸张耗费及邮寄费="13.34")) == []


def test_w05_is_a_reminder_where_weights_are_fixed() -> None:
    form = changed(DEPARTMENT, 资产管理="10")
    [found] = [each for each in run(form, scheme=replace(scheme_of(form), sections_fixed=True)) if each.code == "W05"]
    assert found.severity.word == "提醒"
    assert found.message == "“资产管理·分值”填 10，标准为 8 分"
