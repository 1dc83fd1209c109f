"""Nothing is lost: what stands where a result is to be written is kept under another name."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from toolkit.problem import Unwritable
from toolkit.workbook.save import check_target


def target_of(name: str, suffixes: tuple[str, ...]) -> Path:
    """Check a path a result is to be written to, and keep a copy of what stands there.

    Args:
        name: the path as the officer wrote it.
        suffixes: the endings allowed, the usual one first.

    Raises:
        Unwritable: another ending, no such folder, a folder of that name, or a copy cannot be made.
    """
    path = Path(name)
    if path.suffix.lower() not in suffixes:
        raise Unwritable(path, f"的后缀不是 {' 或 '.join(suffixes)}", f"请写成 {path.stem}{suffixes[0]}")
    check_target(path)
    return path


def keep_copy(path: Path) -> Path | None:
    """Copy an existing file beside itself with the time in its name, and return the copy.

    Raises:
        Unwritable: the copy cannot be made.
    """
    if not path.exists():
        return None
    stamp = f"{datetime.now():%Y%m%d-%H%M%S}"
    copy = path.with_name(f"{path.stem}_备份_{stamp}{path.suffix}")
    try:
        shutil.copy2(path, copy)
    except OSError as error:
        raise Unwritable(path, "已经存在，而且留不了备份", "请检查文件夹是否只读，或换一个文件名") from error
    return copy
