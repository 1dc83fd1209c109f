"""The indicators that a blank form prints: levels, rows, named indicators, and the points beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from toolkit.core.money import plain
from toolkit.core.scheme import Block, Leaf
from toolkit.core.scheme import statement as at
from toolkit.intake.foreign import How
from toolkit.intake.foreign.columns import Column, Columns
from toolkit.intake.foreign.model import ForeignGrid, Piece
from toolkit.intake.foreign.parts import Part
from toolkit.intake.foreign.words import bare, is_level, is_word
from toolkit.intake.learn.funds import POINTS
from toolkit.intake.learn.layout import fund_name, heading_text
from toolkit.intake.learn.model import Notebook
from toolkit.intake.learn.texts import spelled
from toolkit.intake.learn.words import data, is_ellipsis, is_empty_value, is_placeholder

_BEHIND = re.compile(r"\d{1,3}(?:\.\d+)?分$")
_NUMBER = re.compile(r"\d{1,3}(?:\.\d+)?分?")
_LEVELS = ("level1", "level2", "level3", "level4")
_WIDE = 4


@dataclass(frozen=True, slots=True)
class Row:
    """A row below the headings.

    Attributes:
        cells: its cells by field; those of the levels may begin in a row above.
        number: its row in the grid.
    """

    number: int
    cells: dict[str, Piece]

    def text(self, name: str) -> str:
        """Return what a cell says, "" where there is none."""
        return heading_text(self.cells[name].text) if name in self.cells else ""


@dataclass(slots=True)
class Tree:
    """What stands below the headings.

    Attributes:
        rows: the rows of indicators.
        sections: 一级指标 in their order.
        weights: points that cells under 分值 state, by 一级指标.
        complete: 一级指标 in which every row has points.
        total: the cell of 总分·分值.
        last: the last row that belongs to the table.
        filled: the form holds results.
        points: what the table's name says of the points of all its rows, with the cell.
    """

    rows: list[Row] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    weights: dict[str, list[Piece]] = field(default_factory=dict)
    complete: set[str] = field(default_factory=set)
    total: Piece | None = None
    last: int = 0
    filled: bool = False
    points: tuple[str, Piece] | None = None


def read_tree(part: Part, columns: Columns, explained: Column | None, book: Notebook) -> Tree:
    """Read the rows below the headings.

    Args:
        explained: the column that explains each indicator (指标说明, 评分标准), if any.
    """
    tree = Tree()
    grid = part.grid
    total = _total_row(part, columns)
    # Blank rows above 总分 are rows of the form; without 总分 the form ends where its last cell does.
    below = grid.between(columns.bottom + 1, part.last)
    last = total - 1 if total is not None else max((piece.last_row for piece in below), default=columns.bottom)
    tree.rows = list(_rows(grid, columns, explained, last))
    tree.last = total or max((row.number for row in tree.rows), default=columns.bottom)
    tree.filled = sum(_has_results(row) for row in tree.rows) * 2 > len(tree.rows) > 0
    for row in tree.rows:
        book.use(row.cells.values())
    if total is not None:
        _read_total(grid, columns, total, tree, book)
    tree.points = _name_table(grid, columns, book)
    if tree.filled:
        book.notes.append("这张表填好了，不是空白表：只按栏目、一级和二级指标、表注认，填的指标和分值没有采用")
        _drop_unusual(tree, book)
    _sections(tree, book)
    return tree


def _drop_unusual(tree: Tree, book: Notebook) -> None:
    """Leave rows of a filled form out whose 二级指标 is none of the usual ones: a cell may have slid there."""
    for row in list(tree.rows):
        second = row.cells.get("level2")
        if second is not None and not is_level(_bare(second), "second") and not is_level(_bare(second), "satisfaction"):
            tree.rows.remove(row)
            book.leave(second, "不是常见的二级指标，填好的表里可能是错位的格子，没有采用")


def _total_row(part: Part, columns: Columns) -> int | None:
    edge = min((columns.fields[name].first for name in ("weight", "score") if name in columns.fields), default=99)
    for row in part.grid.rows_between(columns.bottom + 1, part.last):
        if any(is_word(piece.text, "label", "total") and piece.column < edge for piece in part.grid.row(row)):
            return row
    return None


def _rows(grid: ForeignGrid, columns: Columns, explained: Column | None, last: int) -> Iterator[Row]:
    wanted = dict(columns.fields) | ({"note": explained} if explained is not None else {})
    levels: dict[str, Piece] = {}
    for number in range(columns.bottom + 1, last + 1):
        if _is_note(grid.row(number), columns):
            return
        cells = {name: piece for name, column in wanted.items() if (piece := _cell(grid, number, column)) is not None}
        cells = {name: piece for name, piece in cells.items() if name in _LEVELS[:3] or piece.row == number}
        _slide(cells)
        own = spelled("".join(piece.text for piece in cells.values() if piece.row == number))
        if (own and is_ellipsis(own)) or not (cells or levels):
            continue
        first, second = cells.get("level1"), cells.get("level2")
        if first is not None and first != levels.get("level1"):
            levels = {"level1": first}
        if second is not None:
            levels["level2"] = second
        yield Row(number, {**cells, **levels})


def _cell(grid: ForeignGrid, row: int, column: Column) -> Piece | None:
    return next((piece for at in range(column.first, column.last + 1) if (piece := grid.at(row, at)) is not None), None)


def _slide(cells: dict[str, Piece]) -> None:
    """Put 满意度指标 that stands in the second column, with none in the first, into the first level, too."""
    second = cells.get("level2")
    if second is not None and "level1" not in cells and is_level(_bare(second), "satisfaction"):
        cells["level1"] = second


def _is_note(pieces: list[Piece], columns: Columns) -> bool:
    if not pieces:
        return False
    first = pieces[0]
    spanned = sum(
        first.column <= column.first and column.last <= first.last_column for column in columns.fields.values()
    )
    label = re.split("[:：]", first.text, maxsplit=1)[0]
    return spanned >= _WIDE or (
        len(label) <= 16 and is_word(label, "label", "other") and not is_level(label, "first") and first.rows == 1
    )


def _has_results(row: Row) -> bool:
    actual, score = spelled(row.text("actual")), spelled(row.text("score"))
    return bool(actual) and not is_empty_value(actual) and _NUMBER.fullmatch(score) is not None


def _bare(piece: Piece) -> str:
    return level_name(piece.text)[0]


def level_name(text: str) -> tuple[str, str]:
    """Return the name of a level without the points printed behind it, and those points, "" where there are none."""
    name = spelled(text)
    for pattern, group in ((POINTS, 1), (_BEHIND, 0)):
        found = pattern.search(name)
        if found is not None and name[found.end() :] in ("", ")"):
            printed = heading_text(text)
            cut = (
                re.search(r"[（(\[【]?[^（(\[【]*$", printed)
                if pattern is POINTS
                else re.search(r"[\d０-９.．]+\s*分$", printed)
            )
            return (printed[: cut.start()] if cut else name[: found.start()]), found[group].removesuffix("分")
    return heading_text(text), ""


def _read_total(grid: ForeignGrid, columns: Columns, row: int, tree: Tree, book: Notebook) -> None:
    label = next(piece for piece in grid.row(row) if is_word(piece.text, "label", "total"))
    name = fund_name(label.text)
    if name != "总分":
        book.claim(f"{at.LABEL}总分", name, label, How.ALIAS, 0.95)
    column = columns.fields.get("weight")
    cell = grid.at(row, column.first) if column is not None else None
    numbers = [piece for piece in grid.row(row) if _NUMBER.fullmatch(spelled(piece.text))]
    if cell in numbers or len(numbers) == 1:
        tree.total = cell if cell in numbers else numbers[0]
    book.use([label, tree.total, *(piece for piece in grid.row(row) if is_empty_value(spelled(piece.text)))])


def _name_table(grid: ForeignGrid, columns: Columns, book: Notebook) -> tuple[str, Piece] | None:
    """Note what the table is called at its left side; return the points behind that name."""
    left = min((columns.fields[name].first for name in _LEVELS if name in columns.fields), default=1)
    for number in range(1, left):
        piece = grid.at(columns.top, number) or grid.at(columns.bottom + 1, number)
        if piece is not None:
            points = level_name(piece.text)[1]
            name = level_name(fund_name(piece.text))[0]
            if name != "年度绩效指标":
                book.claim(f"{at.LABEL}年度绩效指标", name, piece, How.ALIAS, 0.9)
            book.use([piece])
            return (points, piece) if points else None
    return None


def is_execution(name: str) -> bool:
    """Tell whether a 一级指标 is 预算执行率 itself."""
    return bare(name) in data()["sections"]["execution"]


def _sections(tree: Tree, book: Notebook) -> None:
    """Note what the levels and the cells under 分值 say about the points of each 一级指标."""
    for name, group in groupby(tree.rows, key=lambda row: _bare(row.cells["level1"]) if "level1" in row.cells else ""):
        rows = list(group)
        if not name:
            continue
        if name not in tree.sections:
            tree.sections.append(name)
        heading = rows[0].cells["level1"]
        points = level_name(heading.text)[1]
        if points:
            book.claim(f"{at.SECTION}{name}", points, heading)
        if not tree.filled:
            _weigh(name, rows, tree)


def _weigh(name: str, rows: list[Row], tree: Tree) -> None:
    cells = [row.cells.get("weight") for row in rows]
    numbers = [cell for cell in cells if cell is not None and _NUMBER.fullmatch(spelled(cell.text))]
    if not numbers:
        numbers = list(
            dict.fromkeys(
                row.cells["level2"] for row in rows if "level2" in row.cells and level_name(row.cells["level2"].text)[1]
            )
        )
        if len(numbers) < len({id(row.cells.get("level2")) for row in rows}):
            return
    covered = {number for cell in numbers for number in range(cell.row, cell.last_row + 1)}
    tree.weights[name] = numbers
    if all(row.number in covered for row in rows):
        tree.complete.add(name)


def points_of(piece: Piece) -> Decimal:
    """Return the points that a cell under 分值, or a level with its points, states."""
    text = spelled(piece.text)
    return Decimal(text.removesuffix("分") if _NUMBER.fullmatch(text) else level_name(piece.text)[1])


def blocks(tree: Tree) -> Iterator[tuple[Block, Piece]]:
    """Yield the blocks of the template with the cell that names each."""
    keyed = [(row, _bare(row.cells["level1"]), _second(row)) for row in tree.rows if "level1" in row.cells]
    for (level1, level2), group in groupby(keyed, key=lambda each: each[1:]):
        rows = [row for row, _, _ in group]
        leaves = tuple(filter(None, (_leaf(row, tree) for row in rows)))
        if is_execution(level1) and not leaves:
            leaves = (Leaf(level1, "", None, ""),)
        yield (
            Block(level1, level2, max(len(rows), len(leaves)), leaves),
            rows[0].cells.get("level2") or rows[0].cells["level1"],
        )


def _second(row: Row) -> str:
    second = row.cells.get("level2")
    return (
        "" if second is None or (second == row.cells.get("level1") and is_execution(_bare(second))) else _bare(second)
    )


def _leaf(row: Row, tree: Tree) -> Leaf | None:
    name, lowest = spelled(row.text("level3")), spelled(row.text("level4"))
    if tree.filled or not (name or lowest) or is_placeholder(name) or (lowest and is_placeholder(lowest)):
        return None
    weight = row.cells.get("weight")
    stated = weight is not None and weight.rows == 1 and _NUMBER.fullmatch(spelled(weight.text)) is not None
    points = points_of(weight) if stated and weight is not None else None
    note = row.text("note")
    return Leaf(row.text("level3") or row.text("level4"), row.text("level4") if name else "", points, note)


def tree_claims(tree: Tree, book: Notebook) -> None:
    """Note the tree, one claim for each block and each named indicator."""
    number = 0
    for block, piece in blocks(tree):
        texts = [at.tree_text(block, leaf) for leaf in block.leaves]
        if block.rows > len(block.leaves):
            texts.append(at.tree_text(block))
        for text in texts:
            number += 1
            book.claim(f"{at.TREE}{number}", text, piece)


def section_sum(tree: Tree, name: str) -> str:
    """Return the sum of the points under 分值 in a 一级指标, "" unless every row has points."""
    if name not in tree.complete:
        return ""
    return plain(sum((points_of(piece) for piece in tree.weights[name]), Decimal(0)))
