"""Entries carried from one zip file into another as they are packed."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest

from toolkit.workbook.finish.carry import carry

TEXTS = {"a.xml": b"<a/>" * 500, "中文.xml": "内容".encode() * 300, "empty.bin": b"", "one.png": bytes(range(256))}


def packed(path: Path, kind: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", kind) as target:
        for name, data in TEXTS.items():
            target.writestr(zipfile.ZipInfo(name, (2024, 3, 1, 8, 0, 0)), data, compress_type=kind)
    return path


def carried(source: Path, target: Path) -> list[bool]:
    with zipfile.ZipFile(source) as read, source.open("rb") as stream, zipfile.ZipFile(target, "w") as write:
        return [carry(stream, entry, write) for entry in read.infolist()]


def contents(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def raw(path: Path) -> list[tuple[str, bytes, int, int]]:
    """Return name, packed bytes, kind and flags of every entry, found by the local headers alone."""
    data, found = path.read_bytes(), []
    with zipfile.ZipFile(path) as package:
        for entry in package.infolist():
            at = entry.header_offset
            mark, flags, kind, size, length, extra = struct.unpack_from("<4s2xHH8xL4xHH", data, at)
            assert mark == b"PK\x03\x04"
            start = at + 30 + length + extra
            found.append((entry.filename, data[start : start + size], kind, flags))
    return found


@pytest.mark.parametrize("kind", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_packed_bytes_are_the_same_and_open_the_same(kind: int, tmp_path: Path) -> None:
    source, target = packed(tmp_path / "a.zip", kind), tmp_path / "b.zip"
    assert carried(source, target) == [True] * len(TEXTS)
    assert contents(target) == TEXTS
    assert [each[:3] for each in raw(target)] == [each[:3] for each in raw(source)]


def test_sizes_behind_the_bytes_are_put_in_front(tmp_path: Path) -> None:
    """A file written to a pipe has its sizes behind each entry (data descriptors)."""

    class Pipe:
        def __init__(self, path: Path) -> None:
            self.file = path.open("wb")

        def write(self, data: bytes) -> int:
            return self.file.write(data)

        def flush(self) -> None:
            self.file.flush()

    pipe = Pipe(tmp_path / "a.zip")
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as target:  # type: ignore[call-overload]  # what can only be written is a stream, too
        for name, data in TEXTS.items():
            target.writestr(name, data)
    pipe.file.close()
    with zipfile.ZipFile(tmp_path / "a.zip") as package:
        assert [entry.flag_bits & 8 for entry in package.infolist()] == [8] * len(TEXTS)
    assert carried(tmp_path / "a.zip", tmp_path / "b.zip") == [True] * len(TEXTS)
    assert contents(tmp_path / "b.zip") == TEXTS
    assert [flags & 8 for _, _, _, flags in raw(tmp_path / "b.zip")] == [0] * len(TEXTS)


def test_entries_with_sizes_of_64_bits_are_carried(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in TEXTS.items():
            with target.open(name, "w", force_zip64=True) as part:
                part.write(data)
    assert carried(tmp_path / "a.zip", tmp_path / "b.zip") == [True] * len(TEXTS)
    assert contents(tmp_path / "b.zip") == TEXTS


def test_other_entries_follow_those_carried(tmp_path: Path) -> None:
    source = packed(tmp_path / "a.zip")
    with zipfile.ZipFile(source) as read, source.open("rb") as stream, zipfile.ZipFile(tmp_path / "b.zip", "w") as write:
        first, *rest = read.infolist()
        assert carry(stream, first, write)
        write.writestr("new.xml", b"<new/>", compress_type=zipfile.ZIP_DEFLATED)
        assert [carry(stream, entry, write) for entry in rest] == [True] * len(rest)
    assert contents(tmp_path / "b.zip") == {**TEXTS, "new.xml": b"<new/>"}


def test_names_and_times_stay(tmp_path: Path) -> None:
    source, target = packed(tmp_path / "a.zip"), tmp_path / "b.zip"
    carried(source, target)
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target) as after:
        kept = [(entry.filename, entry.date_time, entry.CRC, entry.file_size) for entry in before.infolist()]
        assert [(entry.filename, entry.date_time, entry.CRC, entry.file_size) for entry in after.infolist()] == kept


def test_a_kind_of_packing_others_may_not_know_is_left_to_be_packed_anew(tmp_path: Path) -> None:
    source = packed(tmp_path / "a.zip", zipfile.ZIP_LZMA)
    assert carried(source, tmp_path / "b.zip") == [False] * len(TEXTS)


@pytest.mark.parametrize("damage", ["header", "cut"])
def test_bytes_that_are_not_where_the_directory_says_are_not_carried(damage: str, tmp_path: Path) -> None:
    source = packed(tmp_path / "a.zip")
    with zipfile.ZipFile(source) as read:
        entry = read.infolist()[-1]
    data = bytearray(source.read_bytes())
    if damage == "header":
        data[entry.header_offset : entry.header_offset + 4] = b"none"
    else:
        del data[entry.header_offset + 40 :]
    source.write_bytes(bytes(data))
    with source.open("rb") as stream, zipfile.ZipFile(tmp_path / "b.zip", "w") as write:
        assert not carry(stream, entry, write)
        assert write.namelist() == []
