"""Workbooks with buttons ask the functions about rows that formulas cannot read; without them the cells stay blank."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.addin.files import ROOT, parts
from tests.excel.com.forms import interchange
from tests.office.bench import Office
from toolkit.addin.carried import sheet_modules
from toolkit.addin.module import Kind, Module
from toolkit.core.scheme import load_schemes
from toolkit.intake.interchange import parse_interchange
from toolkit.workbook.template import build_workbook, buttons
from toolkit.workbook.template.told import FUNCTION

UNREADABLE = (("约46万人次", "预计完成43万人次"), ("百分之九十五", "百分之九十"), ("三场", "两场"))
"""Texts that only the core reads."""
MARKS = "O{first}:O{last}"
COUNTING = f"""Option Explicit

Private calls As Long

Public Function {FUNCTION}(target, actual, weight, method, indicator, level, scheme)
    calls = calls + 1
    {FUNCTION} = calls & ":" & target & ":" & actual & ":" & weight & ":" & method & ":" & indicator & ":" & level & ":" & scheme
End Function
"""


def workbook(path: Path) -> Path:
    """Write a form of 20 rows, three of which formulas cannot read."""
    data: dict[str, Any] = interchange(20)
    for row, (target, actual) in zip(data["indicators"][2:], UNREADABLE, strict=False):
        row |= {"target": target, "actual": actual, "score": ""}
    form = parse_interchange(json.loads(json.dumps(data)), path.with_suffix(".json")).form
    build_workbook(path, form, load_schemes()["national-2020"])
    return path


def formulas(path: Path) -> list[str]:
    """Return the formulas of the form sheet that ask a function."""
    sheet = parts(path)["xl/worksheets/sheet2.xml"].decode()
    return [found for found in re.findall(r"<f>([^<]*)</f>", sheet) if FUNCTION in found or "SE_" in found]


@pytest.mark.parametrize("scheme", load_schemes())
def test_only_workbooks_with_macros_ask_and_always_under_iferror(scheme: str, tmp_path: Path) -> None:
    plain, buttoned = tmp_path / "表.xlsx", tmp_path / "表.xlsm"
    for path in (plain, buttoned):
        build_workbook(path, None, load_schemes()[scheme])
    assert formulas(plain) == []
    asking = formulas(buttoned)
    compared = load_schemes()[scheme].prints("实际完成值")
    assert bool(asking) == compared
    assert all(formula.count(f"IFERROR({FUNCTION}(") == formula.count(FUNCTION) == 1 for formula in asking)
    assert all(f'"{scheme}"' in formula.replace("&quot;", '"') for formula in asking)


def test_without_the_addin_the_cells_are_blank(office: Office, tmp_path: Path) -> None:
    path = workbook(tmp_path / "2024年 表(终稿).xlsm")
    marks = office.recalculate(path, {"自评表": area(path)})["自评表"]
    assert {mark for (mark,) in marks} <= {"", None, "手工填写"}
    assert [mark for (mark,) in marks].count("手工填写") == 17


def test_a_recalculation_asks_no_more_often_than_there_are_cells(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = [each for each in sheet_modules() if each.name != "SelfevalFormulas"]
    monkeypatch.setattr(buttons, "sheet_modules", lambda: [*kept, Module("SelfevalFormulas", Kind.STANDARD, COUNTING)])
    path = workbook(tmp_path / "表.xlsm")
    _, cells = office.run_macros(path, [], {"自评表": area(path)})
    asked = [str(mark) for (mark,) in cells["自评表"] if mark not in ("", None, "手工填写")]
    numbers = [int(each.partition(":")[0]) for each in asked]
    assert len(numbers) == len(UNREADABLE) and max(numbers) <= len(formulas(path))
    told = [each.split(":")[1:3] for each in asked]
    assert told == [list(pair) for pair in UNREADABLE]


def area(path: Path) -> str:
    """Return the range of the marks of all indicator rows."""
    from toolkit.workbook.read import read_forms

    (form,) = read_forms(path)
    first = int(re.sub(r"\D", "", form.indicators[0].target.address or ""))
    return MARKS.format(first=first, last=first + 59)


def test_the_macros_behind_it_start_nothing() -> None:
    source = (ROOT / "macros" / "SelfevalFormulas.bas").read_text(encoding="ascii")
    # The add-in must be open already: Run would look for a file of its name in the current folder.
    assert source.index("Set host = Workbooks(FUNCTIONS)") < source.index("If host Is Nothing Then Exit Function") < source.index("Application.Run")
