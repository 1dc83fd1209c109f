"""``check -o`` on a workbook written by another program, with a chart and a picture: one sheet more, all else untouched."""

import zipfile
from pathlib import Path

import openpyxl
import xlsxwriter

from tests.intake.foreign.test_bad_input import PIXEL
from tests.intake.foreign.test_pictures import PICTURES
from toolkit.cli.main import main

CHANGED = {"[Content_Types].xml", "xl/_rels/workbook.xml.rels", "xl/workbook.xml", "xl/styles.xml"}
SHEET = "2022年 自评"


def write(path: Path) -> None:
    cells = PICTURES["01-national-word"].cells
    (path.parent / "章.png").write_bytes(PIXEL)
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet(SHEET)
    for (row, column), text in cells.texts.items():
        sheet.write_string(row - 1, column - 1, text)
    for row, column, rows, columns in cells.merges:
        sheet.merge_range(row - 1, column - 1, row + rows - 2, column + columns - 2, cells.texts.get((row, column), ""))
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": f"='{SHEET}'!$D$6:$F$6"})
    sheet.insert_chart("L2", chart)
    sheet.insert_image("L20", str(path.parent / "章.png"))
    book.define_name("金额", f"='{SHEET}'!$D$6")
    book.close()


def test_only_the_sheet_of_results_is_added(tmp_path: Path) -> None:
    source, out = tmp_path / "来文 表.xlsx", tmp_path / "检查后 表.xlsx"
    write(source)
    assert main(["check", str(source), "-o", str(out)]) == 0
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(out) as after:
        assert [name for name in before.namelist() if before.read(name) != after.read(name) and name not in CHANGED] == []
        assert set(after.namelist()) - set(before.namelist()) == {"xl/worksheets/sheet2.xml"}
        assert {"xl/charts/chart1.xml", "xl/media/image1.png"} <= set(after.namelist())
    results = openpyxl.load_workbook(out)["检查结果"]
    links = [cell.hyperlink.location for row in results.iter_rows() for cell in row if cell.hyperlink]
    # By hand from the picture: the budget was raised without a word, the deadline was missed, a reason names no remedy.
    assert links == [f"'{SHEET}'!E6", f"'{SHEET}'!F15", f"'{SHEET}'!I17"]
