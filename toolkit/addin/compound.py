"""A compound file of version 3 ([MS-CFB]): storages and streams in one file, the container of a VBA project."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Tree = Mapping[str, "bytes | Tree"]

_SECTOR, _MINI_SECTOR, _LEAST_BIG = 512, 64, 4096
_FREE, _END, _FAT_SECTOR, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_NUMBERS = _SECTOR // 4
_FATS_IN_HEADER = 109
_LONGEST_NAME = 31
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_RED, _BLACK = 0, 1


@dataclass
class _Entry:
    """A line of the directory."""

    name: str
    kind: int
    data: bytes = b""
    children: list[int] = field(default_factory=list)
    colour: int = _BLACK
    left: int = _NONE
    right: int = _NONE
    child: int = _NONE
    start: int = 0
    size: int = 0

    def order(self) -> tuple[int, str]:
        """Return what siblings are sorted by: the length of the name, then its capitals ([MS-CFB] 2.6.4)."""
        return len(self.name), self.name.upper()

    def packed(self) -> bytes:
        """Return the 128 bytes of the entry, without class identifier and times."""
        name = self.name.encode("utf-16-le") + b"\0\0"
        links = struct.pack("<HBBIII", len(name), self.kind, self.colour, self.left, self.right, self.child)
        return name.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", self.start, self.size)


class _Sectors:
    """The sectors of the file and the table that chains them."""

    def __init__(self) -> None:
        self.content: list[bytes] = []
        self.chains: list[int] = []

    def add(self, data: bytes) -> int:
        """Store data in sectors of its own and return the first."""
        first, pieces = len(self.content), _pieces(data, _SECTOR)
        self.content += pieces
        self.chains += _chain(first, len(pieces))
        return first if pieces else _END


def write_compound(tree: Tree) -> bytes:
    """Return a compound file with the storages (mappings) and streams (bytes) of ``tree``."""
    entries = [_Entry("Root Entry", _ROOT)]
    _list(tree, 0, entries)
    for entry in entries:
        entry.child = _balance(sorted(entry.children, key=lambda number: entries[number].order()), entries)
    sectors = _Sectors()
    small = _store_streams(entries, sectors)
    first_small = sectors.add(_numbers(small))
    empty = struct.pack("<HBBIII", 0, 0, 0, _NONE, _NONE, _NONE)
    missing = -len(entries) % (_SECTOR // 128)
    directory = b"".join(entry.packed() for entry in entries) + (bytes(64) + empty + bytes(48)) * missing
    first_directory = sectors.add(directory)
    fats = _add_fat(sectors)
    header = _header(fats, first_directory, first_small, -(-len(small) // _NUMBERS))
    return header + b"".join(sectors.content)


def _list(tree: Tree, parent: int, entries: list[_Entry]) -> None:
    for name, value in tree.items():
        if len(name) > _LONGEST_NAME:
            raise ValueError(f"the name {name} is longer than {_LONGEST_NAME} characters")
        entries[parent].children.append(len(entries))
        if isinstance(value, bytes):
            entries.append(_Entry(name, _STREAM, value))
        else:
            entries.append(_Entry(name, _STORAGE))
            _list(value, len(entries) - 1, entries)


def _balance(numbers: Sequence[int], entries: list[_Entry]) -> int:
    """Link siblings into a red-black tree: every level black but the last, where that is not full."""
    full_levels = (len(numbers) + 1).bit_length() - 1

    def link(part: Sequence[int], level: int) -> int:
        if not part:
            return _NONE
        middle = len(part) // 2
        entry = entries[part[middle]]
        entry.colour = _RED if level >= full_levels else _BLACK
        entry.left, entry.right = link(part[:middle], level + 1), link(part[middle + 1 :], level + 1)
        return part[middle]

    return link(numbers, 0)


def _store_streams(entries: list[_Entry], sectors: _Sectors) -> list[int]:
    """Store every stream, the small ones together in the root's; return the chains of the small ones."""
    chains: list[int] = []
    together = bytearray()
    for entry in entries:
        if entry.kind != _STREAM:
            continue
        entry.size = len(entry.data)
        if 0 < entry.size < _LEAST_BIG:
            pieces = _pieces(entry.data, _MINI_SECTOR)
            entry.start = len(chains)
            chains += _chain(entry.start, len(pieces))
            together += b"".join(pieces)
        else:
            entry.start = sectors.add(entry.data)
    entries[0].start, entries[0].size = sectors.add(bytes(together)), len(together)
    return chains


def _add_fat(sectors: _Sectors) -> list[int]:
    """Add the table of chains, which also lists the sectors it takes itself; return those."""
    count = 1
    while count * _NUMBERS < len(sectors.content) + count:
        count += 1
    if count > _FATS_IN_HEADER:
        raise ValueError("the file is larger than its header can describe")
    first = len(sectors.content)
    sectors.chains += [_FAT_SECTOR] * count
    sectors.content += _pieces(_numbers(sectors.chains), _SECTOR)
    return list(range(first, first + count))


def _header(fats: list[int], directory: int, small: int, small_count: int) -> bytes:
    start = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16)
    start += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    start += struct.pack("<9I", 0, len(fats), directory, 0, _LEAST_BIG, small, small_count, _END, 0)
    return start + struct.pack(f"<{_FATS_IN_HEADER}I", *fats, *[_FREE] * (_FATS_IN_HEADER - len(fats)))


def _chain(first: int, count: int) -> list[int]:
    return [*range(first + 1, first + count), _END] if count else []


def _pieces(data: bytes, size: int) -> list[bytes]:
    return [data[start : start + size].ljust(size, b"\0") for start in range(0, len(data), size)]


def _numbers(values: Sequence[int]) -> bytes:
    missing = -len(values) % _NUMBERS
    return struct.pack(f"<{len(values) + missing}I", *values, *[_FREE] * missing)
