"""Rules C03 to C05: 资金依据, 进度节点 and the kinds of 报告要素, against the form."""

from __future__ import annotations

import pytest

from tests.checks.forms import CLEAN, Sheet, case, run
from tests.checks.remarks import findings_of, remarks
from toolkit.checks.rule import Stage


def documents(*amounts: str, purpose: str = "资金下达", form: Sheet = CLEAN) -> Sheet:
    rows = [{"文件名称": "关于下达资金的通知", "本单位金额": amount, "用途": purpose} for amount in amounts]
    return form.with_table("资金依据", *rows)


@pytest.mark.parametrize(
    ("amounts", "wrong"),
    [
        (("900000.00",), []),
        (("500000", "400000.00"), []),
        (("950000", "-50000"), []),  # a document that takes money back
        (("800000",), []),  # the rest is 上年结转, which no document of the year names
        (("899999.99",), [1]),
        (("900000.01",), [1]),
        (("500000", "350000"), [1, 2]),
        (("700000", ""), []),  # a document without an amount may hold the rest
        (("900001", ""), [1]),
        (("约90万",), None),
    ],
)
def test_c03_documents_add_up_to_the_budget(amounts: tuple[str, ...], wrong: list[int] | None) -> None:
    expected = [("C03", "提醒", *(f"资金依据第 {row} 行·本单位金额" for row in wrong))] if wrong else []
    if wrong is None:
        expected = [("C05", "提醒", "资金依据第 1 行·本单位金额")]
    assert remarks(documents(*amounts)) == expected


@pytest.mark.parametrize(
    ("purpose", "expected"), [("", ["C03"]), ("资金下达", ["C03"]), ("资金分配", []), ("立项依据", []), ("任务下达", [])]
)
def test_c03_only_documents_that_bring_money_count(purpose: str, expected: list[str]) -> None:
    assert [code for code, *_ in remarks(documents("31.4", purpose=purpose))] == expected


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        (("45.0", "45.0"), []),
        (("45.02", "45.03"), []),  # half a last digit for each of the two and for the total
        (("45.02", "45.05"), ["C03"]),
        (("450000元", "45.00"), []),
    ],
)
def test_c03_printed_digits_in_ten_thousands(amounts: tuple[str, ...], expected: list[str]) -> None:
    sheet = CLEAN.with_cell("表头", "金额单位", "万元").with_cells("年度资金总额", 全年预算数="90.0")
    found = [code for code, *_ in remarks(documents(*amounts, form=sheet))]
    assert [code for code in found if code == "C03"] == expected


def test_c03_says_what_is_missing() -> None:
    [found] = findings_of(documents("500000", "350000"))
    assert found.message.startswith("2 份文件下达本单位的金额之和为 850,000.00，而全年预算数填 900000.00，少 50,000.00。")
    assert found.working == "500,000.00＋350,000.00＝850,000.00；900,000.00 － 850,000.00 = 50,000.00"
    assert (found.found, found.expected) == ("850,000.00", "900,000.00")


def spent(*rows: tuple[str, str]) -> Sheet:
    return CLEAN.with_table("进度节点", *({"截止日期": day, "累计支出": amount} for day, amount in rows))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((("2023年9月20日", "21.9"), ("2023年12月31日", "864000")), []),
        ((("2023年12月31日", "864000.00"), ("2023年9月20日", "219000")), []),  # the last by date
        ((("9月20日", "219000"), ("12月底", "864000")), []),
        ((("2023年12月31日", "863999.99"),), [(1, "累计支出")]),
        ((("2023年9月20日", "219000"),), [(1, "累计支出")]),
        ((("2023-06-30", "500000"), ("2023-09-30", "400000"), ("2023-12-31", "864000")), [(2, "累计支出")]),
        ((("2023-06-30", "500000"), ("2023-12-31", "400000")), [(2, "累计支出")]),
        ((("2023-12-31", "864000"), ("2024-02-10", "900000")), [(2, "截止日期")]),
        ((("", "219000"), ("", "864000")), []),
        ((("", "864000"), ("", "219000")), [(2, "累计支出")]),
        ((("2023-12-31", ""),), []),
    ],
)
def test_c04_milestones(rows: tuple[tuple[str, str], ...], expected: list[tuple[int, str]]) -> None:
    assert remarks(spent(*rows)) == [("C04", "提醒", f"进度节点第 {row} 行·{column}") for row, column in expected]


def test_c04_is_silent_before_the_year_is_over() -> None:
    assert run(spent(("2023年7月31日", "219000")), Stage.MONITORING) == run(CLEAN, Stage.MONITORING)


def test_c04_tells_a_list_that_ends_early_from_a_wrong_amount() -> None:
    [early] = findings_of(spent(("2023年9月20日", "219000")))
    [wrong] = findings_of(spent(("2023年12月31日", "219000")))
    assert early.fix == "请补一行截至 12 月 31 日的累计支出；金额填错的请改正。"
    assert (early.expected, wrong.expected) == ("", "864000.00")
    assert wrong.message == (
        "“进度节点第 1 行·累计支出”是最后一个节点（2023年12月31日），填 219000，而全年执行数填 864000.00"
    )
    assert wrong.working == "864,000.00 － 219,000.00 = 645,000.00"


@pytest.mark.parametrize(
    ("name", "text", "wrong"),
    [
        ("填报日期", "2024年4月", False),
        ("填报日期", "近期", True),
        ("自评通知文号", "河财绩〔2023〕5号", False),
        ("自评通知文号", "河财绩[2023]5号", True),
        ("专人数", "1", False),
        ("专人数", "1.5", True),
        ("专人数", "若干", True),
        ("合同金额", "312800", False),
        ("合同金额", "-1", True),
        ("合同金额", "—", False),
        ("专款专用", "是", False),
        ("专款专用", "√", False),
        ("专款专用", "基本是", True),
        ("专款专用·依据", "基本是", False),
        ("采购方式", "竞争性磋商", False),
        ("采购方式", "磋商", True),
        ("单位简称", "1.5", False),
        ("自己加的一行", "随便写", False),
    ],
)
def test_c05_kinds(name: str, text: str, wrong: bool) -> None:
    assert remarks(CLEAN.with_fact(name, text)) == ([("C05", "提醒", f"报告要素·{name}")] if wrong else [])


def test_c05_is_one_finding_for_all_places() -> None:
    sheet = CLEAN.with_fact("填报日期", "近期").with_fact("专人数", "若干")
    [found] = findings_of(sheet.with_table("决策程序", {"机构": "班子会议", "动作": "拍板"}))
    assert [cell.field for cell in found.cells] == ["报告要素·填报日期", "报告要素·专人数", "决策程序第 1 行·动作"]
    assert found.working == (
        "报告要素·填报日期 填“近期”，不是一个日期，例如 2022年3月15日；"
        "报告要素·专人数 填“若干”，不是一个确定的数；"
        "决策程序第 1 行·动作 填“拍板”，应为讨论通过、审议、审核、审批、研究同意之一"
    )
    assert len(found.message) <= 120


@pytest.mark.parametrize("name", [f"10{number}" for number in range(1, 9)])
def test_published_forms_without_facts_hear_nothing_of_them(name: str) -> None:
    assert {found.code for found in run(case(name))} & {"C02", "C03", "C04", "C05"} == set()
