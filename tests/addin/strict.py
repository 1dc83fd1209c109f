"""A strict reader of vbaProject.bin: every "MUST" of [MS-OVBA] and [MS-CFB] that a source-only project meets is asserted."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

import olefile

_PROJECT_RECORDS = (0x01, 0x4A, 0x02, 0x14, 0x03, 0x04, 0x05, 0x40, 0x06, 0x3D, 0x07, 0x08, 0x09, 0x0C, 0x3C)
_OPTIONAL = {0x4A}
_MODULE_RECORDS = (0x19, 0x47, 0x1A, 0x32, 0x1C, 0x48, 0x31, 0x1E, 0x2C)
_STANDARD, _DOCUMENT = 0x21, 0x22
_REFERENCE_RECORDS = {0x16, 0x3E, 0x0D, 0x0E, 0x2F, 0x30, 0x33}

Record = tuple[int, bytes]


@dataclass(frozen=True)
class Project:
    """What a project says of itself: its name, and per module whether it is a document, and its source."""

    name: str
    documents: dict[str, bool]
    sources: dict[str, str]


def decompress(data: bytes) -> bytes:
    """Decompress a stream as [MS-OVBA] 2.4.1.3 says."""
    assert data[0] == 1, "the signature byte"
    at, out = 1, bytearray()
    while at < len(data):
        header = struct.unpack_from("<H", data, at)[0]
        end = at + (header & 0xFFF) + 3
        assert header >> 12 & 7 == 0b011, "the signature of a chunk"
        assert end <= len(data), "a chunk beyond the end"
        chunk = _tokens(data[at + 2 : end]) if header >> 15 else data[at + 2 : end]
        assert header >> 15 or len(chunk) == 4096, "a raw chunk is whole"
        assert len(chunk) <= 4096 and (end == len(data) or len(chunk) == 4096), "only the last chunk may be short"
        out += chunk
        at = end
    return bytes(out)


def _tokens(data: bytes) -> bytes:
    at, out = 0, bytearray()
    while at < len(data):
        flags, at = data[at], at + 1
        for bit in range(8):
            if at >= len(data):
                assert flags >> bit == 0, "a flag without a token"
                break
            if flags >> bit & 1:
                token = struct.unpack_from("<H", data, at)[0]
                bits = next(number for number in range(4, 13) if 1 << number >= len(out))
                offset, length = (token >> 16 - bits) + 1, (token & 0xFFFF >> bits) + 3
                assert offset <= len(out), "a copy from before the chunk"
                for _ in range(length):
                    out.append(out[-offset])
                at += 2
            else:
                out.append(data[at])
                at += 1
    return bytes(out)


def read_project(data: bytes) -> Project:
    """Read a project and assert its structure."""
    ole = olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_POTENTIAL)
    streams = {"/".join(path): ole.openstream(path).read() for path in ole.listdir()}
    assert streams["VBA/_VBA_PROJECT"] == bytes.fromhex("CC61FFFF000000"), "source only"
    records = list(_records(decompress(streams["VBA/dir"])))
    name = _project_records(records)
    documents = dict(_modules(records))
    assert records == [(0x10, b"")], "the terminator, and nothing behind it"
    assert set(streams) == {"PROJECT", "PROJECTwm", "VBA/dir", "VBA/_VBA_PROJECT", *(f"VBA/{each}" for each in documents)}
    sources = {each: decompress(streams[f"VBA/{each}"]).decode("ascii") for each in documents}
    _check_sources(sources)
    _check_settings(streams["PROJECT"].decode("ascii"), name, documents)
    names = b"".join(each.encode() + b"\0" + each.encode("utf-16-le") + b"\0\0" for each in documents)
    assert streams["PROJECTwm"] == names + b"\0\0"
    return Project(name, documents, sources)


def _records(data: bytes) -> Iterator[Record]:
    at = 0
    while at < len(data):
        number, size = struct.unpack_from("<HI", data, at)
        if number == 0x09:
            assert size == 4
            size = 6
        assert at + 6 + size <= len(data), "a record beyond the end"
        yield number, data[at + 6 : at + 6 + size]
        at += 6 + size


def _project_records(records: list[Record]) -> str:
    """Take the project's own records off the list, in their order, then its references."""
    name = b""
    for expected in _PROJECT_RECORDS:
        if records[0][0] != expected and expected in _OPTIONAL:
            continue
        number, value = records.pop(0)
        assert number == expected, f"record {number:#x} where {expected:#x} stands"
        name = value if number == 0x04 else name
    while records[0][0] in _REFERENCE_RECORDS:
        records.pop(0)
    return name.decode("ascii")


def _modules(records: list[Record]) -> Iterator[tuple[str, bool]]:
    number, count = records.pop(0)
    assert number == 0x0F
    assert records.pop(0)[0] == 0x13
    for _ in range(struct.unpack("<H", count)[0]):
        fields = dict(_expected(records))
        assert fields[0x19].decode("ascii") == fields[0x47].decode("utf-16-le")
        assert fields[0x1A].decode("ascii") == fields[0x32].decode("utf-16-le") == fields[0x19].decode("ascii")
        assert fields[0x31] == bytes(4), "the source begins at the start of its stream"
        kind = records.pop(0)
        assert kind in ((_STANDARD, b""), (_DOCUMENT, b""))
        assert records.pop(0) == (0x2B, b"")
        yield fields[0x1A].decode("ascii"), kind[0] == _DOCUMENT


def _expected(records: list[Record]) -> Iterator[Record]:
    for expected in _MODULE_RECORDS:
        assert records[0][0] == expected
        yield records.pop(0)


def _check_sources(sources: dict[str, str]) -> None:
    for name, source in sources.items():
        assert source.startswith(f'Attribute VB_Name = "{name}"\r\n')
        assert source.endswith("\r\n") and not re.search(r"(?<!\r)\n|\r(?!\n)", source)
        assert max(map(len, source.split("\r\n"))) <= 1023


def _check_settings(text: str, name: str, documents: dict[str, bool]) -> None:
    found = re.match(r'ID="(\{[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}\})"\r\n', text)
    assert found and text.endswith("\r\n") and f'\r\nName="{name}"\r\n' in text
    for key, size in (("CMG", 4), ("DPB", 1), ("GC", 1)):
        state = re.search(rf'^{key}="([0-9A-F]+)"\r$', text, re.MULTILINE)
        assert state
        assert len(revealed(state[1], found[1])) == size
    declared = re.findall(r"^(Module|Document)=(\w+)(?:/&H00000000)?\r$", text, re.MULTILINE)
    assert [(each, kind == "Document") for kind, each in declared] == list(documents.items())
    assert re.findall(r"^(\w+)=-?\d+, ", text.split("[Workspace]")[1], re.MULTILINE) == list(documents)


def revealed(obscured: str, identifier: str) -> bytes:
    """Return a state of protection in the clear ([MS-OVBA] 2.4.3.3)."""
    data = bytes.fromhex(obscured)
    seed, version, key = data[0], data[1] ^ data[0], data[2] ^ data[0]
    assert (version, key) == (2, sum(identifier.encode()) & 0xFF)
    plain, last_plain, last, before_last = bytearray(), key, data[2], data[1]
    for byte in data[3:]:
        last_plain = byte ^ (before_last + last_plain & 0xFF)
        plain.append(last_plain)
        before_last, last = last, byte
    ignored = (seed & 6) // 2
    (size,) = struct.unpack_from("<I", plain, ignored)
    assert len(plain) == ignored + 4 + size
    return bytes(plain[ignored + 4 :])
