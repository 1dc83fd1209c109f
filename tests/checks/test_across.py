"""Rules over the forms of one unit: F14."""

from __future__ import annotations

from tests.checks.forms import CLEAN, Sheet, case, case_of, lines
from toolkit.checks.across import UNIT_RULES, check_unit

EIGHT = ("101", "102", "103", "104", "105", "106", "107", "108")
BUDGET = "年度资金总额·全年预算数"


def changed(initial: str, annual: str, unit: str = "元") -> Sheet:
    sheet = CLEAN.with_cell("表头", "金额单位", unit)
    return sheet.with_cells("年度资金总额", 年初预算数=initial, 全年预算数=annual)


def test_published_forms_of_one_unit_only_moved_their_money() -> None:
    [found] = check_unit([case_of(case(name)) for name in EIGHT])
    assert lines([found]) == [
        f"F14 说明 社保业务公众服务经费·{BUDGET}、零星购置费·{BUDGET}、零星修缮·{BUDGET}、社保关系转移业务邮寄费·{BUDGET}"
    ]
    assert found.message.startswith("8 个项目中 4 个年中调整了预算，合计都是 14,013,800.00 元，资金只在项目之间调剂")


def test_sums_that_differ_are_said_with_the_difference() -> None:
    [found] = check_unit([case_of(case(name)) for name in EIGHT[:4]])
    assert "合计" in found.message
    [found] = check_unit([case_of(changed("100", "120")), case_of(changed("100", "90"))])
    assert found.message.startswith("2 个项目中 2 个年中调整了预算，合计由 200.00 元变为 210.00 元，增加 10.00 元")


def test_silent_where_no_money_can_have_moved_between_projects() -> None:
    up, down, blank = changed("100", "120"), changed("100", "90"), changed("", "90")
    assert check_unit([]) == ()
    assert check_unit([case_of(up), case_of(up)]) == ()
    assert check_unit([case_of(up), case_of(blank)]) == ()
    assert check_unit([case_of(up), case_of(down.with_cell("表头", "填报单位", "另一个单位"))]) == ()


def test_rounding_of_amounts_in_wan_is_no_difference() -> None:
    [found] = check_unit([case_of(changed("10.00", "12.01", "万元")), case_of(changed("10.00", "8.00", "万元"))])
    assert "资金只在项目之间调剂" in found.message


def test_every_unit_rule_has_a_manual_page() -> None:
    assert [
        rule.code for rule in UNIT_RULES if "\n为什么：" not in rule.manual or "\n怎么改：" not in rule.manual
    ] == []
