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
        ("总投资120万元，其中中央资金80万元、省级资金50万元。", ["R08"]),
        ("总投资120万元，其中中央资金80万元、省级资金40万元。", []),
        ("总投资120万元（其中中央资金80万元、省级资金50万元）。", ["R08"]),
        ("计划投资120万元，其中中央资金80万元、省级资金50万元。", ["R08"]),  # 计划 stands before the total
        ("预算120万元，其中：人员经费80万元，设备购置25万元，工作经费30万元。", ["R08"]),
        ("总投资120万元，其中中央资金80万元，已支付50万元。", []),  # no list
        ("预算120万元，其中：中央资金80万元，已支付50万元。", []),
        ("预算120万元，其中中央资金80万元（含上年50万元）、省级资金40万元。", []),
        ("总投资120万元，其中：中央资金80万元（其中设备50万元、人员30万元）、省级资金40万元。", []),
        ("总投资1.2亿元，其中中央资金8000万元、省级资金5000万元。", ["R08"]),
        ("总投资120万元，其中中央资金80.2万元、省级资金40.1万元。", []),  # rounding of the total
        ("预算120万元，其中：80、25、10。", []),
        ("预算120万元，其中：80、25、30。", ["R08"]),
        ("预算120万元，其中80、25、30万元。", ["R08"]),
        ("预算120万元，其中80、65岁以上老人受益。", []),  # another unit
        ("全年培训共3期120人，其中50人、40人、40人。", ["R08"]),
        ("全年培训共3期120人，其中第1期50人、第2期40人、第3期40人。", ["R08"]),
        ("培训120人，其中女性80人、党员60人。", []),  # may be the same people
        ("补助300元，其中省级200元、比上年增加150元。", []),
        ("计划40台，实际30台，共80台。", []),  # set against one another
        ("配置电脑40台。走访30户，共80户。", []),  # another sentence, one part
        ("2023年3月培训40人、6月培训30人，共2期。", []),  # another unit
        ("与公共服务中心共建40个、30个网点。", []),  # no total
    ],
)
def test_r08_parts_and_total(text: str, expected: list[str]) -> None:
    found = remarks(CLEAN.with_cell("表头", "实际完成情况", text))
    assert found == [(code, "提醒", PLACE) for code in expected]


def test_r08_words_parts_that_exceed_their_total() -> None:
    [found] = findings_of(CLEAN.with_cell("表头", "实际完成情况", "预算120万元，其中：80、25、30。"))
    assert found.message == f"“{PLACE}”写“120万元，其中……”，文中各部分相加超过这个数"
    assert (found.found, found.working) == ("120万元", "80万元＋25万元＋30万元 ＝ 135万元")


def test_r08_shows_the_sum() -> None:
    [found] = findings_of(CLEAN.with_cell("表头", "实际完成情况", "配置电脑40台、打印机30台，共80台。"))
    assert (found.found, found.working) == ("80台", "40台＋30台 ＝ 70台")


def test_r08_adds_in_the_unit_of_the_total() -> None:
    [found] = findings_of(CLEAN.with_cell("表头", "实际完成情况", "投入1.2万元和8000元，合计3万元。"))
    assert found.working == "1.2万元＋8000元 ＝ 2万元"
