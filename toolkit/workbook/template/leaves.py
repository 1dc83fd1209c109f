"""The indicators that a scheme names itself, and the rows of a form that hold them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from toolkit.core.form import Cell, Form, Indicator, Line
from toolkit.core.layout import LevelBlock
from toolkit.core.money import plain
from toolkit.core.scheme import Block, Leaf, Scheme


def leaf_of(scheme: Scheme, block: LevelBlock, row: Indicator) -> Leaf | None:
    """Return the indicator of the scheme that a row of a block holds, ``None`` where it is the project's own."""
    if row.level3.blank:
        return None
    leaves = (leaf for each in _blocks(scheme, block) for leaf in each.leaves)
    names = (row.level3.text.strip(), row.level4.text.strip())
    return next((leaf for leaf in leaves if (leaf.level3, leaf.level4) == names), None)


def own_leaves(scheme: Scheme, block: LevelBlock) -> bool:
    """Tell whether the scheme itself names the indicators of a block."""
    return any(each.leaves for each in _blocks(scheme, block))


def _blocks(scheme: Scheme, block: LevelBlock) -> Iterator[Block]:
    yield from (each for each in scheme.tree if (each.level1, each.level2) == (block.level1, block.level2))


def with_leaves(form: Form, scheme: Scheme, layout_blocks: tuple[LevelBlock, ...]) -> Form:
    """Return a blank form with the scheme's indicators in the rows of its blocks; the other rows stay blank."""
    if not any(block.leaves for block in scheme.tree):
        return form
    rows = [row for own, block in zip(scheme.tree, layout_blocks, strict=False) for row in _rows(own, block)]
    return dataclasses.replace(form, indicators=tuple(rows))


def _rows(own: Block, block: LevelBlock) -> Iterator[Indicator]:
    leaves = [*own.leaves, *[None] * (block.used - len(own.leaves))]
    for leaf in leaves[: block.used]:
        weight = plain(leaf.weight) if leaf is not None and leaf.weight is not None else ""
        texts = (own.level1, own.level2, leaf.level3 if leaf else "", "", "", weight, "", "")
        row = Indicator(*(Cell(text=text, line=Line.INDICATORS) for text in texts))
        yield dataclasses.replace(row, level4=Cell(text=leaf.level4 if leaf else ""))
