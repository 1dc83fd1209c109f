"""From the name of a button to what it does: nothing that goes wrong leaves without one Chinese sentence."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from toolkit.addin.call import ACTIONS, Call
from toolkit.cli.parser import Usage
from toolkit.core.scheme import SchemeError
from toolkit.excel.dialogs import Dialogs
from toolkit.excel.live import LiveBook
from toolkit.excel.work import Desk, Front, Places
from toolkit.guard import Fault, guarded, log_folder
from toolkit.problem import Problem

_MODULES = {
    "check": "check",
    "adopt": "adopt",
    "report": "report",
    "sign-off": "papers",
    "finish": "finish",
    "entry": "papers",
    "collect": "collect",
    "compare": "compare",
    "undo": "undo",
    "add-rows": "rows",
    "delete-rows": "rows",
    "add-project": "project",
    "help": "help",
}
_WITHOUT_BOOK = ("collect", "help")
_NO_BOOK = "没有打开的工作簿。请先打开自评表，再按“{label}”。"


def answer_call(call: Call, dialogs: Dialogs) -> None:
    """Do what a pressed button asks for in the Excel it was pressed in."""
    from toolkit.excel.host import attach

    documents = Path.home() / "Documents"
    places = Places(call.log.parent, documents if documents.is_dir() else Path.home())

    def work() -> str:
        app, book = attach(call)
        return _done(Front(call.action, dialogs, places, app), book, call.workbook)

    _tell(call.action, dialogs, work)


def run_action(action: str, book: Any, dialogs: Dialogs, places: Places, app: Any = None, name: str = "") -> None:
    """Do what a button asks for with a workbook that is open, and tell the officer one thing at the end.

    Args:
        action: one of :data:`toolkit.addin.call.ACTIONS`.
        book: the open xlwings ``Book``, ``None`` where none is open.
        dialogs: how to talk with the officer.
        places: folders on the officer's machine.
        app: the xlwings ``App``, where it is known already.
        name: the workbook's name, likewise.
    """

    def work() -> str:
        reached = app or (None if book is None else book.app)
        return _done(Front(action, dialogs, places, reached), book, name)

    _tell(action, dialogs, work)


def _tell(action: str, dialogs: Dialogs, work: Callable[[], str]) -> None:
    try:
        message = guarded(work)
    except (Problem, SchemeError, Usage) as problem:
        message = str(problem)
    except Fault:
        log = log_folder() / "selfeval.log"
        message = f"“{ACTIONS[action]}”没有做完，工作簿已恢复到按下按钮之前。请把日志 {log} 发给维护人员。"
    if message:
        dialogs.tell(message)


def _done(front: Front, book: Any, name: str) -> str:
    run: Callable[[Any], str] = import_module(f"toolkit.excel.actions.{_MODULES[front.action]}").run
    if front.action in _WITHOUT_BOOK:
        return run(front)
    if book is None:
        return _NO_BOOK.format(label=ACTIONS[front.action])
    return run(Desk(front.action, LiveBook(book, front.app, name), front.dialogs, front.places))
