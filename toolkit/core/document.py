"""The text of a report, as the rules read it: paragraphs that know where they stand."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.core.form import Cell


@dataclass(frozen=True)
class Document:
    """A report in words.

    Attributes:
        name: how a message calls it: 自评报告, or the name of the file.
        paragraphs: one cell for each, headings and table rows (cells divided by tabs) included; ``field`` is
            ``name`` 第 n 段 (第 n 行 for a text file), ``line`` counts up from ``Line.REPORT``.
        printed: taken from print: lines break anywhere, so that breaks and doubled words at them say nothing.
        suggested: paragraphs the officer rewrote, beside which a new generated text (建议稿) stands.
        orphaned: paragraphs the officer rewrote of which nothing is generated any more.
        omitted: how many sentences were left out when it was generated.
        missing: 报告要素 for want of which they were.
    """

    name: str
    paragraphs: tuple[Cell, ...]
    printed: bool = False
    suggested: tuple[Cell, ...] = ()
    orphaned: tuple[Cell, ...] = ()
    omitted: int = 0
    missing: tuple[str, ...] = ()
