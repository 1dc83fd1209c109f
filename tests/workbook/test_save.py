"""Writing is all or nothing, and what may not be overwritten is not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from toolkit.problem import Unwritable
from toolkit.workbook.save import write_atomically


def reason(path: Path, source: Path | None = None) -> str:
    """Try to write, which must be refused with one sentence, and return why; nothing changes in the folder."""
    before = sorted(path.parent.iterdir()) if path.parent.is_dir() else []
    with pytest.raises(Unwritable) as caught:
        write_atomically(path, lambda at: at.write_text("新"), source)
    assert str(caught.value) == f"“{path.name}”{caught.value.reason}；{caught.value.remedy}。"
    assert (sorted(path.parent.iterdir()) if path.parent.is_dir() else []) == before
    return caught.value.reason


def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    path = tmp_path / "结果.xlsx"
    write_atomically(path, lambda at: at.write_text("新"))
    (tmp_path / "别的").write_text("")
    assert path.read_text() == "新"
    assert path.stat().st_mode == (tmp_path / "别的").stat().st_mode


def test_an_existing_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "结果.xlsx"
    path.write_text("旧")
    path.chmod(0o640)
    write_atomically(path, lambda at: at.write_text("新"))
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("新", 0o640)


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "结果.xlsx"
    path.write_text("旧")

    def fail(at: Path) -> None:
        at.write_text("半")
        raise KeyError("broken off")

    with pytest.raises(KeyError):
        write_atomically(path, fail)
    assert (path.read_text(), list(tmp_path.iterdir())) == ("旧", [path])


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    def fail(at: Path) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(Unwritable, match="写不了，因为磁盘满了；请腾出空间"):
        write_atomically(tmp_path / "结果.xlsx", fail)
    assert list(tmp_path.iterdir()) == []


def test_targets_that_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "结果.xlsx"
    assert reason(tmp_path / "没有" / "结果.xlsx") == f"写不了，因为文件夹“{tmp_path / '没有'}”不存在"
    (tmp_path / "夹.xlsx").mkdir()
    assert reason(tmp_path / "夹.xlsx") == "写不了，因为已有同名的文件夹"
    path.write_text("旧")
    assert reason(path, path) == "就是要读的原文件，不能覆盖"
    os.link(path, tmp_path / "另名.xlsx")
    assert reason(tmp_path / "另名.xlsx", path) == "就是要读的原文件，不能覆盖"
    path.chmod(0o444)
    assert reason(path) == "是只读文件，不能覆盖"


@pytest.mark.parametrize("lock", ["~$结果.xlsx", ".~lock.结果.xlsx#"])
def test_a_file_that_is_open_is_not_replaced(tmp_path: Path, lock: str) -> None:
    (tmp_path / lock).write_text("")
    assert reason(tmp_path / "结果.xlsx") == "正在 Excel、WPS 或 LibreOffice 中打开"


def test_a_long_name_loses_two_characters_in_its_lock(tmp_path: Path) -> None:
    (tmp_path / "~$24年绩效自评表.xlsx").write_text("")
    assert reason(tmp_path / "2024年绩效自评表.xlsx") == "正在 Excel、WPS 或 LibreOffice 中打开"
