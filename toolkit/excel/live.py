"""The open workbook: copies of it, its sheets, and the state of Excel around an action."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from toolkit.core.names import clean
from toolkit.excel.content import Protection, SavedBook
from toolkit.guard import Fault, guarded
from toolkit.problem import Unreadable, Unwritable

SUFFIXES = (".xlsx", ".xlsm")
"""Workbooks that the buttons work on."""
_COPY = "selfeval-"
_ATTEMPTS = 3
"""How often what must not stay undone is tried."""
_UNLOCKED_ONLY, _NOTHING = 1, -4142
"""Excel's EnableSelection."""
_ALLOWED = (
    *("formatCells", "formatColumns", "formatRows", "insertColumns", "insertRows", "insertHyperlinks"),
    *("deleteColumns", "deleteRows", "sort", "autoFilter", "pivotTables"),
)
"""What a protected sheet may allow, in the order of the arguments of Protect."""


class LiveBook:
    """An open workbook, reached through xlwings in as few calls as will do.

    Attributes:
        name: as Excel shows it.
        folder: where it lies, ``None`` for one that was never saved or lies on the web.
    """

    def __init__(self, book: Any, app: Any, name: str = "") -> None:
        """Take an open xlwings ``Book`` and its ``App``; ``name`` where it is known already."""
        self.book, self.app = book, app
        self.name = name or str(book.name)
        place = str(book.api.Path or "")
        self.folder = Path(place) if place and "://" not in place else None
        self._sheets: Any = None
        self._known: dict[str, Any] = {}
        self._alerts: bool | None = None
        self._back: list[Callable[[], None]] = []

    @property
    def suffix(self) -> str:
        """Return the suffix its copies get."""
        suffix = Path(self.name).suffix.lower()
        return ".xlsx" if self.folder is None and suffix not in SUFFIXES else suffix

    @property
    def stem(self) -> str:
        """Return the name without its suffix."""
        return Path(self.name).stem if Path(self.name).suffix.lower() in SUFFIXES else self.name

    @property
    def key(self) -> str:
        """Return what tells this workbook from others: where it lies, and its name."""
        return f"{self.folder or ''}|{self.name}".lower()

    def copy_to(self, folder: Path) -> Path:
        """Save a copy into a folder; the workbook itself is neither saved nor renamed.

        Raises:
            Unreadable: it is of a kind the buttons cannot work on.
            Unwritable: the copy cannot be saved.
        """
        if self.suffix not in SUFFIXES:
            kind = self.suffix or "没有后缀的文件"
            raise Unreadable(self.name, f"是 {kind}，按钮不能用", "请另存为“Excel 工作簿（*.xlsx）”后再按")
        path = folder / f"{clean(self.stem)}{self.suffix}"
        self.book.api.SaveCopyAs(str(path))
        if not path.exists():
            raise Unwritable(self.name, "存不出副本，没有改动任何内容", "请检查磁盘空间，或先自行保存一次再按")
        return path

    def sheet(self, name: str) -> Any:
        """Return a worksheet."""
        if self._sheets is None:
            self._sheets = self.book.sheets
        if name not in self._known:
            self._known[name] = self._sheets[name]
        return self._known[name]

    def forget(self, name: str) -> None:
        """Forget a sheet that was deleted or renamed."""
        self._known.pop(name, None)

    def delete_sheet(self, name: str) -> None:
        """Delete a sheet without asking."""
        self.no_alerts()
        self.sheet(name).delete()
        self.forget(name)

    @contextmanager
    def opened(self, path: Path) -> Iterator[Any]:
        """Open another workbook for reading and close it again."""
        self.no_alerts()
        # Excel opens no two workbooks of one name: a copy with a name that nobody has is opened.
        with tempfile.TemporaryDirectory(prefix="selfeval-", ignore_cleanup_errors=True) as folder:
            copy = Path(folder) / f"{_COPY}{uuid4().hex}{path.suffix}"
            shutil.copyfile(path, copy)
            other = self.app.books.open(str(copy), update_links=False, read_only=True, add_to_mru=False)
            with afterwards(other.close):
                yield other

    @contextmanager
    def unprotected(self, name: str, protection: Protection) -> Iterator[Any]:
        """Lift the protection of a sheet and put it back exactly as it was.

        Raises:
            Unwritable: it needs a password.
        """
        sheet = self.sheet(name)
        if not protection.on:
            yield sheet
            return
        if protection.password:
            raise Unwritable(self.name, f"的工作表“{name}”设有保护密码，写不进去", "请在“审阅”里撤销工作表保护后再按")
        with afterwards(lambda: _protect(sheet.api, protection)):
            sheet.api.Unprotect()
            yield sheet

    def no_alerts(self) -> None:
        """Keep Excel from asking, until the session ends."""
        if self._alerts is None:
            self._alerts = bool(self.app.display_alerts)
            self.app.display_alerts = False

    def say(self, text: str) -> None:
        """Show progress in the status bar."""
        self.app.status_bar = text

    @contextmanager
    def session(self, text: str) -> Iterator[None]:
        """Hold screen, calculation and events still, and put everything back whatever happens."""
        app, back = self.app, self._back
        try:
            back.append(lambda: setattr(app, "status_bar", False))
            app.status_bar = text
            back.append(lambda: setattr(app, "screen_updating", True))
            app.screen_updating = False
            calculation, events = app.calculation, app.enable_events
            back.append(lambda: setattr(app, "enable_events", events))
            app.enable_events = False
            back.append(lambda: setattr(app, "calculation", calculation))
            app.calculation = "manual"
            yield
        finally:
            self._put_back()

    def settle(self) -> None:
        """End the session now.

        Raises:
            Unsettled: something was put back at the second attempt only; what was done is not to be trusted.
        """
        if not self._put_back():
            raise Unsettled("the program refused to take its settings back at once")

    def _put_back(self) -> bool:
        """Put back what the session changed; tell whether everything went at the first attempt."""
        if self._alerts is not None:
            alerts, self._alerts = self._alerts, None
            self._back.append(lambda: setattr(self.app, "display_alerts", alerts))
        done = [persist(step) for step in reversed(self._back)]
        self._back.clear()
        return all(attempts == 1 for attempts in done)


def read_copy(path: Path, name: str) -> SavedBook:
    """Read a copy that was saved a moment ago.

    Raises:
        Unreadable: something keeps us from reading what Excel wrote, such as encryption by another program.
    """
    try:
        return SavedBook(path)
    except Unreadable as problem:
        remedy = "电脑装有文件加密软件的，请信息部门把 pythonw.exe 设为受信任的程序；有打开密码的，请先取消密码"
        raise Unreadable(name, f"存出的副本{problem.reason}，没有改动任何内容", remedy) from problem


class Unsettled(Exception):
    """The program did what it was told at a second attempt only."""


@contextmanager
def afterwards(step: Callable[[], object]) -> Iterator[None]:
    """Do a step at the end, whatever happens within this.

    Raises:
        Unsettled: the step succeeded at a further attempt only, or never.
    """
    try:
        yield
    except BaseException:
        persist(step)
        raise
    if persist(step) != 1:
        raise Unsettled("a workbook or sheet was not put back at once")


def persist(step: Callable[[], object]) -> int:
    """Do what must not stay undone: try again where it fails.

    Returns:
        At which attempt it succeeded, 0 where it never did.
    """
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            guarded(step)
        except Fault as fault:
            print(fault, file=sys.stderr)
        else:
            return attempt
    return 0


def _protect(sheet: Any, protection: Protection) -> None:
    if not protection.allows("selectUnlockedCells"):
        sheet.EnableSelection = _NOTHING
    elif not protection.allows("selectLockedCells"):
        sheet.EnableSelection = _UNLOCKED_ONLY
    guards = (not protection.allows("objects"), True, not protection.allows("scenarios"))
    sheet.Protect("", *guards, False, *(protection.allows(name) for name in _ALLOWED))
