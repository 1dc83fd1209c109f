"""Which version of a project counts, and why."""

from __future__ import annotations

import pytest

from tests.collect.bureau import Form, clean, with_score
from tests.collect.entries import Shelf
from toolkit.collect.versions import Project, draft_of, projects_of

NOTHING = "稿次、填报日期、文件内记录的保存时间都分不出先后，暂取路径在前的一份；请用 --keep 指定"


def version(actual: str, day: str = "") -> Form:
    """Return a version of project 1."""
    facts = {"facts": {"填报日期": day}} if day else {}
    return with_score(clean(1), 0, "20", "99.60", actual=actual) | facts


def chosen(forms: dict[str, Form], keep: tuple[str, ...] = (), saved: dict[str, str] | None = None) -> list[Project]:
    """Put forms by file together."""
    shelf = Shelf()
    entries = [shelf.entry(file, form) for file, form in forms.items()]
    return projects_of(entries, keep, lambda entry: (saved or {}).get(entry.file, ""))


@pytest.mark.parametrize(
    ("file", "draft"),
    [
        ("报送_2021_甲局_第3稿/02_道路_自评表.xlsx", 3),
        ("第1稿/道路_第十二稿.xlsx", 12),
        ("道路第二十稿.xlsx", 20),
        ("道路 v2.xlsx", 2),
        ("道路_修改3.xlsx", 3),
        ("道路（第 2 版）.xlsx", 2),
        ("2021年第2季度道路.xlsx", None),
        ("V1.2标准/道路.xlsx", None),
        ("道路.xlsx", None),
    ],
)
def test_the_draft_stands_in_the_name(file: str, draft: int | None) -> None:
    assert draft_of(file) == draft


def test_drafts_go_before_dates() -> None:
    forms = {"甲_第2稿.json": version("1210处", "2022年3月1日"), "甲.json": version("1220处", "2022年4月1日")}
    (project,) = chosen(forms)
    assert (project.chosen.file, project.unsure) == ("甲_第2稿.json", False)
    assert [other.file for other in project.others] == ["甲.json"]


def test_without_drafts_the_form_s_own_date_decides() -> None:
    forms = {"甲.json": version("1210处", "2022年3月1日"), "乙.json": version("1220处", "2022年4月1日")}
    (project,) = chosen(forms, saved={"甲.json": "2023-01-01", "乙.json": "2022-01-01"})
    assert (project.chosen.file, project.reason) == ("乙.json", "填报日期 2022-04-01 最新")


def test_then_the_time_that_the_file_records() -> None:
    forms = {"甲.json": version("1210处"), "乙.json": version("1220处")}
    (project,) = chosen(forms, saved={"甲.json": "2022-05-01 08:00:00", "乙.json": "2022-04-01 08:00:00"})
    assert (project.chosen.file, project.reason) == ("甲.json", "文件内记录的保存时间 2022-05-01 08:00:00 最新")


@pytest.mark.parametrize("saved", [{}, {"甲.json": "2022-05-01"}])
def test_where_nothing_decides_it_says_so(saved: dict[str, str]) -> None:
    (project,) = chosen({"甲.json": version("1210处"), "乙.json": version("1220处")}, saved=saved)
    assert (project.chosen.file, project.reason, project.unsure) == ("甲.json", NOTHING, True)


def test_keep_goes_before_all() -> None:
    (project,) = chosen({"甲_第1稿.json": version("1210处"), "甲_第2稿.json": version("1220处")}, keep=("甲_第1稿.json",))
    assert (project.chosen.file, project.reason) == ("甲_第1稿.json", "按 --keep 指定")


def test_the_same_content_counts_once() -> None:
    (project,) = chosen({"甲.json": version("1210处"), "甲_第9稿.json": version("1210处")})
    assert [copy.file for copy in project.copies] == ["甲_第9稿.json"]
    assert (project.others, project.received) == ((), 2)


def test_a_renamed_project_is_known_by_its_code() -> None:
    forms = {
        "甲_第1稿.json": clean(1) | {"project_code": "A-01", "project_name": "旧名"},
        "甲_第2稿.json": clean(1) | {"project_code": "A-01", "project_name": "新名"},
        "乙.json": clean(1) | {"project_code": "A-02", "project_name": "新名"},
    }
    assert [[project.chosen.file, project.received] for project in chosen(forms)] == [["甲_第2稿.json", 2], ["乙.json", 1]]


def test_projects_of_other_units_and_years_are_others() -> None:
    forms = {"甲.json": clean(1), "乙.json": clean(1) | {"organisation": "江南市水务局"}, "丙.json": clean(1) | {"year": 2020}}
    assert [project.received for project in chosen(forms)] == [1, 1, 1]
