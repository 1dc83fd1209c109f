"""Reports built by hand, and edited as an officer would."""

from __future__ import annotations

from dataclasses import replace

from toolkit.narrative.model import Block, BlockKind, Report, Run
from toolkit.narrative.renew import Renewed
from toolkit.narrative.stored import StoredReport, StoredRow


def block(key: str, text: str, kind: BlockKind = BlockKind.PARAGRAPH, *, pending: bool = False, head: bool = False) -> Block:
    """Return a block; the cells of a table row are divided by |."""
    texts = text.split("|") if kind is BlockKind.ROW else [text]
    level = 1 if kind is BlockKind.HEADING else 0
    return Block(key, kind, tuple((Run(each),) for each in texts), level, pending, head)


def report(*blocks: Block) -> Report:
    return Report("national", "自评报告", blocks)


def kept(renewed: Renewed) -> StoredReport:
    """Return what is read back from a report that was written."""
    rows = tuple(StoredRow(row.key, row.texts, row.mark) for row in renewed.rows)
    return StoredReport(rows, renewed.record)


def edited(stored: StoredReport, place: int, text: str) -> StoredReport:
    """Type over the first cell of a row."""
    row = stored.rows[place]
    rows = list(stored.rows)
    rows[place] = replace(row, texts=(text, *row.texts[1:]))
    return replace(stored, rows=tuple(rows))


def inserted(stored: StoredReport, place: int, text: str) -> StoredReport:
    """Insert a row of one's own."""
    rows = (*stored.rows[:place], StoredRow("", (text,)), *stored.rows[place:])
    return replace(stored, rows=rows)


def without(stored: StoredReport, place: int) -> StoredReport:
    """Delete a row."""
    return replace(stored, rows=(*stored.rows[:place], *stored.rows[place + 1 :]))
