"""What the rules about reasons, values, indicators, goals and texts say of the published forms."""

from __future__ import annotations

import pytest

from tests.checks.forms import case
from tests.checks.remarks import findings_of

EXPECTED = {
    "101": "I04提醒1 V03留意下年3 D06说明1",
    "102": "V03留意下年1 D06说明2",
    "103": "D03提醒1 V05提醒1 V03留意下年3 I05留意下年1",
    "104": "D01错误1 V03留意下年1 D06说明1",
    "105": "V03留意下年5 I05留意下年1",
    "106": "V03留意下年3 D06说明2",
    "107": "D02提醒1 V03留意下年4 D06说明1",
    "108": "D07提醒2 V03留意下年4",
    "006": "I01提醒1 V04说明1",
    "014": "D01错误1 D01错误1 V07留意下年1",
    "020": "I01提醒1",
    "024": "D01错误1 D01错误1 D06说明1",
    "033": "I01提醒1 V07留意下年1",
    "035": "D01提醒1",
    "036": "D01提醒7",
    "037": "D01提醒1",
    "038": "",
}


@pytest.mark.parametrize("name", EXPECTED)
def test_published_form(name: str) -> None:
    found = findings_of(case(name))
    assert " ".join(f"{each.code}{each.severity.word}{len(each.cells)}" for each in found) == EXPECTED[name]


def test_deductions_of_a_published_leaf_form_are_added() -> None:
    [found] = findings_of(case("036"))
    assert found.message.startswith("7 项扣分共 9.2 分未说明。涉及：")


@pytest.mark.parametrize("name", EXPECTED)
def test_messages_are_short_and_open_no_arithmetic(name: str) -> None:
    assert [each.message for each in findings_of(case(name)) if len(each.message) > 120 or "÷" in each.message] == []
