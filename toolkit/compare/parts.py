"""The kinds of change: a field, a name, a place, a row that only one draft has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from toolkit.compare.model import NOTHING, Change, ChangeKind
from toolkit.compare.rows import Matched, Pair, Row
from toolkit.compare.values import By, plain_text, same, shown
from toolkit.core.form import Cell

GUESSED = "按相似程度对应，请核对是否同一项"


def changed(old: Cell, new: Cell, by: By = By.TEXT, *, item: str = "") -> Iterator[Change]:
    """Yield the change of one field, nothing where both cells say the same."""
    if not same(old, new, by):
        before, after = shown(old, new)
        yield Change(ChangeKind.CHANGED, item or new.field, before, after, old, new)


def renamed(before: Cell, after: Cell, guessed: bool, *, item: str = "") -> Iterator[Change]:
    """Yield the change of a row's name; ``guessed`` says that the two rows were matched by likeness."""
    for change in changed(before, after, item=item):
        kind, remark = (ChangeKind.RENAMED, GUESSED) if guessed else (ChangeKind.CHANGED, "")
        yield Change(kind, change.item, change.before, change.after, before, after, remark)


def moved(pair: Pair[Row], before: Cell, after: Cell, name: str) -> Iterator[Change]:
    """Yield the change of a row's place among the others."""
    if pair.moved:
        yield Change(ChangeKind.MOVED, name, f"第 {pair.before} 行", f"第 {pair.after} 行", before, after)


def one_sided(
    found: Matched[Row], name: Callable[[Row], tuple[str, Cell]], cells: Callable[[Row], Iterable[Cell]]
) -> Iterator[Change]:
    """Yield the rows that only one draft has, each with what it says.

    Args:
        found: the rows of both drafts.
        name: gives a row's name and the cell to go to.
        cells: gives the cells that tell what stands in a row.
    """
    for row in found.added:
        item, cell = name(row)
        yield Change(ChangeKind.ADDED, item, NOTHING, _summary(cells(row)), None, cell)
    for row in found.dropped:
        item, cell = name(row)
        yield Change(ChangeKind.DROPPED, item, _summary(cells(row)), NOTHING, cell, None)


def _summary(cells: Iterable[Cell]) -> str:
    told = [f"{cell.field.rpartition('·')[2]} {plain_text(cell)}" for cell in cells if not cell.blank]
    return "；".join(told) or "（一行，没有填内容）"
