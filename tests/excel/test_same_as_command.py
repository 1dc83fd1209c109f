"""What a button writes into the open workbook is what the command writes into its copy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.excel.officer import CASES, Officer, workbook
from tests.excel.same import differences
from toolkit.cli.main import main
from toolkit.excel.content import SavedBook, State

GOLDEN = sorted(path.stem for path in CASES.glob("*.json"))
OUTPUTS = ("检查结果", "自评报告")
_LINK = re.compile(r'HYPERLINK\("#[^"]*","([^"]*)"\)')


def contents(path: Path, sheet: str) -> dict[tuple[int, int], str]:
    """Return what the cells of a sheet show, without the time of the check."""
    with SavedBook(path) as book:
        saved = book.sheet(sheet)
        assert saved is not None
        shown = {place: _shown(saved.state(place)) for place in saved.states}
    return {place: re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "当时", text) for place, text in shown.items()}


def _shown(state: State) -> str:
    link = _LINK.fullmatch(state.formula)
    return link[1] if link else state.formula or state.value


def links(path: Path) -> set[str]:
    """Return where the cells of 检查结果 lead."""
    with SavedBook(path) as book:
        saved = book.sheet("检查结果")
        assert saved is not None
        formulas = [saved.state(place).formula for place in saved.states]
        return {found[1] for text in formulas if (found := re.match(r'HYPERLINK\("#([^"]*)"', text))} | set(saved.links.values())


@pytest.mark.parametrize("case", GOLDEN)
def test_check_and_report_of_every_published_form(tmp_path: Path, case: str) -> None:
    path = workbook(tmp_path / f"2024年 {case}(终稿) v3.xlsx", case)
    officer = Officer(path)
    before, told = officer.saved("前"), tmp_path / "命令.xlsx"
    # The copy of the program in memory is what both start from: it holds no results of formulas.
    main(["check", str(before), "-o", str(told)])
    officer.press("check")
    after = officer.saved("检查后")
    assert contents(after, "检查结果") == contents(told, "检查结果")
    assert links(after) == links(told)
    assert [line for line in differences(before, after, besides=OUTPUTS) if " note: " not in line and " marks: " not in line] == []
    main(["report", str(before), "-o", str(told)])
    officer.press("report")
    after = officer.saved("报告后")
    for sheet in OUTPUTS:
        assert contents(after, sheet) == contents(told, sheet)
    assert [officer.press("undo")[:4], officer.press("undo")[:4]] == ["已撤销“", "已撤销“"]
    assert differences(before, officer.saved("撤销后")) == []


def test_a_sheet_that_lists_less_than_before(tmp_path: Path) -> None:
    officer = Officer(workbook(tmp_path / "表.xlsx", "107"))
    officer.press("check")
    first = contents(officer.saved("一"), "检查结果")
    officer.type("自评表", "I6", 9.5)
    officer.type("自评表", "E13", "≥1")
    middle, told = officer.saved("二"), tmp_path / "命令.xlsx"
    officer.press("check")
    main(["check", str(middle), "-o", str(told)])
    assert contents(officer.saved("三"), "检查结果") == contents(told, "检查结果") != first
