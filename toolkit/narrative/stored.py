"""A report as it was found in its workbook: rows that know of which block they are and what was generated there last."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RowState(StrEnum):
    """Whose text stands in a row (状态)."""

    GENERATED = "自动生成"
    PENDING = "待完善"
    EDITED = "已改写"
    ORPHANED = "不再生成"
    """Rewritten by the officer, and of a block that is generated no more."""
    OWN = "本人添加"


@dataclass(frozen=True, slots=True)
class StoredRow:
    """A row of the report as it was found.

    Attributes:
        key: of its block, "" for a row the officer added.
        texts: of its cells, as they stand.
        mark: of the text it was generated with, "" for a row the officer added.
    """

    key: str
    texts: tuple[str, ...]
    mark: str = ""

    @property
    def blank(self) -> bool:
        """Tell whether no cell holds anything."""
        return not any(text.strip() for text in self.texts)


@dataclass(frozen=True, slots=True)
class StoredReport:
    """The report as it was found.

    Attributes:
        record: marks of the keys that were generated last time, in their order.
    """

    rows: tuple[StoredRow, ...] = ()
    record: tuple[str, ...] = ()
