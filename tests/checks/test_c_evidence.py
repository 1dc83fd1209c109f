"""Rules C01 and C02: evidence, and the survey behind 满意度."""

from __future__ import annotations

import pytest

from tests.checks.forms import CLEAN, Sheet
from tests.checks.remarks import findings_of, remarks


def kept() -> Sheet:
    """Return a form that names a document for every indicator."""
    sheet = CLEAN
    for row in CLEAN.data["indicators"]:
        sheet = sheet.with_cell(row["level3"], "佐证", "系统台账")
    return sheet


def test_c01_heavy_rows_without_evidence() -> None:
    sheet = kept().with_cell("整理档案数量", "佐证", "").with_cell("扫描页数", "佐证", " ")
    assert remarks(sheet) == [("C01", "说明", "整理档案数量·佐证材料", "扫描页数·佐证材料")]


@pytest.mark.parametrize(
    ("row", "evidence", "expected"),
    [
        ("扫描页数", "", ["C01"]),  # 10 points, exactly the limit
        ("扫描页数", "验收单", []),
        ("扫描完成时间", "", []),  # 5 points
    ],
)
def test_c01_rows(row: str, evidence: str, expected: list[str]) -> None:
    assert [code for code, *_ in remarks(kept().with_cell(row, "佐证", evidence))] == expected


def survey(satisfied: str, valid: str, actual: str = "97%") -> Sheet:
    facts = CLEAN.with_fact("满意份数", satisfied).with_fact("有效份数", valid)
    return facts.with_cell("查档群众满意度", "实际完成值", actual)


@pytest.mark.parametrize(
    ("satisfied", "valid", "actual", "expected"),
    [
        ("291", "300", "97%", []),
        ("292", "300", "97%", []),  # 97.33 at the digits printed
        ("292", "300", "97.33%", []),
        ("292", "300", "97.00%", [("C02", "提醒", "查档群众满意度·实际完成值")]),
        ("280", "300", "97%", [("C02", "提醒", "查档群众满意度·实际完成值")]),
        ("280", "", "97%", []),
        ("280", "0", "97%", [("C02", "提醒", "报告要素·满意份数")]),
        ("二百多", "300", "97%", [("C05", "提醒", "报告要素·满意份数")]),
    ],
)
def test_c02_survey(satisfied: str, valid: str, actual: str, expected: list[tuple[str, ...]]) -> None:
    assert remarks(survey(satisfied, valid, actual)) == expected


def test_c02_shows_the_arithmetic() -> None:
    [found] = findings_of(survey("280", "300"))
    assert (found.expected, found.working) == ("93.33%", "满意 280 份 ÷ 有效 300 份 = 0.9333…")


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"发放份数": "310", "回收份数": "305", "有效份数": "300", "满意份数": "291"}, []),
        ({"发放份数": "300", "回收份数": "300", "有效份数": "300", "满意份数": "291"}, []),
        ({"有效份数": "291", "满意份数": "300"}, ["满意份数"]),
        ({"发放份数": "300", "回收份数": "305", "有效份数": "300", "满意份数": "291"}, ["回收份数"]),
        ({"回收份数": "299", "有效份数": "300", "满意份数": "291"}, ["有效份数"]),
        ({"发放份数": "299", "有效份数": "300", "满意份数": "291"}, ["有效份数"]),
        ({"发放份数": "299", "满意份数": "300"}, ["满意份数"]),
        ({"发放份数": "1", "回收份数": "2", "有效份数": "300", "满意份数": "291"}, ["有效份数", "回收份数"]),
    ],
)
def test_c02_each_count_is_no_more_than_the_next(counts: dict[str, str], expected: list[str]) -> None:
    sheet = CLEAN
    for name, text in counts.items():
        sheet = sheet.with_fact(name, text)
    assert remarks(sheet) == [("C02", "提醒", f"报告要素·{name}") for name in expected]


def test_c02_names_both_counts() -> None:
    [found] = findings_of(CLEAN.with_fact("满意份数", "300").with_fact("有效份数", "291"))
    assert found.message == "“报告要素·满意份数”填 300，多于有效份数 291"
    assert found.expected == "不多于 291"
