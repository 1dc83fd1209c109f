"""One press of a button: the copy it works on, what it writes, and the way back."""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from toolkit.excel.areas import Place
from toolkit.excel.content import SavedBook, SavedSheet, State
from toolkit.excel.dialogs import Dialogs
from toolkit.excel.journal import Journal
from toolkit.excel.live import LiveBook, persist, read_copy
from toolkit.excel.painting import repaint, restore
from toolkit.machine.install import BACKUPS
from toolkit.problem import Unwritable

_TITLE, _MADE = "绩效自评", "生成的文件"


@dataclass(frozen=True, slots=True)
class Places:
    """Folders on the officer's machine.

    Attributes:
        data: the user's own data, for copies and the journal.
        documents: where files go that have no place beside a workbook; within ``data`` by default.
    """

    data: Path
    documents: Path | None = None

    @property
    def outputs(self) -> Path:
        """Return the folder of files that have no place beside a workbook."""
        return self.documents / _TITLE if self.documents is not None else self.data / _MADE


@dataclass(frozen=True, slots=True)
class Front:
    """What an action has at hand that needs no open workbook.

    Attributes:
        app: the xlwings ``App``, ``None`` where Excel cannot be reached.
    """

    action: str
    dialogs: Dialogs
    places: Places
    app: Any = None


@dataclass(frozen=True, slots=True)
class Desk:
    """What an action on the open workbook has at hand.

    Attributes:
        action: which button was pressed.
        live: the open workbook.
        moment: when.
    """

    action: str
    live: LiveBook
    dialogs: Dialogs
    places: Places
    moment: datetime = field(default_factory=datetime.now)

    @property
    def journal(self) -> Journal:
        """Return the journal of the workbook."""
        return Journal(self.places.data, self.live.key)


class Work:
    """An open workbook read once, and changed so that it can be put back."""

    def __init__(self, desk: Desk, folder: Path, path: Path, before: SavedBook) -> None:
        """Begin with the copy ``path`` of the workbook in the private ``folder``."""
        self.desk = desk
        self.live = desk.live
        self.folder = folder
        self.path = path
        self.before = before
        self.touched: dict[str, dict[Place, State | None]] = defaultdict(dict)
        self._shown: Any = None

    @contextmanager
    def writing(self, *, beside: bool = False) -> Iterator[None]:
        """Write within this: a copy is kept before, and whatever goes wrong, the workbook is put back.

        Args:
            beside: leave a copy beside the workbook, too: something the officer typed is about to change.

        Raises:
            Unwritable: no copy can be kept, or the workbook could not be put back.
        """
        desk = self.desk
        kept = desk.journal.keep(self.path, desk.moment)
        if beside:
            kept_beside(desk, self.path)
        with self.safely(kept):
            yield
            self.live.settle()
            desk.journal.add(desk.action, kept, self.touched, desk.moment)

    @contextmanager
    def safely(self, kept: Path) -> Iterator[None]:
        """Put the workbook back where something goes wrong within this; ``kept`` is a copy of it as it was.

        Raises:
            Unwritable: the workbook could not be put back.
        """
        try:
            yield
        except BaseException:
            if not persist(self._put_back):
                reason = "没有做完，也没能完全恢复"
                raise Unwritable(self.live.name, reason, f"按下按钮之前的工作簿在 {kept}，请打开它另存后继续") from None
            raise

    def wrote(self, sheet: str, states: dict[Place, State]) -> None:
        """Remember what was written, for 撤销上次操作."""
        self.touched[sheet].update(states)

    def looked(self, sheet: str, places: set[Place]) -> None:
        """Remember cells of which look, note or row changed."""
        for place in places:
            self.touched[sheet].setdefault(place, None)

    def repaint(self, wanted: SavedSheet, now: SavedSheet | None = None) -> None:
        """Turn a sheet of the open workbook into a wanted state and remember what was written.

        Args:
            wanted: what the sheet shall be.
            now: what it is, by default as the copy has it.
        """
        painted = repaint(self.live, self.before, wanted, now)
        self.wrote(wanted.name, painted.states)
        self.looked(wanted.name, painted.looks)

    def bring_in(self, path: Path, name: str) -> Any:
        """Copy a sheet of a file into the open workbook, as its last one; the sheet that was shown stays shown."""
        self._may_add(name)
        last = self.before.names[-1]
        shown = self._remember_shown()
        with self.live.opened(path) as other:
            other.sheets[name].copy(after=self.live.sheet(last))
        shown.activate()
        with SavedBook(path) as saved:
            sheet = saved.sheet(name)
            self.wrote(name, {} if sheet is None else dict(sheet.states))
        self.touched[name].setdefault((1, 1), None)
        return self.live.sheet(name)

    def copied(self, name: str, after: str, target: str) -> None:
        """Copy a sheet of the open workbook behind another one under a new name; it is shown then."""
        self._may_add(target)
        self._remember_shown()
        self.live.sheet(name).copy(after=self.live.sheet(after), name=target)
        self.touched[target].setdefault((1, 1), None)

    def _remember_shown(self) -> Any:
        """Return the sheet that is shown; the first one asked for is shown again where the workbook is put back."""
        shown = self.live.book.sheets.active
        self._shown = self._shown or shown
        return shown

    def _may_add(self, name: str) -> None:
        if self.before.locked:
            reason = f"的工作簿结构受保护，加不进工作表“{name}”"
            raise Unwritable(self.live.name, reason, "请在“审阅”里撤销“保护工作簿”后再按")

    def _put_back(self) -> None:
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            path = self.live.copy_to(Path(folder))
            with read_copy(path, self.live.name) as now:
                restore(self.live, now, self.before)
        if self._shown is not None:
            self._shown.activate()


@contextmanager
def working(desk: Desk) -> Iterator[Work]:
    """Copy the open workbook into a private folder and read it.

    Raises:
        Unreadable: it is of a kind the buttons cannot work on, or its copy cannot be read.
    """
    with tempfile.TemporaryDirectory(prefix="selfeval-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        path = desk.live.copy_to(folder)
        with read_copy(path, desk.live.name) as before:
            yield Work(desk, folder, path, before)


def kept_beside(desk: Desk, path: Path) -> Path:
    """Copy the workbook beside itself with the time in its name, or into the folder of backups where it has no place.

    Raises:
        Unwritable: neither can be written; nothing may be changed then.
    """
    name = f"{path.stem}_备份_{desk.moment:%Y%m%d-%H%M%S}{path.suffix}"
    if desk.live.folder is not None:
        with suppress(OSError):
            return shutil.copyfile(path, desk.live.folder / name)
    target = desk.places.data / BACKUPS / name
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        return shutil.copyfile(path, target)
    except OSError as error:
        raise Unwritable(desk.live.name, "留不下备份，没有改动任何内容", f"请检查磁盘空间和文件夹“{target.parent}”") from error
