"""Published forms of other systems: matched to their scheme, totals, exactly the right findings, completion."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from toolkit.checks import RULES, Case, Finding, check_form, make_case
from toolkit.core.facts import find_fact, find_table, problem_of
from toolkit.core.form import Form
from toolkit.core.scheme import choose_scheme, load_schemes
from toolkit.intake.interchange import read_interchange
from toolkit.scoring import completion_of, completion_statistics

ROOT = Path(__file__).parents[2]
FILES = ("guangdong_2021.toml", "guangdong_2024.toml", "foshan_department_2022.toml", "local_forms.toml")
GOLDEN = [
    form
    for name in FILES
    for form in tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))["form"]
]
FORMS = pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: str(golden["file"]))
SHIPPED = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("toolkit/data/*/*.json"))


def form_of(golden: dict[str, Any]) -> Form:
    return read_interchange(ROOT / golden["file"]).form


def row_of(field: str) -> str:
    """Return the row's name; 等级 is a field of the form itself."""
    return field.rpartition("·")[0] or field


def case_of(golden: dict[str, Any]) -> Case:
    form = form_of(golden)
    return make_case(form, choose_scheme(form, load_schemes())[0])


def findings(golden: dict[str, Any]) -> tuple[Finding, ...]:
    return check_form(case_of(golden), RULES)


@FORMS
def test_the_scheme_is_found_without_being_named(golden: dict[str, Any]) -> None:
    form = replace(form_of(golden), scheme_id="")
    scheme, reason = choose_scheme(form, load_schemes())
    assert scheme.id == golden["scheme"]
    assert reason == f"按地区“{form.region}”、表名和年度匹配"


@FORMS
def test_totals_are_those_published_and_those_the_rules_give(golden: dict[str, Any]) -> None:
    scores = case_of(golden).scores
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
    assert found == [(each["code"], each["severity"], each["rows"]) for each in golden["findings"]]


@FORMS
def test_findings_say_what_is_wrong(golden: dict[str, Any]) -> None:
    pairs = zip(findings(golden), golden["findings"], strict=True)
    silent = [
        (found.code, found.message, found.working)
        for found, wanted in pairs
        if wanted["says"] not in found.message or wanted.get("working", "") not in found.working
    ]
    assert silent == []


@pytest.mark.parametrize("golden", [each for each in GOLDEN if "completion" in each], ids=lambda golden: str(golden["file"]))
def test_completion_is_counted_as_published(golden: dict[str, Any]) -> None:
    case, wanted = case_of(golden), golden["completion"]
    found = completion_statistics(case.scores.rows, case.scheme)
    assert (found.total, found.complete.count, found.incomplete.count) == tuple(
        wanted[key] for key in ("total", "complete", "incomplete")
    )
    assert [f"{share.percent:f}" for share in (found.complete, found.incomplete)] == [
        wanted["complete_share"],
        wanted["incomplete_share"],
    ]
    assert [f"{band.share.percent:f}" for band in found.bands] == wanted["bands"]
    assert [f"{completion_of(row):f}" for row in found.undone] == [wanted["missed"]]
    assert found.unknown == ()


@pytest.mark.parametrize("name", SHIPPED)
def test_a_form_that_is_shipped_holds_only_what_is_known_and_fits(name: str) -> None:
    read = read_interchange(ROOT / name)
    assert read.left_out == ()
    form = read.form
    assert [fact for fact in form.facts if find_fact(fact) is None] == []
    assert [table for table in form.tables if find_table(table) is None] == []
    wrong = {fact: problem_of(found[1], cell) for fact, cell in form.facts.items() if (found := find_fact(fact))}
    assert {fact: problem for fact, problem in wrong.items() if problem} == {}
    for table, rows in form.tables.items():
        known = find_table(table)
        assert known is not None
        columns = {column.name: column for column in known[1].columns}
        assert [column for row in rows for column in row if column not in columns] == []
        assert [cell.text for row in rows for column, cell in row.items() if problem_of(columns[column], cell)] == []
