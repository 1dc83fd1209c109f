"""Who is asked for what, and by which code a row is known."""

from __future__ import annotations

import dataclasses

import pytest

from tests.sections.forms import ROWS, form, plan, with_actual
from tests.workbook.template.files import SCHEMES
from toolkit.core.form import Cell
from toolkit.core.scheme import load_schemes
from toolkit.sections import UNASSIGNED, plan_requests
from toolkit.sections.plan import sections_of


def test_every_section_gets_its_rows_and_the_rest_comes_last() -> None:
    found = {name: [item.name for item in items] for name, items in plan().by_section.items()}
    assert list(found.items()) == [
        ("人事股", ["劳务派遣人员到岗率"]),
        ("业务股", ["办理业务量", "办理及时性"]),
        ("财务股", ["办理业务量", "预算成本控制率"]),
        (UNASSIGNED, ["参保对象满意度"]),
    ]


@pytest.mark.parametrize(
    "text, sections",
    [
        ("", ()),
        (" 办 公室 ", ("办公室",)),
        ("人事股、财务股", ("人事股", "财务股")),
        ("人事股，财务股；人事股\n法规股/信息中心", ("人事股", "财务股", "法规股", "信息中心")),
        ("社会保险关系和转移股", ("社会保险关系和转移股",)),
    ],
)
def test_the_sections_that_a_cell_names(text: str, sections: tuple[str, ...]) -> None:
    assert sections_of(text) == sections


def test_a_row_that_does_not_apply_is_asked_of_nobody() -> None:
    rows = (*ROWS[:2], ("不适用", "不适用", "人事股"), ("培训人次", "不适用", "人事股"), *ROWS[2:])
    assert [(item.number, item.name) for item in plan(form(rows)).items] == [
        (number, row[0]) for number, row in enumerate(rows, 1) if row[1] != "不适用"
    ]


def test_a_code_tells_project_year_name_and_target_apart_and_nothing_else() -> None:
    def codes(**changes: object) -> list[str]:
        return [item.code for item in plan(dataclasses.replace(form(), **changes)).items]  # type: ignore[arg-type]  # any field

    usual = codes()
    assert len(set(usual)) == len(ROWS)
    assert usual == codes(project_name=Cell("项目名称", " 业务 经费"), grade=Cell("等级", "优"))
    other_year, other_project = codes(year=2022), codes(project_name=Cell("项目名称", "档案经费"))
    assert {code[:4] for code in usual} & {code[:4] for code in (*other_year, *other_project)} == set()
    changed = [(ROWS[0][0], "28人", ""), *ROWS[1:]]
    assert [one == other for one, other in zip(usual, [item.code for item in plan(form(changed)).items], strict=True)] == [
        False,
        *[True] * 4,
    ]


def test_projects_of_one_name_in_one_workbook_are_told_apart() -> None:
    asked = plan(form(), form())
    assert len(asked.by_code) == len(asked.items) == 2 * len(ROWS)


def test_only_what_has_no_value_is_asked_again() -> None:
    asked = plan(with_actual(form(), 劳务派遣人员到岗率="25人", 参保对象满意度="—")).unanswered()
    assert [item.name for item in asked.items] == ["办理业务量", "办理及时性", "预算成本控制率"]


def test_what_is_asked_says_what_it_means_and_what_it_was() -> None:
    base = form()
    rows = tuple(dataclasses.replace(row, grounds=Cell("", "年末在岗人数，以花名册为准")) for row in base.indicators[:1])
    last_year = ({"三级指标": Cell("", ROWS[0][0]), "上年完成值": Cell("", "26人")},)
    (item,) = plan(dataclasses.replace(base, indicators=rows, tables={"上年指标": last_year})).items
    assert (item.definition, item.last_year, item.levels) == ("年末在岗人数，以花名册为准", "26人", "产出指标／数量指标")


@pytest.mark.parametrize("name", SCHEMES)
def test_what_the_scheme_says_of_its_own_indicators_is_the_definition(name: str) -> None:
    scheme = load_schemes()[name]
    leaves = [leaf for block in scheme.tree for leaf in block.leaves if leaf.note]
    base = form()
    rows = tuple(
        dataclasses.replace(base.indicators[0], level3=Cell("", leaf.level3), level4=Cell("", leaf.level4)) for leaf in leaves
    )
    found = plan_requests([dataclasses.replace(base, indicators=rows)], [scheme]).items
    assert [item.definition for item in found] == [leaf.note for leaf in leaves]
    assert {item.field for item in found} <= ({"评分依据"} if not scheme.prints("实际完成值") else {"实际完成值"})
