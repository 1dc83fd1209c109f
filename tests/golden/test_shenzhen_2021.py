"""The eight forms Shenzhen published for 2021: totals as published and as computed, and exactly the right findings."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.checks.forms import case
from toolkit.checks import RULES, Finding, check_form, make_case
from toolkit.checks.across import check_unit
from toolkit.core.scheme import load_schemes

GOLDEN = tomllib.loads(Path(__file__).with_name("shenzhen_2021.toml").read_text(encoding="utf-8"))
FORMS = pytest.mark.parametrize("golden", GOLDEN["form"], ids=lambda golden: str(golden["id"]))
SCHEME = load_schemes()["shenzhen-2021"]
MOST_WAITING = 3


def findings(golden: dict[str, Any]) -> tuple[Finding, ...]:
    return check_form(make_case(case(golden["id"]).form, SCHEME), RULES)


@FORMS
def test_totals_are_those_published_and_those_the_rules_give(golden: dict[str, Any]) -> None:
    scores = make_case(case(golden["id"]).form, SCHEME).scores
    found = {
        "computed": f"{scores.computed:f}",
        "filled": f"{scores.filled:f}",
        "stated": scores.stated,
        "grade": scores.grade.name,
    }
    assert found == {key: golden[key] for key in found}


@FORMS
def test_findings_are_those_a_careful_auditor_raises(golden: dict[str, Any]) -> None:
    found = [(each.code, each.severity.value, [row_of(cell.field) for cell in each.cells]) for each in findings(golden)]
    wanted = [(each["code"], each["severity"], each["rows"]) for each in golden["findings"]]
    assert sorted(found) == sorted(wanted)


@FORMS
def test_few_questions_wait_for_an_answer(golden: dict[str, Any]) -> None:
    assert sum(each.open for each in findings(golden)) <= MOST_WAITING


@FORMS
def test_findings_come_errors_first_and_the_same_each_time(golden: dict[str, Any]) -> None:
    found = findings(golden)
    assert found == findings(golden)
    assert [each.severity.rank for each in found] == sorted(each.severity.rank for each in found)


def test_money_only_moved_between_the_eight_projects() -> None:
    cases = [make_case(case(golden["id"]).form, SCHEME) for golden in GOLDEN["form"]]
    (found,) = check_unit(cases)
    assert (found.code, found.severity.value) == ("F14", "info")
    assert "14,013,800.00" in found.message + found.working


def row_of(field: str) -> str:
    return field.rpartition("·")[0]
