"""The rows of a worksheet as text: a form has thousands of formulas, and taking them apart as XML costs most."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from toolkit.workbook.finish.references import Gone
from toolkit.workbook.finish.rows import Cut, Repeated
from toolkit.workbook.package import Package

_ROW = re.compile(r'<row r="(\d+)"([^>]*?)(/?)>')
_FORMULA = re.compile(r"<f>([^<]*)</f>")
_TYPED = re.compile("<c [^>/]*><(?!f>)")
_HIDDEN = re.compile(r'\shidden="(?:1|true)"|\sht="0(?:\.0*)?"')
_OPEN, _CLOSE = "<sheetData>", "</sheetData>"


@dataclass(frozen=True, slots=True)
class RowText:
    """A worksheet's XML: what stands before the rows, the rows by number, and what follows.

    Attributes:
        rows: attributes behind the number, and what is inside.
    """

    head: str
    rows: dict[int, tuple[str, str]]
    tail: str

    def frame(self, package: Package, name: str, rows: Iterable[int] = ()) -> etree._Element:
        """Return the worksheet parsed, with only these of its rows."""
        return package.parse_text(self.written("".join(map(self.row, rows))), name)

    def written(self, rows: str) -> bytes:
        """Return the part with these rows."""
        return f"{self.head}{_OPEN}{rows}{_CLOSE}{self.tail}".encode()

    def row(self, number: int) -> str:
        """Return one row as the file holds it."""
        return _written(number, *self.rows[number])

    def typed_in(self, rows: Iterable[int]) -> bool:
        """Tell whether a cell of these rows holds something that no formula gives."""
        return any(_TYPED.search(self.rows[number][1]) for number in rows)

    def last_filled(self) -> int:
        """Return the last row in which a cell holds something."""
        filled = (number for number, (_, content) in self.rows.items() if "<v>" in content or "<is>" in content)
        return max(filled, default=0)

    def with_lines(self, frame: etree._Element, first: int, lines: Iterable[str]) -> bytes:
        """Return the part with the frame given and rows put in front of those from ``first`` on."""
        before = "".join(self.row(number) for number in self.rows if number < first)
        after = "".join(self.row(number) for number in self.rows if number >= first)
        return framed(frame, f"{before}{''.join(lines)}{after}")

    def hidden(self) -> Iterator[int]:
        """Yield the numbers of rows that cannot be seen."""
        yield from (number for number, (attributes, _) in self.rows.items() if _HIDDEN.search(attributes))


@lru_cache(maxsize=1)
def read_rows(data: bytes) -> RowText | None:
    """Take a worksheet apart, ``None`` where it is written in a way that only a parser may read."""
    text = data.decode("utf-8", "replace")
    head, found, rest = text.partition(_OPEN)
    body, closed, tail = rest.partition(_CLOSE)
    if not (found and closed) or "<worksheet " not in head or "encoding=\"UTF-8\"" not in head[:80]:
        return None
    # Formulas with attributes are shared or arrays; entities of quotation marks would hide texts inside formulas.
    if any(mark in body for mark in ("<f ", "&quot;", "&apos;", "<![", "<!--", "\ufffd")):
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


def framed(frame: etree._Element, rows: str) -> bytes:
    """Return a worksheet parsed without its rows, with these."""
    data = etree.tostring(frame, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data.replace(b"<sheetData/>", f"{_OPEN}{rows}{_CLOSE}".encode(), 1)


def without_rows(text: RowText, cut: Cut, sheet: str) -> tuple[str, list[str]]:
    """Return the rows that stay, renumbered, their formulas rewritten, and what became a value."""
    told: list[str] = []
    repeated = Repeated(cut, _Stands(text, cut).row)
    written = []
    for number, (attributes, content) in text.rows.items():
        if number in cut:
            continue
        content = _with_formulas(content, number, repeated, told)
        now = cut.now(number)
        if now != number:
            content = _address(number).sub(str(now), content)
        written.append(_written(now, attributes, content))
    return "".join(written), [f"工作表“{sheet}”{place}" for place in told]


def _with_formulas(content: str, number: int, repeated: Repeated, told: list[str]) -> str:
    pieces = _FORMULA.split(content)
    formulas = pieces[1::2]
    if not formulas:
        return content
    results = repeated.formulas(formulas, number)
    if results is None:
        results = []
        for formula in formulas:
            try:
                results.append(repeated.formula(formula, number))
            except Gone:
                told.append(f"第 {number} 行的公式要用到已删除的空白行，已改为数值")
                results.append("")
        if all(results):
            repeated.remember(formulas, results, number)
    pieces[1::2] = [f"<f>{result}</f>" if result else "" for result in results]
    return "".join(pieces)


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
