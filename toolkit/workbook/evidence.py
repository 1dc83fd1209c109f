"""数据来源: for each indicator where its figure comes from (佐证) and why it was scored by hand (评分依据)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from toolkit.core.form import EVIDENCE, Cell, Indicator, Line
from toolkit.workbook.book import Book
from toolkit.workbook.sides import Table, find_table, open_sheet

SHEET, PROVIDER, DAY, PERSON = "工作表", "提供股室", "取数日期", "经办人"
_GROUNDS = "取数口径和依据"
_EVIDENCE = (EVIDENCE, _GROUNDS, PROVIDER)
"""Columns that tell where a figure comes from; the first one filled speaks for the row."""
_BASIS = "评分依据"


class Listed(Protocol):
    """A row of 数据来源, by what it is found again."""

    @property
    def sheet(self) -> str:
        """工作表: the sheet of the form, "" for every form."""

    @property
    def number(self) -> str:
        """序号 of the indicator in its form."""

    @property
    def indicator(self) -> str:
        """三级指标, "" where no program has calculated it."""


Row = TypeVar("Row", bound=Listed)


def rows_of(rows: Iterable[Row], sheet: str, sheets: Collection[str]) -> list[Row]:
    """Return the rows of a form; a sheet that was renamed keeps its old name in them."""
    return [row for row in rows if row.sheet in ("", sheet) or row.sheet not in sheets]


def row_of(own: Sequence[Row], name: str, number: str) -> Row | None:
    """Find the row of an indicator by its name and, where names repeat, by its number."""
    # Names are formulas, blank in a file that no program has calculated.
    named = [row for row in own if row.indicator == name or (not row.indicator and row.number == number)]
    return next((row for row in named if row.number == number), named[0] if named else None)


@dataclass(frozen=True, slots=True)
class Source:
    """A row of 数据来源."""

    sheet: str
    number: str
    indicator: str
    evidence: Cell
    basis: Cell
    provider: Cell
    grounds: Cell

    @property
    def filled(self) -> bool:
        """Tell whether the officer wrote anything into it."""
        return not self.evidence.blank or not self.basis.blank


@dataclass(frozen=True, slots=True)
class Sources:
    """The rows of 数据来源 in which something was filled, and the names of the workbook's sheets."""

    rows: Sequence[Source] = ()
    sheets: Collection[str] = ()

    def beside(self, indicators: Sequence[Indicator], sheet: str) -> tuple[Indicator, ...]:
        """Return the indicators of a form with 佐证 and 评分依据.

        Where nothing at all was filled for the form, no source is known to be kept and they stay as they are.
        """
        own = rows_of(self.rows, sheet, self.sheets)
        if not own:
            return tuple(indicators)
        number = 0
        done = []
        for indicator in indicators:
            number += not indicator.level3.blank
            done.append(_beside(indicator, own, str(number)))
        return tuple(done)


def read_sources(book: Book) -> Sources:
    """Read 数据来源; without the sheet there are no rows."""
    sheet = open_sheet(book, "数据来源")
    table = find_table(sheet, ("序号", "三级指标")) if sheet else None
    if table is None:
        return Sources()
    return Sources(tuple(row for row in _rows(table) if row.filled), [entry.name for entry in book.sheets])


def _beside(indicator: Indicator, own: Sequence[Source], number: str) -> Indicator:
    """Find the row of an indicator by its name and, where names repeat, by its number."""
    name, line = indicator.level3.text.strip(), indicator.level3.line
    found = row_of(own, name, number)
    if found is None:
        return replace(indicator, evidence=Cell(f"{name}·{_EVIDENCE[0]}", line=line))
    basis = indicator.basis if found.basis.blank else replace(found.basis, line=line)
    provider, grounds, evidence = (replace(cell, line=line) for cell in (found.provider, found.grounds, found.evidence))
    return replace(indicator, evidence=evidence, basis=basis, provider=provider, grounds=grounds)


def _rows(table: Table) -> Iterator[Source]:
    columns = [name for name in _EVIDENCE if name in table.columns]
    for row in table.rows_filled((*_EVIDENCE, _BASIS)):
        name = table.text(row, "三级指标")
        filled = next((column for column in columns if table.text(row, column)), _EVIDENCE[0])
        yield Source(
            sheet=table.text(row, SHEET),
            number=table.text(row, "序号"),
            indicator=name,
            evidence=_cell(table, row, filled, name),
            basis=_cell(table, row, _BASIS, name),
            provider=_cell(table, row, PROVIDER, name),
            grounds=_cell(table, row, _GROUNDS, name),
        )


def _cell(table: Table, row: int, heading: str, indicator: str) -> Cell:
    if not table.text(row, heading):
        return Cell(f"{indicator}·{heading}")
    return table.cell(row, heading, f"{indicator}·{heading}", Line.INDICATORS)
