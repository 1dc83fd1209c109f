"""Approved goals from a ministry's workbook and from small ones."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from toolkit.intake.goals import read_goals
from toolkit.problem import Unreadable

MINISTRY = Path(__file__).parents[1] / "cases" / "files"


@pytest.mark.parametrize("name", ["moe2019_template.xls", "moe2019_template.xlsx"])
def test_the_ministry_workbook(name: str) -> None:
    goals = read_goals(MINISTRY / name)
    assert (goals.year, goals.project_name.text) == (2019, "2019年210青少年校园足球扶持资金")
    assert (goals.implementing_unit.text, goals.currency_unit) == ("北京大学", "万元")
    assert goals.expected_goal.text == "完成校园足球运动技术动画20集的设计制作与播出"
    assert [(line.name, line.initial_budget.text) for line in goals.funds] == [
        ("年度资金总额", "190.00"),
        ("当年财政拨款", "190.00"),
        ("上年结转资金", "0.00"),
        ("其他资金", "0.00"),
    ]
    rows = [(row.level1.text, row.level2.text, row.name, row.target.text) for row in goals.indicators]
    assert len(rows) == 14
    assert rows[0] == ("产出指标", "成本指标", "成本节约率", "≥0")
    assert rows[3] == ("产出指标", "数量指标", "媒体播出", "5次")
    assert rows[-1] == ("满意度指标", "校园用户满意度", "校园用户满意度", "很满意")


def test_of_two_sets_of_columns_the_year_is_taken_and_levels_are_filled_down(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    rows: list[list[str | int | None]] = [
        ["（2022年度）"],
        ["项目名称", "图书购置"],
        ["一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值", "分值"],
        ["产出指标", "数量指标", "三年购书", "9000册", "数量指标", "购书", "3000册", 20],
        [None, None, None, None, None, "购刊", "100种", 10],
    ]
    for row in rows:
        sheet.append(row)
    book.save(tmp_path / "目标 表.xlsx")
    goals = read_goals(tmp_path / "目标 表.xlsx")
    found = [(row.level1.text, row.level2.text, row.name, row.target.text, row.weight.text) for row in goals.indicators]
    assert found == [
        ("产出指标", "数量指标", "购书", "3000册", "20"),
        ("产出指标", "数量指标", "购刊", "100种", "10"),
    ]
    assert goals.indicators[1].target.address == "G5"


def test_a_workbook_without_goals_is_told(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "空.xlsx")
    with pytest.raises(Unreadable, match="没有绩效目标表"):
        read_goals(tmp_path / "空.xlsx")


@pytest.mark.parametrize("name", ["坏.xlsx", "坏.xls"])
def test_a_broken_workbook_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"<html>not a workbook</html>")
    with pytest.raises(Unreadable, match="另存为"):
        read_goals(tmp_path / name)
