"""The bench itself: a small workbook with known answers, made by XlsxWriter without cached values."""

import os
import signal
import subprocess
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from tests.office.bench import Inputs, Office, OfficeError, pdf_text, to_png

FORMULAS = [
    ("=SUM(A1:A3)", 6.0),
    ("=ROUND(2.675,2)", 2.68),
    ("=ROUND(1.005,2)", 1.01),
    ("=A1/0", "#DIV/0!"),
    ("=A1+E9", "#VALUE!"),
    ("=NA()", "#N/A"),
    ("=没有这个函数()", "#NAME?"),
    ('=IF(A1=1,"优","良")', "优"),
    ('=IF(A1=1,"","良")', ""),
]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Two sheets: inputs and formulas on a protected one, printable text on the other."""
    path = tmp_path / "小表.xlsx"
    workbook = xlsxwriter.Workbook(path)
    sheet = workbook.add_worksheet("自评表")
    unlocked = workbook.add_format({"locked": False, "num_format": "@"})
    for row, number in enumerate([1, 2, 3]):
        sheet.write_number(row, 0, number, unlocked)
    for row, (formula, _) in enumerate(FORMULAS):
        sheet.write_formula(row, 1, formula)
    sheet.write_formula("C1", "=B1*10", workbook.add_format({"locked": False}))
    sheet.write_string("E9", "文字")
    workbook.define_name("自评表!合计", "=自评表!$B$1")
    sheet.protect()
    other = workbook.add_worksheet("打印")
    other.write_string("A1", "项目支出绩效自评表", workbook.add_format({"font_name": "仿宋_GB2312", "font_size": 16}))
    workbook.close()
    return path


def test_recalculate_answers_numbers_texts_and_errors(office: Office, book: Path) -> None:
    read = office.recalculate(book, {"自评表": f"B1:B{len(FORMULAS)}", "打印": "A1:B1"})
    assert read == {"自评表": [[expected] for _, expected in FORMULAS], "打印": [["项目支出绩效自评表", ""]]}


def test_recalculate_leaves_the_file_alone(office: Office, book: Path) -> None:
    before = book.read_bytes()
    office.recalculate(book, {"自评表": "A1"})
    assert book.read_bytes() == before
    assert [path.name for path in book.parent.iterdir()] == [book.name]


def test_resave_keeps_values_and_caches_results(office: Office, book: Path) -> None:
    out = office.resave(book, book.with_name("另存.xlsx"))
    sheet = openpyxl.load_workbook(out, data_only=True)["自评表"]
    assert [sheet[f"B{row}"].value for row in (1, 2, 3, 4)] == [6, 2.68, 1.01, "#DIV/0!"]


def test_copied_sheet_computes_on_its_own(office: Office, book: Path) -> None:
    copied = office.copy_sheet(book, "自评表", "自评表 (2)", book.with_name("两个.xlsx"))
    assert office.sheets(copied) == ["自评表", "自评表 (2)", "打印"]
    typed = office.write_cells(copied, {("自评表 (2)", "A1"): 5}, book.with_name("已填.xlsx"))
    assert office.recalculate(typed, {"自评表": "B1:C1", "自评表 (2)": "B1:C1"}) == {
        "自评表": [[6.0, 60.0]],
        "自评表 (2)": [[10.0, 100.0]],
    }


def test_evaluate_starts_every_set_from_the_file(office: Office, book: Path) -> None:
    inputs: list[Inputs] = [{"A1": 10}, {"A2": "20"}, {}, {"A1:A3": [[7], [None], ["x"]]}, {"C1": 3}, {"A3": None}]
    answers = office.evaluate(book, "自评表", inputs, ["合计", "C1", "A1:A3"])
    assert answers == [
        [15.0, 150.0, [[10.0], [2.0], [3.0]]],
        [4.0, 40.0, [[1.0], ["20"], [3.0]]],
        [6.0, 60.0, [[1.0], [2.0], [3.0]]],
        [7.0, 70.0, [[7.0], [""], ["x"]]],
        [6.0, 3.0, [[1.0], [2.0], [3.0]]],
        [3.0, 30.0, [[1.0], [2.0], [""]]],
    ]


def test_evaluate_reads_addresses_far_apart(office: Office, book: Path) -> None:
    assert office.evaluate(book, "自评表", [{"A1": 4}], ["B1", "XFD1", "A60000"]) == [[9.0, "", ""]]


@pytest.mark.parametrize("values", [{"B1": 1}, {"B1:B2": [[1], [2]]}], ids=["cell", "range"])
def test_locked_cells_refuse_typing(office: Office, book: Path, values: Inputs) -> None:
    with pytest.raises(OfficeError, match="is locked on the protected sheet 自评表"):
        office.evaluate(book, "自评表", [values], ["B1"])


def test_a_file_that_is_not_there_is_an_error_and_the_office_lives_on(office: Office, book: Path) -> None:
    with pytest.raises(OfficeError, match=r"没有\.xlsx"):
        office.recalculate(book.with_name("没有.xlsx"), {})
    assert office.sheets(book) == ["自评表", "打印"]


def test_pages_come_out_as_text_and_picture(office: Office, book: Path) -> None:
    pdf = office.to_pdf(book, book.with_suffix(".pdf"))
    pages = pdf_text(pdf)
    assert "项目支出绩效自评表" in pages[1]
    fonts = subprocess.run(["pdffonts", str(pdf)], check=True, capture_output=True, text=True).stdout
    assert "NotoSerifCJK" in fonts
    pictures = to_png(pdf)
    assert len(pictures) == len(pages) == 2
    assert all(picture.stat().st_size > 500 for picture in pictures)


def test_two_offices_do_not_meet(office: Office, book: Path, tmp_path: Path) -> None:
    office.sheets(book)
    with Office(tmp_path / "another") as another:
        assert another.sheets(book) == ["自评表", "打印"]
    assert office.sheets(book) == ["自评表", "打印"]


def _ends(office: Office) -> None:
    """End the LibreOffice of this process as if by itself, the server beside it stays."""
    assert office._process is not None
    listed = subprocess.run(["ps", "-o", "pid=,comm=", "--ppid", str(office._process.pid)], check=True, capture_output=True, text=True)
    (own,) = [int(line.split()[0]) for line in listed.stdout.splitlines() if "soffice" in line]
    os.kill(own, signal.SIGKILL)


_times = iter(range(2))


def test_a_test_in_which_libreoffice_ends_by_itself_is_repeated(office: Office, book: Path) -> None:
    before = Office.ended
    assert office.sheets(book) == ["自评表", "打印"]
    if next(_times) == 0:
        _ends(office)
        office.sheets(book)
    assert Office.ended == before


def test_another_libreoffice_is_started_after_one_has_ended(tmp_path: Path, book: Path, office: Office) -> None:
    with Office(tmp_path / "own") as own:
        assert own.sheets(book) == ["自评表", "打印"]
        _ends(own)
        with pytest.raises(OfficeError):
            own.sheets(book)
        assert own.sheets(book) == ["自评表", "打印"]
