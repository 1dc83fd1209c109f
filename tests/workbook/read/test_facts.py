"""报告要素 comes out of a workbook as it went in, wherever the officer's rows and sheets have moved to."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.office.bench import Office
from tests.workbook.facts_given import GIVEN, every_fact, with_facts
from tests.workbook.template.files import opened, scheme_of
from toolkit.core.form import Form
from toolkit.workbook.read import read_forms, read_workbook
from toolkit.workbook.template import build_workbook

SHEET = "报告要素"


def built(path: Path, *forms: Form) -> Path:
    build_workbook(path, list(forms), scheme_of(forms[0]))
    return path


def texts(form: Form) -> dict[str, Any]:
    """Return facts and tables as an interchange file writes them."""
    tables = {name: [{column: cell.text for column, cell in row.items()} for row in rows] for name, rows in form.tables.items()}
    return {name: cell.text for name, cell in form.facts.items()} | tables


@pytest.mark.parametrize("facts", [GIVEN, every_fact(), {}], ids=["kinds", "all", "none"])
def test_facts_come_out_as_they_went_in(facts: Mapping[str, Any], tmp_path: Path) -> None:
    (form,) = read_forms(built(tmp_path / "a.xlsx", with_facts("102", facts)))
    assert texts(form) == facts
    assert form == with_facts("102", facts)


@pytest.mark.parametrize("facts", [GIVEN, every_fact()], ids=["kinds", "all"])
def test_facts_survive_libreoffice(facts: Mapping[str, Any], tmp_path: Path, office: Office) -> None:
    saved = office.resave(built(tmp_path / "a.xlsx", with_facts("102", facts)), tmp_path / "b.xlsx")
    assert texts(read_forms(saved)[0]) == facts


def row_of(sheet: Any, name: str) -> int:
    """Return the row in which a field, or the title of a table, stands."""
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 2).value == name)


def test_every_value_knows_its_cell(tmp_path: Path) -> None:
    path = built(tmp_path / "a.xlsx", with_facts("102"))
    sheet = opened(path)[SHEET]
    (form,) = read_forms(path)
    first = row_of(sheet, "资金依据") + 2
    assert (form.facts["专款专用"].address, form.facts["专款专用·依据"].address) == (
        f"C{row_of(sheet, '专款专用')}",
        f"E{row_of(sheet, '专款专用')}",
    )
    cells = form.tables["资金依据"][1]
    assert [(cell.field, cell.sheet, cell.address) for cell in cells.values()] == [
        ("资金依据第 2 行·文件名称", SHEET, f"B{first + 1}"),
        ("资金依据第 2 行·本单位金额", SHEET, f"H{first + 1}"),
        ("资金依据第 2 行·来源另有的一列", SHEET, f"K{first + 1}"),
    ]


def test_rows_that_an_officer_inserts_move_nothing(tmp_path: Path) -> None:
    path = built(tmp_path / "a.xlsx", with_facts("102"))
    book = opened(path)
    sheet = book[SHEET]
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
    inside = row_of(sheet, "资金依据") + 3
    sheet.insert_rows(inside)
    sheet.cell(inside, 2).value, sheet.cell(inside, 8).value = "插入的一行", 12.5
    sheet.insert_rows(2, 3)
    sheet.insert_rows(row_of(sheet, "专款专用"), 2)
    book.save(path)
    (form,) = read_forms(path)
    first, second = GIVEN["资金依据"]
    expected = {**GIVEN, "资金依据": [first, {"文件名称": "插入的一行", "本单位金额": "12.5"}, second]}
    assert texts(form) == expected


def test_what_the_officer_types_is_read_as_it_prints(tmp_path: Path) -> None:
    path = built(tmp_path / "a.xlsx", with_facts("102", {}))
    book = opened(path)
    sheet = book[SHEET]
    typed: dict[str, Any] = {"调整原因": "年中调减", "合同金额": 312800, "单价标准": 0.5, "填报日期": "2022-4-15", "无挤占挪用": "是"}
    for name, value in typed.items():
        sheet.cell(row_of(sheet, name), 3).value = value
    sheet.cell(row_of(sheet, "完成清单") + 4, 3).value = 17
    book.save(path)
    (form,) = read_forms(path)
    assert texts(form) == {
        "填报日期": "2022-4-15",
        "调整原因": "年中调减",
        "合同金额": "312800",
        "单价标准": "0.5",
        "无挤占挪用": "是",
        "完成清单": [{"数量": "17"}],
    }
    assert form.tables["完成清单"][0]["数量"].field == "完成清单第 3 行·数量"


UNIT = {"单位简称": "市社保局", "专款专用": "是", "专款专用·依据": "手册", "重点工作": [{"工作任务": "甲"}]}
OWN = {"调整原因": "年中调减", "进度节点": [{"截止日期": "2021年12月31日", "累计支出": "1"}]}


def test_a_further_form_takes_what_holds_for_the_unit(tmp_path: Path) -> None:
    path = built(tmp_path / "a.xlsx", with_facts("102", {**UNIT, **OWN}), with_facts("103", UNIT))
    assert SHEET + " (2)" not in opened(path).sheetnames
    found = read_workbook(path)
    assert [texts(form) for form in found.forms] == [{**UNIT, **OWN}, UNIT]
    assert found.remarks == (
        "“报告要素”里各项目自己的内容只用于第一张自评表，“自评表 (2)”只取其中全单位共用的内容；"
        "其他项目另有内容的，请复制“报告要素”，编号与自评表一致，例如“报告要素 (2)”对应“自评表 (2)”",
    )


def test_where_nothing_is_lost_nothing_is_remarked(tmp_path: Path) -> None:
    assert read_workbook(built(tmp_path / "a.xlsx", with_facts("102", UNIT), with_facts("103", UNIT))).remarks == ()


def test_a_further_form_with_facts_of_its_own_has_its_own_sheet(tmp_path: Path) -> None:
    forms = [with_facts("102", {**UNIT, **OWN}), with_facts("103", {}), with_facts("104", OWN)]
    path = built(tmp_path / "a.xlsx", *forms)
    assert [name for name in opened(path).sheetnames if name.startswith(SHEET)] == [SHEET, f"{SHEET} (3)"]
    found = read_workbook(path)
    assert [texts(form) for form in found.forms] == [{**UNIT, **OWN}, UNIT, OWN]
    assert [form.facts["调整原因"].sheet for form in (found.forms[0], found.forms[2])] == [SHEET, f"{SHEET} (3)"]
    assert "“自评表 (2)”只取" in found.remarks[0]


@pytest.mark.parametrize("name", ["报告要素 (2)", "报告要素_2", "报告要素2", "报告要素（2）"])
def test_a_copied_sheet_belongs_to_the_form_of_its_number(name: str, tmp_path: Path) -> None:
    path = built(tmp_path / "a.xlsx", with_facts("102", OWN), with_facts("103", {}))
    book = opened(path)
    copy = book.copy_worksheet(book[SHEET])
    copy.title = name
    copy.cell(row_of(copy, "调整原因"), 3).value = "另一个项目的原因"
    book.save(path)
    found = read_workbook(path)
    assert [form.facts["调整原因"].text for form in found.forms] == ["年中调减", "另一个项目的原因"]
    assert found.remarks == ()


def test_a_copy_in_libreoffice_is_read_as_its_original(tmp_path: Path, office: Office) -> None:
    path = built(tmp_path / "a.xlsx", with_facts("102"), dataclasses.replace(with_facts("103", {})))
    copied = office.copy_sheet(path, SHEET, f"{SHEET} (2)", tmp_path / "b.xlsx")
    assert [texts(form) for form in read_forms(copied)] == [GIVEN, GIVEN]


def test_a_sheet_of_an_earlier_template_is_read(tmp_path: Path) -> None:
    path = built(tmp_path / "a.xlsx", with_facts("102", {}))
    book = opened(path)
    place = book.sheetnames.index(SHEET)
    del book[SHEET]
    sheet = book.create_sheet(SHEET, place)
    sheet.append(["报告要素（表里没有、报告和检查要用的事实；全部可不填，不打印）"])
    sheet.append([])
    sheet.append(["序号", "要素", "填写内容", "单位或格式", "示例", "用于"])
    sheet.append([1, "调整原因", "年中调减", "文字", "", ""])
    sheet.append([2, "结转结余去向", None, "文字", "", ""])
    book.save(path)
    assert texts(read_forms(path)[0]) == {"调整原因": "年中调减"}
