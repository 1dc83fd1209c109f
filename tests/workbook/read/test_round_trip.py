"""What goes into a workbook of the template comes out again, also after another program has saved it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.office.bench import Office
from toolkit.core.form import Form
from toolkit.core.scheme import choose_scheme, load_schemes
from toolkit.intake.interchange import read_interchange
from toolkit.workbook.read import read_forms, read_workbook
from toolkit.workbook.template import build_workbook

CASES = Path(__file__).parents[2] / "cases"
SHENZHEN = [f"10{number}" for number in range(1, 9)]


def published(case: str) -> Form:
    return read_interchange(CASES / f"{case}.json").form


def built(case: str, path: Path) -> Path:
    form = published(case)
    build_workbook(path, [form], choose_scheme(form, load_schemes())[0])
    return path


@pytest.mark.parametrize("case", SHENZHEN)
def test_a_published_form_comes_out_as_it_went_in(case: str, tmp_path: Path) -> None:
    (form,) = read_forms(built(case, tmp_path / "a.xlsx"))
    assert form == published(case)


@pytest.mark.parametrize("case", SHENZHEN)
def test_a_published_form_survives_libreoffice(case: str, tmp_path: Path, office: Office) -> None:
    (form,) = read_forms(office.resave(built(case, tmp_path / "a.xlsx"), tmp_path / "b.xlsx"))
    assert form == published(case)


@pytest.mark.parametrize("case", ["006", "014", "020", "024", "033", "035", "036"])
def test_libreoffice_changes_nothing_of_what_is_read(case: str, tmp_path: Path, office: Office) -> None:
    before = read_forms(built(case, tmp_path / "a.xlsx"))
    assert read_forms(office.resave(tmp_path / "a.xlsx", tmp_path / "b.xlsx")) == before


def test_scores_left_to_the_formulas_are_the_same_before_and_after_libreoffice(tmp_path: Path, office: Office) -> None:
    workbook = openpyxl.load_workbook(built("107", tmp_path / "a.xlsx"))
    sheet = workbook["自评表"]
    for row in range(1, sheet.max_row + 1):
        if sheet.cell(row, 12).value is not None and str(sheet.cell(row, 12).value).startswith("=IF(NOT"):
            sheet.cell(row, 8).value = f"=L{row}"
    workbook.save(tmp_path / "b.xlsx")
    before = read_forms(tmp_path / "b.xlsx")
    assert [row.score.text for row in before[0].indicators[:3]] == ["2.76", "", ""]
    assert read_forms(office.resave(tmp_path / "b.xlsx", tmp_path / "c.xlsx")) == before


def test_a_sheet_copied_in_libreoffice_is_a_second_form(tmp_path: Path, office: Office) -> None:
    copied = office.copy_sheet(built("102", tmp_path / "a.xlsx"), "自评表", "自评表 (2)", tmp_path / "b.xlsx")
    first, second = read_forms(copied)
    assert (first, second) == (published("102"), published("102"))
    assert (first.sheet, second.sheet) == ("自评表", "自评表 (2)")


def written(path: Path, sheet: str, **cells: str) -> Path:
    workbook = openpyxl.load_workbook(path)
    for address, text in cells.items():
        workbook[sheet][address] = text
    workbook.save(path)
    return path


def test_sources_stand_beside_their_indicators(tmp_path: Path) -> None:
    path = written(built("102", tmp_path / "a.xlsx"), "数据来源", G4="考勤表", D5="人事科", H6="按合同评分")
    (form,) = read_forms(path)
    evidence = [row.evidence.text if row.evidence is not None else None for row in form.indicators]
    assert evidence == ["考勤表", "人事科", "", "", "", ""]
    assert [row.basis.text for row in form.indicators] == ["", "", "按合同评分", "", "", ""]
    assert (form.indicators[2].basis.sheet, form.indicators[2].basis.address) == ("数据来源", "H6")


def test_where_no_source_is_filled_in_none_is_known_to_be_kept(tmp_path: Path) -> None:
    (form,) = read_forms(built("102", tmp_path / "a.xlsx"))
    assert {row.evidence for row in form.indicators} == {None}


def test_a_chosen_method_is_read(tmp_path: Path) -> None:
    path = built("102", tmp_path / "a.xlsx")
    (form,) = read_forms(path)
    address = (form.indicators[0].score.address or "").replace("H", "K")
    (form,) = read_forms(written(path, "自评表", **{address: "人工"}))
    assert [row.method.text for row in form.indicators] == ["人工", "", "", "", "", ""]


def test_a_blank_form_holds_no_indicator(tmp_path: Path) -> None:
    build_workbook(tmp_path / "a.xlsx", None, load_schemes()["national-2020"])
    found = read_workbook(tmp_path / "a.xlsx")
    assert [len(form.indicators) for form in found.forms] == [0]
    assert found.remarks == ("工作表“自评表”没有填任何指标",)
    assert found.template_version
