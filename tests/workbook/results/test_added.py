"""检查结果 added to somebody else's workbook: their sheets stay byte for byte, the links lead to their cells."""

import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from openpyxl.styles import Font

from tests.intake.foreign.test_bad_input import HEADINGS
from toolkit.checks import make_case
from toolkit.checks.review import review_form
from toolkit.core.scheme import choose_scheme, load_schemes
from toolkit.intake.foreign import read_foreign
from toolkit.workbook.results.added import add_results

MOMENT = datetime(2024, 4, 1, 9, 30)
CHANGED = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """Return a workbook of another layout whose score is wrong: 50 of 100 scored full."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "别人的 '表'"
    for row in (["项目名称", "道路养护"], HEADINGS, ["产出指标", "数量指标", "养护里程", "≥100公里", "50公里", "90", "90"]):
        sheet.append(row)
    sheet["A1"].font = Font(bold=True, color="FFFF0000")
    book.create_sheet("附页")["B2"] = "原样"
    path = tmp_path / "来文.xlsx"
    book.save(path)
    return path


def add(path: Path, out: Path) -> Path:
    forms = read_foreign(path).forms
    schemes = load_schemes()
    reviews = [review_form(make_case(form, choose_scheme(form, schemes, None)[0])) for form in forms]
    add_results(path, out, reviews, moment=MOMENT)
    return out


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_all_other_parts_stay_byte_for_byte(foreign: Path, tmp_path: Path) -> None:
    before, after = parts(foreign), parts(add(foreign, tmp_path / "结果.xlsx"))
    assert {name for name in before if before[name] != after[name]} == CHANGED
    assert after.keys() - before.keys() == {"xl/worksheets/sheet3.xml"}


def test_styles_that_exist_keep_their_index(foreign: Path, tmp_path: Path) -> None:
    before, after = (
        etree.fromstring(parts(path)["xl/styles.xml"]) for path in (foreign, add(foreign, tmp_path / "结果.xlsx"))
    )
    for name in ("fonts", "fills", "borders", "cellXfs"):
        old, new = (root.find(f"{{*}}{name}") for root in (before, after))
        assert old is not None and new is not None
        assert [etree.tostring(each, method="c14n") for each in new][: len(old)] == [
            etree.tostring(each, method="c14n") for each in old
        ]
        assert new.get("count") == str(len(new))


def test_the_sheet_lists_the_findings_with_links_to_their_cells(foreign: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(add(foreign, tmp_path / "结果.xlsx"))
    assert book.sheetnames == ["别人的 '表'", "附页", "检查结果"]
    sheet = book["检查结果"]
    links = {cell.hyperlink.location or "" for row in sheet.iter_rows(min_row=3) for cell in row if cell.hyperlink}
    codes = {row[8].value: row[2].hyperlink.location for row in sheet.iter_rows(min_row=3) if row[2].hyperlink}
    # 90 × 50 ÷ 100 = 45, but 90 was given.
    assert codes["S05"] == "'别人的 ''表'''!G3"
    assert all(link.startswith("'别人的 ''表'''!") for link in links)
    assert "2024-04-01 09:30" in sheet["A1"].value


def test_checked_again_the_sheet_is_filled_anew(foreign: Path, tmp_path: Path) -> None:
    first = add(foreign, tmp_path / "一.xlsx")
    second = add(first, tmp_path / "二.xlsx")
    assert openpyxl.load_workbook(second).sheetnames == ["别人的 '表'", "附页", "检查结果"]
    assert parts(second).keys() == parts(first).keys()


def test_a_sheet_of_that_name_which_is_not_ours_stays(foreign: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(foreign)
    book.create_sheet("检查结果")["A1"] = "上级的检查结果"
    book.save(foreign)
    again = openpyxl.load_workbook(add(foreign, tmp_path / "结果.xlsx"))
    assert again.sheetnames[-2:] == ["检查结果", "检查结果2"]
    assert again["检查结果"]["A1"].value == "上级的检查结果"
