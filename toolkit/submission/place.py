"""The folder of a submission appears as a whole or not at all; the sources are copied away first."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from toolkit.problem import Problem, Unreadable, Unwritable
from toolkit.workbook.save import is_open, write_atomically

BACKUP = "源文件备份"
_UNFINISHED = ".~报送"


def refuse_open(source: Path) -> None:
    """Refuse a source that an office program has open: what is not saved yet would be missing.

    Raises:
        Unreadable: its lock file (~$) lies beside it.
    """
    if is_open(source):
        raise Unreadable(
            source,
            "正在 Excel、WPS 或 LibreOffice 中打开，没有保存的修改读不到",
            f"请保存并关闭后再试；确认没有打开的，请删去同一文件夹里的“~${source.name[2:]}”或“~${source.name}”",
        )


def prepare(place: Path) -> None:
    """Make sure that the place the submissions go to is a folder that can be written.

    Raises:
        Unwritable: it is not.
    """
    if place.exists() and not place.is_dir():
        raise Unwritable(place, "是文件，不是文件夹", "请用 -o 写一个文件夹")
    with _told(place):
        place.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=_UNFINISHED, dir=place)
        os.close(handle)
        os.unlink(name)


def keep_sources(target: Path, sources: Sequence[Path]) -> None:
    """Copy the sources into a folder before anything is written; a copy that is there already stays.

    Raises:
        Unwritable: a copy cannot be made.
    """
    with _told(target):
        target.mkdir(parents=True, exist_ok=True)
        for source in sources:
            copy = _free(target, source)
            if copy is not None:
                write_atomically(copy, partial(shutil.copyfile, source))


def _free(target: Path, source: Path) -> Path | None:
    """Return where a copy goes, ``None`` where the very same file is kept already."""
    same = sha256(source)
    number = 1
    copy = target / source.name
    while copy.exists():
        if sha256(copy) == same:
            return None
        number += 1
        copy = target / f"{source.stem}_{number}{source.suffix}"
    return copy


@contextmanager
def work_folder() -> Iterator[Path]:
    """Give a folder of one's own to work in, away from the officer's files; nothing of it stays.

    Raises:
        Unwritable: there is no room for it.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="selfeval-") as name:
            yield Path(name)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        raise _refused(Path(tempfile.gettempdir()), error) from error


def publish(made: Sequence[tuple[Path, Path]]) -> None:
    """Put finished folders where they belong: each is copied beside its place and appears by one renaming.

    Args:
        made: pairs of a folder in the work folder and its final place. Where one cannot be put there, those before it
            are taken away again.

    Raises:
        Unwritable: a place is taken or cannot be written; nothing is left behind.
    """
    placed: list[Path] = []
    waiting: list[tuple[Path, Path]] = []
    try:
        for source, target in made:
            with _told(target):
                waiting.append((_copied(source, target), target))
        for beside, target in waiting:
            with _told(target):
                if target.exists():
                    raise Unwritable(target, "已经存在", "请换一个稿次，或先移走它")
                os.rename(beside, target)
            placed.append(target)
    except BaseException:
        for target in placed:
            shutil.rmtree(target, ignore_errors=True)
        raise
    finally:
        for beside, _ in waiting:
            shutil.rmtree(beside, ignore_errors=True)


def _copied(source: Path, target: Path) -> Path:
    beside = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=target.parent))
    try:
        for path in sorted(source.rglob("*")):
            copy = beside / path.relative_to(source)
            if path.is_dir():
                copy.mkdir()
            else:
                shutil.copyfile(path, copy)
        beside.chmod(_usual_mode())
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return beside


def sweep(place: Path, older_than: float) -> None:
    """Remove what a run that was broken off left behind; only unfinished folders last touched before a moment."""
    for path in place.glob(f"{_UNFINISHED}*") if place.is_dir() else ():
        with suppress(OSError):
            if path.is_dir() and path.stat().st_mtime < older_than:
                shutil.rmtree(path, ignore_errors=True)


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _usual_mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o777 & ~mask


@contextmanager
def _told(place: Path) -> Iterator[None]:
    """Turn what the operating system refuses into one sentence."""
    try:
        yield
    except Problem:
        raise
    except OSError as error:
        raise _refused(place, error) from error


def _refused(place: Path, error: OSError) -> Unwritable:
    number = error.errno
    if number == errno.ENOSPC:
        return Unwritable(place, "写不了，因为磁盘满了", "请腾出空间，或用 -o 换一个磁盘上的文件夹")
    if number in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Unwritable(place, "写不了，因为没有写入权限或是只读的", "请用 -o 换一个可以写的文件夹")
    if number in (errno.ENAMETOOLONG, errno.EINVAL):
        return Unwritable(place, "写不了，因为路径太长或含有不能用的字", "请用 -o 换一个路径短的文件夹")
    return Unwritable(place, f"写不了（{error.strerror or error}）", "请检查磁盘和文件夹，然后重试")
