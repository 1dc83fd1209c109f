"""F19: 上年结转资金 against what last year left."""

from __future__ import annotations

import pytest

from tests.checks.forms import CLEAN, Sheet, lines, run

LEFT = CLEAN.with_fact("上年全年预算数", "500000").with_fact("上年全年执行数", "400000.00")
FOUND = ["F19 提醒 上年结转资金·全年预算数"]


def carried(sheet: Sheet, amount: str) -> Sheet:
    return sheet.with_cells("上年结转资金", 年初预算数=amount, 全年预算数=amount)


@pytest.mark.parametrize(
    "sheet, expected",
    [
        (CLEAN, []),
        (LEFT, []),
        (LEFT.with_fact("上年全年执行数", "390000"), FOUND),
        (carried(LEFT, "90000.00"), FOUND),
        (carried(LEFT, "0.00"), []),
        (carried(LEFT, ""), []),
        (carried(LEFT, "").with_fact("上年结余去向", "收回"), []),
        (carried(LEFT, "").with_fact("上年结余去向", "结转"), FOUND),
        (LEFT.with_cells("上年结转资金", 全年预算数=""), []),
        (LEFT.with_fact("上年全年预算数", "约50万"), []),
    ],
)
def test_what_was_carried_over_is_what_was_left(sheet: Sheet, expected: list[str]) -> None:
    assert [line for line in lines(run(sheet)) if line.startswith("F19")] == expected


def test_the_arithmetic_is_written_out() -> None:
    (found,) = (found for found in run(LEFT.with_fact("上年全年执行数", "390000")) if found.code == "F19")
    assert found.message == "“上年结转资金·全年预算数”填 100000.00，上年全年预算数减全年执行数为 110,000.00"
    assert found.working == "500,000.00 － 390,000.00 = 110,000.00"
