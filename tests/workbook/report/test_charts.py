"""The charts of the report: over their rows when there is something to draw, aside when there is not."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path

from tests.narrative.reports import block, report
from tests.workbook.report.sheets import CASES, blank, deleted, differing, stored, written
from toolkit.core.form import Cell, Form
from toolkit.core.scheme import load_schemes
from toolkit.intake.interchange import read_interchange
from toolkit.workbook.template import build_workbook

REPORT = report(block("一", "全年执行良好。"))
SCORES, SPENDING = "@各一级指标得分与分值", "@各项目资金与支出"


def anchors(path: Path) -> list[tuple[int, int, int]]:
    """Return first column, first row and last row of every chart, counted from 0."""
    with zipfile.ZipFile(path) as package:
        found = [package.read(name).decode() for name in package.namelist() if name.startswith("xl/drawings/drawing")]
    places = re.findall(r"from><xdr:col>(\d+)<.*?<xdr:row>(\d+)<.*?<xdr:to>.*?<xdr:row>(\d+)<", "".join(found), re.DOTALL)
    return [(int(column), int(first), int(last)) for column, first, last in places]


def formulas(path: Path) -> list[list[str]]:
    """Return the ranges each chart shows, and how many points it keeps of each."""
    with zipfile.ZipFile(path) as package:
        charts = [package.read(name).decode() for name in package.namelist() if name.startswith("xl/charts/chart")]
    return [re.findall(r"<c:f>([^<]*)</c:f>", chart) for chart in charts]


def department(*projects: tuple[str, str, str]) -> Form:
    """Return a department's form with its projects: name, funds, spent."""
    form = read_interchange(CASES / "102.json").form
    columns = ("项目名称", "资金", "支出")
    rows = tuple({name: Cell(f"项目清单·{name}", text) for name, text in zip(columns, each, strict=True)} for each in projects)
    return replace(form, tables={"项目清单": rows} if rows else {})


def test_a_chart_waits_beside_the_report_until_one_is_written(tmp_path: Path) -> None:
    start = blank(tmp_path / "自评表.xlsx", "102")
    ((column, _, _),) = anchors(start)
    assert column > 20
    done = written(start, tmp_path / "报告.xlsx", 自评表=REPORT)
    caption = next(row for row in stored(done).rows if row.row.key == SCORES)
    # It lies over the row of its caption, which stands at the bottom of it.
    assert (caption.top, caption.bottom, anchors(done)) == (4, 4, [(0, 3, 3)])


def test_a_chart_shows_the_sections_of_its_form(tmp_path: Path) -> None:
    done = written(blank(tmp_path / "自评表.xlsx", "102"), tmp_path / "报告.xlsx", 自评表=REPORT)
    (shown,) = formulas(done)
    assert len(shown) == 4 and all("自评表" in each for each in shown)
    with zipfile.ZipFile(done) as package:
        chart = package.read("xl/charts/chart1.xml").decode()
    values = re.findall(r"<c:v>([^<]*)</c:v>", chart)
    assert {"产出指标", "效益指标", "满意度指标", "50", "47.49", "20"} <= set(values)


def test_nothing_to_draw_leaves_no_room(tmp_path: Path) -> None:
    form = replace(read_interchange(CASES / "102.json").form, indicators=())
    build_workbook(tmp_path / "自评表.xlsx", [form], load_schemes()["shenzhen-2021"])
    done = written(tmp_path / "自评表.xlsx", tmp_path / "报告.xlsx", 自评表=REPORT)
    assert [row.row.key for row in stored(done).rows] == ["一"]
    assert all(column > 20 for column, _, _ in anchors(done))


def test_a_chart_whose_caption_was_deleted_does_not_come_back(tmp_path: Path) -> None:
    done = written(blank(tmp_path / "自评表.xlsx", "102"), tmp_path / "报告.xlsx", 自评表=REPORT)
    caption = next(row for row in stored(done).rows if row.row.key == SCORES)
    again = written(deleted(done, tmp_path / "删.xlsx", caption.top), tmp_path / "再.xlsx", 自评表=REPORT)
    assert [row.row.key for row in stored(again).rows] == ["一"]
    assert all(column > 20 for column, _, _ in anchors(again))


def test_a_department_shows_its_projects_and_no_empty_rows(tmp_path: Path) -> None:
    form = department(("档案整理", "31.4", "31.28"), ("设备购置", "20", "0"), ("邮寄", "2", "1.99"))
    build_workbook(tmp_path / "部门.xlsx", [form], load_schemes()["foshan-department-2022"])
    done = written(tmp_path / "部门.xlsx", tmp_path / "报告.xlsx", 自评表=REPORT)
    assert [row.row.key for row in stored(done).rows] == ["一", SCORES, SPENDING]
    (shown,) = [each for each in formulas(done) if "报告要素" in each[0]]
    rows = [re.findall(r"\$(\d+)", each) for each in shown]
    assert {int(last) - int(first) + 1 for first, last in rows} == {3}
    assert differing(done, written(done, tmp_path / "再.xlsx", 自评表=REPORT)) == set()


def test_a_department_without_projects_has_no_chart_of_them(tmp_path: Path) -> None:
    build_workbook(tmp_path / "部门.xlsx", [department()], load_schemes()["foshan-department-2022"])
    done = written(tmp_path / "部门.xlsx", tmp_path / "报告.xlsx", 自评表=REPORT)
    assert [row.row.key for row in stored(done).rows] == ["一", SCORES]
