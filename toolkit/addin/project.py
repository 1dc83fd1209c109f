"""vbaProject.bin from text, without Excel ([MS-OVBA]): source only, which Excel compiles when it opens the file."""

from __future__ import annotations

import struct
import uuid
from collections.abc import Iterator, Sequence

from toolkit.addin.compound import write_compound
from toolkit.addin.compression import compress
from toolkit.addin.module import Kind, Module

NAME = "Selfeval"
CODE_PAGE = 1252
"""The sources are ASCII: any code page reads them alike."""

_VERSION_WITHOUT_PCODE = bytes.fromhex("CC61FFFF000000")
_WINDOWS_32, _ENGLISH = 1, 0x409
_VERSION = struct.pack("<IH", 0x68FBFAC5, 4)
_SEED = 0x35
_REFERENCES = (
    ("stdole", r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\Windows\System32\stdole2.tlb#OLE Automation"),
    (
        "Office",
        r"*\G{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0#0"
        r"#C:\Program Files\Common Files\Microsoft Shared\OFFICE16\MSO.DLL#Microsoft Office 16.0 Object Library",
    ),
)
_HOST = "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000"


def build_project(modules: Sequence[Module]) -> bytes:
    """Return vbaProject.bin with these modules; the same modules give the same bytes.

    Raises:
        ValueError: two modules of one name, or a module that cannot be stored.
    """
    names = [module.name.lower() for module in modules]
    if len(set(names)) < len(names):
        raise ValueError("two modules have the same name")
    sources = {module.name: compress(_ascii(module.source)) for module in modules}
    storage = {"_VBA_PROJECT": _VERSION_WITHOUT_PCODE, "dir": compress(_directory(modules)), **sources}
    return write_compound({"VBA": storage, "PROJECT": _settings(modules), "PROJECTwm": _name_map(modules)})


def _ascii(text: str) -> bytes:
    return text.encode("ascii")


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def _record(number: int, data: bytes = b"") -> bytes:
    return struct.pack("<HI", number, len(data)) + data


def _number(value: int) -> bytes:
    return struct.pack("<I", value)


def _short(value: int) -> bytes:
    return struct.pack("<H", value)


def _directory(modules: Sequence[Module]) -> bytes:
    """Return the dir stream ([MS-OVBA] 2.3.4.2): the project, its references, its modules, the end."""
    parts = [*_information(), *_references(), _record(0x0F, _short(len(modules))), _record(0x13, b"\xff\xff")]
    for module in modules:
        parts += _module_records(module)
    return b"".join([*parts, _record(0x10)])


def _information() -> Iterator[bytes]:
    yield _record(0x01, _number(_WINDOWS_32))
    yield _record(0x02, _number(_ENGLISH))
    yield _record(0x14, _number(_ENGLISH))
    yield _record(0x03, _short(CODE_PAGE))
    yield _record(0x04, _ascii(NAME))
    # Description, help files (each in two alphabets), help context, flags.
    yield from (_record(0x05), _record(0x40), _record(0x06), _record(0x3D))
    yield _record(0x07, _number(0)) + _record(0x08, _number(0))
    # The size of this one record does not count all of its six bytes ([MS-OVBA] 2.3.4.2.1.11).
    yield struct.pack("<HI", 0x09, 4) + _VERSION
    yield from (_record(0x0C), _record(0x3C))


def _references() -> Iterator[bytes]:
    for name, library in _REFERENCES:
        yield _record(0x16, _ascii(name)) + _record(0x3E, _wide(name))
        yield _record(0x0D, _number(len(library)) + _ascii(library) + bytes(6))


def _module_records(module: Module) -> Iterator[bytes]:
    yield _record(0x19, _ascii(module.name)) + _record(0x47, _wide(module.name))
    yield _record(0x1A, _ascii(module.name)) + _record(0x32, _wide(module.name))
    yield _record(0x1C) + _record(0x48)
    # The source begins at the start of the stream: no compiled code stands before it.
    yield _record(0x31, _number(0))
    yield _record(0x1E, _number(0)) + _record(0x2C, b"\xff\xff")
    yield _record(0x21 if module.kind is Kind.STANDARD else 0x22) + _record(0x2B)


def _settings(modules: Sequence[Module]) -> bytes:
    """Return the PROJECT stream ([MS-OVBA] 2.3.1): visible, neither protected nor locked."""
    named = uuid.uuid5(uuid.NAMESPACE_URL, NAME + "".join(module.name for module in modules))
    identifier = f"{{{named}}}".upper()
    lines = [f'ID="{identifier}"', *(_declaration(module) for module in modules)]
    lines += [f'Name="{NAME}"', 'HelpContextID="0"', 'VersionCompatible32="393222000"']
    for key, state in (("CMG", bytes(4)), ("DPB", bytes(1)), ("GC", b"\xff")):
        lines.append(f'{key}="{_obscured(state, identifier)}"')
    lines += ["", "[Host Extender Info]", _HOST, "", "[Workspace]"]
    lines += [f"{module.name}=0, 0, 0, 0, C" for module in modules]
    return _ascii("\r\n".join(lines) + "\r\n")


def _declaration(module: Module) -> str:
    return f"Module={module.name}" if module.kind is Kind.STANDARD else f"Document={module.name}/&H00000000"


def _obscured(data: bytes, identifier: str) -> str:
    """Return ``data`` as the project stores its protection ([MS-OVBA] 2.4.3.2)."""
    key = sum(_ascii(identifier)) & 0xFF
    out = bytearray([_SEED, _SEED ^ 2, _SEED ^ key])
    last_plain, last, before_last = key, _SEED ^ key, _SEED ^ 2
    for byte in b"\x07" * ((_SEED & 6) // 2) + _number(len(data)) + data:
        before_last, last, last_plain = last, byte ^ ((before_last + last_plain) & 0xFF), byte
        out.append(last)
    return out.hex().upper()


def _name_map(modules: Sequence[Module]) -> bytes:
    names = (_ascii(module.name) + b"\0" + _wide(module.name) + b"\0\0" for module in modules)
    return b"".join(names) + b"\0\0"
