"""Macro → bridge → command line → Python → open workbook, as one chain; Windows alone is left out.

A macro that waits for a program would hold up LibreOffice, which the program needs: the macro notes its command line and
the test starts what it says.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from tests.addin.files import arguments_of
from tests.excel.scripted import Scripted
from tests.live.macros import PYTHON, STARTED, record_starts
from tests.live.press import AWKWARD, TEMPLATES, form_of, workbook
from tests.live.program import Program
from tests.live.screen import Screen
from toolkit.addin.call import ACTIONS, Call, macro_of
from toolkit.excel import host, windows
from toolkit.excel.__main__ import main

WINDOW = 1312


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A filled form with buttons, which note what they start."""
    made = workbook(tmp_path / f"{AWKWARD}~100%和%OS%.xlsm", [form_of(12)])
    return record_starts(made, tmp_path / "selfeval.log")


def reached(program: Program, monkeypatch: pytest.MonkeyPatch) -> Scripted:
    """Let Python reach this program instead of Excel, and its windows answer by script."""
    dialogs = Scripted("撤销")

    def attach(call: Call) -> tuple[xw.App, xw.Book | None]:
        assert call.window == WINDOW
        return program.app, program.app.books[call.workbook] if call.workbook else None

    monkeypatch.setattr(host, "attach", attach)
    monkeypatch.setattr(windows, "window_dialogs", lambda window: dialogs)
    return dialogs


def started(program: Program, book: xw.Book) -> list[str]:
    """Return the command lines that the macros have noted."""
    noted: str = program.link.ask("books.run_macro", book.impl.number, STARTED, [])
    return noted.splitlines()


def run(command: str) -> int:
    """Run what a command line says, in this process: it alone holds the line to LibreOffice."""
    python, isolated, module, name, *arguments = arguments_of(command)
    assert (python, isolated, module, name) == (PYTHON, "-I", "-m", "toolkit.excel")
    return main(arguments)


def first_line(book: xw.Book) -> Any:
    """Return the first line of 检查结果."""
    return book.sheets["检查结果"].range("A1").raw_value


def test_from_the_macro_to_the_open_workbook_and_back(
    program: Program, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripted = reached(program, monkeypatch)
    with program.opened(path) as book:
        before = first_line(book)
        program.link.ask("books.run_macro", book.impl.number, "SelfevalButtons.PressCheck", [])
        (command,) = started(program, book)
        assert run(command) == 0
        assert first_line(book).startswith("检查结果　错误 ")
        assert scripted.told[0].endswith("已列在“检查结果”。")
        program.link.ask("books.run_macro", book.impl.number, "SelfevalButtons.PressUndo", [])
        assert run(started(program, book)[1]) == 0
        assert first_line(book) == before
        assert scripted.told[1].startswith("已撤销“重算并检查”")


def test_every_button_names_an_action_that_python_knows(program: Program, path: Path) -> None:
    with program.opened(path) as book:
        for action in ACTIONS:
            program.link.ask("books.run_macro", book.impl.number, f"SelfevalButtons.{macro_of(action)}", [])
        assert [arguments_of(command)[4] for command in started(program, book)] == list(ACTIONS)


def press_with_the_mouse(visible: Program, screen: Screen, book: xw.Book, label: str) -> None:
    """Click a button of the first sheet as an officer does."""
    assert screen.wait_for_book()
    screen.click(*visible.link.ask("books.button_spot", book.sheets[0].impl.number, label))


def test_a_click_on_a_shipped_template_runs_its_macro(visible: Program, screen: Screen, tmp_path: Path) -> None:
    path = tmp_path / f"{AWKWARD}.xlsm"
    shutil.copy(TEMPLATES / "guangdong-2024.xlsm", path)
    with visible.opened(path) as book:
        press_with_the_mouse(visible, screen, book, ACTIONS["check"])
        # There is no Windows to tell where Python is, so the macro says what it says on a machine without the tool.
        assert screen.wait_for_dialog()
        assert screen.picture(tmp_path / "没有安装.png").stat().st_size > 10_000
        assert screen.close_dialog()
        assert first_line(book).startswith("还没有检查")


def test_a_click_fills_the_open_workbook(
    visible: Program, screen: Screen, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialogs = reached(visible, monkeypatch)
    with visible.opened(path) as book:
        press_with_the_mouse(visible, screen, book, ACTIONS["check"])
        assert Screen.until(lambda: bool(started(visible, book)))
        (command,) = started(visible, book)
        assert run(command) == 0
        assert dialogs.told[0].endswith("已列在“检查结果”。")
        assert first_line(book).startswith("检查结果　错误 ")
        before = screen.picture(tmp_path / "前.png").read_bytes()
        book.sheets["检查结果"].activate()
        assert screen.picture(tmp_path / "检查结果.png").read_bytes() != before
