"""Totals in a report's tables and the rows that make them up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from toolkit.checks.prose.reading import Reading
from toolkit.checks.prose.tables import Table
from toolkit.checks.prose.text import Paragraph
from toolkit.core.form import Cell
from toolkit.core.money import Figure, plain

_NO_FIGURE = ("", "—", "-", "/", "－")


@dataclass(frozen=True, slots=True)
class Gap:
    """A total that is not the sum of its rows.

    Attributes:
        name: row·column.
        rounding: within half a last digit of every figure printed.
    """

    cell: Cell
    name: str
    total: str
    added: Decimal
    working: str
    rounding: bool


def gaps(report: Reading) -> Iterator[Gap]:
    """Yield the totals in tables that their rows do not add to."""
    for table in report.tables:
        for total, parts in table.groups():
            for column in range(1, len(table.head.row)):
                yield from _gap(table, total, parts, column)


def _gap(table: Table, total: Paragraph, parts: tuple[Paragraph, ...], column: int) -> Iterator[Gap]:
    whole = table.figure(total, column)
    texts = [row.row[column] if column < len(row.row) else "" for row in parts]
    figures = [table.figure(row, column) for row in parts]
    filled = [figure for figure in figures if figure is not None]
    unread = any(figure is None and text not in _NO_FIGURE for figure, text in zip(figures, texts, strict=True))
    if whole is None or len(filled) < 2 or unread or any(figure.unit for figure in (whole, *filled)):
        return
    added = sum((figure.number for figure in filled), Decimal(0))
    apart = abs(added - whole.number)
    if apart:
        rounding = apart <= _slack(whole, filled)
        name = f"{total.row[0]}·{table.head.row[column]}"
        working = f"{'＋'.join(plain(figure.number) for figure in filled)}＝{plain(added)}"
        yield Gap(total.cell(), name, total.row[column], added, working, rounding)


def _slack(whole: Figure, filled: list[Figure]) -> Decimal:
    return sum((figure.step for figure in filled), whole.step) / 2
