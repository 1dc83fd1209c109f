"""The rows of a worksheet as text: a form has thousands of formulas, and taking them apart as XML costs most."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from toolkit.workbook.finish.references import Gone
from toolkit.workbook.finish.rows import Cut, Repeated, Shape
from toolkit.workbook.package import Package

_ROW = re.compile(r'<row r="(\d+)"([^>]*?)(/?)>')
_FORMULA = re.compile(r"<f>([^<]*)</f>")
_TYPED = re.compile("<c [^>/]*><(?!f>)")
_HIDDEN = re.compile(r'\shidden="(?:1|true)"|\sht="0(?:\.0*)?"')
_SEEN = re.compile(r'\shidden="[^"]*"')
_OPEN, _CLOSE = "<sheetData>", "</sheetData>"


@dataclass(frozen=True, slots=True)
class RowText:
    """A worksheet's XML: what stands before the rows, the rows by number, and what follows.

    Attributes:
        rows: attributes behind the number, and what is inside.
        root: the worksheet parsed without its rows, where it is at hand.
    """

    head: str
    rows: dict[int, tuple[str, str]]
    tail: str
    root: etree._Element | None = None

    def frame(self, package: Package, name: str, rows: Iterable[int] = ()) -> etree._Element:
        """Return the worksheet parsed, with only these of its rows."""
        inside = "".join(_written(number, *self.rows[number]) for number in rows)
        return package.parse_text(self._around(inside), name) if inside or self.root is None else self.root

    def written(self) -> bytes:
        """Return the part."""
        return self._around("".join([_written(number, *row) for number, row in self.rows.items()]))

    def _around(self, rows: str) -> bytes:
        return f"{self.head}{_OPEN}{rows}{_CLOSE}{self.tail}".encode()

    def typed_in(self, rows: Iterable[int]) -> bool:
        """Tell whether a cell of these rows holds something that no formula gives."""
        return any(_TYPED.search(self.rows[number][1]) for number in rows)

    def last_filled(self) -> int:
        """Return the last row in which a cell holds something."""
        filled = (number for number, (_, content) in self.rows.items() if "<v>" in content or "<is>" in content)
        return max(filled, default=0)

    def with_first_cells(self, first: int, cells: Iterable[str]) -> dict[int, tuple[str, str]]:
        """Return the rows with these cells of column A from row ``first`` on, one a row, each in a row that is seen."""
        rows = dict(self.rows)
        for number, cell in enumerate(cells, first):
            attributes, content = rows.get(number, ("", ""))
            rows[number] = _SEEN.sub("", attributes), cell + _cell(f"A{number}").sub("", content, count=1)
        return dict(sorted(rows.items()))

    def hidden(self) -> Iterator[int]:
        """Yield the numbers of rows that cannot be seen."""
        yield from (number for number, (attributes, _) in self.rows.items() if _HIDDEN.search(attributes))


def read_rows(data: bytes) -> RowText | None:
    """Take a worksheet apart, ``None`` where it is written in a way that only a parser may read."""
    text = data.decode("utf-8", "replace")
    start, end = text.find(_OPEN), text.find(_CLOSE)
    head, body, tail = text[: max(start, 0)], text[start + len(_OPEN) : end], text[end + len(_CLOSE) :]
    if not 0 <= start < end or "<worksheet " not in head or "encoding=\"UTF-8\"" not in head[:80]:
        return None
    # Formulas with attributes are shared or arrays; entities of quotation marks would hide texts inside formulas.
    if any(mark in body for mark in ("<f ", "&quot;", "&apos;", "<!", "\ufffd")):
        return None
    rows: dict[int, tuple[str, str]] = {}
    for piece in body.split("</row>"):
        at = 0
        while row := _ROW.match(piece, at):
            at = row.end()
            if not row[3]:
                rows[int(row[1])] = row[2], piece[at:]
                break
            rows[int(row[1])] = row[2], ""
        if at != len(piece) and (row is None or "<row" in piece[at:]):
            return None
    return RowText(head, rows, tail)


def framed(frame: etree._Element, rows: dict[int, tuple[str, str]]) -> RowText:
    """Return a worksheet parsed without its rows, with these."""
    text = etree.tostring(frame, xml_declaration=True, encoding="UTF-8", standalone=True).decode()
    head, _, tail = text.partition("<sheetData/>")
    return RowText(head, rows, tail, frame)


def without_rows(text: RowText, cut: Cut, sheet: str) -> tuple[dict[int, tuple[str, str]], list[str]]:
    """Return the rows that stay, renumbered, their formulas rewritten, and what became a value."""
    told: list[str] = []
    filled = _Filled(cut, Repeated(cut, _Stands(text, cut).row))
    rows = {}
    for number, (attributes, content) in text.rows.items():
        if number in cut:
            continue
        if "<f>" in content:
            pieces = _FORMULA.split(content)
            results = filled.row(pieces[1::2], number, told)
            pieces[1::2] = [f"<f>{result}</f>" if result else "" for result in results]
            content = "".join(pieces)
        now = cut.now(number)
        if now != number:
            content = _address(number).sub(str(now), content)
        rows[now] = attributes, content
    return rows, [f"工作表“{sheet}”{place}" for place in told]


class _Filled:
    """Formulas filled down a sheet: most differ from those of the row before by the row's own number alone."""

    def __init__(self, cut: Cut, repeated: Repeated) -> None:
        self._cut = cut
        self._repeated = repeated
        self._known: list[Shape | None] = []

    def row(self, formulas: list[str], number: int, told: list[str]) -> list[str]:
        """Return the formulas of a row as they read now, "" for one that became a value."""
        same = len(self._known) == len(formulas)
        known: list[Shape | None] = self._known if same else [None for _ in formulas]
        old, now = str(number), str(self._cut.now(number))
        results = []
        for place, (formula, shape) in enumerate(zip(formulas, known, strict=True)):
            if shape is None or shape.before.replace("\0", old) != formula:
                result, known[place] = self._one(formula, number, told)
            else:
                result = shape.after.replace("\0", now)
            results.append(result)
        self._known = known
        return results

    def _one(self, formula: str, number: int, told: list[str]) -> tuple[str, Shape | None]:
        try:
            return self._repeated.worked_out(formula, number)
        except Gone:
            told.append(f"第 {number} 行的公式要用到已删除的空白行，已改为数值")
            return "", None


def _cell(address: str) -> re.Pattern[str]:
    return re.compile(rf'<c r="{address}"(?:[^>]*/>|[^>]*>.*?</c>)', re.DOTALL)


def _address(row: int) -> re.Pattern[str]:
    """Return what finds the row number in the addresses of cells; it begins with the digits, which are found fastest."""
    behind = "|".join(f'(?<=<c r="{"[A-Z]" * letters}{row})' for letters in (1, 2, 3))
    return re.compile(f'{row}(?=")(?:{behind})')


class _Stands:
    """Finds the cell that stands for one taken out: the nearest above with an equal result."""

    def __init__(self, text: RowText, cut: Cut) -> None:
        self._text = text
        self._cut = cut

    def row(self, column: str, row: int) -> int | None:
        above = next((number for number in range(row, 0, -1) if number not in self._cut), 0)
        known = self._result(column, above)
        return above if known and known == self._result(column, row) else None

    def _result(self, column: str, row: int) -> str:
        _, content = self._text.rows.get(row, ("", ""))
        start = content.find(f'<c r="{column}{row}"')
        cell = content[start : content.find("</c>", start)] if start >= 0 else ""
        found = re.search(r"<f>[^<]*</f><v>([^<]*)", cell)
        return found[1] if found else ""


def _written(number: int, attributes: str, content: str) -> str:
    return f'<row r="{number}"{attributes}>{content}</row>' if content else f'<row r="{number}"{attributes}/>'
