"""The report of two drafts, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from toolkit.compare.model import NOTHING, Change, ChangeKind
from toolkit.compare.rows import alike, match
from toolkit.compare.values import plain_text
from toolkit.core.document import Document
from toolkit.core.form import Cell


def compare_reports(old: Document, new: Document) -> list[Change]:
    """Compare two reports.

    Returns:
        The paragraphs that were changed, added or dropped, in the order of the new report; a paragraph that was
        rewritten stands beside the one it is most like.
    """
    before, after = ([cell for cell in report.paragraphs if not cell.blank] for report in (old, new))
    texts = [[plain_text(cell) for cell in cells] for cells in (before, after)]
    blocks = SequenceMatcher(None, texts[0], texts[1], autojunk=False).get_opcodes()
    found = [
        change
        for tag, top, bottom, first, last in blocks
        if tag != "equal"
        for change in _block(before[top:bottom], after[first:last])
    ]
    return sorted(found, key=lambda change: change.line)


def _block(before: Sequence[Cell], after: Sequence[Cell]) -> Iterator[Change]:
    found = match(before, after, [], lambda old, new: alike(plain_text(old), plain_text(new)))
    for pair in found.pairs:
        texts = plain_text(pair.old), plain_text(pair.new)
        yield Change(ChangeKind.CHANGED, pair.new.field, *texts, pair.old, pair.new)
    for cell in found.added:
        yield Change(ChangeKind.ADDED, cell.field, NOTHING, plain_text(cell), None, cell)
    for cell in found.dropped:
        yield Change(ChangeKind.DROPPED, cell.field, plain_text(cell), NOTHING, cell, None)
