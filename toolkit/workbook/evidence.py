"""数据来源: for each indicator where its figure comes from (佐证) and why it was scored by hand (评分依据)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from toolkit.core.form import Cell, Line
from toolkit.workbook.book import Book
from toolkit.workbook.sides import Table, find_table, open_sheet

_EVIDENCE = ("佐证材料", "佐证", "数据来源")
_BASIS = "评分依据"
_SHEET = "工作表"


@dataclass(frozen=True, slots=True)
class Source:
    """A row of 数据来源."""

    sheet: str
    number: str
    indicator: str
    evidence: Cell
    basis: Cell


@dataclass(frozen=True, slots=True)
class Sources:
    """The rows of 数据来源; ``kept`` tells whether any of them was filled at all."""

    rows: Sequence[Source] = ()
    kept: bool = field(default=False)

    def of(self, sheet: str, index: int, indicator: str) -> tuple[Cell, Cell]:
        """Return 佐证 and 评分依据 of an indicator, found by its name and, where names repeat, by its number."""
        own = [row for row in self.rows if row.sheet in ("", sheet)]
        named = [row for row in own if row.indicator and row.indicator == indicator]
        numbered = [row for row in own if row.number == str(index + 1)]
        both = [row for row in named if row in numbered]
        unnamed = [row for row in numbered if not row.indicator]
        found = next(iter(both or named or unnamed), None)
        blank = Cell(f"{indicator}·佐证"), Cell(f"{indicator}·{_BASIS}")
        return (found.evidence, found.basis) if found else blank


def read_sources(book: Book) -> Sources:
    """Read 数据来源; without the sheet, or with nothing filled in, no source is known to be kept."""
    sheet = open_sheet(book, "数据来源")
    table = find_table(sheet, ("序号", "三级指标")) if sheet else None
    if table is None:
        return Sources()
    rows = tuple(_rows(table))
    return Sources(rows, any(not row.evidence.blank or not row.basis.blank for row in rows))


def _rows(table: Table) -> Iterator[Source]:
    columns = [name for name in _EVIDENCE if name in table.columns]
    for row in table.rows:
        number, name = table.text(row, "序号"), table.text(row, "三级指标")
        if number or name:
            filled = next((column for column in columns if table.text(row, column)), columns[0] if columns else "")
            yield Source(
                sheet=table.text(row, _SHEET),
                number=number,
                indicator=name,
                evidence=_cell(table, row, filled, f"{name}·佐证"),
                basis=_cell(table, row, _BASIS, f"{name}·{_BASIS}"),
            )


def _cell(table: Table, row: int, heading: str, field_name: str) -> Cell:
    if heading not in table.columns:
        return Cell(field_name)
    return table.cell(row, heading, field_name, Line.INDICATORS)

