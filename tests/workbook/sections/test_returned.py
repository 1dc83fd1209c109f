"""A 取数表 as it is sent out, and in every shape in which it comes back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.office.bench import Office
from tests.workbook.sections.answered import HEADING_ROW, Sent, fill, headings, one
from tests.workbook.template.files import messages, opened, published
from toolkit.core.letters import column_letters
from toolkit.problem import Unreadable
from toolkit.sections import State
from toolkit.workbook.sections import Letter, read_returned, write_request

INPUTS = ["实际完成值", "依据和佐证材料", "经办人", "取数日期"]
VALUES = ("25人", "100%", "及时", "87%", "有效保障", "96%")


def values(sent: Sent, *files: Path) -> list[str]:
    return [each.value for each in sent.merged(*files).decisions]


def given(sent: Sent) -> dict[str, dict[str, str]]:
    return {item.code: {"实际完成值": value} for item, value in zip(sent.plan.items, VALUES, strict=True)}


def test_only_the_cells_to_be_filled_in_can_be(tmp_path: Path) -> None:
    sent = one(tmp_path)
    sheet = opened(sent.files["甲股"]).worksheets[0]
    columns = headings(sheet)
    rows = range(HEADING_ROW + 1, HEADING_ROW + 1 + len(sent.plan.items))
    wanted = {(row, columns[name]) for row in rows for name in INPUTS}
    free = {(cell.row, cell.column) for line in sheet.iter_rows() for cell in line if not cell.protection.locked}
    assert free == wanted and sheet.protection.sheet and not sheet.protection.password
    assert {sheet.cell(*place).number_format for place in wanted} == {"@"}
    told = {place: (title, text) for place, title, text in messages(sheet)}
    assert len(told) == len(wanted)
    assert told[f"{column_letters(columns['实际完成值'])}{rows[0]}"] == ("实际完成值", "指标值：27人。请连单位“人”一起写。")


def test_it_prints_on_a4_across_with_its_heading_on_every_page(tmp_path: Path) -> None:
    sheet = opened(one(tmp_path).files["甲股"]).worksheets[0]
    setup = sheet.page_setup
    # One page wide is what the file means by leaving the width out.
    assert (setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight) == (9, "landscape", None, 0)
    assert sheet.sheet_properties.pageSetUpPr is not None and sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$6:$6", "A7")
    assert [cell.value for cell in sheet["A"]][:4] == ["绩效自评取数表", "（2021 年度）", "提供股室", "项目名称"]


def test_a_section_that_is_not_known_writes_its_own_name(tmp_path: Path) -> None:
    sent = one(tmp_path)
    path = tmp_path / "未分工.xlsx"
    write_request(path, Letter("", 2021, "单位"), sent.plan.items)
    book = opened(path)
    assert not book.worksheets[0]["B3"].protection.locked
    assert read_returned(path, path.name).section == ""
    book.worksheets[0]["B3"] = "信息中心"
    book.save(path)
    assert read_returned(path, path.name).section == "信息中心"


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    sent = one(tmp_path)
    again = tmp_path / "再.xlsx"
    write_request(again, Letter("甲股", 2021, "单位"), sent.plan.items)
    assert again.read_bytes() == sent.files["甲股"].read_bytes()


def _sorted(sheet: Worksheet) -> None:
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(HEADING_ROW + 1, HEADING_ROW + 6)]
    for place, row in enumerate(reversed(rows), HEADING_ROW + 1):
        for column, value in enumerate(row, 1):
            sheet.cell(place, column).value = value


def _moved_down(sheet: Worksheet) -> None:
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
    sheet.insert_rows(1, 3)
    sheet["A1"] = "请各位同事填写"


def _renamed(sheet: Worksheet) -> None:
    sheet.title = "Sheet1"
    other = sheet.parent.create_sheet("说明", 0)  # type: ignore[union-attr]  # a sheet of a workbook
    other["A1"] = "转发"


def _without_what_is_not_needed(sheet: Worksheet) -> None:
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
    for name in ("年度指标值", "指标类别"):
        sheet.delete_cols(headings(sheet)[name])


def _without_codes(sheet: Worksheet) -> None:
    for row in range(HEADING_ROW + 1, HEADING_ROW + 7):
        sheet.cell(row, headings(sheet)["编号"]).value = None


@pytest.mark.parametrize("also", [_sorted, _moved_down, _renamed, _without_what_is_not_needed, _without_codes])
def test_what_sections_do_to_a_sheet_does_not_matter(also: Callable[[Worksheet], None], tmp_path: Path) -> None:
    sent = one(tmp_path)
    path = sent.answer("甲股", given(sent), also).rename(tmp_path / "取数表(1) 终稿.xlsx")
    assert values(sent, path) == list(VALUES)


def test_deleted_rows_are_missed_and_added_ones_named(tmp_path: Path) -> None:
    sent = one(tmp_path)

    def change(sheet: Worksheet) -> None:
        columns, row = headings(sheet), HEADING_ROW + 6
        sheet.cell(row, columns["编号"]).value = None
        sheet.cell(row, columns["指标名称"]).value = "新增的指标"

    found = sent.merged(sent.answer("甲股", given(sent), change))
    assert [each.value for each in found.decisions] == [*VALUES[:5], ""]
    assert found.decisions[5].note == "甲股发回的取数表里没有这一行"
    assert [(row.answer.cell, row.answer.name, row.note) for row in found.strays] == [
        ("取数表!E12", "新增的指标", "没有编号，本表没有这个指标")
    ]


@pytest.mark.parametrize("suffix", [".xlsx", ".xls"])
def test_what_another_program_saved_reads_the_same(suffix: str, tmp_path: Path, office: Office) -> None:
    sent = one(tmp_path)
    path = office.resave(sent.answer("甲股", given(sent)), tmp_path / f"另存{suffix}")
    found = sent.merged(path)
    assert [(each.value, each.note) for each in found.decisions] == [(value, "") for value in VALUES]


def test_formulas_numbers_and_texts_that_look_like_formulas(tmp_path: Path, office: Office) -> None:
    sent = one(tmp_path)

    def change(sheet: Worksheet) -> None:
        column = headings(sheet)["实际完成值"]
        for row, value, shape in ((HEADING_ROW + 1, "=20+5", '0"人"'), (HEADING_ROW + 2, 0.9912, "0%")):
            sheet.cell(row, column).value = value
            sheet.cell(row, column).number_format = shape

    path = sent.answer("甲股", {sent.plan.items[5].code: {"实际完成值": "=96%"}}, change)
    found = sent.merged(path).decisions
    assert (found[0].state, found[0].note) == (State.UNCLEAR, "甲股的答复是公式“=20+5”，文件里没有存下结果")
    assert (found[1].value, found[1].note) == ("99%", "格里显示“99%”，实际存的是 0.9912，按显示的填")
    assert found[5].value == "=96%"
    calculated = sent.merged(office.resave(path, tmp_path / "另存.xlsx")).decisions
    assert (calculated[0].value, calculated[0].note) == ("25人", "是公式“=20+5”，取显示的结果“25人”")


def test_a_sheet_for_another_project_is_known(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("一", "二")]
    for folder in folders:
        folder.mkdir()
    sent, other = one(folders[0]), Sent(folders[1], [published("103")], "shenzhen-2021")
    items = other.plan.items
    path = other.answer("甲股", {items[0].code: {"实际完成值": "100%"}})
    assert sent.merged(path).refused == (
        (path.name, "是2021 年度“案件调查取证费”的取数表，不是本表（2021 年度“社保业务公众服务经费”）的"),
    )


def _form(folder: Path) -> Path:
    return one(folder).book


def _empty(folder: Path) -> Path:
    path = folder / "空.xlsx"
    openpyxl.Workbook().save(path)
    return path


def _text(folder: Path) -> Path:
    path = folder / "文字.xlsx"
    path.write_text("编号,指标名称,实际完成值", encoding="utf-8")
    return path


def _broken(folder: Path) -> Path:
    path = folder / "坏.xls"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600)
    return path


@pytest.mark.parametrize("make", [_form, _empty, _text, _broken])
def test_what_is_no_request_says_what_it_is(make: Callable[[Path], Path], tmp_path: Path) -> None:
    path = make(tmp_path)
    with pytest.raises(Unreadable) as told:
        read_returned(path, path.name)
    assert "；请" in str(told.value) and path.name in str(told.value)


def test_answers_pasted_into_a_table_of_ones_own(tmp_path: Path) -> None:
    sent = one(tmp_path)
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["指标名称", "依据和佐证材料", "实际完成值（人、%）"])
    for item, value in zip(sent.plan.items, VALUES, strict=True):
        sheet.append([item.name, "台账", value])
    path = tmp_path / "自己的表.xlsx"
    book.save(path)
    assert values(sent, path) == list(VALUES)
    fill(sent.files["甲股"], {})
    assert values(sent, sent.files["甲股"]) == [""] * 6
