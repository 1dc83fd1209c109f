"""Paragraphs of a report: characters made alike, lines of print joined, every character knowing its line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.core.document import Document
from toolkit.core.form import Cell

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_KEPT = {ord(mark): mark for mark in "，：；！？（）"}
_MARKS = {ord(narrow): wide for narrow, wide in zip("():;!?", "（）：；！？", strict=True)}
_LOOKS = {ord(old): new for old, new in zip("﹝﹞﹙﹚﹪￥\u3000\xa0", "〔〕（）%¥  ", strict=True)}
_FOLD = _WIDE | _KEPT | _MARKS | _LOOKS
# Print sets blanks between Chinese and figures; between two Latin words or two figures a blank means something.
_IDLE_BLANK = re.compile(r"(?<![!-~]) +| +(?![!-~])")
_TIGHT_BLANK = re.compile(r"(?<=[!-~]) +(?=[%/])|(?<=[.¥]) +(?=\d)")
_COMMA = re.compile(r",(?!\d{3}(?!\d))|(?<!\d),")
_WIDE_COMMA = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")
_EMPHASIS = re.compile(r"\*\*|^\s*#{1,6}\s+|^\s*>\s+")
_END = "。；！？…"
_NUMBERED = re.compile(
    r"[一二三四五六七八九十]{1,3}(?:、|是)|（[一二三四五六七八九十]{1,3}）|\d{1,2}[.、](?!\d)|（\d{1,2}）|[①-⑳]|第[一二三四五六七八九十]{1,3}[章节部]"
    r"|附件|附表|目录|[¹²³⁴⁵⁶⁷⁸⁹]"
)
_LABELLED = re.compile(r"[^，。；：、\d]{2,16}：")
_SENTENCE = re.compile(r"[^。；！？]*[。；！？]?")
_LEAST_LINE = 14
"""Characters from which a line without an end may go on in the next one; shorter ones are titles and labels."""
_LEAST_DOUBLE, _MOST_DOUBLE = 4, 40
"""Characters doubled at a page break."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, a heading, or a row of a table.

    Attributes:
        text: characters folded, idle blanks gone; cells of a row divided by tabs.
        cells: the lines it was joined from.
        starts: where each line begins in ``text``.
        at: its place among the paragraphs.
    """

    text: str
    cells: tuple[Cell, ...]
    starts: tuple[int, ...]
    at: int

    @property
    def row(self) -> tuple[str, ...]:
        """Return the cells of a row of a table, () for prose."""
        return tuple(piece.strip() for piece in self.text.split("\t")) if "\t" in self.text else ()

    def cell(self, offset: int = 0) -> Cell:
        """Return the line in which the character at ``offset`` stands."""
        return self.cells[max(0, bisect_right(self.starts, offset) - 1)]

    def sentences(self) -> Iterator[Sentence]:
        """Yield its sentences; a semicolon ends one too."""
        for found in _SENTENCE.finditer(self.text):
            if found[0].strip():
                yield Sentence(found[0], self, found.start())


@dataclass(frozen=True)
class Sentence:
    """A sentence and the place where it begins in its paragraph."""

    text: str
    paragraph: Paragraph
    start: int

    def cell(self, offset: int = 0) -> Cell:
        """Return the line in which the character at ``offset`` of the sentence stands."""
        return self.paragraph.cell(self.start + offset)


def fold(text: str) -> str:
    """Return ``text`` with one character for each meaning: digits narrow, brackets wide, idle blanks gone."""
    bare = _EMPHASIS.sub("", _WIDE_COMMA.sub(",", text.strip(" "))).translate(_FOLD)
    pieces = [_COMMA.sub("，", _TIGHT_BLANK.sub("", _IDLE_BLANK.sub("", piece))) for piece in bare.split("\t")]
    return "\t".join(pieces)


def paragraphs_of(document: Document) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a document, blank ones left out; printed lines are joined first."""
    lines = [(fold(cell.text), cell) for cell in document.paragraphs if cell.text.strip()]
    groups: list[list[tuple[str, Cell]]] = []
    for line, cell in lines:
        if document.printed and groups and _goes_on("".join(text for text, _ in groups[-1]), groups[-1][-1][0], line):
            before = "".join(text for text, _ in groups[-1])
            groups[-1].append((line[_doubled(before, line) :], cell))
        else:
            groups.append([(line, cell)])
    return tuple(_paragraph(group, at) for at, group in enumerate(groups))


def _paragraph(lines: list[tuple[str, Cell]], at: int) -> Paragraph:
    starts, length = [], 0
    for text, _ in lines:
        starts.append(length)
        length += len(text)
    return Paragraph("".join(text for text, _ in lines), tuple(cell for _, cell in lines), tuple(starts), at)


def _goes_on(whole: str, line: str, following: str) -> bool:
    """Tell whether print broke a paragraph after ``line``."""
    if "\t" in line or "\t" in following or whole[-1:] in _END or whole.endswith(("。”", "。）", "：")):
        return False
    if len(line) < _LEAST_LINE and len(whole) < 2 * _LEAST_LINE and whole[-1:] not in "，、":
        return False
    if _NUMBERED.match(following) and not whole.endswith(("，", "、")):
        return False
    if _NUMBERED.match(whole) and not any(mark in whole for mark in "，。；："):
        return False
    return not (_labelled(whole) or _labelled(following))


def _labelled(line: str) -> bool:
    return len(line) < 3 * _LEAST_LINE and _LABELLED.match(line) is not None and line[-1:] not in _END


def _doubled(before: str, line: str) -> int:
    """Return how many characters of ``line`` only repeat the end of the page before it."""
    for length in range(min(_MOST_DOUBLE, len(line), len(before)), _LEAST_DOUBLE - 1, -1):
        if before.endswith(line[:length]):
            return length
    return 0
