"""A report as it stands: what was generated, with every paragraph the officer wrote instead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from toolkit.narrative import Block, BlockKind, Report
from toolkit.narrative.model import Run
from toolkit.narrative.renew import INDENT, RenewedRow, renew
from toolkit.narrative.stored import StoredReport

_CHART = "@"
"""Begins the key of a chart's caption; charts are drawn by the workbook."""


def standing_report(fresh: Report, kept: StoredReport) -> Report:
    """Lay what is generated now over what was found, and return the report that results.

    Args:
        fresh: what is generated now.
        kept: 自评报告 of the workbook, empty for a source that has none.
    """
    rows = [row for row in renew(kept, fresh).rows if not row.key.startswith(_CHART)]
    return replace(fresh, blocks=tuple(_blocks(rows)))


def _blocks(rows: list[RenewedRow]) -> Iterator[Block]:
    for place, row in enumerate(rows):
        if row.stored is None and row.block is not None:
            yield row.block
        elif any(text.strip() for text in row.texts):
            yield _written(row, f"{_CHART}{place}")


def _written(row: RenewedRow, key: str) -> Block:
    texts = [text.removeprefix(INDENT) for text in row.texts]
    if row.block is not None:
        count = max(len(row.block.cells), 1)
        return replace(row.block, cells=_cells((texts + [""] * count)[:count]), pending=False)
    while len(texts) > 1 and not texts[-1].strip():
        texts.pop()
    return Block(key, BlockKind.ROW if len(texts) > 1 else BlockKind.PARAGRAPH, _cells(texts))


def _cells(texts: list[str]) -> tuple[tuple[Run, ...], ...]:
    return tuple((Run(text),) for text in texts)
