"""Shared strings, styles and dates: what the cells of all sheets refer to. Each is read only when first needed."""

from __future__ import annotations

import re
from functools import cached_property
from html import unescape as unescape_entities

from lxml import etree

from toolkit.workbook.formats import BUILT_IN, GENERAL, NumberFormat, read_format
from toolkit.workbook.package import Package

_UTF_8 = re.compile(rb"""(?:\xef\xbb\xbf)?<\?xml[^>]*encoding=["']utf-8["']""", re.IGNORECASE)
_PLAIN_ITEM = re.compile(r"<si><t(?: [^>]*)?>([^<]*)</t></si>")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Shared:
    """What is stored once for all sheets."""

    def __init__(self, package: Package, strings: str | None, styles: str | None, since_1904: bool) -> None:
        """Remember the parts; ``None`` where the workbook has none."""
        self._package = package
        self._strings_part = strings
        self._styles_part = styles
        self._formats: dict[int, NumberFormat] = {}
        self.since_1904 = since_1904

    def number_format(self, style: int) -> NumberFormat:
        """Return the number format of a style, General where the style is unknown."""
        shape = self._formats.get(style)
        if shape is None:
            codes = self._codes
            shape = read_format(codes[style]) if 0 <= style < len(codes) else GENERAL
            self._formats[style] = shape
        return shape

    @cached_property
    def texts(self) -> list[str]:
        """Return the shared strings in their order."""
        if self._strings_part is None or not self._package.has(self._strings_part):
            return []
        data = self._package.read(self._strings_part)
        return _usual_texts(data) or [text_of(item) for item in self._package.parse_text(data, self._strings_part)]

    @cached_property
    def formatted(self) -> frozenset[int]:
        """Return the numbers of the strings whose parts differ in font or colour."""
        if self._strings_part is None or not self._package.has(self._strings_part):
            return frozenset()
        data = self._package.read(self._strings_part)
        if _usual_texts(data):
            return frozenset()
        items = self._package.parse_text(data, self._strings_part)
        return frozenset(number for number, item in enumerate(items) if any(_local(child) == "r" for child in item))

    @cached_property
    def _codes(self) -> list[str]:
        """Return the format code of each style."""
        if self._styles_part is None or not self._package.has(self._styles_part):
            return []
        root = self._package.parse(self._styles_part)
        space = namespace_of(root)
        listed = root.iterfind(f"{space}numFmts/{space}numFmt")
        own = {item.get("numFmtId"): item.get("formatCode", "") for item in listed}
        used = (item.get("numFmtId", "0") for item in root.iterfind(f"{space}cellXfs/{space}xf"))
        return [own.get(number) or BUILT_IN.get(int(number), "General") for number in used]


def _usual_texts(data: bytes) -> list[str]:
    """Return the strings of a table in which every one is plain and written as usual; else nothing."""
    if b"<!" in data or not _UTF_8.match(data):
        return []
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return []
    found = _PLAIN_ITEM.findall(text)
    if len(found) != text.count("<si"):
        return []
    return [unescape(unescape_entities(item)) if "&" in item or "_x" in item else item for item in found]


def namespace_of(root: etree._Element) -> str:
    """Return the namespace of a part in braces: the usual (Transitional) one or that of Strict Open XML."""
    tag = root.tag
    return tag[: tag.rindex("}") + 1] if isinstance(tag, str) and "}" in tag else ""


def text_of(item: etree._Element) -> str:
    """Return the text of a string item: its runs joined, phonetic guides left out."""
    if len(item) == 1:
        return unescape(item[0].text or "") if _local(item[0]) == "t" else _run_text(item[0])
    return "".join(unescape(child.text or "") if _local(child) == "t" else _run_text(child) for child in item)


def unescape(text: str) -> str:
    """Turn _x000D_ and its like into the characters they stand for; a carriage return before a line feed is dropped."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text).replace("\r\n", "\n")


def _run_text(run: etree._Element) -> str:
    if _local(run) != "r":
        return ""
    return "".join(unescape(child.text or "") for child in run if _local(child) == "t")


def _local(element: etree._Element) -> str:
    tag = element.tag
    return tag[tag.rindex("}") + 1 :] if isinstance(tag, str) and "}" in tag else str(tag)
