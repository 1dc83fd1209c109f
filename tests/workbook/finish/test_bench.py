"""Finishing workbooks of many kinds: what stays is the same byte for byte, what goes is gone and told."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from tests.office.bench import Office, pdf_text
from tests.workbook.finish.bench import (
    read_parts,
    rich_workbook,
    unclean_workbook,
    with_part,
    with_wps_pictures,
    write_parts,
)
from toolkit.problem import Unreadable
from toolkit.workbook.finish import finish_workbook, hygiene

TOUCHED = {"docProps/core.xml", "docProps/app.xml", "xl/comments1.xml"}
"""Parts of the rich workbook that hold names of people."""


def cells(path: Path) -> dict[str, object]:
    book = openpyxl.load_workbook(path, data_only=True)
    return {f"{sheet.title}!{cell.coordinate}": cell.value for sheet in book for row in sheet for cell in row if cell.value is not None}


def formulas(path: Path) -> dict[str, object]:
    book = openpyxl.load_workbook(path)
    return {cell.coordinate: cell.value for row in book.worksheets[0] for cell in row if cell.data_type == "f"}


def test_what_a_rich_workbook_shows_is_kept_byte_for_byte(tmp_path: Path) -> None:
    source = with_wps_pictures(rich_workbook(tmp_path / "a.xlsx"), tmp_path / "b.xlsx")
    finished = finish_workbook(source, tmp_path / "out.xlsx", [])
    before, after = read_parts(source), read_parts(tmp_path / "out.xlsx")
    assert {name for name in before if before[name] != after.get(name)} == TOUCHED
    assert set(before) == set(after)
    assert finished.removals == (
        "文件属性“作者”已清空：王小明",
        "文件属性“最后保存者”已清空：王小明",
        "文件属性“经理”已清空：李局长",
        "文件属性“单位（公司）”已清空：某某咨询公司",
        "批注里的人名已改为“作者”：王小明",
    )
    assert hygiene(tmp_path / "out.xlsx") == []


def test_everything_that_should_not_leave_is_found_by_the_scan(tmp_path: Path) -> None:
    found = hygiene(unclean_workbook(tmp_path / "a.xlsm"))
    assert sorted({leftover.kind for leftover in found}) == sorted(
        [
            "启用宏的文件类型",
            "到其他文件的链接",
            "外部链接、控件或打印机设置",
            "宏（VBA）",
            "引用其他文件的公式",
            "引用其他文件的名称",
            "打印机设置（含打印机名称和路径）",
            "批注里的人名",
            "指定运行程序的工作表",
            "文件属性“作者”",
            "文件属性“单位（公司）”",
            "文件属性“最后保存者”",
            "文件属性“经理”",
            "用到宏或加载项函数的公式",
            "自定义功能区",
            "自定义文件属性",
            "运行宏的按钮",
            "隐藏的名称",
            "隐藏的工作表",
        ]
    )


def test_everything_that_should_not_leave_is_taken_out_and_told(tmp_path: Path) -> None:
    source, out = unclean_workbook(tmp_path / "a.xlsm"), tmp_path / "out.xlsx"
    finished = finish_workbook(source, out, [])
    assert hygiene(out) == []
    assert finished.removals == (
        "工作表“xlwings.conf”（指定运行程序）已去掉",
        "隐藏的工作表“底稿”已去掉",
        "工作表“表”B1 的公式用到宏或加载项的函数（_xll.READVALUE），已改为数值",
        "工作表“表”C1 的公式引用了其他文件，已改为数值",
        "工作表“表”B3 的公式用到宏或加载项的函数（completion），已改为数值",
        "工作表“表”的 1 个运行宏的按钮已去掉",
        "自定义功能区已去掉",
        "宏（VBA）已去掉",
        "打印机设置（含打印机名称和路径）已去掉",
        "到其他文件的链接 1 个已去掉",
        "名称“往年数”引用其他文件，已去掉",
        "隐藏的名称“旧”已去掉",
        "隐藏的名称“率”有公式在用，已改为可见",
        "文件属性“作者”已清空：王小明",
        "文件属性“最后保存者”已清空：王小明",
        "文件属性“经理”已清空：李局长",
        "文件属性“单位（公司）”已清空：某某咨询公司",
        "自定义文件属性已去掉：KSOProductBuildVer",
        "批注里的人名已改为“作者”：王小明",
    )
    assert cells(out) == {"表!A1": 1, "表!A2": 2, "表!A3": 3, "表!B1": 41, "表!B2": 6, "表!B3": "完成", "表!C1": 8, "表!C2": 3}
    assert formulas(out) == {"B2": "=SUM(A1:A3)", "C2": "=SUM(A1:A3)*率"}
    assert b"\xe7\x8e\x8b\xe5\xb0\x8f\xe6\x98\x8e" not in b"".join(read_parts(out).values())


def test_a_finished_workbook_opens_in_calamine_and_names_no_part_that_is_missing(tmp_path: Path) -> None:
    for make, suffix in ((rich_workbook, "xlsx"), (unclean_workbook, "xlsm")):
        source, out = make(tmp_path / f"{make.__name__}.{suffix}"), tmp_path / f"{make.__name__}_out.xlsx"
        finish_workbook(source, out, [])
        book = CalamineWorkbook.from_path(out)
        assert [book.get_sheet_by_name(name).to_python()[0][0] for name in book.sheet_names] == ["甲" if make is rich_workbook else 1.0]
        parts = read_parts(out)
        types = etree.fromstring(parts["[Content_Types].xml"])
        known = {node.get("PartName") for node in types} | {node.get("Extension") for node in types}
        assert all(f"/{name}" in known or name.rpartition(".")[2] in known for name in parts if name != "[Content_Types].xml")
        assert {node.get("PartName") for node in types if node.get("PartName")} <= {f"/{name}" for name in parts}


_ROW = ('<row r="2"', '<row r="2" hidden="1"', "第 2 行是隐藏的，却有内容（A2）；请取消隐藏或取消筛选，核对后保留或删去，再试。")
_COLUMN = (
    "<sheetData>",
    '<cols><col min="2" max="2" width="9" hidden="1"/></cols><sheetData>',
    "B 列是隐藏的，却有内容（B1）；请取消隐藏，核对后保留或删去，再试。",
)


@pytest.mark.parametrize(("old", "new", "told"), [_ROW, _COLUMN])
def test_a_hidden_value_is_refused_by_name(tmp_path: Path, old: str, new: str, told: str) -> None:
    source = with_part(rich_workbook(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", "xl/worksheets/sheet1.xml", old, new)
    with pytest.raises(Unreadable) as refused:
        finish_workbook(source, tmp_path / "out.xlsx", [])
    assert str(refused.value) == f"“b.xlsx”的工作表“统计 (1)”{told}"
    assert not (tmp_path / "out.xlsx").exists()


def test_a_hidden_sheet_that_a_formula_reads_is_refused(tmp_path: Path) -> None:
    parts = read_parts(unclean_workbook(tmp_path / "a.xlsm"))
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b"<f>SUM(A1:A3)</f>", "<f>底稿!A1</f>".encode())
    write_parts(tmp_path / "b.xlsm", parts)
    with pytest.raises(Unreadable, match="的工作表“表”B2 的公式要用到隐藏的工作表“底稿”"):
        finish_workbook(tmp_path / "b.xlsm", tmp_path / "out.xlsx", [])


def test_a_formula_without_result_is_computed_or_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit.workbook.finish.cached.find_office", lambda: None)
    source = with_part(rich_workbook(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", "xl/worksheets/sheet1.xml", "</f><v>15</v>", "</f>")
    with pytest.raises(Unreadable, match=r"的工作表“统计 \(1\)”B4 的公式没有结果，本机也算不出；请在 Excel 或 WPS 中打开"):
        finish_workbook(source, tmp_path / "out.xlsx", [])


def test_libreoffice_computes_what_is_missing(tmp_path: Path, office: Office) -> None:
    source = with_part(rich_workbook(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", "xl/worksheets/sheet1.xml", "</f><v>15</v>", "</f>")
    finished = finish_workbook(source, tmp_path / "out.xlsx", [])
    assert finished.removals[0] == "1 个公式的结果缺失或已过时，已重新计算"
    assert cells(tmp_path / "out.xlsx") == cells(tmp_path / "a.xlsx")


@pytest.mark.parametrize("resaved", [False, True])
def test_a_rich_workbook_prints_the_same_text(tmp_path: Path, office: Office, resaved: bool) -> None:
    source = rich_workbook(tmp_path / "a.xlsx")
    if resaved:
        source = office.resave(source, tmp_path / "b.xlsx")
    finish_workbook(source, tmp_path / "out.xlsx", [])
    assert hygiene(tmp_path / "out.xlsx") == []
    before = pdf_text(office.to_pdf(source, tmp_path / "before.pdf"))
    after = pdf_text(office.to_pdf(tmp_path / "out.xlsx", tmp_path / "after.pdf"))
    assert before == after
    assert "经审核无误" in "".join(before)
