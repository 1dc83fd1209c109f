"""Forms of every scheme come out of their workbook as they went in, whatever columns the scheme prints."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import openpyxl
import pytest

from tests.workbook.template.files import published, scheme_of
from toolkit.core.form import Form, Origin
from toolkit.core.scheme import Column, Scheme, load_schemes
from toolkit.workbook.read import read_forms
from toolkit.workbook.template import build_workbook

SCHEMES = load_schemes()
CASES = ("006", "014", "020", "024", "033", "035", "036", "037", "101", "107")
_DASHES = "—-"


def rows_of(form: Form) -> list[dict[str, str]]:
    """Return what each indicator row says, by the names of its cells."""
    names = [each.name for each in dataclasses.fields(form.indicators[0]) if each.name not in ("evidence", "own")]
    return [{name: getattr(row, name).text for name in names} for row in form.indicators]


def funds_of(form: Form, given: Form) -> list[dict[str, str]]:
    """Return what each fund row says; what a formula put into a cell left blank, and —, is no difference."""
    found = []
    for line, own in zip(form.funds, given.funds, strict=True):
        cells = {each.name: (getattr(line, each.name), getattr(own, each.name)) for each in dataclasses.fields(line)}
        found.append(
            {
                name: "" if other.blank and cell.origin is not Origin.TYPED else cell.text.strip(_DASHES)
                for name, (cell, other) in cells.items()
            }
        )
    return found


def through(form: Form, scheme: Scheme, path: Path) -> Form:
    build_workbook(path, form, scheme)
    (read,) = read_forms(path)
    return read


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("case", CASES)
def test_a_form_comes_out_of_every_scheme_as_it_went_in(case: str, scheme: str, tmp_path: Path) -> None:
    form = published(case)
    read = through(form, SCHEMES[scheme], tmp_path / "a.xlsx")
    assert rows_of(read) == rows_of(form)
    assert funds_of(read, form) == funds_of(form, form)
    heads = ("project_name", "department", "implementing_unit", "expected_goal", "achieved_goal", "organisation")
    assert {name: getattr(read, name).text for name in heads} == {name: getattr(form, name).text for name in heads}
    assert (read.year, read.currency_unit, read.scheme_id) == (form.year, form.currency_unit, scheme)
    stated = (form.total_score, form.total_weight, form.grade)
    shown = (read.total_score, read.total_weight, read.grade)
    assert [cell.text for cell, own in zip(shown, stated, strict=True) if not own.blank] == [
        own.text for own in stated if not own.blank
    ]


@pytest.mark.parametrize(
    ("scheme", "count", "last"),
    [
        ("guangdong-2021", 18, ("效益", "公平性", "服务对象满意度", "", "5")),
        ("guangdong-2024", 2, ("过程", "事项管理", "监管有效性", "", "8")),
        ("foshan-department-2022", 10, ("履职效能", "", "公众或服务对象满意度", "", "5")),
        ("national-2020", 0, None),
    ],
)
def test_a_blank_form_holds_the_indicators_its_scheme_names(
    scheme: str, count: int, last: tuple[str, ...] | None, tmp_path: Path
) -> None:
    build_workbook(tmp_path / "a.xlsx", None, SCHEMES[scheme])
    (form,) = read_forms(tmp_path / "a.xlsx")
    found = [
        tuple(cell.text for cell in (row.level1, row.level2, row.level3, row.level4, row.weight)) for row in form.indicators
    ]
    assert (len(found), found[-1] if found else None) == (count, last)


def test_shared_weights_are_what_they_are_now_in_a_file_nobody_calculated(tmp_path: Path) -> None:
    form = published("037")
    blank = tuple(dataclasses.replace(row, weight=dataclasses.replace(row.weight, text="")) for row in form.indicators[2:])
    form = dataclasses.replace(form, indicators=(*form.indicators[:2], *blank))
    build_workbook(tmp_path / "a.xlsx", form, scheme_of(form))
    workbook = openpyxl.load_workbook(tmp_path / "a.xlsx")
    workbook.save(tmp_path / "b.xlsx")
    for path in (tmp_path / "a.xlsx", tmp_path / "b.xlsx"):
        (read,) = read_forms(path)
        assert [row.weight.text for row in read.indicators] == ["12", "8", "13.34", "13.33", "13.33", "20.00", "20.00"]


def test_a_target_in_three_columns_stands_at_its_value(tmp_path: Path) -> None:
    form = published("014")
    path = tmp_path / "a.xlsx"
    read = through(form, scheme_of(form), path)
    cell = read.indicators[0].target
    assert (cell.text, cell.address) == ("≧735人次", "F13")
    sheet = openpyxl.load_workbook(path)["自评表"]
    assert [sheet[at].value for at in ("E13", "F13", "G13")] == ["≧", "735", "人次"]


def test_a_form_with_more_fund_columns_than_indicator_columns_works(tmp_path: Path) -> None:
    national = SCHEMES["national-2020"]
    narrow = ("一级指标", "三级指标", "实际完成值", "得分", "评分依据")
    wide = ("年初预算数", "全年预算数", "到位金额", "到位率", "全年执行数", "分值", "执行率", "得分")
    scheme = dataclasses.replace(
        national,
        columns=tuple(Column(name, name) for name in narrow),
        fund_columns=tuple(Column(name, name) for name in wide),
    )
    form = published("024")
    assert rows_of(through(form, scheme, tmp_path / "a.xlsx")) == rows_of(form)
