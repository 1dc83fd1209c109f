"""Writing files all or nothing: a temporary file beside the target, then one rename."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from toolkit.problem import Unwritable


def write_atomically(path: Path, write: Callable[[Path], object], source: Path | None = None) -> None:
    """Let ``write`` fill a temporary file in the folder of ``path``, then put it in the place of ``path``.

    Whatever goes wrong, ``path`` stays as it was and no temporary file stays behind.

    Args:
        path: the target.
        write: fills the file whose path it is given; its exceptions pass through.
        source: the file that was read; it may not be the target.

    Raises:
        Unwritable: the folder does not exist, the target is the source, is read-only, or is open in another program.
    """
    check_target(path, source)
    try:
        handle, name = tempfile.mkstemp(prefix=".~", suffix=path.suffix, dir=path.parent)
    except OSError as error:
        raise _refused(path, error) from error
    os.close(handle)
    temporary = Path(name)
    try:
        write(temporary)
        temporary.chmod(_mode_of(path))
        os.replace(temporary, path)
    except OSError as error:
        raise _refused(path, error) from error
    finally:
        with suppress(OSError):
            temporary.unlink()


def check_target(path: Path, source: Path | None = None) -> None:
    """Refuse a target that cannot or must not be written, before any work is done.

    Raises:
        Unwritable: see :func:`write_atomically`.
    """
    folder = path.parent
    if not folder.is_dir():
        raise Unwritable(path, f"写不了，因为文件夹“{folder}”不存在", "请先建好文件夹，或换一个位置")
    if path.is_dir():
        raise Unwritable(path, "写不了，因为已有同名的文件夹", "请换一个文件名")
    if source is not None and _same_file(path, source):
        raise Unwritable(path, "就是要读的原文件，不能覆盖", "请用 -o 指定另一个文件名")
    if path.exists() and not os.stat(path).st_mode & 0o222:
        raise Unwritable(path, "是只读文件，不能覆盖", "请去掉只读属性，或换一个文件名")
    if is_open(path):
        raise Unwritable(path, "正在 Excel、WPS 或 LibreOffice 中打开", "请先关闭它，或换一个文件名")


def _same_file(path: Path, source: Path) -> bool:
    try:
        return path.samefile(source)
    except OSError:
        return path.resolve() == source.resolve()


def is_open(path: Path) -> bool:
    """Tell whether an office program keeps its lock file beside the target (~$ cuts two characters off long names)."""
    name = path.name
    locks = (f"~${name}", f"~${name[2:]}", f".~lock.{name}#")
    return any(path.with_name(lock).exists() for lock in locks)


def _mode_of(path: Path) -> int:
    """Return the permissions the new file gets: those of the file it replaces, else the usual ones of a new file."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _refused(path: Path, error: OSError) -> Unwritable:
    if isinstance(error, PermissionError):
        return Unwritable(path, "没有写入权限，或正被其他程序占用", "请关闭打开它的程序，或换一个文件夹")
    if error.errno == errno.ENOSPC:
        return Unwritable(path, "写不了，因为磁盘满了", "请腾出空间，或换一个磁盘上的文件夹")
    return Unwritable(path, f"写入失败（{error.strerror or error}）", "请检查磁盘空间和文件夹，然后重试")
