"""--projects: the project forms of a department become the table 项目清单 of its own form."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from toolkit.cli.main import main
from toolkit.cli.projects import Project, Projects, read_projects, with_projects
from toolkit.cli.sources import find_schemes
from toolkit.core.scheme import load_schemes
from toolkit.intake.interchange import read_interchange
from toolkit.workbook.read import read_forms
from toolkit.workbook.template import build_workbook

CASES = Path(__file__).parents[1] / "cases"
DEPARTMENT = CASES / "035.json"
Told = pytest.CaptureFixture[str]


def run(*arguments: object) -> int:
    """Run the command line."""
    return main([str(argument) for argument in arguments])


def listed(path: Path) -> list[list[str]]:
    """Return 项目清单 of a workbook: 项目名称, 资金, 自评得分, 支出."""
    (form,) = read_forms(path)
    columns = ("项目名称", "资金", "自评得分", "支出")
    return [[row[name].text if name in row else "" for name in columns] for row in form.tables.get("项目清单", ())]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder as a department has it: a workbook, an exchange file, and things that are no project."""
    projects = tmp_path / "各项目"
    projects.mkdir()
    shutil.copy(CASES / "102.json", projects / "甲.json")
    form = read_interchange(CASES / "107.json").form
    build_workbook(projects / "乙.xlsx", form, load_schemes()["shenzhen-2021"])
    (projects / "~$乙.xlsx").write_bytes(b"")
    (projects / "说明.txt").write_text("请于四月底前报送", encoding="utf-8")
    return projects


def test_fill_lists_the_projects_in_the_unit_of_the_department(folder: Path, tmp_path: Path, capsys: Told) -> None:
    out = tmp_path / "部门.xlsx"
    assert run("fill", DEPARTMENT, "--projects", folder, "-o", out) == 0
    # 资金 and 支出 were published in 元; nothing is rounded on the way to 万元.
    assert listed(out) == [
        ["政府采购", "13.8", "83.95", "1.6"],
        ["社保业务公众服务经费", "444.8", "96.1", "386.66891"],
    ]


def test_the_department_itself_is_no_project(folder: Path, tmp_path: Path, capsys: Told) -> None:
    shutil.copy(DEPARTMENT, folder / "部门.json")
    shutil.copy(DEPARTMENT, folder / "部门旧稿.json")
    out = tmp_path / "部门.xlsx"
    assert run("fill", folder / "部门.json", "--projects", folder, "-o", out) == 0
    assert [name for name, *_ in listed(out)] == ["政府采购", "社保业务公众服务经费"]
    assert "“部门旧稿.json”是部门整体支出的表，没有列入项目清单。" in capsys.readouterr().err


def test_a_file_that_cannot_be_read_is_named_and_does_not_stop_the_others(folder: Path, tmp_path: Path, capsys: Told) -> None:
    (folder / "坏.json").write_text("{", encoding="utf-8")
    out = tmp_path / "部门.xlsx"
    assert run("fill", DEPARTMENT, "--projects", folder, tmp_path / "没有.xlsx", "-o", out) == 2
    assert len(listed(out)) == 2
    told = capsys.readouterr().err
    assert "“坏.json”不是有效的 JSON" in told and "“没有.xlsx”找不到" in told


def test_check_takes_projects_for_the_rules_and_leaves_the_fingerprint(folder: Path, capsys: Told) -> None:
    def checked(*arguments: object) -> dict[str, Any]:
        run("check", DEPARTMENT, "--json", *arguments)
        (form,) = json.loads(capsys.readouterr().out)
        found: dict[str, Any] = form
        return found

    def leaf(form: dict[str, Any]) -> str | None:
        (line,) = (line for line in form["score"]["lines"] if line["row"] == "项目绩效目标完成率")
        computed: str | None = line["computed"]
        return computed

    alone, beside = checked(), checked("--projects", folder)
    assert alone["fingerprint"] == beside["fingerprint"]
    # (83.95 × 13.8 + 96.1 × 444.8) ÷ 458.6 = 95.734…, of 7 points 6.70.
    assert (leaf(alone), leaf(beside)) == (None, "6.70")


def test_an_empty_folder_is_wrong_usage(tmp_path: Path, capsys: Told) -> None:
    (tmp_path / "空").mkdir()
    assert run("fill", DEPARTMENT, "--projects", tmp_path / "空", "-o", tmp_path / "a.xlsx") == 64
    assert "没有项目自评表" in capsys.readouterr().err


def written(path: Path, **changed: object) -> Path:
    data = json.loads((CASES / "102.json").read_text(encoding="utf-8"))
    path.write_text(json.dumps({**data, **changed}, ensure_ascii=False), encoding="utf-8")
    return path


def test_the_score_is_the_stated_one_else_the_sum(tmp_path: Path) -> None:
    stated = written(tmp_path / "a.json")
    added = written(tmp_path / "b.json", project_name="乙", stated_total={})
    found = read_projects([stated, added], [], find_schemes(None))
    assert [project.score for project in found.found] == ["96.1", "96.09"]


def test_what_a_form_does_not_say_is_left_blank_and_told(tmp_path: Path) -> None:
    bare = written(tmp_path / "a.json", funds=[], indicators=[], stated_total={})
    found = read_projects([bare], [], find_schemes(None))
    (project,) = found.found
    assert (project.funds, project.spent, project.score) == (None, None, "")
    assert found.remarks == ("“a.json”没有可用的资金、自评得分，项目清单里空着，请补上。",)


def test_one_project_twice_is_told(tmp_path: Path) -> None:
    found = read_projects([written(tmp_path / "一稿.json"), written(tmp_path / "二稿.json")], [], find_schemes(None))
    assert len(found.found) == 2
    assert found.remarks == (
        "“一稿.json”和“二稿.json”都是项目“社保业务公众服务经费”，项目清单里各列一行；是同一张表的两稿的，请删去旧稿。",
    )


@pytest.mark.parametrize(
    ("given", "wanted", "amount"), [("元", "元", "12345.6"), ("元", "万元", "1.23456"), ("万元", "元", "123456000"), ("万元", "万元", "12345.6")]
)
def test_amounts_are_written_in_the_unit_of_the_form(given: str, wanted: str, amount: str) -> None:
    project = Project("甲", Decimal("12345.60"), None, given, "90", "甲.json")
    form = read_interchange(written_form(wanted)).form
    (row,) = with_projects(form, Projects((project,))).tables["项目清单"]
    assert {column: cell.text for column, cell in row.items()} == {"项目名称": "甲", "资金": amount, "自评得分": "90"}


def written_form(unit: str) -> Path:
    return DEPARTMENT if unit == "万元" else CASES / "102.json"
