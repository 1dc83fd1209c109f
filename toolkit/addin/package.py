"""The add-in as a file: a workbook without contents, the VBA project, and the ribbon in both of its versions."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from toolkit.addin.module import WORKBOOK_NAME, Module, document_modules, sheet_name
from toolkit.addin.project import build_project

RIBBONS = {
    "customUI.xml": "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility",
    "customUI14.xml": "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility",
}
"""The ribbon's parts (Excel 2007; Excel 2010 and later), with the relationship that leads to each."""

_TITLE = "绩效自评"
_MADE = datetime(2026, 1, 1)
_STAMP = (2026, 1, 1, 0, 0, 0)
_WORKBOOK = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_ADDIN = b"application/vnd.ms-excel.addin.macroEnabled.main+xml"


def build_addin(modules: Sequence[Module], ribbons: Mapping[str, bytes]) -> bytes:
    """Return an .xlam; the same sources give the same bytes.

    Args:
        modules: the standard modules; those behind the workbook and its sheet are added.
        ribbons: the ribbon's XML by the names of :data:`RIBBONS`; none for an add-in without a tab.
    """
    parts = _workbook_parts(build_project([*document_modules(1), *modules]))
    parts["[Content_Types].xml"] = _replaced(parts["[Content_Types].xml"], _WORKBOOK, _ADDIN)
    links = "".join(
        f'<Relationship Id="ribbon{number}" Type="{kind}" Target="customUI/{name}"/>'
        for number, (name, kind) in enumerate(RIBBONS.items(), 1)
        if name in ribbons
    )
    end = b"</Relationships>"
    parts["_rels/.rels"] = _replaced(parts["_rels/.rels"], end, links.encode() + end)
    return _packed(parts | {f"customUI/{name}": data for name, data in ribbons.items()})


def add_macros(book: Any, modules: Sequence[Module]) -> None:
    """Put a VBA project into a workbook that XlsxWriter is writing, when all its sheets have been added."""
    sheets = book.worksheets()
    book.add_vba_project(io.BytesIO(build_project([*document_modules(len(sheets)), *modules])), is_stream=True)
    book.set_vba_name(WORKBOOK_NAME)
    for number, sheet in enumerate(sheets, 1):
        sheet.set_vba_name(sheet_name(number))


def _workbook_parts(project: bytes) -> dict[str, bytes]:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        book.set_properties({"title": _TITLE, "created": _MADE})
        book.add_worksheet(_TITLE).set_vba_name(sheet_name(1))
        book.set_vba_name(WORKBOOK_NAME)
        book.add_vba_project(io.BytesIO(project), is_stream=True)
    with zipfile.ZipFile(stream) as package:
        return {name: package.read(name) for name in package.namelist()}


def _replaced(part: bytes, old: bytes, new: bytes) -> bytes:
    if part.count(old) != 1:
        raise ValueError(f"expected {old!r} once in a part of the package")
    return part.replace(old, new)


def _packed(parts: Mapping[str, bytes]) -> bytes:
    # Stored, not deflated: zlib's output differs between its versions, and the file is small.
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as package:
        for name, data in parts.items():
            package.writestr(zipfile.ZipInfo(name, _STAMP), data)
    return stream.getvalue()
