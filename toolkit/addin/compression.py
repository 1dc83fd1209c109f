"""Compression of streams in a VBA project ([MS-OVBA] 2.4.1): runs of at most 4096 bytes, literals and copies."""

from __future__ import annotations

import struct

CHUNK = 4096
_SIGNATURE = 0b011 << 12
_COMPRESSED = 1 << 15
_SHORTEST_COPY = 3
_LEAST_OFFSET_BITS = 4


def compress(data: bytes) -> bytes:
    """Compress a stream; the same bytes give the same result on every machine.

    Raises:
        ValueError: the end of the data cannot be made smaller, and a raw chunk would carry padding into the text.
    """
    out = bytearray(b"\x01")
    for start in range(0, len(data), CHUNK):
        raw = data[start : start + CHUNK]
        tokens = _Chunk(raw).tokens()
        if len(tokens) < CHUNK:
            out += struct.pack("<H", _COMPRESSED | _SIGNATURE | (len(tokens) - 1)) + tokens
        elif len(raw) == CHUNK:
            out += struct.pack("<H", _SIGNATURE | (CHUNK - 1)) + raw
        else:
            raise ValueError("the last chunk cannot be compressed")
    return bytes(out)


def offset_bits(position: int) -> int:
    """Return how many bits of a copy hold its offset, ``position`` bytes into a chunk ([MS-OVBA] 2.4.1.3.19.1)."""
    return max(_LEAST_OFFSET_BITS, (position - 1).bit_length())


class _Chunk:
    """One chunk being compressed; remembers where each run of three bytes stood."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0
        self._seen: dict[bytes, list[int]] = {}

    def tokens(self) -> bytes:
        """Return groups of eight tokens, each group behind a byte that says which of them are copies."""
        out = bytearray()
        while self._at < len(self._data):
            flags, group = 0, bytearray()
            for bit in range(8):
                if self._at < len(self._data):
                    source, length = self._longest_copy()
                    group += self._copy(source, length) if length else self._data[self._at : self._at + 1]
                    flags |= bool(length) << bit
                    self._advance(length or 1)
            out.append(flags)
            out += group
        return bytes(out)

    def _longest_copy(self) -> tuple[int, int]:
        data, at = self._data, self._at
        most = min((0xFFFF >> offset_bits(at)) + _SHORTEST_COPY, len(data) - at)
        best, longest = 0, 0
        for source in reversed(self._seen.get(data[at : at + _SHORTEST_COPY], ())):
            length = _SHORTEST_COPY
            while length < most and data[source + length] == data[at + length]:
                length += 1
            if length > longest:
                best, longest = source, length
        return best, longest

    def _copy(self, source: int, length: int) -> bytes:
        offset = self._at - source - 1
        return struct.pack("<H", offset << (16 - offset_bits(self._at)) | length - _SHORTEST_COPY)

    def _advance(self, count: int) -> None:
        for start in range(self._at, min(self._at + count, len(self._data) - _SHORTEST_COPY + 1)):
            self._seen.setdefault(self._data[start : start + _SHORTEST_COPY], []).append(start)
        self._at += count
