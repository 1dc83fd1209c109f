"""What the rules about funds, weights and scores say of the published forms."""

from __future__ import annotations

import pytest

from tests.checks.forms import CLEAN, all_rules, case, run

EXPECTED = {
    "101": "F06说明2 S07说明1",
    "102": "F02错误2 F07提醒1 S08提醒1 F06说明2 S01说明1",
    "103": "F09提醒1 F06说明2",
    "104": "S08提醒1 F06说明2",
    "105": "F07提醒1",
    "106": "S05错误1 S08提醒1 F06说明2",
    "107": "F15提醒1 F06说明2 S04说明1",
    "108": "S04错误1 F06说明2",
    "006": "",
    "014": "W03留意下年2 S04说明1",
    "020": "W01错误1 F10提醒1 S11提醒1",
    "024": "F01错误1 S01错误1 S04说明1",
    "033": "S01错误1 W01错误1",
    "035": "S01错误1 W01错误1 F02提醒1 F07提醒1 F08提醒1",
    "036": "S11提醒1",
    "037": "S10错误1 F07提醒1",
    "038": "S11提醒1",
}
WEIRD = (
    "",
    "—",
    "不适用",
    "0",
    "-1",
    "#DIV/0!",
    "约二十",
    "及时",
    "1e3",
    "１００％",
    "99999999999999",
    "2023年12月",
    "3-5天",
)


@pytest.mark.parametrize("name", EXPECTED)
def test_published_form(name: str) -> None:
    found = [each for each in run(case(name)) if each.code[0] in "FWS"]
    assert " ".join(f"{each.code}{each.severity.word}{len(each.cells)}" for each in found) == EXPECTED[name]


@pytest.mark.parametrize("name", ["101", "102", "103", "104", "105", "106", "107", "108"])
def test_at_most_three_reminders_of_a_published_form_wait_for_an_answer(name: str) -> None:
    assert sum(found.open for found in run(case(name))) <= 3


@pytest.mark.parametrize("name", EXPECTED)
def test_messages_are_short(name: str) -> None:
    assert [found.message for found in run(case(name)) if len(found.message) > 120] == []


@pytest.mark.parametrize("code", [each.code for each in all_rules() if each.code[0] in "FWS"])
def test_every_rule_has_a_manual_page(code: str) -> None:
    [rule] = [each for each in all_rules() if each.code == code]
    first, *rest = rule.manual.splitlines()
    assert first.endswith("。") and [line[:4] for line in rest if line.strip()] == ["为什么：", "怎么改："]


@pytest.mark.parametrize("column", ["年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"])
@pytest.mark.parametrize("typed", WEIRD)
def test_whatever_stands_in_a_fund_row_gives_findings_that_name_cells(column: str, typed: str) -> None:
    for row in ("年度资金总额", "上年结转资金"):
        found = run(CLEAN.with_cell(row, column, typed))
        assert [each.code for each in found if not each.cells or not each.message or not each.fix] == []


@pytest.mark.parametrize("column", ["年度指标值", "实际完成值", "分值", "得分"])
@pytest.mark.parametrize("typed", WEIRD)
def test_whatever_stands_in_an_indicator_row_gives_findings_that_name_cells(column: str, typed: str) -> None:
    for row in ("扫描页数", "档案管理制度"):
        found = run(CLEAN.with_cell(row, column, typed))
        assert [each.code for each in found if not each.cells or not each.message or not each.fix] == []
