"""Whatever call of an action fails, the workbook and the program are as they were, and one Chinese sentence says so."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.excel.officer import AT_REST, Officer, workbook
from tests.excel.same import differences

FORM = "自评表"
PRESSED: list[tuple[str, list[Any]]] = [
    ("adopt", [[0, 1]]),
    ("report", []),
    ("add-rows", []),
    ("delete-rows", ["删除"]),
    ("add-project", []),
    ("undo", []),
]
"""Actions that write, and what they are answered."""
_SPREAD = 4
"""At how many of its calls, spread evenly, each of these is made to fail; the last one always is."""
UNDONE = re.compile(r"“.+”没有做完，工作簿已恢复到按下按钮之前。请把日志 .+ 发给维护人员。")


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Keep the log of a test to itself."""
    monkeypatch.setenv("SELFEVAL_LOG", str(tmp_path / "日志"))
    return tmp_path / "日志" / "selfeval.log"


def failed(officer: Officer, action: str, answers: list[Any], before: Path, failing: int) -> None:
    """Let one call of an action fail and see that nothing came of it."""
    officer.program.fail_at = failing
    told = officer.press(action, *answers)
    officer.program.fail_at = 0
    assert (failing, UNDONE.fullmatch(told) is not None) == (failing, True), told
    assert (failing, officer.program.state) == (failing, AT_REST)
    assert (failing, differences(before, officer.saved("后"))) == (failing, [])


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_every_call_of_a_check_may_fail(tmp_path: Path, log: Path, part: int) -> None:
    officer = Officer(workbook(tmp_path / "自评表.xlsx", "102"))
    officer.press("check")
    calls = officer.program.calls
    officer.press("undo")
    before = officer.saved("前")
    for failing in range(1 + part, calls + 1, 4):
        failed(officer, "check", [], before, failing)
    assert log.exists()


@pytest.mark.parametrize(("action", "answers"), PRESSED, ids=[action for action, _ in PRESSED])
def test_any_call_may_fail(tmp_path: Path, log: Path, action: str, answers: list[Any]) -> None:
    officer = Officer(workbook(tmp_path / "自评表.xlsx", "102"))
    officer.select(FORM, "D13")
    if action == "undo":
        officer.press("check")
    officer.press(action, *answers)
    calls = officer.program.calls
    officer.press("check" if action == "undo" else "undo")
    before = officer.saved("前")
    for step in range(1, _SPREAD + 1):
        officer.select(FORM, "D13")
        failed(officer, action, answers, before, 1 + (calls - 1) * step // _SPREAD)
    assert log.exists()


def test_a_workbook_that_cannot_be_put_back_is_kept_elsewhere(tmp_path: Path, log: Path) -> None:
    officer = Officer(workbook(tmp_path / "自评表.xlsx", "102"))
    save = officer.book.SaveCopyAs
    saved: list[str] = []

    def once(path: str) -> None:
        saved.append(path)
        if len(saved) > 1:
            raise OSError("no more room")
        save(path)

    officer.book.SaveCopyAs = once  # type: ignore[method-assign]  # the disk is full from now on
    officer.program.fail_at = 20
    told = officer.press("check")
    found = re.fullmatch(r"“自评表.xlsx”没有做完，也没能完全恢复；按下按钮之前的工作簿在 (.+)，请打开它另存后继续。", told)
    assert found is not None and Path(found[1]).exists()
    assert officer.program.state == AT_REST
    assert log.exists()
