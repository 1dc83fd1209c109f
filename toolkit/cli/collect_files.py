"""The files of a collection: which there are, which may hold a form, which are something else."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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


def files_of(roots: Sequence[Path], target: Path, notes: Path | None = None) -> list[Found]:
    """Return every file below the folders, by name; hidden files, the summary itself and its notes are left out."""
    beside = target.parent.resolve()
    seen = {target.resolve()}
    own = None if notes is None else notes.resolve()
    found = []
    for root in roots:
        for path in _below(root) if root.is_dir() else (root,):
            real = path.resolve()
            if real not in seen and real.parent != own:
                seen.add(real)
                shown = f"{root.resolve().name}/{path.relative_to(root).as_posix()}" if root.is_dir() else path.name
                found.append(Found(path, shown, _link(real, beside)))
    return found


def _below(root: Path) -> Iterator[Path]:
    for folder, names, files in os.walk(root):
        names[:] = sorted(name for name in names if not name.startswith(".") and name != BACKUP)
        yield from (Path(folder, name) for name in sorted(files) if not name.startswith((".", "Thumbs.db", "desktop.ini")))


def _link(path: Path, beside: Path) -> str:
    try:
        return Path(os.path.relpath(path, beside)).as_posix()
    except ValueError:  # another drive of Windows
        return path.as_posix()


def refused(file: Found) -> Failure | None:
    """Return why a file is not even opened, ``None`` for one that may hold a form."""
    suffix, name = file.path.suffix.lower(), file.path.name
    if name.startswith("~$") or name.startswith(".~"):
        return file.failure("是 Excel 打开文件时的临时文件，不是自评表", "请关闭打开的文件后删去它；正式文件是不带“~$”的那个")
    if suffix in _ARCHIVES:
        return file.failure("是压缩包，没有解开", "请解压后放回文件夹再汇总")
    if suffix not in (*FORMS, *MAYBE):
        return file.failure(*_OTHER, counted=False)
    if any(word in file.path.stem for word in _BESIDE) and _is_submission(file.path.parent):
        return file.failure("是报送文件夹里的附属材料，不是自评表", "不需要处理", counted=False)
    if suffix in MAYBE and (_is_submission(file.path.parent) or _is_report(file.path)):
        return file.failure("是报告或附属材料，自评表在旁边的工作簿里", "不需要处理", counted=False)
    return None


def _is_report(path: Path) -> bool:
    """Tell whether a text is the report beside a workbook: its annex repeats the form."""
    return "报告" in path.stem and any(other.suffix.lower() in FORMS for other in path.parent.iterdir())


def _is_submission(folder: Path) -> bool:
    return any(folder.glob(f"{ARCHIVE}*.txt"))
