"""Texts typed into a workbook by its parts: any writer's XML, rows that are missing, formulas in the way."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.problem import Unreadable
from toolkit.workbook.finish.work import Work
from toolkit.workbook.package import Package
from toolkit.workbook.patch import drop_results, type_texts


def typed(path: Path, texts: dict[str, str], sheet: str = "Sheet", *, drop: bool = False) -> Worksheet:
    """Type texts into a sheet and return it as openpyxl reads it."""
    out = path.with_name("out.xlsx")
    with Package(path) as package:
        work = Work(package)
        type_texts(work, sheet, texts)
        if drop:
            drop_results(work, sheet, texts, set())
        work.save(out)
    return openpyxl.load_workbook(out, data_only=drop)[sheet]


def made(path: Path, cells: dict[str, str | int]) -> Path:
    book = openpyxl.Workbook()
    for address, value in cells.items():
        book.worksheets[0][address] = value
    book.save(path)
    return path


def test_texts_stand_where_they_were_typed_whatever_was_there(tmp_path: Path) -> None:
    path = made(tmp_path / "a.xlsx", {"B2": "旧", "D2": 5, "C5": "=1+1"})
    texts = {"A2": "甲", "B2": "=42个", "C2": " 前后有空 ", "E2": "<&>", "A1": "首", "C5": "公式让位", "B9": "末\n两行"}
    sheet = typed(path, texts)
    found = {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert found == {**texts, "D2": 5}


def test_rows_and_cells_without_addresses_are_counted(tmp_path: Path) -> None:
    path, bare = made(tmp_path / "a.xlsx", {"A1": 1, "B1": 2, "A2": 3}), tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(bare, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("sheet1.xml"):
                for address in (b' r="A1"', b' r="B1"', b' r="A2"', b' r="1"', b' r="2"'):
                    data = data.replace(address, b"")
            new.writestr(name, data)
    sheet = typed(bare, {"B1": "二", "B2": "四", "A3": "五"})
    assert [[cell.value for cell in row] for row in sheet["A1:B3"]] == [[1, "二"], [3, "四"], ["五", None]]


def test_a_row_of_a_set_height_grows_with_its_text(tmp_path: Path) -> None:
    path = made(tmp_path / "a.xlsx", {"A1": "短", "A2": "短"})
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet.row_dimensions[1].height = sheet.row_dimensions[2].height = 20
    sheet.merge_cells("A2:H2")
    book.save(path)
    found = typed(path, {"A1": "很长的一句话，一格放不下", "A2": "很长的一句话，一格放不下"})
    assert found.row_dimensions[1].height > 40 and found.row_dimensions[2].height == 20


def test_results_that_depend_on_what_was_typed_are_dropped_and_no_others(tmp_path: Path) -> None:
    path = made(tmp_path / "a.xlsx", {"A1": "1"})
    cells = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1*2</f><v>2</v></c><c r="C1" t="str"><f>B1&amp;"个"</f><v>2个</v></c></row>'
        '<row r="2"><c r="A2"><v>9</v></c><c r="B2"><f>SUM(A2:A9)</f><v>9</v></c><c r="C2"><f>SUM(A$1:A$9)</f><v>10</v></c></row>'
    )
    with_formulas = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(with_formulas, "w") as new:
        for name in old.namelist():
            data = old.read(name).decode()
            if name.endswith("sheet1.xml"):
                data = data[: data.index("<sheetData>") + 11] + cells + data[data.index("</sheetData>") :]
            new.writestr(name, data)
    sheet = typed(with_formulas, {"A1": "3"}, drop=True)
    assert [[cell.value for cell in row] for row in sheet["A1:C2"]] == [["3", None, None], [9, 9, None]]


def test_a_formula_that_stands_for_others_is_left_alone(tmp_path: Path) -> None:
    path = made(tmp_path / "a.xlsx", {"A1": 1, "B1": 2})
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["C1"] = ArrayFormula("C1:C3", "=A1:A3*2")
    book.save(path)
    with pytest.raises(Unreadable, match="C1 的公式同时管着别的单元格"):
        typed(path, {"C1": "5"})
    with pytest.raises(Unreadable, match="没有工作表“没有”"):
        typed(path, {"A1": "5"}, "没有")
