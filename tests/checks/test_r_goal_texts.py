"""Rules R07 and R08: the texts of 年度总体目标."""

from __future__ import annotations

import pytest

from tests.checks.forms import CLEAN
from tests.checks.remarks import findings_of, remarks

PLACE = "年度总体目标·实际完成情况"


@pytest.mark.parametrize(
    ("achieved", "expected"),
    [
        ("完成5000卷社保档案的整理和扫描，提供网上查档。", ["R07"]),
        ("完成5000卷社保档案的整理和扫描， 提供网上查档", ["R07"]),  # spaces and punctuation
        ("已完成5000卷社保档案的整理和扫描，提供网上查档。", []),
        ("", []),
    ],
)
def test_r07_result_repeats_goal(achieved: str, expected: list[str]) -> None:
    assert [code for code, *_ in remarks(CLEAN.with_cell("表头", "实际完成情况", achieved))] == expected


def test_r07_two_empty_texts_repeat_nothing() -> None:
    assert remarks(CLEAN.with_cell("表头", "实际完成情况", "").with_cell("表头", "预期目标", "")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("配置电脑40台、打印机30台，共80台。", ["R08"]),
        ("配置电脑40台、打印机30台，共70台。", []),
        ("17台+17台+15台共49台。", []),
        ("17台+17台+15台共48台。", ["R08"]),
        ("投入1.2万元和8000元，合计2万元。", []),
        ("投入1.2万元和8000元，合计3万元。", ["R08"]),
        ("年初预算2万元，调入预算3万元，共计5万元，用于购买办公设备4.94万元。", []),
        ("共配置80台，其中电脑40台、打印机50台。", ["R08"]),
        ("共配置80台，其中电脑40台、打印机30台。", []),  # 其中 may be a selection
        ("计划40台，实际30台，共80台。", []),  # set against one another
        ("配置电脑40台。走访30户，共80户。", []),  # another sentence, one part
        ("2023年3月培训40人、6月培训30人，共2期。", []),  # another unit
        ("与公共服务中心共建40个、30个网点。", []),  # no total
    ],
)
def test_r08_parts_and_total(text: str, expected: list[str]) -> None:
    found = remarks(CLEAN.with_cell("表头", "实际完成情况", text))
    assert found == [(code, "提醒", PLACE) for code in expected]


def test_r08_shows_the_sum() -> None:
    [found] = findings_of(CLEAN.with_cell("表头", "实际完成情况", "配置电脑40台、打印机30台，共80台。"))
    assert (found.found, found.working) == ("80台", "40台＋30台 ＝ 70台")


def test_r08_adds_in_the_unit_of_the_total() -> None:
    [found] = findings_of(CLEAN.with_cell("表头", "实际完成情况", "投入1.2万元和8000元，合计3万元。"))
    assert found.working == "1.2万元＋8000元 ＝ 2万元"
