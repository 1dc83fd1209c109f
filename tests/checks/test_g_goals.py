"""Rules G01 and G02: the form against the approved goals (--goals)."""

from __future__ import annotations

import pytest

from tests.checks.forms import CLEAN, Sheet
from tests.checks.remarks import findings_of, remarks


def test_g_without_goals_nothing_is_compared() -> None:
    assert remarks(CLEAN) == []


def test_g_same_goals() -> None:
    assert remarks(CLEAN, goals=CLEAN) == []


@pytest.mark.parametrize(
    ("row", "column", "approved", "place"),
    [
        ("扫描页数", "年度指标值", "120万页", ("扫描页数·年度指标值",)),
        ("扫描页数", "分值", "12", ("扫描页数·分值",)),
        ("扫描页数", "三级指标", "扫描张数", ("扫描页数·三级指标",)),  # renamed
        ("扫描页数", "年度指标值", "1000000页", ()),  # one value, another spelling
        ("扫描页数", "年度指标值", "", ()),  # the goals do not say
        ("扫描页数", "分值", "", ()),  # goals without weights
        ("扫描页数", "三级指标", "扫描 页数", ()),
        ("扫描页数", "得分", "3", ()),  # results are not goals
    ],
)
def test_g01_one_cell_differs(row: str, column: str, approved: str, place: tuple[str, ...]) -> None:
    found = remarks(CLEAN, goals=CLEAN.with_cell(row, column, approved))
    assert found == ([("G01", "提醒", *place)] if place else [])


def test_g01_message_names_both_values() -> None:
    [found] = findings_of(CLEAN, goals=CLEAN.with_cell("扫描页数", "年度指标值", "120万页"))
    assert found.message == "“扫描页数·年度指标值”与批复的绩效目标不同：“扫描页数”批复 120万页，本表 100万页"


def test_g01_one_finding_a_kind_of_difference() -> None:
    goals = CLEAN.with_cell("扫描页数", "年度指标值", "120万页").with_cell("扫描合格率", "年度指标值", "≥99%")
    [found] = findings_of(CLEAN, goals=goals.with_cell("扫描页数", "实际完成值", ""))
    assert [cell.field for cell in found.cells] == ["扫描页数·年度指标值", "扫描合格率·年度指标值"]
    assert found.working == "“扫描页数”批复 120万页，本表 100万页；“扫描合格率”批复 ≥99%，本表 ≥98%"


def test_g01_new_row() -> None:
    assert remarks(CLEAN, goals=CLEAN.without("扫描页数")) == [("G01", "提醒", "扫描页数·三级指标")]


def test_g01_dropped_row() -> None:
    goals = CLEAN.with_row("扫描页数", 三级指标="移交档案数量", 年度指标值="≥100卷", 分值="5")
    [found] = findings_of(CLEAN, goals=goals)
    assert (found.cells[0].field, found.expected) == ("年度绩效指标·三级指标", "移交档案数量")
    assert found.message == "“年度绩效指标·三级指标”没有批复的绩效目标中的“移交档案数量”"


def test_g01_row_moved_to_another_level_is_the_same_row() -> None:
    assert remarks(CLEAN, goals=CLEAN.with_cell("扫描页数", "二级指标", "质量指标")) == []


def test_g01_rows_that_do_not_apply_are_left_out() -> None:
    blank = {"三级指标": "不适用", "年度指标值": "不适用", "实际完成值": "不适用", "分值": "0", "得分": "0"}
    assert remarks(CLEAN.with_row("扫描页数", **blank), goals=CLEAN) == []


def goal(text: str) -> Sheet:
    return CLEAN.with_cell("表头", "预期目标", text)


@pytest.mark.parametrize(
    ("approved", "expected"),
    [
        ("完成6000卷社保档案的整理和扫描，提供网上查档。", [("G02", "提醒", "年度总体目标·预期目标")]),
        ("完成 5000 卷社保档案的整理和扫描,提供网上查档", []),  # spaces and punctuation
        ("", []),  # the goals do not say
    ],
)
def test_g02_goal_text(approved: str, expected: list[tuple[str, ...]]) -> None:
    assert remarks(CLEAN, goals=goal(approved)) == expected


def test_g02_quotes_the_first_difference() -> None:
    [found] = findings_of(CLEAN, goals=goal("完成5000卷社保档案的整理，提供网上查档。"))
    quoted = "批复“…案的整理提供网上查档”，本表“…案的整理和扫描提供网上查档”"
    assert found.message == f"“年度总体目标·预期目标”与批复的不同：{quoted}"
