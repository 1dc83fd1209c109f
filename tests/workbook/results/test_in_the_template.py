"""检查结果 in a workbook of the template, as an officer goes on working with it in a spreadsheet program."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from tests.office.bench import Office
from toolkit.checks.case import make_case
from toolkit.checks.review import Review, answer_reviews, review_form
from toolkit.core.scheme import load_schemes
from toolkit.intake.interchange import read_interchange
from toolkit.workbook.read import WorkbookForms, read_workbook
from toolkit.workbook.results.write import write_results
from toolkit.workbook.template import build_workbook

CASES = Path(__file__).parents[2] / "cases"
SCHEME = load_schemes()["shenzhen-2021"]
NOON = datetime(2022, 3, 15, 16, 42)


def reviewed(book: WorkbookForms) -> list[Review]:
    return answer_reviews([review_form(make_case(form, SCHEME)) for form in book.forms], book.answers)


@pytest.fixture
def checked(tmp_path: Path) -> Path:
    """Give the published form 102, filled and checked."""
    form = read_interchange(CASES / "102.json").form
    build_workbook(tmp_path / "自评表.xlsx", [form], SCHEME)
    book = read_workbook(tmp_path / "自评表.xlsx")
    write_results(tmp_path / "自评表.xlsx", tmp_path / "检查后.xlsx", reviewed(book), book.answers, NOON)
    return tmp_path / "检查后.xlsx"


def test_only_one_part_differs(checked: Path) -> None:
    with zipfile.ZipFile(checked.with_name("自评表.xlsx")) as before, zipfile.ZipFile(checked) as after:
        differing = [name for name in before.namelist() if before.read(name) != after.read(name)]
    workbook = openpyxl.load_workbook(checked)
    assert differing == [f"xl/worksheets/sheet{workbook.sheetnames.index('检查结果') + 1}.xml"]


def test_an_answer_typed_in_libreoffice_is_still_given(checked: Path, office: Office) -> None:
    (review,) = reviewed(read_workbook(checked))
    row = next(at for at, found in enumerate(review.findings, 4) if found.open)
    typed = office.write_cells(checked, {("检查结果", f"J{row}"): "按执行率计分"}, checked.with_name("已说明.xlsx"))
    (again,) = reviewed(read_workbook(typed))
    assert again.findings[row - 4].explained == "按执行率计分"
    assert (again.waiting, again.fingerprint) == (review.waiting - 1, review.fingerprint)


def test_libreoffice_shows_the_rows(checked: Path, office: Office) -> None:
    (review,) = reviewed(read_workbook(checked))
    shown = office.recalculate(checked, {"检查结果": f"A4:I{3 + len(review.findings)}"})["检查结果"]
    assert isinstance(shown, list)
    assert [(row[0], row[2], row[8]) for row in shown] == [
        (number, found.cells[0].address, found.code) for number, found in enumerate(review.findings, 1)
    ]
