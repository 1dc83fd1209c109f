"""A second project: the sheet 自评表 copied, as right-click and “move or copy” do, lives on its own."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.office.bench import Office, Scalar
from tests.workbook.template.files import FORM, messages, opened
from toolkit.core.form import Cell, Form, Indicator
from toolkit.core.layout import FormLayout, make_layout
from toolkit.core.scheme import load_schemes
from toolkit.workbook.read import read_forms
from toolkit.workbook.template import build_workbook
from toolkit.workbook.template.build import blank_form

COPY = "自评表 (2)"
SCHEME = load_schemes()["national-2020"]
ROWS = (
    ("产出指标", "数量指标", "培训人数", "≥10人", "9人", "50"),
    ("产出指标", "质量指标", "合格率", "100%", "100%", "30"),
    ("满意度指标", "服务对象满意度指标", "满意度", "≥95%", "96%", "10"),
)
"""Scored 45, 30 and 10; 执行率 80 % earns 8 of 10: 93, 优."""


def form() -> Form:
    """Return the first project, every score left to its formula."""
    rows = tuple(Indicator(*(Cell(text=text) for text in (*row, "", ""))) for row in ROWS)
    whole = dataclasses.replace(blank_form(SCHEME), project_name=Cell(text="甲项目"), indicators=rows)
    source = dataclasses.replace(whole.funds[1], annual_budget=Cell(text="100"), executed=Cell(text="80"))
    return dataclasses.replace(whole, funds=(whole.funds[0], source, *whole.funds[2:]))


def layout() -> FormLayout:
    return make_layout(len(SCHEME.fund_rows), [(one, two, 1) for one, two, *_ in ROWS])


def results(path: Path, office: Office) -> dict[str, list[Scalar]]:
    """Return what each of the two sheets computes: 执行率, its score, the scores of the rows, 总分, 等级."""
    blocks = office.recalculate(path, {name: f"A1:I{layout().sign_row + 1}" for name in (FORM, COPY)})
    top, total = layout().fund_first, layout().total_row
    found = {}
    for name, block in blocks.items():
        scores = [block[row - 1][7] for row in layout().used_rows()]
        found[name] = [*block[top - 1][7:9], *scores, block[total - 1][7], block[total + 1][1]]
    return found


FIRST = [0.8, 8.0, 45.0, 30.0, 10.0, 93.0, "优"]
SECOND = [0.5, 5.0, 25.0, 30.0, 10.0, 70.0, "中"]


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory, office: Office) -> Path:
    path = tmp_path_factory.mktemp("copy") / "一个.xlsx"
    build_workbook(path, form(), SCHEME)
    return office.copy_sheet(path, FORM, COPY, path.with_name("两个.xlsx"))


@pytest.fixture(scope="module")
def changed(copied: Path, office: Office) -> Path:
    """Return the workbook after an officer has filled the copy with a second project."""
    source, row = layout().fund_first + 1, layout().indicator_first
    typed: dict[str, Scalar] = {"B3": "乙项目", f"E{source}": 60.0, f"F{source}": 30.0, f"F{row}": "5人"}
    return office.write_cells(copied, {(COPY, cell): value for cell, value in typed.items()}, copied.with_name("三.xlsx"))


def test_a_copy_begins_as_its_original(copied: Path, office: Office) -> None:
    assert results(copied, office) == {FORM: FIRST, COPY: FIRST}


def test_a_copy_follows_its_own_cells_and_the_original_its_own(changed: Path, office: Office) -> None:
    assert results(changed, office) == {FORM: FIRST, COPY: SECOND}


def test_both_are_read_with_what_they_compute(changed: Path) -> None:
    first, second = read_forms(changed)
    assert [(each.sheet, each.project_name.text, each.total_score.number) for each in (first, second)] == [
        (FORM, "甲项目", Decimal(93)),
        (COPY, "乙项目", Decimal(70)),
    ]
    assert [row.score.number for row in second.indicators] == [Decimal(25), Decimal(30), Decimal(10)]
    assert second.indicators[1:] == tuple(dataclasses.replace(row) for row in first.indicators[1:])


def test_names_page_protection_and_messages_follow(changed: Path) -> None:
    book = opened(changed)
    original, copy = book[FORM], book[COPY]
    assert facts(copy, COPY) == facts(original, FORM)
    assert {name: area for name, area in facts(copy, COPY)["names"].items() if "#" in area} == {}
    assert set(facts(copy, COPY)["names"]) >= set(layout().names())
    assert len(facts(copy, COPY)["messages"]) > 300


def facts(sheet: Worksheet, name: str) -> dict[str, dict[str, str]]:
    """Return what belongs to a sheet, its own name left out."""
    quoted = (f"$'{name}'!", f"'{name}'!", f"${name}!", f"{name}!")
    names = {key: _without(found.attr_text or "", quoted) for key, found in sheet.defined_names.items()}
    page = {"area": _without(str(sheet.print_area), quoted), "rows": str(sheet.print_title_rows)}
    page |= {"paper": str(sheet.page_setup.paperSize), "fit": str(sheet.sheet_properties.pageSetUpPr)}
    protection = {"on": str(sheet.protection.sheet), "rows": str(sheet.protection.formatRows)}
    protection |= {cell.coordinate: "open" for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    rules = {f"{rule.sqref}": f"{rule.type} {rule.formula1}" for rule in sheet.data_validations.dataValidation}
    told = {cell: f"{title}：{message}" for cell, title, message in messages(sheet)}
    return {"names": names, "page": page, "protection": protection, "rules": rules, "messages": told}


def _without(text: str, prefixes: tuple[str, ...]) -> str:
    return next((text.removeprefix(prefix) for prefix in prefixes if text.startswith(prefix)), text)


def test_a_second_save_changes_nothing(changed: Path, office: Office) -> None:
    again = office.resave(changed, changed.with_name("四.xlsx"))
    assert results(again, office) == {FORM: FIRST, COPY: SECOND}
    assert read_forms(again) == read_forms(changed)
    assert facts(opened(again)[COPY], COPY) == facts(opened(changed)[COPY], COPY)
