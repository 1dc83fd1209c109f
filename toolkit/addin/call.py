"""How a button calls Python: the arguments that the macros write and the Excel side reads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ACTIONS = {
    "check": "重算并检查",
    "adopt": "采纳测算得分",
    "report": "生成自评报告",
    "sign-off": "送审单",
    "finish": "导出定稿",
    "entry": "系统录入表",
    "collect": "汇总",
    "compare": "比较两稿",
    "undo": "撤销上次操作",
    "add-rows": "增加指标行",
    "delete-rows": "删除指标行",
    "add-project": "新增项目表",
    "help": "帮助",
}
"""Every action a button can ask for, with the label of the button."""

_WORKBOOK, _WINDOW, _LOG = "--wb=", "--hwnd=", "--log="
_FROM_EXCEL = "--from_xl=1"
_ESCAPED = re.compile("~([0-9A-F]{4})")


@dataclass(frozen=True, slots=True)
class Call:
    """A pressed button.

    Attributes:
        action: one of :data:`ACTIONS`.
        workbook: name of the open workbook as Excel shows it; empty where none is open.
        window: handle of Excel's window, which tells several running Excels apart.
        log: the UTF-8 log that the macros name when Python does not start.
    """

    action: str
    workbook: str
    window: int
    log: Path


def read_call(arguments: Sequence[str]) -> Call:
    """Read the arguments behind ``python -m toolkit.excel``.

    Raises:
        ValueError: they are not those that the macros write.
    """
    action, *options = arguments or [""]
    if action not in ACTIONS:
        raise ValueError(f"there is no action {action!r}")
    return Call(
        action,
        _ESCAPED.sub(lambda found: chr(int(found[1], 16)), _value(options, _WORKBOOK)),
        int(_value(options, _WINDOW)),
        Path(_value(options, _LOG)),
    )


def macro_of(action: str) -> str:
    """Return the macro that a button on a sheet presses for an action."""
    return "Press" + "".join(word.capitalize() for word in action.split("-"))


def _value(options: Sequence[str], key: str) -> str:
    found = [option for option in options if option.startswith(key)]
    if len(found) != 1 or options.count(_FROM_EXCEL) != 1 or len(options) != 4:
        raise ValueError(f"expected {key} once among {list(options)}")
    return found[0].removeprefix(key)
