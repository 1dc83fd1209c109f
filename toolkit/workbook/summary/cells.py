"""Rows of a table as the XML of a sheet: one form's rows are made where it is read, and put in their place later.

Rows are kept as their heights in lines, their XML and their links. ``ROW`` stands for the number of the row, ``HERE`` for the file
and ``LINK`` for the relationship that leads to it: the same form stands in another row and another folder next time, and
nothing else of it changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from toolkit.collect.table import HERE, Column, Kind, Link, Ready, Row, Value
from toolkit.workbook.styles import lines_of

ROW, LINK = "\x01", "\x03"
_NEXT = "\x1e"
LOOKS = (*(kind for kind in Kind if kind is not Kind.POINTS), "link")
"""The looks of cells in the order in which the frame introduces them to the workbook; points look like scores."""
FIRST_LOOK = 4
"""Number of the first: title, note and heading come before them."""
STYLE: Mapping[str, int] = {look: FIRST_LOOK + LOOKS.index(Kind.SCORE if look == Kind.POINTS else look) for look in (*LOOKS, Kind.POINTS)}
LONGEST, _LONGEST_LINK = 32_767, 2_000
_LINE, _LEAST, _TALLEST = 14.5, 20.0, 400.0
_SPECIAL = re.compile("[&<>\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]|_x[0-9A-Fa-f]{4}_")
_LITERAL = re.compile("(?=_x[0-9A-Fa-f]{4}_)")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_ALONE = re.compile("[\ud800-\udfff]")
"""Half a character: no file can hold it."""

_HEIGHT = re.compile(rb' ht="[\d.]+"')
_NUMBERS = (int, Decimal)
_HERE, _LINK, _PART, _LINKS = HERE.encode(), LINK.encode(), _NEXT.encode(), b"<hyperlink "
Made = tuple[Sequence[bytes], Sequence[bytes], int]
"""XML of rows, the links of each, and how many links these are."""
Relation = Callable[[str], str]
"""Gives the relationship that leads to a file."""


def escaped(text: str) -> str:
    """Return a text as the content of an element, control characters as workbooks write them."""
    if not _SPECIAL.search(text):
        return text
    text = _LITERAL.sub("_x005F", _ALONE.sub("\ufffd", text))
    text = _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(text: str) -> str:
    """Return a text as the value of an attribute."""
    return escaped(text).replace('"', "&quot;").replace("\n", "&#xA;")


def letters_of(place: int) -> str:
    """Return the letters of a column counted from 0."""
    return (letters_of(place // 26 - 1) if place >= 26 else "") + chr(65 + place % 26)


class Rows:
    """Makes the rows of one sheet."""

    def __init__(self, columns: Sequence[Column]) -> None:
        """Make rows under these columns."""
        self._letters = [letters_of(place) for place in range(len(columns))]
        self._cells = [f'<c r="{name}{ROW}" s="{STYLE[column.kind]}"' for name, column in zip(self._letters, columns, strict=True)]
        self._linked = [f'<c r="{name}{ROW}" s="{STYLE["link"]}"' for name in self._letters]
        self._widths = [column.width for column in columns]

    def made(self, row: Row, relation: Relation) -> tuple[int, str, str]:
        """Return the height of a row in lines, its XML and its links."""
        lines, cells, links = 1, [], []
        for place, value in enumerate(row):
            opening, text = self._cells[place], value
            if isinstance(value, Link):
                text = value.text
                target = "" if len(value.file) > _LONGEST_LINK else relation(value.file)
                if target:
                    opening = self._linked[place]
                    links.append(_link(self._letters[place], target, value))
            if isinstance(text, str):
                width = self._widths[place]
                if 2 * len(text) > width - 3 or "\n" in text:
                    lines = max(lines, lines_of(text, width))
            cells.append(opening + _content(text))
        return lines, f'<row r="{ROW}" ht="{height_of(lines):g}" customHeight="1">{"".join(cells)}</row>', "".join(links)

    def ahead(self, rows: Iterable[Row]) -> str:
        """Return rows whose file is not known yet, together, after the width of the column that names it."""
        kept = list(rows)
        named = {place for row in kept for place, value in enumerate(row) if (value.text if isinstance(value, Link) else value) == HERE}
        if not kept:
            return ""
        width = min((self._widths[place] for place in named), default=0)
        lines, rows, links = zip(*(self.made(row, lambda _: LINK) for row in kept), strict=True)
        return _NEXT.join((f"{width:g}", " ".join(map(str, lines)), *rows, *links))


def _link(letters: str, target: str, link: Link) -> str:
    name = link.sheet.replace("'", "''")
    where = attribute(f"'{name}'!{link.cell or 'A1'}") if link.sheet else ""
    location = f' location="{where}"' if where else ""
    return f'<hyperlink ref="{letters}{ROW}" r:id="{target}"{location}/>'


def _content(value: Value) -> str:
    """Return what follows the opening of a cell."""
    if value is None or value == "":
        return "/>"
    if isinstance(value, _NUMBERS):
        return f"><v>{value}</v></c>"
    text = HERE if value == HERE else _string(str(value))
    return f' t="inlineStr"><is><t{_kept(text)}>{text}</t></is></c>'


def _string(text: str) -> str:
    if 2 * len(text) > LONGEST:
        text = text.encode("utf-16-le", "replace")[: 2 * LONGEST].decode("utf-16-le", "ignore")
    return escaped(text)


def _kept(text: str) -> str:
    """Return the attribute that keeps blanks at the ends of a text."""
    return ' xml:space="preserve"' if text[0].isspace() or text[-1].isspace() else ""


def placed(ready: Ready, relation: Relation, file_lines: Callable[[str, float], int]) -> Made:
    """Return rows that were made ahead, now that their file is known; they are not numbered yet."""
    target = relation(ready.link) if len(ready.link) <= _LONGEST_LINK else ""
    text = ready.text.replace(_HERE, escaped(ready.shown).encode()).replace(_LINK, target.encode())
    width, lines, *both = text.split(_PART)
    rows, links = both[: len(both) // 2], both[len(both) // 2 :]
    least = file_lines(ready.shown, float(width)) if width != b"0" else 1
    if least > 1:
        height = b' ht="%s"' % f"{height_of(least):g}".encode()
        rows = [_HEIGHT.sub(height, row, count=1) if int(own) < least else row for row, own in zip(rows, lines.split(), strict=True)]
    return (rows, links, text.count(_LINKS)) if target else (rows, [b""] * len(rows), 0)


def made_now(row: Row, maker: Rows, relation: Relation) -> Made:
    """Return a row that was not made ahead; it is not numbered yet."""
    _, whole, links = maker.made(row, relation)
    return [whole.encode()], [links.encode()], links.count("<")


def height_of(lines: int) -> float:
    """Return the height that so many lines need, in points: not every program works it out when it opens the file."""
    return min(_TALLEST, max(_LEAST, lines * _LINE + 6))
