"""Entries of a zip file carried into another one as they are packed: deflating anew is what copying costs most."""

from __future__ import annotations

import struct
import zipfile
from copy import copy
from typing import BinaryIO

_HEADER = struct.Struct("<4s5H3L2H")
_MARK = b"PK\x03\x04"
_OWNER_READS_AND_WRITES = 0o600 << 16
"""What zipfile writes for an entry without any permissions."""
_PACKED_AS_ONE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Kinds of packing whose bytes mean the same in any file."""


def carry(source: BinaryIO, entry: zipfile.ZipInfo, target: zipfile.ZipFile) -> bool:
    """Append an entry of ``source`` to ``target`` without unpacking it; tell whether that could be done.

    Args:
        source: the zip file that holds the entry, open for reading.
        entry: as the directory of ``source`` lists it, already read once and found undamaged.
        target: the file being written.
    """
    packed = _packed(source, entry)
    if packed is None or target.fp is None:
        return False
    moved = copy(entry)
    # Sizes stand in front of the bytes, not behind them; nothing else that a flag may tell holds for what is carried.
    moved.flag_bits = 0
    moved.external_attr = moved.external_attr or _OWNER_READS_AND_WRITES
    moved.header_offset = target.start_dir
    target.fp.seek(target.start_dir)
    target.fp.write(moved.FileHeader())
    target.fp.write(packed)
    target.start_dir = target.fp.tell()
    target.filelist.append(moved)
    target.NameToInfo[moved.filename] = moved
    return True


def _packed(source: BinaryIO, entry: zipfile.ZipInfo) -> bytes | None:
    """Return the bytes of an entry, ``None`` where they are not where or what the directory says."""
    if entry.compress_type not in _PACKED_AS_ONE:
        return None
    source.seek(entry.header_offset)
    head = source.read(_HEADER.size)
    if len(head) < _HEADER.size:
        return None
    mark, *_, length, extra = _HEADER.unpack(head)
    if mark != _MARK:
        return None
    source.seek(length + extra, 1)
    packed = source.read(entry.compress_size)
    return packed if len(packed) == entry.compress_size else None
