"""A report as Markdown, to be read as it stands or turned into anything else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from toolkit.narrative.model import Block, BlockKind, Report

PENDING = "〔待完善〕"
_SPECIAL = re.compile(r"([\\`*_<>|])")
_AT_START = re.compile(r"^(\s*)([#+-]|\d+[.)])(?=\s)")


def to_markdown(report: Report) -> str:
    """Return the report as Markdown; a starting text that only the officer can complete ends in 〔待完善〕."""
    return "\n\n".join(_pieces(report.blocks)) + "\n"


def _pieces(blocks: Sequence[Block]) -> Iterator[str]:
    table: list[Block] = []
    for block in blocks:
        if table and (block.kind is not BlockKind.ROW or block.head):
            yield _table(table)
            table = []
        if block.kind is BlockKind.ROW:
            table.append(block)
        else:
            yield _piece(block)
    if table:
        yield _table(table)


def _piece(block: Block) -> str:
    text = _plain(block.text) + (PENDING if block.pending else "")
    if block.kind is BlockKind.TITLE:
        return f"# {text}"
    if block.kind is BlockKind.HEADING:
        return f"{'#' * min(6, block.level + 1)} {text}"
    return f"**{text}**" if block.kind is BlockKind.CAPTION else text


def _table(rows: Sequence[Block]) -> str:
    width = max(len(row.cells) for row in rows)
    head = rows[0].texts if rows[0].head else ("",) * width
    body = rows[1:] if rows[0].head else rows
    return "\n".join([_row(head, width), "|" + "---|" * width, *(_row(row.texts, width) for row in body)])


def _row(texts: Sequence[str], width: int) -> str:
    cells = [_SPECIAL.sub(r"\\\1", text).replace("\n", "<br>") for text in texts]
    return "| " + " | ".join([*cells, *[""] * (width - len(cells))]) + " |"


def _plain(text: str) -> str:
    """Return a text in which no character means anything to Markdown; its line breaks stay line breaks."""
    lines = (_AT_START.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", line) for line in _escaped(text))
    return "  \n".join(lines)


def _escaped(text: str) -> Iterator[str]:
    yield from (_SPECIAL.sub(r"\\\1", line) for line in text.splitlines())
