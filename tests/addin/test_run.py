"""The macros run in a real spreadsheet program: what a pressed button would start."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from tests.addin.files import MACROS, arguments_of
from tests.office.bench import Office
from toolkit.addin.build import IN_ADDIN
from toolkit.addin.call import ACTIONS, Call, macro_of, read_call
from toolkit.addin.module import Kind, Module, read_module
from toolkit.addin.package import add_macros
from toolkit.cli.main import main

PYTHON = r"C:\用户 甲\绩效 自评\python\pythonw.exe"
LOG = r"C:\用户 甲\AppData\Local\selfeval\selfeval.log"
WINDOW = "1312"
SAID = {
    "ToolName": "绩效自评",
    "OpenFormFirst": "请先打开一张自评表，再按这个按钮。",
    "NotInstalled": "没有找到绩效自评工具的程序。请重新运行安装程序，仍不行时请把这句话告诉维护人员。",
    "DidNotStart": "绩效自评工具没有启动，或中途停止了，请核对表格后再保存。请重新运行安装程序，仍不行时请把下面的日志发给维护人员：",
}
# In the place of SelfevalStart: writes down what it is asked to do, a row each, instead of asking Windows for it.
RECORDER = """Option Explicit

Private Sub Note(ByVal kind As String, ByVal text As String, ByVal more As String)
    Dim sheet As Object, row As Long
    Set sheet = ThisWorkbook.Worksheets(1)
    row = sheet.Cells(1, 5).Value + 1
    sheet.Cells(1, 5).Value = row
    sheet.Cells(row, 1).Value = kind
    sheet.Cells(row, 2).Value = text
    sheet.Cells(row, 3).Value = more
End Sub

Public Function PythonPath() As String
    PythonPath = ThisWorkbook.Worksheets(1).Cells(2, 5).Value
End Function

Public Function LogPath() As String
    LogPath = ThisWorkbook.Worksheets(1).Cells(3, 5).Value
End Function

Public Function ExcelWindow() As String
    ExcelWindow = "1312"
End Function

Public Function RunHidden(ByVal command As String, ByVal program As String, ByVal untilDone As Boolean) As Long
    Note "run", command, program & IIf(untilDone, " waits", " returns")
    RunHidden = ThisWorkbook.Worksheets(1).Cells(4, 5).Value
End Function

Public Sub Tell(ByVal text As String)
    Note "tell", text, ""
End Sub
"""


def recording(path: Path, *, python: str = PYTHON, exit_code: int = 0) -> Path:
    """Write a workbook with the macros as they are, but for the module that speaks to Windows."""
    modules = [read_module(MACROS / f"{name}.bas") for name in ("SelfevalBridge", "SelfevalButtons", "SelfevalWords")]
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("记录")
        for row, value in enumerate((0, python, LOG, exit_code)):
            sheet.write(row, 4, value)
        add_macros(book, [*modules, Module("SelfevalStart", Kind.STANDARD, RECORDER)])
    return path


@pytest.fixture(scope="module")
def pressed(office: Office, tmp_path_factory: pytest.TempPathFactory) -> list[list[object]]:
    """Press every button of a workbook with an awkward name, and return what was written down."""
    path = recording(tmp_path_factory.mktemp("run") / "2024年 河源=社保局(终稿)~100%和%OS%.xlsm")
    calls = [[f"SelfevalButtons.{macro_of(action)}"] for action in ACTIONS]
    return [list(row) for row in office.run_macros(path, calls, {"记录": f"A1:C{len(ACTIONS)}"})[1]["记录"]]


def test_each_button_starts_its_action_on_the_open_workbook(pressed: list[list[object]]) -> None:
    assert [kind for kind, _, _ in pressed] == ["run"] * len(ACTIONS)
    commands = [arguments_of(str(command)) for _, command, _ in pressed]
    assert [command[:4] for command in commands] == [[PYTHON, "-I", "-m", "toolkit.excel"]] * len(ACTIONS)
    book = "2024年 河源=社保局(终稿)~100%和%OS%.xlsm"
    calls = [read_call(command[4:]) for command in commands]
    assert calls == [Call(action, book, int(WINDOW), Path(LOG)) for action in ACTIONS]
    assert not any("%" in str(command) for _, command, _ in pressed)


def test_only_what_leaves_the_workbook_alone_returns_at_once(pressed: list[list[object]]) -> None:
    returning = [action for action, (_, _, how) in zip(ACTIONS, pressed, strict=True) if how == f"{PYTHON} returns"]
    waiting = [action for action, (_, _, how) in zip(ACTIONS, pressed, strict=True) if how == f"{PYTHON} waits"]
    assert returning == ["collect", "help"]
    assert waiting == [action for action in ACTIONS if action not in returning]


@pytest.mark.parametrize(
    ("state", "told"),
    [({"python": ""}, SAID["NotInstalled"]), ({"exit_code": 1}, f"{SAID['DidNotStart']}\r\n{LOG}"), ({}, "")],
    ids=["not installed", "did not start", "all well"],
)
def test_what_python_cannot_tell_is_told(office: Office, tmp_path: Path, state: dict[str, str], told: str) -> None:
    path = recording(tmp_path / "表.xlsm", **state)  # type: ignore[arg-type]  # one keyword of either type
    _, cells = office.run_macros(path, [["SelfevalButtons.PressCheck"]], {"记录": "A1:B3"})
    assert [str(text).replace("\n", "\r\n").replace("\r\r", "\r") for kind, text in cells["记录"] if kind == "tell"] == [
        each for each in [told] if each
    ]


def test_the_macros_of_a_new_workbook_compile_as_they_are(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "新 表.xlsm"
    assert main(["new", "-o", str(path)]) == 0
    # One module that did not compile would leave every answer empty.
    results, _ = office.run_macros(path, [[f"SelfevalWords.{name}"] for name in SAID])
    assert dict(zip(SAID, results, strict=True)) == SAID


def test_the_macros_of_the_addin_compile_together(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "加载项.xlsm"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet()
        add_macros(book, [read_module(MACROS / f"{name}.bas") for name in IN_ADDIN])
    assert office.run_macros(path, [["SelfevalWords.ToolName"]])[0] == [SAID["ToolName"]]


def test_arguments_hold_nothing_that_windows_would_change(office: Office, tmp_path: Path) -> None:
    names = ["%TEMP%", "a=b", "~0025", 'q"q', "tail\\", "成 绩（终）.xlsx", "~", ""]
    call = ["SelfevalBridge.CommandLine", "check", PYTHON]
    results, _ = office.run_macros(recording(tmp_path / "表.xlsm"), [[*call, name, WINDOW, LOG] for name in names])
    assert [read_call(arguments_of(result)[4:]).workbook for result in results] == names
