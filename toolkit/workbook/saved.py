"""When a workbook was last saved, by what the file itself records."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

_PART = "docProps/core.xml"
_LONGEST = 100_000
_MODIFIED = re.compile(rb"<dcterms:modified[^>]*>(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)")
_TITLE = re.compile(r"<dc:title>([^<]*)</dc:title>")
_NEVER = "2026-01-01T00:00:00"
"""What a form says that nobody has saved since this program made it."""


def saved_on(path: Path) -> str:
    """Return date and time, "" where the file does not tell."""
    found = _MODIFIED.search(_core(path))
    text = found[1].decode() if found else ""
    return "" if text == _NEVER else text.replace("T", " ")


def title_of(path: Path) -> str:
    """Return the title in the file's properties, "" where there is none."""
    found = _TITLE.search(_core(path).decode("utf-8", "replace"))
    return found[1] if found else ""


def has_part(path: Path, name: str) -> bool:
    """Tell whether a package has a part."""
    try:
        with zipfile.ZipFile(path) as package:
            return name in package.namelist()
    except (OSError, zipfile.BadZipFile):
        return False


def _core(path: Path) -> bytes:
    try:
        with zipfile.ZipFile(path) as package:
            entry = package.getinfo(_PART)
            return package.read(entry) if entry.file_size <= _LONGEST else b""
    except (OSError, KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return b""
