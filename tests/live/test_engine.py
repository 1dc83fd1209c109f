"""The engine itself: xlwings code on a small open workbook does what it would do in Excel, and is refused what Excel refuses."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwings as xw

from tests.live.link import Injected
from tests.live.places import Area, address_of, areas_of
from tests.live.program import Program
from tests.live.snapshot import differences
from tests.live.values import ERRORS
from tests.office.bench import OfficeError
from tests.office.typed import changed_by_excel


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A sheet with every kind of value, a protected copy of it in the making, and a name that belongs to the sheet."""
    path = tmp_path / "2024年 河源=社保局(终稿).xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("自评表")
        text, money = book.add_format({"num_format": "@"}), book.add_format({"num_format": "[$¥-804]#,##0.00"})
        date, free = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"locked": False})
        for row, value in enumerate(["00123", "=1+1", "3-5"]):
            sheet.write_string(row, 0, value, text)
        for row, number in enumerate([1, 2.5, 0.1]):
            sheet.write_number(row, 1, number, free)
        for row, formula in enumerate(["=SUM(B1:B3)", "=B1/0", '=IF(B1=1,"","x")']):
            sheet.write_formula(row, 2, formula)
        sheet.write_number("D1", 1234.5, money)
        sheet.write_datetime("D2", dt.datetime(2024, 2, 29), date)
        sheet.write_boolean("D3", True)
        sheet.merge_range("A5:B6", "合并", book.add_format({"bg_color": "#FFEEAA"}))
        sheet.write_comment("A1", "原有批注")
        sheet.set_row(7, 33, None, {"hidden": True})
        book.define_name("自评表!合计", "=自评表!$C$1")
        book.define_name("系数", "=参数!$A$1")
        other = book.add_worksheet("参数")
        other.write_number("A1", 7)
        other.protect("", {"format_rows": True})
        other.write_number("B1", 8, free)
    return path


def test_values_come_as_excel_gives_them(program: Program, path: Path) -> None:
    with program.opened(path) as book:
        read = book.sheets["自评表"].range("A1:D4").raw_value
    assert read == (
        ("00123", 1.0, 3.6, Decimal("1234.5")),
        ("=1+1", 2.5, ERRORS["#DIV/0!"], dt.datetime(2024, 2, 29, tzinfo=dt.UTC)),
        ("3-5", 0.1, "", True),
        (None, None, None, None),
    )
    assert [[type(value) for value in row] for row in read[:2]] == [
        [str, float, float, Decimal],
        [str, float, int, dt.datetime],
    ]


def test_converted_values_follow_the_options_of_xlwings(program: Program, path: Path) -> None:
    with program.opened(path) as book:
        cells = book.sheets["自评表"].range("A1:D3")
        assert cells.options(err_to_str=True, empty="空").value == [
            ["00123", 1.0, 3.6, Decimal("1234.5")],
            ["=1+1", 2.5, "#DIV/0!", dt.datetime(2024, 2, 29)],
            ["3-5", 0.1, "空", True],
        ]


def test_formulas_speak_excel(program: Program, path: Path) -> None:
    with program.opened(path) as book:
        sheet = book.sheets["自评表"]
        assert sheet.range("A1:C3").formula == (
            ("00123", "1", "=SUM(B1:B3)"),
            ("=1+1", "2.5", "=B1/0"),
            ("3-5", "0.1", '=IF(B1=1,"","x")'),
        )
        sheet.range("F1:F2").formula = '=IF(B1>1,SUM(B1,参数!$A$1),"a;b,c")'
        assert sheet.range("F1:F2").formula == (
            ('=IF(B1>1,SUM(B1,参数!$A$1),"a;b,c")',),
            ('=IF(B2>1,SUM(B2,参数!$A$1),"a;b,c")',),
        )
        assert sheet.range("F1:F2").raw_value == (("a;b,c",), (9.5,))
        with pytest.raises(OfficeError, match="not a formula"):
            sheet.range("F3").formula = "=1+*2"


def test_written_values_stay_what_they_are(program: Program, path: Path) -> None:
    with program.opened(path) as book:
        sheet = book.sheets["自评表"]
        sheet.range("A1:C2").raw_value = (("=SUM(1)", 5, ""), (0.5, None, "'00123"))
        assert sheet.range("A1:C2").raw_value == (("=SUM(1)", 5.0, None), ("0.5", None, "00123"))
        sheet.range("F1:G2").value = [[True, dt.date(2024, 3, 1)], ["=B1+1", "字"]]
        assert sheet.range("F1:G2").value == [[True, dt.datetime(2024, 3, 1)], [6.0, "字"]]
        with pytest.raises(OfficeError, match="Excel would change the text '00456'"):
            sheet.range("G5").raw_value = "00456"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "00123",
            "1,234.5",
            "95%",
            "-3",
            "¥5",
            "(5)",
            "1e3",
            "３",
            "3-5",
            "2024年3月",
            "9月1日",
            "12:30",
            "1/2",
            "0 1/2",
        ),
        *("TRUE", "true", "#N/A", "#DIV/0!", "-abc", "+甲", "@甲", " 7 "),
    ],
)
def test_texts_that_excel_would_change(text: str) -> None:
    assert changed_by_excel(text)


@pytest.mark.parametrize(
    "text", ["", "-", "95%以上", "≥95%", "3-5天", "2024年", "第1条", "A1", "1个", "——", "12:30前", "真好"]
)
def test_texts_that_stay(text: str) -> None:
    assert not changed_by_excel(text)


def test_protection_holds_and_keeps_its_options(program: Program, path: Path, tmp_path: Path) -> None:
    with program.opened(path) as book:
        sheet = book.sheets["参数"]
        sheet.range("B1").raw_value = 9
        changes: list[Callable[[], object]] = [
            lambda: setattr(sheet.range("A1"), "raw_value", 1),
            lambda: setattr(sheet.range("A1:B1"), "raw_value", 1),
            lambda: setattr(sheet.range("B1"), "color", (1, 2, 3)),
            lambda: setattr(sheet.range("B1"), "number_format", "@"),
            lambda: sheet.range("B1").api.AddComment("注"),
            lambda: setattr(sheet.range("1:1").api.EntireRow, "Hidden", True),
            lambda: sheet.range("B1").api.FormatConditions.Add(2, 3, "=TRUE"),
        ]
        for change in changes:
            with pytest.raises(OfficeError, match="the sheet 参数 is protected"):
                change()
        assert sheet.range("A1:B1").raw_value == ((7.0, 9.0),)
        sheet.api.Unprotect()
        sheet.range("A1").raw_value = 1
        sheet.api.Protect("", True)
        book.api.SaveCopyAs(tmp_path / "副 本.xlsx")
    kept = openpyxl.load_workbook(tmp_path / "副 本.xlsx")["参数"].protection
    assert (kept.sheet, kept.formatRows, kept.formatColumns) == (True, False, True)
    assert program.impl.protected_with == [("参数", ("", True))]


def test_notes_colours_and_formats(program: Program, path: Path) -> None:
    with program.opened(path) as book:
        before = program.snapshot(book)
        sheet = book.sheets["自评表"]
        assert (sheet.range("A1").note.text, sheet.range("B1").note, len(sheet.notes)) == ("原有批注", None, 1)
        with pytest.raises(ValueError, match="a note already"):
            sheet.range("A1").api.AddComment("又一个")
        sheet.range("B2").api.AddComment("新批注\n第二行")
        sheet.range("B3,D1:D2").color = (255, 0, 128)
        sheet.range("C1").number_format = "0.00"
        sheet.range("C2").font.bold = True
        sheet.range("4:4").row_height = 40
        told = [line.partition(":")[0] for line in differences(before, program.snapshot(book))]
        assert sorted(told) == [f"自评表!{place}" for place in ("B2", "B3", "C1", "C2", "D1", "D2", "row 4")]
        assert (sheet.range("B3").color, sheet.range("B1:B3").color) == ((255, 0, 128), None)
        sheet.range("A1:C3").api.ClearComments()
        assert sheet.notes.count == 0


def test_marks_lie_over_the_officers_colours(program: Program, path: Path, tmp_path: Path) -> None:
    with program.opened(path) as book:
        sheet = book.sheets["自评表"]
        before = program.snapshot(book)
        sheet.range("D1").api.FormatConditions.Add(2, 3, "=$D$1>5").Interior.Color = 0x00FF00
        rule = sheet.range("A1:A2,C3").api.FormatConditions.Add(2, 3, '=N("x")=0')
        rule.Interior.Color = 0x0000FF
        rules = sheet.api.Cells.FormatConditions
        assert [rules(rank).Formula1 for rank in (1, 2)] == ["=$D$1>5", '=N("x")=0']
        rules(2).ModifyAppliesToRange(sheet.range("B1").api)
        assert differences(before, program.snapshot(book)) == [
            "自评表!condition expression ['$D$1>5'] None rgb FF00FF00:  → column 4 rows 1–1",
            "自评表!condition expression ['N(\"x\")=0'] None rgb FFFF0000:  → column 2 rows 1–1",
        ]
        rules(1).Delete()
        assert (rules.Count, rules(1).Formula1) == (1, '=N("x")=0')


def test_rows_are_hidden_filled_and_copied(program: Program, path: Path) -> None:
    with program.opened(path) as book:
        sheet = book.sheets["自评表"]
        assert (sheet.range("8:8").impl.row_hidden, sheet.range("7:8").impl.row_hidden) == (True, None)
        sheet.range("7:8,10:10").api.EntireRow.Hidden = False
        assert sheet.range("7:8").impl.row_hidden is False
        sheet.range("B1:C1").copy(sheet.range("F1:G4"))
        assert sheet.range("F1:G4").formula == tuple(("1", f"=SUM(F{row}:F{row + 2})") for row in range(1, 5))
        sheet.range("C1:C4").api.FillDown()
        assert sheet.range("C4").formula == "=SUM(B4:B6)"
        sheet.range("2:3").insert("down")
        assert sheet.range("B1:B5").raw_value == ((1.0,), (None,), (None,), (2.5,), (0.1,))
        sheet.range("2:3").delete("up")
        assert (sheet.range("A5").merge_area.address, sheet.range("A1").merge_cells) == ("$A$5:$B$6", False)
        sheet.range("A5:B6").unmerge()
        assert sheet.range("A5").merge_cells is False


def test_copied_sheets_keep_their_names_and_compute(program: Program, path: Path, tmp_path: Path) -> None:
    with program.opened(path) as book:
        sheet = book.sheets["自评表"]
        copied = sheet.copy(after=sheet, name="第二个项目")
        assert [each.name for each in book.sheets] == ["自评表", "第二个项目", "参数"]
        copied.range("B1").raw_value = 100
        assert (copied.range("合计").raw_value, sheet.range("合计").raw_value) == (102.6, 3.6)
        assert copied.range("合计").sheet == copied
        sheet.name = "第一个项目"
        assert (sheet.range("A5").raw_value, copied.index) == ("合并", 2)
        other = tmp_path / "另 一份.xlsx"
        book.api.SaveCopyAs(other)
        second = program.app.books.open(other, read_only=True)
        second.sheets["第二个项目"].copy(after=book.sheets[-1])
        assert [each.name for each in book.sheets][-1] == "第二个项目 (2)"
        assert book.sheets[-1].range("合计").raw_value == 102.6
        second.sheets["第二个项目"].range("A5:B6").copy(book.sheets[-1].range("H1"))
        assert book.sheets[-1].range("H1").merge_area.address == "$H$1:$I$2"
        assert len(book.sheets) == 4
        second.close()
        book.sheets[-1].delete()
        assert [each.name for each in program.app.books] == [path.name]
        assert len(book.sheets) == 3


def test_sheets_are_added_moved_and_hidden(program: Program, path: Path) -> None:
    with program.opened(path) as book:
        added = book.sheets.add("新表", after=book.sheets["自评表"])
        assert (book.sheets.active.name, added.index) == ("新表", 2)
        added.move(after=book.sheets[-1])
        assert [each.name for each in book.sheets] == ["自评表", "参数", "新表"]
        added.visible = False
        assert (added.visible, book.sheets["参数"].visible) == (False, True)
        assert added.range((2, 3), (4, 5)).address == "$C$2:$E$4"
        assert [each.name for each in program.app.books.add().sheets] == ["Sheet1"]


def test_links_are_set_and_cleared(program: Program, path: Path) -> None:
    with program.opened(path) as book:
        cell = book.sheets["自评表"].range("H1")
        cell.add_hyperlink("#参数.A1", "去看", None)
        assert (cell.hyperlink, cell.raw_value) == ("#参数.A1", "去看")
        cell.api.ClearHyperlinks()
        with pytest.raises(Exception, match="hyperlink"):
            print(cell.hyperlink)
        assert cell.raw_value == "去看"


def test_charts_are_moved_and_shown_other_cells(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "图.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("数")
        sheet.write_column("A1", ["甲", "乙", "丙", "丁"])
        sheet.write_column("B1", [1, 2, 3, 4])
        chart = made.add_chart({"type": "column"})
        chart.add_series({"categories": "=数!$A$1:$A$2", "values": "=数!$B$1:$B$2"})
        sheet.insert_chart("D2", chart)
    with program.opened(path) as book:
        (shown,) = book.sheets["数"].charts
        below = book.sheets["数"].range("D30")
        shown.top, shown.left = below.top, below.left
        assert (shown.top, shown.left) == pytest.approx((below.top, below.left), abs=0.1)
        series = shown.api[1].SeriesCollection(1)
        series.XValues, series.Values = "=数!$A$2:$A$4", "=数!$B$2:$B$4"
        book.api.SaveCopyAs(str(tmp_path / "改过.xlsx"))
    with zipfile.ZipFile(tmp_path / "改过.xlsx") as package:
        # LibreOffice numbers the charts of all it has saved so far.
        (part,) = [name for name in package.namelist() if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]
        drawn = package.read(part).decode()
    assert re.findall(r"<c:f>([^<]*)</c:f>", drawn) == ["数!$A$2:$A$4", "数!$B$2:$B$4"]


def test_saving_a_copy_leaves_the_workbook_where_it_is(program: Program, path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    with program.opened(path) as book:
        book.sheets["自评表"].range("B1").raw_value = 3
        assert [book.api.Saved] == [False]
        book.api.SaveCopyAs(tmp_path / "拷 贝（1）.xlsx")
        assert (book.api.Saved, book.fullname, book.api.Path) == (False, str(path), str(tmp_path))
        assert path.read_bytes() == before
        book.save()
        assert book.api.Saved is True
    for saved in (path, tmp_path / "拷 贝（1）.xlsx"):
        assert openpyxl.load_workbook(saved)["自评表"]["B1"].value == 3


def test_switches_selection_and_front(program: Program, path: Path) -> None:
    app = program.app
    with program.opened(path) as book:
        sheet = book.sheets["参数"]
        sheet.activate()
        sheet.range("B1").select()
        assert (app.selection.sheet.name, app.selection.address) == ("参数", "$B$1")
        sheet.range("A1:B1,A3").select()
        assert app.selection.address == "$A$1:$B$1,$A$3"
        with pytest.raises(ValueError, match="the sheet in front"):
            book.sheets["自评表"].range("A1").select()
        assert (book.sheets.active.name, app.books.active.name, xw.apps.active) == ("参数", path.name, app)
        app.status_bar, app.screen_updating, app.calculation = "正在检查……", False, "manual"
        book.sheets["自评表"].range("B1").raw_value = 50
        assert book.sheets["自评表"].range("C1").raw_value == 3.6
        app.calculation, app.status_bar = "automatic", False
        assert book.sheets["自评表"].range("C1").raw_value == 52.6
        assert (program.impl.said, program.impl.state()["screen_updating"]) == (["正在检查……", False], False)


def test_a_call_fails_when_it_is_told_to(program: Program, path: Path) -> None:
    with program.opened(path) as book:
        sheet = book.sheets["自评表"]
        program.link.restart(fail_at=2)
        sheet.range("B1").raw_value = 1
        with pytest.raises(Injected, match=r"call 2, cells\.write"):
            sheet.range("B1").raw_value = 2
        sheet.range("B2").raw_value = 3
        assert sheet.range("B1:B2").raw_value == ((1.0,), (3.0,))
        assert program.link.calls == {"cells.write": 3, "cells.read": 1}


def test_what_is_not_offered_is_an_error(program: Program, path: Path) -> None:
    with program.opened(path) as book:
        with pytest.raises(AttributeError):
            book.sheets[0].range("A1").impl.group("rows")
        with pytest.raises(AttributeError):
            book.api.Protect()


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        ("B2", [Area(1, 1, 1, 1)]),
        ("$A$1:$C$9,D4", [Area(0, 0, 8, 2), Area(3, 3, 3, 3)]),
        ("4:40", [Area(3, 0, 39, 16383)]),
        ("A:C", [Area(0, 0, 1048575, 2)]),
        ("合计", None),
        ("A", None),
        ("7", None),
    ],
)
def test_addresses_are_read(text: str, areas: list[Area] | None) -> None:
    assert areas_of(text) == areas
    if areas:
        assert areas_of(",".join(map(address_of, areas))) == areas


def test_long_addresses_are_refused() -> None:
    with pytest.raises(ValueError, match="255 characters"):
        areas_of(",".join(["A1"] * 100))
