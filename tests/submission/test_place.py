"""A folder appears as a whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from toolkit.problem import Unreadable, Unwritable
from toolkit.submission.place import keep_sources, prepare, publish, refuse_open, sweep, work_folder


def made(folder: Path, name: str) -> Path:
    (folder / name / "夹").mkdir(parents=True)
    (folder / name / "夹" / "文件.txt").write_text(name, encoding="utf-8")
    return folder / name


def everything(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def refusing(number: int) -> object:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return refuse


def test_all_folders_appear(tmp_path: Path) -> None:
    out = tmp_path / "出"
    out.mkdir()
    publish([(made(tmp_path, name), out / name) for name in ("甲", "乙")])
    assert everything(out) == ["乙", "乙/夹", "乙/夹/文件.txt", "甲", "甲/夹", "甲/夹/文件.txt"]


def test_none_appears_where_one_place_is_taken(tmp_path: Path) -> None:
    out = tmp_path / "出"
    (out / "乙").mkdir(parents=True)
    with pytest.raises(Unwritable, match="“乙”已经存在；请换一个稿次"):
        publish([(made(tmp_path, name), out / name) for name in ("甲", "乙")])
    assert everything(out) == ["乙"]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "写不了，因为磁盘满了；请腾出空间，或用 -o 换一个磁盘上的文件夹。"),
        (errno.EROFS, "写不了，因为没有写入权限或是只读的；请用 -o 换一个可以写的文件夹。"),
        (errno.EACCES, "写不了，因为没有写入权限或是只读的；请用 -o 换一个可以写的文件夹。"),
        (errno.ENAMETOOLONG, "写不了，因为路径太长或含有不能用的字；请用 -o 换一个路径短的文件夹。"),
    ],
)
@pytest.mark.parametrize("what", ["copyfile", "rename"])
def test_a_disk_that_refuses_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str, what: str
) -> None:
    out = tmp_path / "出"
    out.mkdir()
    source = made(tmp_path, "甲")
    monkeypatch.setattr(shutil if what == "copyfile" else os, what, refusing(number))
    with pytest.raises(Unwritable) as refused:
        publish([(source, out / "甲")])
    assert str(refused.value) == f"“甲”{said}"
    assert everything(out) == []


def test_a_place_that_cannot_be_written_is_refused_before_any_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "文件").write_text("")
    with pytest.raises(Unwritable, match="“文件”是文件，不是文件夹；请用 -o 写一个文件夹"):
        prepare(tmp_path / "文件")
    monkeypatch.setattr(tempfile, "mkstemp", refusing(errno.EROFS))
    with pytest.raises(Unwritable, match="“出”写不了，因为没有写入权限或是只读的"):
        prepare(tmp_path / "出")


def test_a_full_disk_while_working_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unwritable, match="写不了，因为磁盘满了"), work_folder():
        raise OSError(errno.ENOSPC, "No space left on device")
    with pytest.raises(FileNotFoundError), work_folder():
        raise FileNotFoundError(errno.ENOENT, "a fault of ours is not taken for the disk's")


def test_sources_are_kept_once_each(tmp_path: Path) -> None:
    source = tmp_path / "表.xlsx"
    source.write_bytes(b"1")
    for data in (b"1", b"1", b"2"):
        source.write_bytes(data)
        keep_sources(tmp_path / "备份" / "第1稿", [source])
    assert {path.name: path.read_bytes() for path in (tmp_path / "备份" / "第1稿").iterdir()} == {"表.xlsx": b"1", "表_2.xlsx": b"2"}


@pytest.mark.parametrize("lock", ["~$自评表.xlsx", "~$表.xlsx", ".~lock.自评表.xlsx#"])
def test_a_source_that_is_open_is_refused(tmp_path: Path, lock: str) -> None:
    source = tmp_path / "自评表.xlsx"
    refuse_open(source)
    (tmp_path / lock).write_bytes(b"")
    with pytest.raises(Unreadable, match=r"“自评表.xlsx”正在 Excel、WPS 或 LibreOffice 中打开，没有保存的修改读不到；请保存并关闭后再试"):
        refuse_open(source)


def test_only_what_was_left_unfinished_long_ago_is_swept_away(tmp_path: Path) -> None:
    old, new, other = (tmp_path / name for name in (".~报送旧", ".~报送新", "报送_2024_甲局_第1稿"))
    for path in (old, new, other):
        path.mkdir()
        os.utime(path, (1000, 1000) if path is not new else (5000, 5000))
    sweep(tmp_path, 2000)
    assert sorted(path.name for path in tmp_path.iterdir()) == [new.name, other.name]
