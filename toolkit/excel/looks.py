"""What cells look like: one key for each look, the same for equal looks of two files."""

from __future__ import annotations

from lxml import etree

from toolkit.workbook.book import Book
from toolkit.workbook.formats import BUILT_IN
from toolkit.workbook.strings import namespace_of

_PART = "xl/styles.xml"
_SHARES = (("fonts", "fontId"), ("fills", "fillId"), ("borders", "borderId"))
UNLOCKED = "<protection locked=0>"
"""Part of the look of a cell that may be written into on a protected sheet."""
_TEXT = "@"
_NO_LOOK = "General"
_DEFAULTS = {("val", "1"), ("patternType", "none"), ("hidden", "0"), ("indent", "0"), ("textRotation", "0")}
"""Attributes that say what is so without them."""


class Looks:
    """The looks of one workbook's cells."""

    def __init__(self, book: Book) -> None:
        """Read the styles of an open workbook."""
        self._formats: list[str] = []
        self._keys: list[str] = []
        self._differentials: list[str] = []
        if book.package.has(_PART):
            self._read(book.package.parse(_PART))

    def key(self, style: str) -> str:
        """Return the look of a style."""
        number = int(style or 0)
        return self._keys[number] if number < len(self._keys) else _NO_LOOK

    def differential(self, number: str) -> str:
        """Return the look that a conditional format gives, by its number in the file."""
        return _at(self._differentials, number)

    def is_text(self, style: str) -> bool:
        """Tell whether cells of a style take whatever is typed as text."""
        number = int(style or 0)
        return number < len(self._formats) and self._formats[number] == _TEXT

    def _read(self, root: etree._Element) -> None:
        space = namespace_of(root)
        own = {node.get("numFmtId"): node.get("formatCode", "") for node in root.iterfind(f"{space}numFmts/{space}numFmt")}
        shared = {name: [_plain(node) for node in root.iterfind(f"{space}{name}/*")] for name, _ in _SHARES}
        self._differentials = [_plain(node) for node in root.iterfind(f"{space}dxfs/{space}dxf")]
        for node in root.iterfind(f"{space}cellXfs/{space}xf"):
            number = node.get("numFmtId", "0")
            code = own.get(number) or BUILT_IN.get(int(number), "General")
            parts = [code, *(_at(shared[name], node.get(key, "0")) for name, key in _SHARES)]
            self._formats.append(code)
            self._keys.append("|".join([*parts, *(_plain(child) for child in node)]))


def _at(items: list[str], number: str) -> str:
    return items[int(number)] if int(number) < len(items) else ""


def _plain(node: etree._Element) -> str:
    """Return an element of the styles as text, the same however a program orders it and which defaults it writes out."""
    name = str(node.tag).rpartition("}")[2]
    given = "".join(f" {key}={value}" for key, value in sorted(_given(node)) if (key, value) not in _DEFAULTS)
    return f"<{name}{given}>{''.join(sorted(_plain(child) for child in node if isinstance(child.tag, str)))}"


def _given(node: etree._Element) -> list[tuple[str, str]]:
    return [(str(key), str(value)) for key, value in node.attrib.items()]
