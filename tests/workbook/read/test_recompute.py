"""Formulas of the template give what they give now, whatever result the file holds for them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.workbook.officer_form import LAYOUT, write_form
from toolkit.core.form import Cell, Form, Origin
from toolkit.workbook.read import read_forms

FIRST, TOTAL, SIGN = LAYOUT.indicator_first, LAYOUT.total_row, LAYOUT.sign_row
SCORE = f'=IF(L{FIRST}="","",L{FIRST})'
"""The proposal beside: 15 × 25 ÷ 27 = 13.89."""
FUND_SCORE = '=IF(E6="","",ROUND(G6*MIN(1,H6),2))'
GRADE = f'=IF(H{TOTAL}="","",INDEX(评分参数!B20:B23,MATCH(H{TOTAL},评分参数!A20:A23,-1)))'
TOTAL_SCORE = f"=SUM(I6,H{FIRST}:H{LAYOUT.indicator_last})"


def read(tmp_path: Path, cells: Mapping[str, Any]) -> Form:
    (form,) = read_forms(write_form(tmp_path / "a.xlsx", cells))
    return form


def edited(path: Path, change: Callable[[str], str]) -> Path:
    """Copy the workbook with the XML of its form sheet changed."""
    out = path.with_name("改动.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name).decode()
            target.writestr(name, change(content) if name == "xl/worksheets/sheet1.xml" else content)
    return out


def without_results(xml: str) -> str:
    """Remove the results of all formulas, as programs write files that do not calculate."""
    return re.sub(r"</f><v>[^<]*</v>", "</f>", xml)


def blank_result(xml: str) -> str:
    """Store the blank text as the result of the formula whose result is 77777, as Excel does."""
    assert xml.count("<v>77777</v>") == 1
    return re.sub(r"><f>([^<]*)</f><v>77777</v>", r' t="str"><f>\1</f><v></v>', xml)


def filled_down(xml: str) -> str:
    """Store the formula of H11 once for H11 and H12, as Excel does for a fill-down."""
    master = re.search(r'<c r="H11"[^>]*><f>([^<]*)</f>', xml)
    assert master and xml.count("<f>X1</f>") == 1
    shared = f'<f t="shared" ref="H11:H12" si="0">{master.group(1)}</f>'
    return xml.replace(f"<f>{master.group(1)}</f>", shared).replace("<f>X1</f>", '<f t="shared" si="0"/>')


def shown(cell: Cell) -> tuple[str, Origin]:
    return cell.text, cell.origin


@pytest.mark.parametrize(
    ("stored", "expected"),
    [(13.89, ("13.89", Origin.FORMULA)), (0, ("13.89", Origin.STALE)), (15, ("13.89", Origin.STALE))],
)
def test_an_indicator_score(tmp_path: Path, stored: float, expected: tuple[str, Origin]) -> None:
    assert shown(read(tmp_path, {f"H{FIRST}": (SCORE, stored)}).indicators[0].score) == expected


def test_a_proposal_left_blank_stays_blank(tmp_path: Path) -> None:
    path = edited(write_form(tmp_path / "a.xlsx", {f"H{FIRST}": (SCORE, 77777)}), blank_result)
    (form,) = read_forms(path)
    assert shown(form.indicators[0].score) == ("", Origin.FORMULA)


def test_a_score_nobody_can_propose_is_blank_whatever_was_stored(tmp_path: Path) -> None:
    row = LAYOUT.indicator_first + 6
    form = read(tmp_path, {f"H{row}": (f'=IF(L{row}="","",L{row})', 0)})
    assert (form.indicators[3].name, shown(form.indicators[3].score)) == ("窗口正常运转", ("", Origin.STALE))


@pytest.mark.parametrize("formula", ["=15*25/27", "=ROUND(G11*25/27,2)", "=自评底稿!B3"])
def test_an_officers_own_formula_keeps_its_result(tmp_path: Path, formula: str) -> None:
    assert shown(read(tmp_path, {f"H{FIRST}": (formula, 12.5)}).indicators[0].score) == ("12.5", Origin.FORMULA)


def test_rate_and_fund_score(tmp_path: Path) -> None:
    rates = {"H6": ("=IF(E6=0,0,ROUND(F6/E6,2))", 0), "H7": ("=ROUND(F7/E7,2)", 0.87)}
    form = read(tmp_path, {**rates, "I6": (FUND_SCORE, 0)})
    assert shown(form.funds[0].rate) == ("0.87", Origin.STALE)
    assert shown(form.funds[0].score) == ("8.7", Origin.STALE)
    assert shown(form.funds[1].rate) == ("0.87", Origin.FORMULA)


def test_the_fund_total_feeds_the_rate(tmp_path: Path) -> None:
    form = read(tmp_path, {"E6": ("=SUM(E7:E7)", 0), "H6": ("=ROUND(F6/E6,2)", 0)})
    assert [shown(form.funds[0].annual_budget), shown(form.funds[0].rate)] == [
        ("4448000", Origin.STALE),
        ("0.87", Origin.STALE),
    ]


def test_the_total_follows_the_scores_as_they_are_now(tmp_path: Path) -> None:
    form = read(tmp_path, {f"H{FIRST}": (SCORE, 0), f"H{TOTAL}": (TOTAL_SCORE, 83.6)})
    assert shown(form.total_score) == ("97.49", Origin.STALE)


def test_a_current_total_is_left_alone(tmp_path: Path) -> None:
    assert shown(read(tmp_path, {f"H{TOTAL}": (TOTAL_SCORE, 97.49)}).total_score) == ("97.49", Origin.FORMULA)


@pytest.mark.parametrize(
    ("grade", "expected"),
    [
        ("良", ("良", Origin.TYPED)),
        ((GRADE, "优"), ("", Origin.FORMULA)),
        (("=自评底稿!B9", "优"), ("优", Origin.FORMULA)),
    ],
)
def test_a_computed_grade_states_nothing(tmp_path: Path, grade: Any, expected: tuple[str, Origin]) -> None:
    assert shown(read(tmp_path, {f"B{SIGN + 1}": grade}).grade) == expected


def test_formulas_without_a_result(tmp_path: Path) -> None:
    cells = {f"H{FIRST}": (SCORE, 1), f"H{FIRST + 1}": ("=自评底稿!B3", 12.5), "I6": (FUND_SCORE, 0)}
    (form,) = read_forms(edited(write_form(tmp_path / "a.xlsx", cells), without_results))
    assert shown(form.indicators[0].score) == ("13.89", Origin.UNCACHED)
    assert shown(form.indicators[1].score) == ("", Origin.UNCACHED)
    assert shown(form.funds[0].score) == ("8.7", Origin.UNCACHED)


def test_a_formula_stored_once_for_a_fill_down(tmp_path: Path) -> None:
    path = write_form(tmp_path / "a.xlsx", {f"H{FIRST}": (SCORE, 0), f"H{FIRST + 1}": ("=X1", 0)})
    (form,) = read_forms(edited(path, filled_down))
    assert [shown(row.score) for row in form.indicators[:2]] == [("13.89", Origin.STALE), ("14.91", Origin.STALE)]
