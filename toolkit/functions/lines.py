"""Ranges side by side: what a function gives for each of their cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from toolkit.core.form import Cell
from toolkit.functions.area import Area

Answer = str | Decimal
"""What a function gives for a cell: a number, or a Chinese text."""
Table = list[list[object]]
"""What a function gives to Excel: rows of numbers and texts."""
MOST_CHARACTERS = 255
"""Longest text in an array that every version of Excel takes."""


def each(areas: Mapping[str, Area], answer: Callable[[Mapping[str, Cell]], Answer], needs: tuple[str, ...]) -> Table:
    """Apply a function cell by cell; an area of one cell stands beside all cells of the others.

    Args:
        areas: the arguments by what they are called on the form.
        answer: makes a number or a text of the cells of one place.
        needs: where all of these are blank, the answer is blank.

    Returns:
        A table of the shape of the areas, or one cell that tells which of them do not fit together.
    """
    shape = max((area.shape for area in areas.values()), key=lambda each: each[0] * each[1])
    unfit = {name: area.shape for name, area in areas.items() if area.shape not in (shape, (1, 1))}
    if unfit:
        first = next(name for name, area in areas.items() if area.shape == shape)
        told = "，".join(f"“{name}”是 {_size(size)}" for name, size in ((first, shape), *unfit.items()))
        return [[f"各区域大小不一致：{told}；请选一样大的区域"]]
    return [
        [_given(_cells(areas, row, column), answer, needs) for column in range(shape[1])] for row in range(shape[0])
    ]


def handed(answer: Answer) -> object:
    """Return an answer as Excel takes it; here and nowhere else a decimal becomes a float."""
    if isinstance(answer, Decimal):
        return float(answer)
    return answer if len(answer) <= MOST_CHARACTERS else f"{answer[: MOST_CHARACTERS - 1]}…"


def _cells(areas: Mapping[str, Area], row: int, column: int) -> dict[str, Cell]:
    return {name: area.cell(name, row, column) for name, area in areas.items()}


def _given(cells: Mapping[str, Cell], answer: Callable[[Mapping[str, Cell]], Answer], needs: tuple[str, ...]) -> object:
    return "" if all(cells[name].blank for name in needs) else handed(answer(cells))


def _size(shape: tuple[int, int]) -> str:
    return f"{shape[0]} 行 {shape[1]} 列"
