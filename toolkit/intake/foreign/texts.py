"""Pasted text as a grid: cells divided by tabs or by upright strokes, one row a line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from toolkit.intake.foreign.model import ForeignGrid, Piece
from toolkit.intake.foreign.stream import heading_run
from toolkit.problem import Unreadable

_MOST_BYTES = 5_000_000


def read_text(path: Path) -> tuple[list[ForeignGrid], list[str]]:
    """Read a text file.

    Raises:
        Unreadable: it is too large, or in an encoding that is not known.
    """
    if path.stat().st_size > _MOST_BYTES:
        raise Unreadable(path, "太大，不像自评表", "请只留自评表的内容")
    lines = _decoded(path).splitlines()
    if any("\t" in line for line in lines):
        return [ForeignGrid(path.stem, tuple(_pieces(lines, [line.split("\t") for line in lines])))], []
    pieces = list(_pieces(lines, [_strokes(line) for line in lines]))
    grid = _stream(path.stem, pieces)
    return [grid or _stream(path.stem, _spaced(lines)) or ForeignGrid(path.stem, tuple(pieces))], []


def _pieces(lines: list[str], divided: list[list[str]]) -> Iterator[Piece]:
    for number, texts in enumerate(divided, 1):
        for at, text in enumerate(texts, 1):
            if text.strip() and not lines[number - 1].startswith("#"):
                yield Piece(number, at, text.strip().strip("*"), f"第 {number} 行第 {at} 格")


def _spaced(lines: list[str]) -> list[Piece]:
    return list(_pieces(lines, [line.split() for line in lines]))


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
    return ForeignGrid(name, (*before, *headings, *below), stream=True)


def _strokes(line: str) -> list[str]:
    bare = line.strip()
    if bare.count("|") < 2:
        return [bare]
    return bare.removeprefix("|").removesuffix("|").split("|")


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable(path, "不是纯文本", "请在记事本或 WPS 里另存为“纯文本（.txt）”")
