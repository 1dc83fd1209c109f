"""The files of a collection: which there are, which may hold a form, which are something else."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from toolkit.collect import Failure
from toolkit.submission.naming import ARCHIVE, CHANGES, ENTRY, SIGN_OFF
from toolkit.submission.place import BACKUP

FORMS = (".xlsx", ".xlsm", ".xls", ".et", ".json")
"""Kinds in which a form is expected: one that holds none is told of."""
MAYBE = (".docx", ".txt", ".csv")
"""Kinds that may be a form or something beside it."""
_ARCHIVES = (".zip", ".rar", ".7z")
_BESIDE = ("结果汇总表", SIGN_OFF, ENTRY, CHANGES)
"""What lies in the folder of a submission beside its forms."""
_REQUEST, _MERGED = "取数表", "合并说明"
"""What the sections were asked and what became of their answers, in any folder: neither is a form."""
_MAIL = "邮件"
"""What the text of a mail is called that ``split`` and ``finish`` write."""
_OTHER = ("不是能读的表格文件，没有当作自评表", "不需要处理；如果自评表只有这一份，请发送人报送 .xlsx")


@dataclass(frozen=True, slots=True)
class Found:
    """A file of the collection.

    Attributes:
        shown: its path with the name of the folder it was found under.
        link: its path from the summary.
    """

    path: Path
    shown: str
    link: str

    def failure(self, reason: str, ask: str, *, counted: bool = True) -> Failure:
        """Say why it was not read."""
        return Failure(self.shown, self.link, reason, ask, counted)


def files_of(roots: Sequence[Path], target: Path, written: Sequence[Path] = ()) -> list[Found]:
    """Return every file below the folders, by name; hidden files, the summary and what else is written are left out.

    Args:
        roots: folders or files.
        target: the summary.
        written: folders whose files this program writes.
    """
    beside = target.parent.resolve()
    seen = {str(target.resolve())}
    own = {str(folder.resolve()) for folder in written}
    link = lru_cache(maxsize=None)(partial(_link, beside=beside))
    found = []
    for root in roots:
        top = root.resolve()
        for path, folder, shown in _below(root, top.name) if root.is_dir() else [(root, str(top.parent), root.name)]:
            folder, name = os.path.split(path.resolve()) if os.path.islink(path) else (folder, path.name)
            real = os.path.join(folder, name)
            if real not in seen and folder not in own:
                seen.add(real)
                found.append(Found(path, shown, _joined(link(folder), name)))
    return found


def _below(root: Path, name: str) -> Iterator[tuple[Path, str, str]]:
    """Yield every file with the folder it really lies in and its path as it is shown."""
    for folder, names, files in os.walk(root):
        names[:] = sorted(name for name in names if not name.startswith(".") and name != BACKUP)
        here, real = Path(folder), str(Path(folder).resolve())
        shown = "/".join((name, *here.relative_to(root).parts))
        for file in sorted(files):
            if not file.startswith((".", "Thumbs.db", "desktop.ini")):
                yield here / file, real, f"{shown}/{file}"


def _joined(folder: str, name: str) -> str:
    return name if folder == "." else f"{folder}{name}" if folder.endswith("/") else f"{folder}/{name}"


def _link(folder: str, beside: Path) -> str:
    try:
        return Path(os.path.relpath(folder, beside)).as_posix()
    except ValueError:  # another drive of Windows
        return Path(folder).as_posix()


class Neighbours:
    """What lies beside the files of a folder, looked at once for all of them."""

    def __init__(self) -> None:
        """Begin with nothing looked at."""
        self._known: dict[Path, tuple[bool, bool]] = {}

    def of(self, folder: Path) -> tuple[bool, bool]:
        """Tell whether a folder is a submission of ours, and whether it holds workbooks."""
        if folder not in self._known:
            names = os.listdir(folder)
            submission = any(name.startswith(ARCHIVE) and name.endswith(".txt") for name in names)
            self._known[folder] = submission, any(Path(name).suffix.lower() in FORMS for name in names)
        return self._known[folder]


def refused(file: Found, neighbours: Neighbours) -> Failure | None:
    """Return why a file is not even opened, ``None`` for one that may hold a form."""
    suffix, name = file.path.suffix.lower(), file.path.name
    if name.startswith("~$") or name.startswith(".~"):
        return file.failure("是 Excel 打开文件时的临时文件，不是自评表", "请关闭打开的文件后删去它；正式文件是不带“~$”的那个")
    if suffix in _ARCHIVES:
        return file.failure("是压缩包，没有解开", "请解压后放回文件夹再汇总")
    if suffix not in (*FORMS, *MAYBE):
        return file.failure(*_OTHER, counted=False)
    if file.path.stem.startswith(_REQUEST) or _MERGED in file.path.stem:
        return file.failure("是向股室取数的表或合并说明，不是自评表", "不需要处理", counted=False)
    if suffix == ".txt" and file.path.stem.startswith(_MAIL):
        return file.failure("是邮件正文，不是自评表", "不需要处理", counted=False)
    submission, workbooks = neighbours.of(file.path.parent)
    if submission and any(word in file.path.stem for word in _BESIDE):
        return file.failure("是报送文件夹里的附属材料，不是自评表", "不需要处理", counted=False)
    # A report repeats the form in its annex.
    if suffix in MAYBE and (submission or (workbooks and "报告" in file.path.stem)):
        return file.failure("是报告或附属材料，自评表在旁边的工作簿里", "不需要处理", counted=False)
    return None
