"""Writing a report again without changing a character the officer wrote.

A block is known by its key. What was generated last is known by a mark, a short checksum of the text: a row whose text
still has its mark is untouched and renewed; any other is the officer's. The record names the blocks that were generated
last time in their order, so that one that is missing was deleted and one that is new was not.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from toolkit.narrative.model import Block, BlockKind, Report
from toolkit.narrative.stored import RowState, StoredReport

INDENT = "　　"
"""A paragraph begins two characters in."""
LONGEST = 32_000
"""Characters of one text; a cell of a spreadsheet holds 32,767."""
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class RenewedRow:
    """A row of the report as it shall stand.

    Attributes:
        texts: of its cells.
        mark: of the text it was generated with; that of the old text where the officer's is kept.
        block: what is generated for it now, ``None`` where nothing is.
        stored: its place among the stored rows where their text is kept, ``None`` for generated text.
        suggestion: 建议稿, the texts that would be generated now; empty where there is nothing to suggest.
    """

    state: RowState
    key: str
    texts: tuple[str, ...]
    mark: str
    block: Block | None
    stored: int | None = None
    suggestion: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Renewed:
    """The report as it shall stand.

    Attributes:
        record: see :class:`StoredReport`.
        deleted: blocks that would be generated but were deleted by the officer.
    """

    rows: tuple[RenewedRow, ...]
    record: tuple[str, ...]
    deleted: tuple[Block, ...]

    def of(self, *states: RowState) -> tuple[RenewedRow, ...]:
        """Return the rows in one of ``states``."""
        return tuple(row for row in self.rows if row.state in states)

    @property
    def suggested(self) -> tuple[RenewedRow, ...]:
        """Return the rows of the officer beside which a new text stands."""
        return tuple(row for row in self.rows if row.suggestion)


def renew(kept: StoredReport, fresh: Report) -> Renewed:
    """Lay what is generated now over what was found.

    An untouched block is renewed; an edited one keeps every character, and where its generated text has changed the new
    one is suggested; a deleted one stays deleted; the officer's own rows stay with the row above them. A row that names
    a block and holds neither text nor mark asks for that block to be written again. The same twice changes nothing.
    """
    return _Renewal(kept, fresh).result()


def shown_texts(block: Block) -> tuple[str, ...]:
    """Return the texts of a block as they stand in the report: a paragraph begins two characters in."""
    texts = tuple(clean(text) for text in block.texts)
    return (INDENT + texts[0],) if block.kind is BlockKind.PARAGRAPH else texts


def clean(text: str) -> str:
    """Return a text as a file can hold it: one kind of line break, no control characters, not too long."""
    return _NOT_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))[:LONGEST]


def mark_of(texts: Sequence[str]) -> str:
    """Return the mark of a row: eight characters over its texts; empty cells at its end do not count."""
    return _checksum("\x1f".join(texts).rstrip("\x1f"), 8)


def key_mark(key: str) -> str:
    """Return the six characters by which the record knows a block."""
    return _checksum(key, 6)


def _checksum(text: str, length: int) -> str:
    bits = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
    return "".join(_ALPHABET[bits >> 5 * place & 31] for place in range(length))


class _Renewal:
    def __init__(self, kept: StoredReport, fresh: Report) -> None:
        self._kept = kept
        self._fresh = {block.key: block for block in fresh.blocks}
        self._place: dict[str, int] = {}
        """Where the row of each key stands; a copied row is the officer's own."""
        for place, row in enumerate(kept.rows):
            if row.key:
                self._place.setdefault(row.key, place)
        gone = {mark for mark in kept.record if mark not in {key_mark(key) for key in self._place}}
        self._deleted = tuple(block for block in fresh.blocks if key_mark(block.key) in gone)
        self._gone = gone

    def result(self) -> Renewed:
        rows = tuple(self._in_fresh_order() if self._untouched_order() else self._in_stored_order())
        keys = [key_mark(key) for key in self._fresh]
        stale = [key_mark(row.key) for row in rows if row.state is RowState.ORPHANED]
        past = [mark for mark in self._kept.record if mark in self._gone]
        return Renewed(rows, tuple(dict.fromkeys([*keys, *stale, *past])), self._deleted)

    def _untouched_order(self) -> bool:
        """Tell whether the blocks stand in the order in which they were generated: then they follow the new order."""
        marks = [key_mark(key) for key in self._place if key in self._fresh]
        present = set(marks)
        listed = [mark for mark in self._kept.record if mark in present]
        known = set(listed)
        return [mark for mark in marks if mark in known] == listed

    def _in_fresh_order(self) -> Iterator[RenewedRow]:
        followers = self._followers()
        yield from followers.get("", ())
        for key in self._fresh_keys():
            yield self._row_of(key)
            yield from followers.get(key, ())

    def _followers(self) -> Mapping[str, list[RenewedRow]]:
        """Return the officer's rows by the key of the row they stand below."""
        found: dict[str, list[RenewedRow]] = {}
        above = ""
        for place, row in enumerate(self._kept.rows):
            if self._is_current(place):
                above = row.key
            elif (own := self._own_row(place)) is not None:
                found.setdefault(above, []).append(own)
        return found

    def _in_stored_order(self) -> Iterator[RenewedRow]:
        new: dict[str, list[str]] = {}
        above = ""
        for key in self._fresh_keys():
            if key in self._place:
                above = key
            else:
                new.setdefault(above, []).append(key)
        waiting: list[str] = new.get("", [])
        for place, row in enumerate(self._kept.rows):
            if self._is_current(place):
                # New blocks come behind the officer's own rows below their neighbour.
                yield from map(self._row_of, waiting)
                waiting = new.get(row.key, [])
                yield self._row_of(row.key)
            elif (own := self._own_row(place)) is not None:
                yield own
        yield from map(self._row_of, waiting)

    def _fresh_keys(self) -> list[str]:
        deleted = {block.key for block in self._deleted}
        return [key for key in self._fresh if key not in deleted]

    def _is_current(self, place: int) -> bool:
        key = self._kept.rows[place].key
        return key in self._fresh and self._place[key] == place

    def _own_row(self, place: int) -> RenewedRow | None:
        """Return a row of which nothing is generated now, ``None`` where it vanishes."""
        row = self._kept.rows[place]
        if not row.key or self._place[row.key] != place:
            return RenewedRow(RowState.OWN, "", row.texts, "", None, place)
        if mark_of(row.texts) == row.mark:
            return None
        return RenewedRow(RowState.ORPHANED, row.key, row.texts, row.mark, None, place)

    def _row_of(self, key: str) -> RenewedRow:
        block = self._fresh[key]
        texts = shown_texts(block)
        mark = mark_of(texts)
        place = self._place.get(key)
        row = None if place is None else self._kept.rows[place]
        if row is None or mark_of(row.texts) in (row.mark, mark) or (row.blank and not row.mark):
            return RenewedRow(RowState.PENDING if block.pending else RowState.GENERATED, key, texts, mark, block)
        suggestion = texts if row.mark != mark else ()
        return RenewedRow(RowState.EDITED, key, row.texts, row.mark, block, place, suggestion)
