"""Files that a button makes beside the workbook: where they go, and opening them."""

from __future__ import annotations

import contextlib
import io
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from toolkit.core.names import file_name
from toolkit.excel.work import Desk, Places
from toolkit.guard import Fault, guarded
from toolkit.problem import Unwritable

_PROGRESS = "\r\x1b[K"
"""How a command begins its line of progress."""


def output_folder(desk: Desk) -> Path:
    """Return where files go: beside the workbook, else into the user's own folder.

    Raises:
        Unwritable: neither can be written.
    """
    beside = desk.live.folder
    if beside is not None and can_write(beside):
        return beside
    return own_folder(desk.places)


def own_folder(places: Places) -> Path:
    """Return the user's own folder for files that have no place beside a workbook.

    Raises:
        Unwritable: it cannot be made.
    """
    own = places.outputs
    try:
        own.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unwritable(own, "建不了，没有地方放生成的文件", "请先把工作簿保存到本机的文件夹再按") from error
    return own


def can_write(folder: Path) -> bool:
    """Tell whether files can be written into a folder."""
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".~"):
            return True
    except OSError:
        return False


def free_file(folder: Path, *parts: str, suffix: str = ".xlsx") -> Path:
    """Return a path that nothing lies at yet; an earlier result stays as it is, open or not."""
    for number in range(1, 1000):
        path = folder / file_name(*parts, *([] if number == 1 else [str(number)]), suffix=suffix)
        if not path.exists():
            return path
    raise Unwritable(folder / parts[0], "已有太多同名的文件", "请移走旧的再按")


def show_file(app: Any, path: Path) -> bool:
    """Open a file that was made, in Excel where it runs, and tell whether it is open now."""
    if app is None:
        return False
    try:
        guarded(lambda: app.books.open(str(path)))
    except Fault:
        # The file is there all the same: a workbook of the same name may be open already.
        return False
    return True


def made_and_shown(app: Any, path: Path) -> str:
    """Open a file that was made, and say where it is."""
    return f"已生成并打开 {path}。" if show_file(app, path) else f"已生成 {path}，请自行打开。"


class _Said(io.StringIO):
    """What a command prints, its line of progress handed on."""

    def __init__(self, progress: Callable[[str], None] | None) -> None:
        super().__init__()
        self._progress = progress

    def isatty(self) -> bool:
        """Tell commands to show progress where somebody looks at it."""
        return self._progress is not None

    def write(self, text: str) -> int:
        """Keep a text; progress is shown and not kept."""
        if not text.startswith(_PROGRESS):
            return super().write(text)
        if self._progress is not None and text != _PROGRESS:
            self._progress(text.removeprefix(_PROGRESS))
        return len(text)


@contextlib.contextmanager
def captured(progress: Callable[[str], None] | None = None) -> Iterator[io.StringIO]:
    """Collect what a command prints: a program without a console has nowhere to print to.

    Args:
        progress: shown the line of progress whenever it changes.
    """
    said = _Said(progress)
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        yield said
