"""Which scores the formula of 总分 leaves out: rows added below its range, a row typed over it."""

from __future__ import annotations

import re

from toolkit.core.form import Cell, Form, Origin
from toolkit.workbook.address import Area, read_area
from toolkit.workbook.sheet import Sheet

_AREA = re.compile(r"(?<![\w.!'])\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?(?![\w(])")


def left_out(form: Form, sheet: Sheet) -> tuple[Cell, ...]:
    """Return the 得分 cells with a number that the formula of 总分·得分 does not add up.

    A formula that refers to none of them, by names or by other cells, says nothing about what it adds: then nothing
    is left out as far as can be told.
    """
    total = form.total_score
    place = read_area(total.address or "")
    if total.origin is Origin.TYPED or place is None:
        return ()
    formula, _ = sheet.formula_source(place.top, place.left)
    areas = areas_of(formula)
    scores = [row.score for row in form.indicators]
    if form.fund_total is not None:
        scores.append(form.fund_total.score)
    numbers = [cell for cell in scores if cell.address and cell.number is not None]
    missed = tuple(cell for cell in numbers if not _within(cell, areas))
    return missed if len(missed) < len(numbers) else ()


def areas_of(formula: str) -> list[Area]:
    """Return the ranges of its own sheet that a formula refers to."""
    return [area for text in _AREA.findall(formula) if (area := read_area(text.replace("$", ""))) is not None]


def _within(cell: Cell, areas: list[Area]) -> bool:
    place = read_area(cell.address or "")
    return place is not None and any((place.top, place.left) in area for area in areas)
