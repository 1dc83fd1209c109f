"""check -o: the officer's workbook with 检查结果 filled, or a filled template when the source is not ours."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path

from toolkit.checks.review import Review
from toolkit.cli.sources import WORKBOOKS, Source, read_source
from toolkit.core.form import Cell, Form, FundLine, Indicator


def write_result(source: Source, reviews: Sequence[Review], target: Path) -> None:
    """Write a copy of the source in which 检查结果 is filled and nothing else changed.

    Raises:
        Unwritable: the target cannot be written; nothing is left behind.
    """
    from toolkit.workbook.results import write_results

    if source.path.suffix.lower() in WORKBOOKS:
        write_results(source.path, target, reviews, source.answers)
        return
    with tempfile.TemporaryDirectory() as work:
        filled = _filled_template(source, reviews, Path(work))
        placed = [_placed(review, form) for review, form in zip(reviews, read_source(filled).forms, strict=True)]
        write_results(filled, target, placed, source.answers)


def _filled_template(source: Source, reviews: Sequence[Review], folder: Path) -> Path:
    from toolkit.workbook.template import build_workbook

    filled = folder / "自评表.xlsx"
    build_workbook(filled, source.forms, reviews[0].case.scheme)
    return filled


def _placed(review: Review, form: Form) -> Review:
    """Give every finding the cells it concerns in the template, matched by line and column."""
    cells = {(cell.line, _column(cell)): cell for cell in form_cells(form)}
    findings = tuple(
        replace(found, cells=tuple(cells.get((cell.line, _column(cell)), cell) for cell in found.cells))
        for found in review.findings
    )
    return replace(review, findings=findings)


def form_cells(form: Form) -> list[Cell]:
    """Return all cells of a form."""
    parts: tuple[Form | FundLine | Indicator, ...] = (form, *form.funds, *form.indicators)
    cells = [value for part in parts for each in fields(part) if isinstance(value := getattr(part, each.name), Cell)]
    return [*cells, *form.facts.values()]


def _column(cell: Cell) -> str:
    return cell.field.rpartition("·")[2]
