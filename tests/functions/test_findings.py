"""The findings of a form on an open sheet are those of its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.excel.com.books import Excel
from tests.functions.calls import Sheet
from toolkit.checks import RULES, check_form, make_case
from toolkit.cli.main import main
from toolkit.core.scheme import load_schemes
from toolkit.core.scheme.match import choose_scheme
from toolkit.workbook.read import read_forms

ROOT = Path(__file__).parents[2]
SCHEME = "shenzhen-2021"


def opened(excel: Excel, number: str, folder: Path) -> tuple[Sheet, Path, str]:
    """Fill a form, open it, and return the sheet, the file and the range of the form."""
    path = folder / f"表 {number}.xlsx"
    assert main(["fill", str(ROOT / "tests" / "cases" / f"{number}.json"), "-o", str(path)]) == 0
    excel.open(path)
    sheet = Sheet(excel)
    sheet.book = excel.application.books[0]
    sheet.sheet = sheet.book.sheets[1]
    (last,) = (row for row in range(1, 200) if sheet.sheet.stored.cell(row, 1).value == "总分")
    return sheet, path, f"&A1:I{last + 2}"


@pytest.mark.parametrize("number", [str(number) for number in range(101, 109)])
def test_the_same_as_from_the_file(excel: Excel, number: str, tmp_path: Path) -> None:
    sheet, path, area = opened(excel, number, tmp_path)
    (form,) = read_forms(path)
    wanted = check_form(make_case(form, choose_scheme(form, load_schemes())[0]), RULES)
    found = sheet.call("SE_FINDINGS", area, -2147352572, SCHEME)
    # A blank cell of a range has no place of its own.
    places = {cell.address for finding in wanted for cell in finding.cells if cell.blank and cell.address}
    messages = [message_without(finding.message, places) for finding in wanted]
    rows = [list(row) for row in found]
    assert [row[:2] for row in rows] == [[finding.severity.word, finding.code] for finding in wanted]
    assert [message_without(str(row[2]).partition("。算式：")[0], places) for row in rows] == messages
    assert [row[3] for row in rows] == [finding.fix for finding in wanted]


def message_without(message: str, places: set[str]) -> str:
    for place in places:
        message = message.replace(f"{place}“", "“")
    return message


def test_the_range_is_as_long_as_asked(excel: Excel, tmp_path: Path) -> None:
    sheet, _, area = opened(excel, "102", tmp_path)
    whole = sheet.call("SE_FINDINGS", area, -2147352572, SCHEME)
    short = sheet.call("SE_FINDINGS", area, 3.0, SCHEME)
    assert short == [*whole[:2], ["", "", f"还有 {len(whole) - 2} 条，请按“重算并检查”查看全部", ""]]
    assert sheet.call("SE_FINDINGS", area, 12.0, SCHEME) == whole + [[""] * 4] * (12 - len(whole))


def test_a_form_elsewhere_on_its_sheet(excel: Excel) -> None:
    sheet = Sheet(excel)
    heading = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"]
    row: list[object] = ["产出指标", "数量指标", "培训场次", "≥50场", "40场", 50.0, 50.0, "受疫情影响，下一步提前安排"]
    rows: list[list[object]] = [list(heading), row, ["总分", None, None, None, None, 50.0, 50.0, None]]
    sheet.put("C4:J6", rows)
    found = {code: fact for _, code, fact, _ in sheet.call("SE_FINDINGS", "&C4:J6")}
    assert found["S05"].startswith("I5“培训场次·得分”填满分 50；指标值 ≥50场，实际完成 40场，未达到指标值")
