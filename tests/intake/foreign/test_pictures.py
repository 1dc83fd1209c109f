"""Forms as provinces and ministries publish them, drawn from scratch: no wrong cell, and what is not read is named."""

from pathlib import Path

import pytest

from tests.intake.foreign.pictures import HEAD, Picture, pictures, write_picture
from tests.intake.foreign.reading import fields
from toolkit.core.form import Form
from toolkit.intake.foreign import ForeignForms, read_foreign

PICTURES = {picture.name: picture for picture in pictures()}
NUMBERS = "14-beijing-numbers"
"""Drawn with numbers and dates behind formats, which only a workbook has."""
KINDS = [
    *((name, ".txt") for name, picture in PICTURES.items() if picture.raw),
    *((name, ".xlsx") for name, picture in PICTURES.items() if not picture.raw),
    *((name, ".docx") for name, picture in PICTURES.items() if not picture.raw and name != NUMBERS),
]
UNREAD = {
    "21-hebei-cell-a-line": ["fund 1 annual_budget", "fund 1 executed", "fund 1 initial_budget"],
}
"""Fields in rows with blank cells left out by the text: which column is blank cannot be told."""


def held(form: Form) -> dict[str, str]:
    """Return every field of a form with its text."""
    head = {name: getattr(form, name).text for name in HEAD}
    return {**head, "year": str(form.year or ""), **dict(fields(form))}


def compare(picture: Picture, found: ForeignForms) -> tuple[dict[str, str], list[str]]:
    """Return the fields that hold something else than drawn, and the names of those that were left blank."""
    wrong: dict[str, str] = {}
    blank: list[str] = []
    for form, wanted in zip(found.forms, picture.wanted, strict=True):
        got = held(form)
        for name in sorted({*got, *wanted}):
            here, there = got.get(name, ""), wanted.get(name, "")
            if here and here != there:
                wrong[name] = here
            elif here != there:
                blank.append(name)
    return wrong, blank


@pytest.mark.parametrize(("name", "suffix"), KINDS)
def test_a_published_layout_comes_in_without_a_wrong_cell(tmp_path: Path, name: str, suffix: str) -> None:
    path = tmp_path / f"{name}{suffix}"
    write_picture(PICTURES[name], path)
    wrong, blank = compare(PICTURES[name], read_foreign(path))
    assert wrong == {}
    assert blank == UNREAD.get(name, [])


def test_a_row_that_is_not_read_is_named(tmp_path: Path) -> None:
    (name,) = UNREAD
    write_picture(PICTURES[name], tmp_path / "一行一格.txt")
    notes = read_foreign(tmp_path / "一行一格.txt").notes
    assert [note for note in notes if "对不上" in note] == [
        "“其中:当年财政拨款”（第 56 行第 1 格）后面有 3 个格子，栏目有 6 个，对不上，没有读"
    ]


@pytest.mark.parametrize(
    ("name", "region", "note"),
    [
        ("04-yinchuan-2021", "宁夏回族自治区银川市", "地区按表名里的“银川市”认作宁夏回族自治区银川市"),
        ("03-sichuan-2023", "四川省", "地区按项目编码开头的“51”认作四川省"),
        ("26-placeholders", "青海省西宁市", "地区按主管部门里的“西宁市”认作青海省西宁市"),
        ("27-guangdong-tree", "广东省梅州市", "地区按填报单位里的“梅州市”认作广东省梅州市"),
    ],
)
def test_the_region_is_taken_from_names_and_codes(tmp_path: Path, name: str, region: str, note: str) -> None:
    path = tmp_path / "表.xlsx"
    write_picture(PICTURES[name], path)
    found = read_foreign(path)
    assert [form.region for form in found.forms] == [region]
    assert note in found.notes


def test_a_region_that_is_not_told_stays_open(tmp_path: Path) -> None:
    write_picture(PICTURES["01-national-word"], tmp_path / "表.xlsx")
    found = read_foreign(tmp_path / "表.xlsx")
    assert [form.region for form in found.forms] == [""]
    assert found.notes == ()


def test_the_year_is_taken_from_the_date_of_filing_and_said_so(tmp_path: Path) -> None:
    write_picture(PICTURES["11-shanghai"], tmp_path / "表.xlsx")
    found = read_foreign(tmp_path / "表.xlsx")
    assert found.forms[0].year == 2022
    assert "表内没有写年度，按填报日期“2023-03”认作 2022 年，请核对" in found.notes


def test_the_year_is_taken_from_the_name_of_the_file(tmp_path: Path) -> None:
    write_picture(PICTURES["09-liaoning-reasons"], tmp_path / "2023年度自评.docx")
    found = read_foreign(tmp_path / "2023年度自评.docx")
    assert found.forms[0].year == 2023
    assert "表内没有写年度，按名称“2023年度自评”认作 2023 年" in found.notes
