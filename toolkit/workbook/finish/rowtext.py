"""The rows of a worksheet as bytes: a form has thousands of formulas, and taking them apart as XML costs most."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from lxml import etree

from toolkit.workbook.finish.references import Gone
from toolkit.workbook.finish.rows import ABOVE, OWN, Cut, Repeated
from toolkit.workbook.package import Package

_ROW = re.compile(rb'<row r="(\d+)"([^>]*?)(/?)>')
_HIDDEN = re.compile(rb'\shidden="(?:1|true)"|\sht="0(?:\.0*)?"')
_SEEN = re.compile(rb'\shidden="[^"]*"')
_OPEN, _CLOSE = b"<sheetData>", b"</sheetData>"
_CELL = b'<c r="'
_OWN, _ABOVE = OWN.encode(), ABOVE.encode()
_Shape = tuple[bytes, bytes]
"""A formula before and after, with marks in the place of the numbers of its rows."""
_UNKNOWN: _Shape = (b"\3", b"")
"""The shape of no formula."""
_BETWEEN = b"\2"
"""Stands between the formulas of a row."""
_ENDS = b"f>"
_FORMULA = re.compile(rb"<f(>[^<]*</f>)?")
_NO_RESULT = (b"</c>", b"<v></v>", b"<v/>")


class Row(NamedTuple):
    """A row of a worksheet.

    Attributes:
        marks: its attributes behind the number.
        pieces: what is inside, taken apart behind ``<f>`` and ``</f>``; every second piece is a formula. What is before
            one ends with ``<`` and the formula with ``</``: then the pieces are put together again fastest.
    """

    marks: bytes
    pieces: Sequence[bytes]

    @property
    def content(self) -> bytes:
        """Return what is inside as the file holds it."""
        return _ENDS.join(self.pieces)

    def written(self, number: int) -> bytes:
        """Return the row as the file holds it."""
        content = self.content
        return b'<row r="%d"%b>%b</row>' % (number, self.marks, content) if content else b'<row r="%d"%b/>' % (number, self.marks)

    @property
    def filled(self) -> bool:
        """Tell whether a cell holds something, be it a formula's result."""
        return any(b"<v" in piece or b"<is" in piece for piece in self.pieces[::2])

    @property
    def typed(self) -> bool:
        """Tell whether a cell holds something that no formula gives."""
        # The result of a formula stands right behind it.
        return any(piece.find(b"<v", 1) >= 0 or b"<is" in piece for piece in self.pieces[::2])

    @property
    def lacks_results(self) -> bool:
        """Tell whether a formula has no result; the blank text is one."""
        for at in range(2, len(self.pieces), 2):
            if self.pieces[at].startswith(_NO_RESULT):
                before = self.pieces[at - 2]
                if not before.endswith(b' t="str"><') and b' t="str"' not in before[before.rfind(b"<c ") :]:
                    return True
        return False


class RowText:
    """A worksheet: its rows by number as text, and what is around them as text, parsed, or both."""

    def __init__(self, rows: dict[int, Row], around: tuple[bytes, bytes] | None = None, root: etree._Element | None = None) -> None:
        """Take the rows with what stands before and after them, or with the worksheet parsed without its rows."""
        self.rows = rows
        self._given = around
        self.root = root

    @cached_property
    def around(self) -> tuple[bytes, bytes]:
        """Return what stands before the rows and what follows."""
        if self._given is not None or self.root is None:
            return self._given or (b"", b"")
        text = etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", standalone=True)
        head, _, tail = text.partition(b"<sheetData/>")
        return head, tail

    @cached_property
    def formulas(self) -> tuple[str, ...]:
        """Return the formulas, one of those that differ by the number of their row alone."""
        found: dict[bytes, bytes] = {}
        for number, row in self.rows.items():
            text = b"%d" % number
            for formula in row.pieces[1::2]:
                found.setdefault(formula.replace(text, b""), formula)
        return tuple(b"\0".join(found.values()).decode("utf-8", "replace")[:-2].split("</\0")) if found else ()

    @property
    def hides(self) -> bool:
        """Tell whether rows or columns may be out of sight."""
        head = self.around[0]
        return b"hidden=" in head or b' width="0' in head or any(map(_HIDDEN.search, self._marks()))

    def _marks(self) -> set[bytes]:
        return {row.marks for row in self.rows.values()}

    def frame(self, package: Package, name: str, rows: Iterable[int] = ()) -> etree._Element:
        """Return the worksheet parsed, with only these of its rows."""
        inside = b"".join([self.rows[number].written(number) for number in rows])
        if inside:
            return package.parse_text(self._around(inside), name)
        if self.root is None:
            self.root = package.parse_text(self._around(b""), name)
        return self.root

    def written(self) -> bytes:
        """Return the part."""
        return self._around(b"".join([row.written(number) for number, row in self.rows.items()]))

    def _around(self, rows: bytes) -> bytes:
        head, tail = self.around
        return b"".join((head, _OPEN, rows, _CLOSE, tail))

    def last_filled(self) -> int:
        """Return the last row in which a cell holds something."""
        return next((number for number, row in reversed(self.rows.items()) if row.filled), 0)

    def with_first_cells(self, first: int, cells: Iterable[str], height: str) -> dict[int, Row]:
        """Return the rows with these cells of column A from row ``first`` on, one a row, each in a row that is seen.

        A row that has no height of its own is ``height`` points high.
        """
        rows = dict(self.rows)
        for number, cell in enumerate(cells, first):
            row = rows.get(number, Row(b"", [b""]))
            marks = _SEEN.sub(b"", row.marks)
            if b" ht=" not in marks:
                marks += f' ht="{height}" customHeight="1"'.encode()
            rows[number] = Row(marks, [cell.encode() + _cell(f"A{number}").sub(b"", row.content, count=1)])
        return dict(sorted(rows.items()))

    def hidden(self) -> Iterator[int]:
        """Yield the numbers of rows that cannot be seen."""
        unseen = {marks for marks in self._marks() if _HIDDEN.search(marks)}
        yield from (number for number, row in self.rows.items() if row.marks in unseen)


def read_rows(data: bytes) -> RowText | None:
    """Take a worksheet apart, ``None`` where it is written in a way that only a parser may read."""
    start, end = data.find(_OPEN), data.rfind(_CLOSE)
    head, tail = data[: max(start, 0)], data[end + len(_CLOSE) :]
    if not 0 <= start < end or b"<worksheet " not in head or b'encoding="UTF-8"' not in head[:80]:
        return None
    # Comments and CDATA may hold anything.
    if data.find(b"!", start, end) >= 0 and data.find(b"<!", start, end) >= 0:
        return None
    rows: dict[int, Row] = {}
    for piece in data[start + len(_OPEN) : end].split(b"</row>"):
        at = 0
        while row := _ROW.match(piece, at):
            at = row.end()
            if not row[3]:
                rows[int(row[1])] = Row(row[2], piece[at:].split(_ENDS))
                break
            rows[int(row[1])] = Row(row[2], [b""])
        if at != len(piece) and (row is None or piece.find(b"<row", at) >= 0):
            return None
    # Formulas with attributes are shared or arrays; a text with an end of ``f>`` of its own would be taken for one.
    formulas = _FORMULA.findall(data, start, end)
    if b"" in formulas or sum([len(row.pieces) - 1 for row in rows.values()]) != 2 * len(formulas):
        return None
    found = RowText(rows, (head, tail))
    # Quotation marks written as entities would hide texts inside formulas, and so would bytes that are no text.
    return None if any(mark in formula for formula in found.formulas for mark in ("&quot;", "&apos;", "\ufffd")) else found


def without_rows(text: RowText, cut: Cut, sheet: str) -> tuple[dict[int, Row], list[str]]:
    """Return a sheet's rows as they read without those taken out of one sheet, and what became a value.

    On the sheet itself the rows that stay are renumbered; on any other only formulas change.
    """
    own = sheet == cut.sheet
    repeated = Repeated(cut, _Stands(text, cut).row if own else None, sheet)
    filled = _Filled(repeated, b"" if own else cut.sheet.replace("'", "''").encode())
    rows = {}
    for number, row in text.rows.items():
        if own and number in cut:
            continue
        pieces = list(row.pieces)
        if len(pieces) > 1:
            pieces[1::2] = filled.row(pieces[1::2], number)
            pieces = _merged(pieces)
        now = repeated.now(number)
        if now != number:
            pieces[::2] = _renumbered(pieces[::2], number, now)
        rows[now] = Row(row.marks, pieces)
    return rows, [f"工作表“{sheet}”{place}" for place in filled.told]


def _merged(pieces: list[bytes]) -> list[bytes]:
    """Return the pieces with formulas that became values, blank each, taken out."""
    if b"" not in pieces[1::2]:
        return pieces
    left = [pieces[0]]
    for at in range(1, len(pieces), 2):
        if pieces[at]:
            left += pieces[at : at + 2]
        else:
            left[-1] = left[-1].removesuffix(b"<") + pieces[at + 1]
    return left


def _renumbered(pieces: Sequence[bytes], number: int, now: int) -> list[bytes]:
    """Return what is around the formulas of a row with the cells' addresses in another row."""
    old, new = b'%d"' % number, b'%d"' % now
    # No part holds a NUL. Letters come first in an address, so the first match behind its opening is its own number.
    first, *cells = b"\0".join(pieces).split(_CELL)
    return _CELL.join([first, *[cell.replace(old, new, 1) for cell in cells]]).split(b"\0")


class _Filled:
    """Formulas filled down a sheet: most differ from those of the row before by their row's number alone."""

    def __init__(self, repeated: Repeated, named: bytes) -> None:
        self.told: list[str] = []
        self._repeated = repeated
        self._named = named
        self._known: list[_Shape] = []

    def row(self, formulas: Sequence[bytes], number: int) -> list[bytes]:
        """Return the formulas of a row as they read now, blank for one that became a value."""
        if self._named and self._named not in _BETWEEN.join(formulas):
            return list(formulas)
        if len(self._known) != len(formulas):
            self._known = [_UNKNOWN] * len(formulas)
        # All formulas of a row are put together at once: one by one costs several times as much.
        befores, afters = (_BETWEEN.join(side) for side in zip(*self._known, strict=True))
        now, above = self._repeated.now(number), self._repeated.above(number)
        expected = _put(befores, number, above).split(_BETWEEN)
        results = _put(afters, now, now - 1).split(_BETWEEN)
        for place, (formula, before) in enumerate(zip(formulas, expected, strict=True)):
            if formula != before:
                results[place], self._known[place] = self._one(formula, number)
        return results

    def _one(self, formula: bytes, number: int) -> tuple[bytes, _Shape]:
        try:
            result, shape = self._repeated.worked_out(formula.decode(), number)
        except Gone:
            self.told.append(f"第 {number} 行的公式要用到已删除的空白行，已改为数值")
            return b"", _UNKNOWN
        return result.encode(), _UNKNOWN if shape is None else (shape.before.encode(), shape.after.encode())


def _put(shapes: bytes, row: int, above: int) -> bytes:
    """Return shapes with the numbers of their row and the one above, if not 0, in their places."""
    text = shapes.replace(_OWN, b"%d" % row)
    return text.replace(_ABOVE, b"%d" % above) if above else text


def _cell(address: str) -> re.Pattern[bytes]:
    return re.compile(rf'<c r="{address}"(?:[^>]*/>|[^>]*>.*?</c>)'.encode(), re.DOTALL)


class _Stands:
    """Finds the cell that stands for one taken out: the nearest above with an equal result."""

    def __init__(self, text: RowText, cut: Cut) -> None:
        self._text = text
        self._cut = cut

    def row(self, column: str, row: int) -> int | None:
        above = next((number for number in range(row, 0, -1) if number not in self._cut), 0)
        known = self._result(column, above)
        return above if known and known == self._result(column, row) else None

    def _result(self, column: str, row: int) -> bytes:
        pieces = self._text.rows[row].pieces if row in self._text.rows else [b""]
        address = b'%b%b%d"' % (_CELL, column.encode(), row)
        for before, after in zip(pieces[:-1:2], pieces[2::2], strict=True):
            if before.rfind(address) == before.rfind(b"<c ") >= 0 and after.startswith(b"<v>"):
                return after[3 : after.find(b"<", 3)]
        return b""
