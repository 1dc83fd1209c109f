"""What changed between two drafts, as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from toolkit.core.form import Cell, Origin

NOTHING = "（空）"
"""Stands for a blank cell in a list of changes."""


class ChangeKind(StrEnum):
    """What happened to a field or a row."""

    CHANGED = "修改"
    ADDED = "新增"
    DROPPED = "删除"
    RENAMED = "改名"
    MOVED = "移动"


@dataclass(frozen=True, slots=True)
class Change:
    """One line of 修改对照表.

    Attributes:
        item: what changed, in the form's own words: 档案扫描数量·实际完成值.
        before: what the former draft says; :data:`NOTHING` for a blank cell.
        after: what the new draft says.
        old: the cell of the former draft, ``None`` for a row that it does not have.
        new: the cell of the new draft, likewise.
        remark: what the reader should know about the line, such as that two rows were matched by likeness.
        reason: 修改原因, "" where only the officer knows it.
    """

    kind: ChangeKind
    item: str
    before: str
    after: str
    old: Cell | None = None
    new: Cell | None = None
    remark: str = ""
    reason: str = ""

    @property
    def place(self) -> str:
        """Return sheet and cell in the new draft, for what it does not have in the former one; "" where neither has cells."""
        for cell, whose in ((self.new, ""), (self.old, "（上一稿）")):
            if cell is not None and cell.address:
                return f"{cell.sheet} {cell.address}{whose}" if cell.sheet else f"{cell.address}{whose}"
        return ""

    @property
    def follows(self) -> bool:
        """Tell whether a formula computed the new value: it follows from what was changed elsewhere."""
        return self.kind is ChangeKind.CHANGED and self.new is not None and self.new.origin is Origin.FORMULA

    @property
    def line(self) -> int:
        """Return the place in the form's order."""
        cell = self.new or self.old
        return cell.line if cell is not None else 0
