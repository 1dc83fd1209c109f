"""Every button on xlwings' own implementation for Windows: it runs, and 撤销上次操作 restores exactly."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.excel.com.books import Excel
from tests.excel.com.pressed import Officer
from tests.excel.com.pywin32 import excel_error
from tests.excel.same import differences
from toolkit.addin.call import ACTIONS
from toolkit.cli.main import main

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
NAME = "2024年 河源-社保局(终稿) v3.xlsx"
UNDONE = {
    "check": ((), "发现 1 处错误、2 处提醒，已列在“检查结果”。"),
    "adopt": (([0, 1],), "已采纳 2 行测算得分，其中调高 2 行；"),
    "report": ((), "自评报告已写入“自评报告”。"),
    "add-rows": ((), "已在第 13 行下面增加一行，"),
    "delete-rows": (("删除",), "已删除 1 行指标。"),
    "add-project": ((), "已新增“自评表 (2)”："),
}
"""Buttons that change the workbook: the answers to what they ask, and how their message begins."""
LEFT_ALONE = {
    "sign-off": ((), "已生成并打开 "),
    "entry": ((), "已生成并打开 "),
    "compare": ((Path("上一稿.xlsx"),), "与“上一稿.xlsx”比较：与上一稿逐项核对，没有发现修改。"),
    "finish": (("去修改",), "执行率填 0.86，应为 0.87"),
    "collect": ((Path(),), "1 个项目、1 个单位；"),
    "help": ((), "绩效自评 "),
}
"""Buttons that do not."""


@pytest.fixture
def officer(excel: Excel, tmp_path: Path) -> Officer:
    """Open a filled form whose row 13 is selected."""
    folder = tmp_path / "材料 (2024)"
    folder.mkdir()
    path = folder / NAME
    assert main(["fill", str(ROOT / "tests" / "cases" / "102.json"), "-o", str(path)]) == 0
    (folder / "上一稿.xlsx").write_bytes(path.read_bytes())
    found = Officer(excel, path, tmp_path / "用户 数据")
    found.select("自评表", "D13")
    return found


def test_what_a_button_changed_can_be_undone(officer: Officer, tmp_path: Path) -> None:
    before = officer.saved(tmp_path / "之前.xlsx")
    for action, (answers, told) in UNDONE.items():
        officer.select("自评表", "D13")
        assert officer.press(action, *answers).startswith(told)
        changed = officer.saved(tmp_path / "之后.xlsx")
        assert differences(before, changed), action
        assert officer.press("undo").startswith(f"已撤销“{ACTIONS[action]}”")
        assert differences(before, officer.saved(tmp_path / "撤销后.xlsx")) == [], action


def test_other_buttons_leave_the_workbook_alone(officer: Officer, tmp_path: Path) -> None:
    before = officer.saved(tmp_path / "之前.xlsx")
    for action, (answers, told) in LEFT_ALONE.items():
        given = [officer.path.parent / each if isinstance(each, Path) else each for each in answers]
        assert officer.press(action, *given).startswith(told), action
    assert differences(before, officer.saved(tmp_path / "之后.xlsx")) == []
    assert {*UNDONE, *LEFT_ALONE, "undo"} == set(ACTIONS)


@pytest.mark.parametrize("at", ["set Range.Value", "call Worksheet.Protect", "call FormatConditions.Add", "call Range.AddComment"])
def test_a_refusal_of_excel_leaves_everything_as_it_was(officer: Officer, tmp_path: Path, at: str) -> None:
    before = officer.saved(tmp_path / "之前.xlsx")
    refused: list[str] = []

    def refuse_once(message: str) -> None:
        if message.startswith(at) and not refused:
            refused.append(message)
            raise excel_error("应用程序定义或对象定义错误")

    officer.excel.messages.before = refuse_once
    told = officer.press("check")
    officer.excel.messages.before = None
    assert refused
    if at != "call Worksheet.Protect":
        # Protection is tried again until it holds: nothing is lost by one refusal.
        assert told.startswith("“重算并检查”没有做完，工作簿已恢复到按下按钮之前。")
        assert differences(before, officer.saved(tmp_path / "之后.xlsx")) == []
    application = officer.excel.application
    assert (application.Calculation, application.StatusBar) == (-4105, False)
    assert all(sheet.ProtectContents for sheet in officer.book.sheets if sheet.Name in ("自评表", "检查结果"))
