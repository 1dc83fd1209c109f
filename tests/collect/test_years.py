"""Several years: what belongs together, what is only suggested, how it moved, and what was carried over."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.collect.bureau import Form, clean, with_funds, with_score
from tests.collect.entries import SCHEMES, Shelf
from toolkit.collect.collected import Beside, Collected, collect
from toolkit.collect.sheets_years import YEARS
from toolkit.collect.table import Link
from toolkit.collect.tables import grade_counts, tables_of
from toolkit.collect.years import line_up, years_of


def collected(*forms: Form) -> Collected:
    """Collect forms, each of a file of its own."""
    shelf = Shelf()
    entries = [shelf.entry(f"{number}.json", form) for number, form in enumerate(forms)]
    return collect(entries, [], Beside(), SCHEMES, shelf, lambda entry: "")


def form(year: int, name: str = "道路养护项目", unit: str = "江南市公路中心", code: str = "") -> Form:
    """Return a sound form of a year."""
    return clean(1) | {"year": year, "project_name": name, "organisation": unit, "project_code": code}


def lines(found: Collected) -> list[tuple[object, ...]]:
    """Return the rows of 历年对照, links as their texts."""
    (table,) = [each for each in tables_of(found, {}) if each.name == YEARS]
    return [
        tuple(cell.text if isinstance(cell, Link) else cell for cell in row)
        for row in table.rows
        if isinstance(row, tuple)
    ]


def told(found: Collected) -> list[tuple[object, object, object]]:
    """Return name, year and what is said of each row."""
    return [(row[1], row[2], row[11]) for row in lines(found)]


def test_one_year_needs_no_comparison() -> None:
    names = [table.name for table in tables_of(collected(form(2021), form(2021, "另一项目")), {})]
    assert YEARS not in names


def test_a_project_is_followed_by_unit_and_name() -> None:
    better = with_score(
        with_funds(form(2022), initial_budget="1200000.00", annual_budget="1200000.00", executed="1188000.00"),
        0,
        "10",
        "89.60",
    )
    assert lines(collected(better, form(2021)))[0][:11] == (
        *("江南市公路中心", "道路养护项目", "2021", 1000000, 960000),
        *(Decimal("0.96"), Decimal("99.60"), "优", "", "", ""),
    )
    assert lines(collected(better, form(2021)))[1][:11] == (
        *("江南市公路中心", "道路养护项目", "2022", 1200000, 1188000),
        *(Decimal("0.99"), Decimal("89.60"), "优", "－10 分", "＋3 个百分点", "＋20%"),
    )


def test_a_code_follows_a_renamed_project_and_says_so() -> None:
    found = collected(form(2021, "道路养护", code="4403001"), form(2022, "公路设施管护", code="4403001"))
    assert told(found) == [
        ("道路养护", "2021", ""),
        ("公路设施管护", "2022", "名称由“道路养护”改为“公路设施管护”（项目编码相同）"),
    ]


def test_names_that_are_only_near_are_never_put_together() -> None:
    found = collected(form(2021, "城区道路养护项目"), form(2022, "城区道路养护工程项目"), form(2022, "图书采购"))
    near = "可能与 {} 年度“江南市公路中心”的“{}”是同一项目（单位相同，项目名称相近），请确认"
    assert told(found) == [
        ("图书采购", "2022", "往年没有收到，是新项目的不用处理"),
        ("城区道路养护工程项目", "2022", "往年没有收到，是新项目的不用处理；" + near.format(2021, "城区道路养护项目")),
        (
            "城区道路养护项目",
            "2021",
            "2022 年度没有收到，已完成的不用处理；" + near.format(2022, "城区道路养护工程项目"),
        ),
    ]


def test_a_project_that_another_unit_goes_on_with_is_suggested() -> None:
    found = collected(form(2021), form(2022, unit="江南市交通局"))
    assert [row[2].count("项目名称相同，单位不同") for row in told(found) if isinstance(row[2], str)] == [1, 1]


def test_a_year_that_is_missing_between_two_is_named() -> None:
    found = collected(form(2020), form(2022), form(2021, "别的项目"))
    assert ("道路养护项目", "2022", "没有收到 2021 年度的表") in told(found)


def test_a_name_used_twice_in_one_year_joins_nothing() -> None:
    projects = collected(form(2021, code="1"), form(2021, code="2"), form(2022, code="3")).projects
    assert sorted(len(lineage.forms) for lineage in line_up(projects)) == [1, 1, 1]


@pytest.mark.parametrize(
    ("carried", "said"),
    [
        ("40000.00", ""),
        ("0.00", ""),
        (
            "50000.00",
            "F19　上年结转资金填 50,000.00，2021 年全年预算数减全年执行数为 40,000.00（1,000,000.00 － 960,000.00 = 40,000.00）",
        ),
    ],
)
def test_money_carried_over_is_compared_with_what_was_left(carried: str, said: str) -> None:
    now = form(2022)
    row = {
        "kind": "上年结转资金",
        "initial_budget": carried,
        "annual_budget": carried,
        "executed": carried,
        "rate": "1.00",
    }
    found = collected(form(2021), now | {"funds": [*now["funds"], row]})
    assert told(found)[-1] == ("道路养护项目", "2022", said)


def test_years_are_never_added_up() -> None:
    found = collected(form(2021), form(2022), form(2022, "另一项目"))
    assert [(unit.label, len(unit.projects)) for unit in (*found.units, *found.wholes)] == [
        ("江南市公路中心（2021 年）", 1),
        ("江南市公路中心（2022 年）", 2),
        ("合计（2021 年）", 1),
        ("合计（2022 年）", 2),
    ]
    assert grade_counts(found) == [("优", 2)]
    assert len(found.latest) == 2


@given(
    st.lists(
        st.tuples(st.integers(2020, 2023), st.sampled_from("甲乙丙"), st.sampled_from(["", "1", "2"])),
        max_size=12,
        unique=True,
    )
)
def test_no_lineage_has_a_year_twice_and_every_form_is_in_one(drawn: list[tuple[int, str, str]]) -> None:
    projects = collected(*(form(year, f"{name}项目", code=code) for year, name, code in drawn)).projects
    lineages = line_up(projects)
    assert sorted(id(form) for lineage in lineages for form in lineage.forms) == sorted(map(id, projects))
    for lineage in lineages:
        years = [each.chosen.head.year or 0 for each in lineage.forms]
        assert all(before < after for before, after in pairwise(years))
    assert years_of(projects) == sorted({project.chosen.head.year or 0 for project in projects})
