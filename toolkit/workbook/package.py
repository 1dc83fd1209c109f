"""Opening a workbook's package: what it is, whether it is safe to read, and its parts."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from types import TracebackType
from typing import Any

from lxml import etree

from toolkit.problem import Unreadable

MOST_PARTS = 5_000
"""Parts a package may have; a workbook with a hundred sheets has some three hundred."""
MOST_BYTES = 300_000_000
"""Size of all parts together, unpacked."""
MOST_BYTES_OF_A_PART = 100_000_000
"""Size of one part, unpacked; the sheet of a long form has about 400,000."""

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_RESAVE = "请用 Excel 或 WPS 打开后另存为 .xlsx 再试"
_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True
)


class Package:
    """An open package, already checked; its parts are unpacked when asked for."""

    def __init__(self, path: Path) -> None:
        """Open and check the file.

        Raises:
            Unreadable: it is no workbook, or not safe to read; the text says what it is instead.
        """
        self.path = path
        _check_file(path)
        try:
            self._zip = zipfile.ZipFile(path)
        except zipfile.BadZipFile as error:
            raise Unreadable(path, "不完整或已损坏，打不开", "请向提供的人重新要一份，或从备份恢复") from error
        except (OSError, NotImplementedError, ValueError) as error:
            raise Unreadable(path, "读不了", "请确认文件没有被占用，然后重试") from error
        try:
            self._parts = self._checked()
        except BaseException:
            self._zip.close()
            raise

    def __enter__(self) -> Package:
        """Return the package itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close the file."""
        self._zip.close()

    @property
    def entries(self) -> tuple[zipfile.ZipInfo, ...]:
        """Return the entries in the order of the file."""
        return tuple(self._parts.values())

    def has(self, name: str) -> bool:
        """Tell whether the package has a part of this name."""
        return name in self._parts

    def read(self, name: str) -> bytes:
        """Unpack one part.

        Raises:
            Unreadable: the part is missing or damaged.
        """
        entry = self._parts.get(name)
        if entry is None:
            raise Unreadable(self.path, f"缺少内部文件 {name}", "文件已损坏，" + _RESAVE)
        try:
            with self._zip.open(entry) as part:
                # A bounded read: nothing is unpacked beyond the size announced, which was checked.
                return part.read(entry.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
            raise Unreadable(self.path, f"的内部文件 {name} 已损坏", _RESAVE) from error

    def parse(self, name: str) -> etree._Element:
        """Unpack and parse one part.

        Raises:
            Unreadable: the part is missing, damaged, or declares entities.
        """
        return self.parse_text(self.read(name), name)

    def parse_text(self, data: bytes, name: str) -> etree._Element:
        """Parse a part or a piece of it; no entity is expanded and nothing outside the file is read.

        Raises:
            Unreadable: it is damaged or declares entities.
        """
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise self._declares_entities(name)
        try:
            root = etree.fromstring(data, _PARSER)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise Unreadable(self.path, f"的内部文件 {name} 已损坏", _RESAVE) from error
        document: Any = root.getroottree().docinfo
        if document.doctype:
            raise self._declares_entities(name)
        return root

    def _declares_entities(self, name: str) -> Unreadable:
        return Unreadable(self.path, f"的内部文件 {name} 含有文档类型声明，可能有害，没有读取", _RESAVE)

    def _checked(self) -> dict[str, zipfile.ZipInfo]:
        entries = self._zip.infolist()
        parts = {entry.filename: entry for entry in entries}
        if len(entries) > MOST_PARTS:
            raise Unreadable(self.path, f"内部文件有 {len(entries)} 个，太多，没有读取", "请确认来源，" + _RESAVE)
        if len({name.lower() for name in parts}) < len(entries):
            raise Unreadable(self.path, "内部有重名的文件，没有读取", "请确认来源，" + _RESAVE)
        sizes = [entry.file_size for entry in entries]
        if sum(sizes) > MOST_BYTES or max(sizes, default=0) > MOST_BYTES_OF_A_PART:
            raise Unreadable(self.path, "解开后过大，没有读取", "请删去无关的工作表和图片，另存后再试")
        if any(entry.flag_bits & 1 for entry in entries):
            raise Unreadable(self.path, "有密码", "请取消密码后再试")
        if not {"[Content_Types].xml", "xl/workbook.xml"} <= parts.keys():
            self._refuse_other_formats(parts)
        return parts

    def _refuse_other_formats(self, parts: dict[str, zipfile.ZipInfo]) -> None:
        kinds = {
            "word/document.xml": "是 Word 文档，不是 Excel 工作簿",
            "xl/workbook.bin": "是二进制工作簿（.xlsb）",
            "content.xml": "是 OpenDocument 文件（.ods）",
        }
        for name, kind in kinds.items():
            if name in parts:
                raise Unreadable(self.path, kind, _RESAVE)
        # The main part may have any name; the relationships of the package say which.
        if "_rels/.rels" not in parts or "[Content_Types].xml" not in parts:
            raise Unreadable(self.path, "是压缩包，不是 Excel 工作簿", "请解压后选择里面的 .xlsx 文件")


def _check_file(path: Path) -> None:
    if path.name.startswith(("~$", ".~lock.")):
        raise Unreadable(path, "是 Excel 打开文件时留下的临时文件", "请选择没有“~$”的那个文件")
    try:
        with path.open("rb") as file:
            head = file.read(4096)
            if not head.startswith(b"PK"):
                raise _not_a_package(path, head, file.read(200_000) if head.startswith(_OLE) else b"")
    except FileNotFoundError as error:
        raise Unreadable(path, "不存在", "请检查文件名和文件夹") from error
    except IsADirectoryError as error:
        raise Unreadable(path, "是文件夹，不是文件", "请选择里面的 .xlsx 文件") from error
    except OSError as error:
        raise Unreadable(path, "读不了，没有权限或正被其他程序占用", "请关闭打开它的程序后重试") from error


def _not_a_package(path: Path, head: bytes, rest: bytes) -> Unreadable:
    if not head:
        return Unreadable(path, "是空文件", "请向提供的人重新要一份，或从备份恢复")
    if head.startswith(_OLE):
        if _ENCRYPTED in head + rest:
            return Unreadable(path, "有打开密码", "请在 Excel 中取消打开密码，保存后再试")
        return Unreadable(path, "有打开密码，或是旧版 .xls 格式", "请用 Excel 打开、取消密码，另存为 .xlsx 再试")
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        return Unreadable(path, "是 XML 表格（2003），不是 .xlsx", _RESAVE)
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<meta", b"<head")) or b"<html" in start:
        return Unreadable(path, "其实是网页（HTML），只是扩展名为 .xlsx", _RESAVE)
    if start.startswith(b"%pdf"):
        return Unreadable(path, "其实是 PDF，不是 Excel 工作簿", "请向提供的人索取 .xlsx 文件")
    if b"\0" not in head:
        return Unreadable(path, "其实是文本文件（如 CSV），不是 Excel 工作簿", _RESAVE)
    return Unreadable(path, "不是 Excel 工作簿", _RESAVE)
