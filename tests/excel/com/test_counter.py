"""The Excel in memory counts what was measured with a real one, and has Excel's known habits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl.styles import Protection
from openpyxl.workbook.defined_name import DefinedName

from tests.excel.com.books import Excel
from tests.excel.com.pywin32 import com_error
from toolkit.cli.main import main
from toolkit.core.layout import SHEETS
from toolkit.workbook.read import read_forms

ROOT = Path(__file__).parents[3]
TABLE = [[float(row * column) for column in range(3)] for row in range(4)]
AREA = "L100:N103"


@pytest.fixture
def sheet(excel: Excel) -> Any:
    """Return an xlwings sheet of a small workbook: a merged title, an unlocked cell with a name, a locked one."""
    stored = excel.application.add(["自评表", "检查结果"]).sheets[0].stored
    stored.merge_cells("A1:I1")
    stored["B3"].protection = Protection(locked=False)
    stored.defined_names["项目名称"] = DefinedName("项目名称", attr_text="'自评表'!$B$3")
    return excel.app.books[0].sheets["自评表"]


@pytest.fixture
def form(excel: Excel, tmp_path: Path) -> Any:
    """Return the form of a blank workbook of the template, as an xlwings sheet."""
    path = tmp_path / "2024年 表 (终稿).xlsx"
    path.write_bytes((ROOT / "workbook_templates" / "shenzhen-2021.xlsx").read_bytes())
    return excel.open(path).sheets["自评表"]


MEASURED: dict[str, tuple[int, Callable[[Any], object]]] = {
    "write a table": (106, lambda sheet: setattr(sheet.range(AREA), "value", TABLE)),
    "write a table raw": (2, lambda sheet: setattr(sheet.range(AREA), "raw_value", TABLE)),
    "read a table raw": (2, lambda sheet: sheet.range(AREA).raw_value),
    "read a table": (12, lambda sheet: sheet.range(AREA).value),
    "read a cell": (12, lambda sheet: sheet.range("L100").value),
    "read a cell by numbers": (13, lambda sheet: sheet.range((100, 12)).value),
}
"""Round trips by EXCEL.md's table, taken on a real Excel; ``sheet.range((row, column))`` asks for Cells first."""


@pytest.mark.parametrize("what", MEASURED)
def test_counts_are_those_measured_on_a_real_excel(excel: Excel, sheet: Any, what: str) -> None:
    count, use = MEASURED[what]
    with excel.counted() as log:
        use(sheet)
    assert len(log) == count, log


def test_each_kind_of_use_counts_once(excel: Excel, sheet: Any) -> None:
    api = sheet.api
    uses: list[tuple[Callable[[], object], list[str]]] = [
        (lambda: api.Name, ["get Worksheet.Name"]),
        (lambda: api.Range, []),
        (lambda: setattr(api, "Name", "表甲"), ["set Worksheet.Name"]),
        (lambda: api.Cells(2, 3), ["get Worksheet.Cells", "call Range(2, 3)"]),
        (lambda: api.Range("A1:B2").Rows.Count, ["call Worksheet.Range('A1:B2')", "get Range.Rows", "get Range.Count"]),
        (
            lambda: [each.Address for each in api.Range("A1:B1")],
            ["call Worksheet.Range('A1:B1')", "get Range._NewEnum", *["next Range", "get Range.Address"] * 2, "next Range"],
        ),
    ]
    for use, messages in uses:
        with excel.counted() as log:
            use()
        assert log == messages


@pytest.mark.parametrize(
    ("given", "general", "number_format", "as_text"),
    [
        ("00123", 123.0, "General", "00123"),
        ("3-5", 46086.0, 'm"月"d"日"', "3-5"),
        ("9月1日", 46266.0, 'm"月"d"日"', "9月1日"),
        ("2021年12月31日", 44561.0, "yyyy/m/d", "2021年12月31日"),
        ("95%", 0.95, "0%", "95%"),
        ("1,234.5", 1234.5, "General", "1,234.5"),
        ("12:30", 0.5208333333333334, "h:mm", "12:30"),
        ("1E3", 1000.0, "0.00E+00", "1E3"),
        ("true", True, "General", "true"),
        ("#N/A", -2146826246, "General", "#N/A"),
        ("'00123", "00123", "General", "00123"),
        ("≥95%", "≥95%", "General", "≥95%"),
        ("-", "-", "General", "-"),
        ("13-45", "13-45", "General", "13-45"),
        ("", None, "General", None),
    ],
)
def test_a_text_becomes_what_excel_makes_of_it(sheet: Any, given: str, general: object, number_format: str, as_text: object) -> None:
    cells = sheet.api.Range("BA1:BB1")
    sheet.api.Range("BB1").NumberFormat = "@"
    cells.Value = ((given, given),)
    (first, second), = cells.Value2
    assert (first, sheet.api.Range("BA1").NumberFormat, second) == (general, number_format, as_text)


def test_formulas_and_texts_that_look_like_one(sheet: Any) -> None:
    sheet.api.Range("BB1").NumberFormat = "@"
    sheet.api.Range("BA1:BB1").Value = (("=42+1", "=42个"),)
    assert sheet.api.Range("BA1:BB1").Formula == (("=42+1", "=42个"),)
    assert sheet.api.Range("BB1").Value == "=42个"
    # Nothing here calculates: a formula newly written has no result.
    assert sheet.api.Range("BA1").Value is None


def test_what_excel_refuses(sheet: Any) -> None:
    api = sheet.api
    refused: list[Callable[[], object]] = [
        lambda: api.Range(",".join(f"A{row}" for row in range(1, 120))),
        lambda: api.Range("没有这个名称"),
        lambda: setattr(api, "Name", "检查结果"),
        lambda: setattr(api, "Name", "a/b"),
        lambda: api.Range("A1:B1").ClearContents(),
        lambda: setattr(api.Range("BA1"), "Value", "=" + "1+" * 5000 + "1"),
        lambda: (api.Range("BA1").AddComment("甲"), api.Range("BA1").AddComment("乙")),
    ]
    for attempt in refused:
        with pytest.raises(com_error):
            attempt()
    api.Protect("", True, True, True)
    for attempt in (
        lambda: setattr(api.Range("L6"), "Value", 1.0),
        lambda: api.Range("BA2").AddComment("甲"),
        lambda: api.Range("BA2").FormatConditions.Add(2, 3, "=TRUE"),
        lambda: setattr(api.Range("4:4"), "RowHeight", 30.0),
    ):
        with pytest.raises(com_error):
            attempt()
    api.Range("项目名称").Value = "甲"
    assert api.Range("项目名称").Value == "甲"


def test_a_password_is_needed_where_one_was_set(sheet: Any) -> None:
    sheet.api.Protect("一二")
    with pytest.raises(com_error):
        sheet.api.Unprotect("三")
    sheet.api.Unprotect("一二")
    assert sheet.api.ProtectContents is False


def test_an_array_too_small_leaves_not_available(sheet: Any) -> None:
    sheet.api.Range("BA1:BC3").Value = ((1.0, 2.0), (3.0, 4.0))
    missing = -2146826246
    assert sheet.api.Range("BA1:BC3").Value == ((1.0, 2.0, missing), (3.0, 4.0, missing), (missing,) * 3)
    sheet.api.Range("BA1:BC3").Value = ((1.0, 2.0, 3.0),)
    assert sheet.api.Range("BA1:BC3").Value == ((1.0, 2.0, 3.0),) * 3


def test_days_count_from_1904_where_the_workbook_says_so(excel: Excel, sheet: Any) -> None:
    book = excel.application.books[0]
    book.sheets[0].cells._since_1904 = True
    sheet.api.Range("BA1").Value = "2021年12月31日"
    assert sheet.api.Range("BA1").Value2 == 43099.0
    assert f"{sheet.api.Range('BA1').Value:%Y-%m-%d}" == "2021-12-31"


def test_a_copy_on_disk_is_the_workbook_with_its_results(excel: Excel, tmp_path: Path) -> None:
    path, copied = tmp_path / "表.xlsx", tmp_path / "副本.xlsx"
    assert main(["fill", str(ROOT / "tests" / "cases" / "102.json"), "-o", str(path)]) == 0
    book = excel.open(path)
    book.api.SaveCopyAs(str(copied))
    # The national reader finds the same form, formulas' results included.
    assert read_forms(copied) == read_forms(path)


def test_a_copied_sheet_brings_its_names_and_formats(excel: Excel, form: Any) -> None:
    book = form.book
    book.sheets["自评表"].api.Copy(None, book.sheets["自评表"].api)
    assert [each.name for each in book.sheets] == [*SHEETS[:2], "自评表 (2)", *SHEETS[2:]]
    copy = book.sheets["自评表 (2)"]
    copy.api.Range("项目名称").Value = "乙"
    assert form.api.Range("项目名称").Value is None
    first, second = excel.application.books[0].sheets[1:3]
    assert len(second.conditions.all) == len(first.conditions.all) > 5
    assert set(map(str, second.stored.merged_cells.ranges)) == set(map(str, first.stored.merged_cells.ranges))


def test_one_message_can_be_made_to_fail(excel: Excel, sheet: Any) -> None:
    def fail(message: str) -> None:
        if message == "set Range.Value":
            raise com_error(-2147418113, "灾难性故障")

    excel.messages.before = fail
    with pytest.raises(com_error):
        sheet.range("L100").raw_value = 1.0
    excel.messages.before = None
    assert sheet.range("L100").raw_value is None
