"""重算并检查 crosses to Excel a few dozen times, however long the form is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.excel.com.books import Excel
from tests.excel.com.forms import interchange
from tests.excel.com.pressed import Officer, filled

MOST, MORE_PER_FINDING, APART = 40, 2, 3
CLEAN = "未发现错误和提醒，核对情况列在“检查结果”。本结果只说明表内数据相互一致、计算无误，不代替对数据真实性的审核。"


def officer(excel: Excel, folder: Path, rows: int, wrong: int = 0) -> Officer:
    path = filled(interchange(rows, wrong), folder / f"2024年 档案(终稿) {rows}项{wrong}.xlsx")
    return Officer(excel, path, folder / "用户 数据")


def test_ten_and_sixty_indicators_without_findings_take_the_same(excel: Excel, tmp_path: Path) -> None:
    counts = []
    for rows in (10, 60):
        one = officer(excel, tmp_path, rows)
        assert one.press("check") == CLEAN
        counts.append(len(one.log))
        # Pressed again, nothing has to be said anew.
        assert one.press("check") == CLEAN
        assert len(one.log) <= counts[-1]
    assert max(counts) <= MOST
    assert abs(counts[0] - counts[1]) <= APART


@pytest.mark.parametrize("wrong", [1, 5, 28])
def test_each_finding_marked_takes_two_more_at_most(excel: Excel, tmp_path: Path, wrong: int) -> None:
    one = officer(excel, tmp_path, 60, wrong)
    findings = 2 * wrong
    assert one.press("check") == f"发现 {findings} 处错误、0 处提醒，已列在“检查结果”。"
    assert len(one.log) <= MOST + MORE_PER_FINDING * findings
    noted = [row for row in one.book.sheets[1].stored.iter_rows() for row in row if row.comment]
    assert len(noted) == findings


def test_what_was_put_right_loses_its_marks_within_the_same_count(excel: Excel, tmp_path: Path) -> None:
    one = officer(excel, tmp_path, 60, 10)
    one.press("check")
    sheet = one.book.sheets[1]
    for cell in [cell for row in sheet.stored.iter_rows() for cell in row if isinstance(cell.value, str) and cell.value.endswith("次")]:
        if cell.column_letter == "F":
            sheet.cells.put(cell.row, cell.column, str(sheet.stored.cell(cell.row, cell.column - 1).value).strip("≥"))
    assert one.press("check") == CLEAN
    assert len(one.log) <= MOST
    assert not [cell for row in sheet.stored.iter_rows() for cell in row if cell.comment]


def test_excel_is_left_as_it_was(excel: Excel, tmp_path: Path) -> None:
    one = officer(excel, tmp_path, 10, 2)
    application = excel.application
    application.Calculation = 2
    assert one.press("check").startswith("发现 4 处错误")
    assert (application.Calculation, application.StatusBar) == (2, False)
    assert (excel.app.screen_updating, excel.app.enable_events, excel.app.display_alerts) == (True, True, True)
    assert application.status[0] == "正在重算并检查……"
    assert all(sheet.ProtectContents for sheet in one.book.sheets if sheet.Name in ("自评表", "检查结果"))
