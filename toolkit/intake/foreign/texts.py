"""Pasted text as a grid: cells divided by tabs or by upright strokes, one row a line."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from toolkit.intake.foreign.model import ForeignGrid, Piece
from toolkit.intake.foreign.stream import heading_run
from toolkit.intake.foreign.words import find_word, is_level
from toolkit.problem import Unreadable

_LOOK = 4096
_MOST_BYTES = 5_000_000
_WIDE_GAP = re.compile(r"[ \u3000\u00a0]{2,}")
_CHINESE = re.compile(r"[\u4e00-\u9fff（）()]+")
_QUOTED = re.compile(r'(?:^|\t)"[^"\t]*\n[^"\t]*"(?=\t|\r?$)', re.MULTILINE)
_LEAST_LINES = 5
_MOSTLY = 0.9
_LONGEST_TORN = 16
_SHORT = 2
"""A word this short (年度, 实际) is the beginning of a heading rather than one of its own."""


def read_text(path: Path) -> tuple[list[ForeignGrid], list[str]]:
    """Read a text file.

    Raises:
        Unreadable: it is too large, or in an encoding that is not known.
    """
    if path.stat().st_size > _MOST_BYTES:
        raise Unreadable(path, "太大，不像自评表", "请只留自评表的内容")
    text = decoded(path)
    if _QUOTED.search(text):
        # Pasted from a sheet: a cell with several lines stands in quotation marks.
        cells = [[each.strip() for each in line] for line in csv.reader(io.StringIO(text, newline=""), delimiter="\t")]
        return [ForeignGrid(path.stem, tuple(_pieces(["\t".join(line) for line in cells], cells)))], []
    lines = text.splitlines()
    if any("\t" in line for line in lines):
        return [ForeignGrid(path.stem, tuple(_pieces(lines, [line.split("\t") for line in lines])))], []
    divided = [_strokes(line) for line in lines]
    if _regular(divided):
        return [ForeignGrid(path.stem, tuple(_pieces(lines, divided)))], []
    for cells in (divided, [_WIDE_GAP.split(line.strip()) for line in lines], [line.split() for line in lines]):
        grid = _stream(path.stem, list(_joined(list(_pieces(lines, cells)))))
        if grid is not None:
            return [grid], []
    return [ForeignGrid(path.stem, tuple(_pieces(lines, divided)))], []


def is_plain(path: Path) -> bool:
    """Tell whether a file is text with tabs, as some systems write it under the name .xls."""
    with path.open("rb") as file:
        start = file.read(_LOOK)
    if start.lstrip().startswith((b"<?xml", b"%PDF")):
        return False
    return b"\t" in start and (start.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" not in start)


def read_csv(path: Path) -> tuple[list[ForeignGrid], list[str]]:
    """Read a .csv file. Raises as :func:`read_text`."""
    if path.stat().st_size > _MOST_BYTES:
        raise Unreadable(path, "太大，不像自评表", "请只留自评表的内容")
    lines = list(csv.reader(io.StringIO(decoded(path), newline="")))
    texts = ((row, column, text.strip()) for row, line in enumerate(lines, 1) for column, text in enumerate(line, 1))
    return [ForeignGrid(path.stem, tuple(Piece(r, c, text, f"第 {r} 行第 {c} 格") for r, c, text in texts if text))], []


def _regular(divided: list[list[str]]) -> bool:
    """Tell whether upright strokes draw a whole table: nearly all lines that have any have as many."""
    counts = [len(cells) for cells in divided if len(cells) > 1]
    return len(counts) >= _LEAST_LINES and counts.count(max(set(counts), key=counts.count)) >= _MOSTLY * len(counts)


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """Yield cells with headings that were torn apart (年初 / 预算数) put together."""
    at = 0
    while at < len(pieces):
        piece, after = pieces[at], pieces[at + 1] if at + 1 < len(pieces) else None
        if after is not None and _torn(piece.text, after.text):
            yield replace(piece, text=piece.text + after.text)
            at += 2
            continue
        yield piece
        at += 1


def _torn(first: str, second: str) -> bool:
    if not _CHINESE.fullmatch(first + second) or len(first) + len(second) > _LONGEST_TORN or not _known(first + second):
        return False
    return len(first) <= _SHORT or not (_known(first) and _known(second))


def _known(text: str) -> bool:
    heading = any(find_word(text, group) is not None for group in ("indicator", "fund"))
    return heading or is_level(text, "first") or is_level(text, "second")


def _pieces(lines: list[str], divided: list[list[str]]) -> Iterator[Piece]:
    for number, texts in enumerate(divided, 1):
        for at, text in enumerate(texts, 1):
            if text.strip() and not _is_comment(lines[number - 1]):
                yield Piece(number, at, text.strip().strip("*#").strip(), f"第 {number} 行第 {at} 格")


def _is_comment(line: str) -> bool:
    """Tell whether a line is a remark about the text; the title of a Markdown text is none."""
    return line.startswith("#") and "自评" not in line


def _stream(name: str, pieces: list[Piece]) -> ForeignGrid | None:
    """Return cells that only follow one another as a grid: the headings in one row, what is below them in the next."""
    found = heading_run(pieces)
    if found is None:
        return None
    first, last = found
    alone = len({piece.row for piece in pieces}) == len(pieces)
    top = 1 if alone else max((piece.row for piece in pieces[:first]), default=0)
    before = [replace(piece, row=1, column=at) for at, piece in enumerate(pieces[:first], 1)] if alone else pieces[:first]
    headings = [replace(piece, row=top + 1, column=at) for at, piece in enumerate(pieces[first:last], 1)]
    below = [replace(piece, row=top + 2, column=at) for at, piece in enumerate(pieces[last:], 1)]
    starts = [at for at, (left, right) in enumerate(itertools.pairwise(pieces[last - 1 :]), 1) if left.row != right.row]
    return ForeignGrid(name, (*before, *headings, *below), stream=True, line_starts=() if alone else tuple(starts))


def _strokes(line: str) -> list[str]:
    bare = line.strip()
    if bare.count("|") < 2 and not bare.endswith("|"):
        return [bare]
    return bare.removeprefix("|").removesuffix("|").split("|")


def decoded(path: Path) -> str:
    """Return a file's text, in UTF-8, GB 18030 or UTF-16.

    Raises:
        Unreadable: it is in none of these.
    """
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable(path, "不是纯文本", "请在记事本或 WPS 里另存为“纯文本（.txt）”")
