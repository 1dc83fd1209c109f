"""A report as data: blocks of text in which every figure knows the cells it came from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from toolkit.core.form import Cell


class BlockKind(StrEnum):
    """What a block is on the page."""

    TITLE = "title"
    COVER = "cover"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"
    ROW = "row"
    """One row of a table; the rows of a table follow one another."""


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a figure comes from.

    Attributes:
        cells: the cells it was taken or computed from, at least one.
        working: the arithmetic in figures, "" for a figure taken as it stands.
    """

    cells: tuple[Cell, ...]
    working: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text; a figure has a trace, plain words have none."""

    text: str
    trace: Trace | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, or a row of a table.

    Attributes:
        key: the same for the same block of the same outline, year after year; unique within the report.
        cells: the text, one tuple of runs for each cell; a block that is no table row has exactly one.
        level: of a heading, from 1.
        pending: a starting text that only the officer can complete, marked as such.
        head: a table row that is the heading of its table.
    """

    key: str
    kind: BlockKind
    cells: tuple[tuple[Run, ...], ...]
    level: int = 0
    pending: bool = False
    head: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """Return the text of each cell."""
        return tuple("".join(run.text for run in runs) for runs in self.cells)

    @property
    def text(self) -> str:
        """Return the whole text, cells divided by tabs."""
        return "\t".join(self.texts)


@dataclass(frozen=True, slots=True)
class Omission:
    """A sentence that was left out because a fact is missing.

    Attributes:
        section: heading of the chapter it would stand in.
        facts: names of the facts to be filled in.
        about: the sentence with its gaps, shortened: 根据《…》（…），…下达….
    """

    section: str
    facts: tuple[str, ...]
    about: str


@dataclass(frozen=True, slots=True)
class Report:
    """One report.

    Attributes:
        outline: id of the outline it follows.
        title: of the report.
        blocks: from the cover to the last paragraph, in order.
        omissions: sentences left out.
    """

    outline: str
    title: str
    blocks: tuple[Block, ...]
    omissions: tuple[Omission, ...] = ()
