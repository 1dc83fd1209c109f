"""A formula of 总分 that leaves scores out is found, and what it shows is not replaced."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbook.officer_form import LAYOUT, write_form
from toolkit.checks import RULES, check_form, make_case
from toolkit.core.scheme import load_schemes
from toolkit.workbook.read import read_forms

TOTAL = f"H{LAYOUT.total_row}"
FIRST, LAST = LAYOUT.indicator_first, LAYOUT.indicator_last
FUND = f"I{LAYOUT.fund_first}"
SCHEME = load_schemes()["shenzhen-2021"]


def findings(path: Path, formula: str, result: float) -> list[str]:
    (form,) = read_forms(write_form(path, {TOTAL: (formula, result)}))
    return [found.message for found in check_form(make_case(form, SCHEME), RULES) if found.code == "S13"]


@pytest.mark.parametrize("formula", [f"=SUM(H{FIRST}:H{LAST})+{FUND}", f"=ROUND(SUM({FUND},$H${FIRST}:$H${LAST}),2)", "=SUM(指标_得分)"])
def test_a_whole_total_is_no_finding(tmp_path: Path, formula: str) -> None:
    assert findings(tmp_path / "表.xlsx", formula, 97.49) == []


def test_a_row_that_is_not_added_is_named(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    (message,) = findings(path, f"=SUM(H{FIRST}:H{FIRST})+{FUND}", 22.49)
    assert TOTAL in message and "没有加上" in message
    (form,) = read_forms(path)
    assert form.total_score.text == "22.49"


def test_the_funds_left_out_are_named(tmp_path: Path) -> None:
    (message,) = findings(tmp_path / "表.xlsx", f"=SUM(H{FIRST}:H{LAST})", 88.89)
    assert FUND in message and "少计 8.6 分" in message
