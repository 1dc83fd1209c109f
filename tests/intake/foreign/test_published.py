"""Published forms from their text, and from renderings of it made with other programs' libraries."""

from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest

from tests.intake.foreign.reading import CASES, SHENZHEN, SHENZHEN_CASES, case, whole
from toolkit.intake.foreign import How, read_foreign


def as_workbook(path: Path, lines: list[list[str]]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row, cells in enumerate(lines, 1):
        for column, text in enumerate(cells, 1):
            if text:
                sheet.cell(row, column, text)
    book.save(path)


def as_document(path: Path, lines: list[list[str]]) -> None:
    document, held = docx.Document(), list[list[str]]()
    for cells in [*lines, [""]]:
        if len(cells) > 1:
            held.append(cells)
            continue
        if held:
            wide = max(len(each) for each in held)
            table = document.add_table(len(held), wide)
            for row, texts in zip(table.rows, held, strict=True):
                for cell, text in zip(row.cells, texts, strict=False):
                    cell.text = text
            held = []
        document.add_paragraph(cells[0])
    document.save(str(path))


def lines_of(path: Path) -> list[list[str]]:
    return [[text.strip("*") for text in line.split("\t")] for line in path.read_text(encoding="utf-8").splitlines()]


def test_the_eight_forms_from_the_published_text() -> None:
    found = read_foreign(SHENZHEN)
    assert [whole(form) for form in found.forms] == [whole(case(name)) for name in SHENZHEN_CASES]
    assert found.leftovers == ()
    assert found.notes == ("没有找到年度，请补填", "地区按主管部门里的“深圳市”认作广东省深圳市")


@pytest.mark.parametrize(("suffix", "write"), [(".xlsx", as_workbook), (".docx", as_document)])
def test_the_eight_forms_rendered(tmp_path: Path, suffix: str, write: Callable[[Path, list[list[str]]], None]) -> None:
    path = tmp_path / f"八张表{suffix}"
    write(path, lines_of(SHENZHEN))
    found = read_foreign(path)
    assert [whole(form) for form in found.forms] == [whole(case(name)) for name in SHENZHEN_CASES]
    assert found.leftovers == ()


def test_a_value_of_a_workbook_knows_its_cell(tmp_path: Path) -> None:
    path = tmp_path / "八张表.xlsx"
    as_workbook(path, lines_of(SHENZHEN))
    forms = read_foreign(path).forms
    book = openpyxl.load_workbook(path)
    cells = [
        cell
        for form in forms
        for row in form.indicators
        for cell in (row.level3, row.target, row.actual, row.weight, row.score)
    ]
    assert len(cells) == 5 * sum(len(case(name).indicators) for name in SHENZHEN_CASES)
    assert [cell.text for cell in cells] == [book[cell.sheet or ""][cell.address or ""].value for cell in cells]


def test_rows_whose_cells_have_slid_are_named() -> None:
    found = read_foreign(SHENZHEN)
    slid = [one.text for recognised in found.recognised for one in recognised if one.how is How.SHIFTED]
    # By hand from the text: 满意度 begins in the first column in five forms, two rows name only the indicator.
    assert slid == ["满意度指标"] * 5 + ["转移邮寄费用标准", "办公设备配置价格标准"]


@pytest.mark.parametrize("suffix", [".xls", ".xlsx"])
def test_the_ministry_workbook_is_a_blank_form(suffix: str) -> None:
    found = read_foreign(CASES / "files" / f"moe2019_template{suffix}")
    (form,) = found.forms
    assert (form.sheet, form.year, form.project_name.text) == (
        "项目支出绩效自评表",
        2019,
        "2019年210青少年校园足球扶持资金",
    )
    assert [one.field for one in found.recognised[0]][:8] == [
        *("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"),
    ]
    assert [one.field for one in found.recognised[0]][8:14] == [
        *("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
    ]
    assert form.indicators == ()
    assert not found.filled
    assert found.notes == (
        "“项目支出绩效目标申报表”没有实际完成值和得分栏，不是自评表，没有读",
        "“项目支出绩效目标执行监控”没有实际完成值和得分栏，不是自评表，没有读",
    )
