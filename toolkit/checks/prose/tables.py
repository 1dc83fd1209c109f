"""Tables in a report: rows whose cells are divided by tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.checks.prose.outline import Placed, numbering
from toolkit.checks.prose.text import Paragraph
from toolkit.core.money import Figure, read_figure

_TOTAL = re.compile(r"(?:支出|资金|项目|年度|预算)*(?:合计|总计|总额|总数)")
_UNIT = re.compile(r"(?:单位|金额)：?(?:人民币)?[（]?(万元|元)")
BUDGET = ("预算",)
SPENT = ("决算", "执行数", "支出数", "实际支出", "支付数")


@dataclass(frozen=True)
class Table:
    """A table.

    Attributes:
        head: the first row.
        rows: the rows below it.
        above: the paragraph before it, ``None`` at the beginning.
        wan: its amounts are in 万元.
    """

    head: Paragraph
    rows: tuple[Paragraph, ...]
    above: Paragraph | None
    wan: bool

    def figure(self, row: Paragraph, column: int) -> Figure | None:
        """Return the figure in a cell, ``None`` where there is none."""
        return read_figure(row.row[column]) if column < len(row.row) and row.row[column] else None

    @property
    def total(self) -> Paragraph | None:
        """Return the row 合计."""
        return next((row for row in self.rows if _TOTAL.fullmatch(row.row[0])), None)

    def columns(self, *words: str) -> tuple[int, ...]:
        """Return the columns whose heading contains one of ``words``, rates left out."""
        heads = enumerate(self.head.row)
        return tuple(at for at, head in heads if any(word in head for word in words) and "率" not in head)

    def groups(self) -> Iterator[tuple[Paragraph, tuple[Paragraph, ...]]]:
        """Yield each row that breaks down into rows below it: numbered rows into those without a number, 合计 into all."""
        body = [row for row in self.rows if row is not self.total]
        numbered = [at for at, row in enumerate(body) if (numbering(row.row[0]) or (0,))[0] == 1]
        for at, following in zip(numbered, [*numbered, len(body)][1:], strict=True):
            parts = tuple(body[at + 1 : following])
            if len(parts) > 1 and not any(part.row[0].startswith("其中") for part in parts):
                yield body[at], parts
        if self.total is not None and len(numbered) > 1:
            yield self.total, tuple(body[at] for at in numbered)

    @property
    def serials(self) -> tuple[int, ...]:
        """Return the numbers in the first column, () where it holds none."""
        return tuple(int(row.row[0]) for row in self.rows if row.row[0].isdecimal())


def tables_of(placed: Sequence[Placed]) -> tuple[Table, ...]:
    """Return the tables: rows that follow one another."""
    tables, rows, above, wan = [], list[Paragraph](), None, False
    for each in [item.paragraph for item in placed]:
        if each.row:
            rows.append(each)
            continue
        if len(rows) > 1:
            tables.append(_table(rows, above, wan))
        unit = _UNIT.search(each.text)
        wan = unit[1] == "万元" if unit else (wan and not rows)
        # The paragraph that speaks of a table stands above its caption and its unit.
        if rows or above is None or len(each.text) > 20:
            above = each
        rows = []
    if len(rows) > 1:
        tables.append(_table(rows, above, wan))
    return tuple(tables)


def _table(rows: list[Paragraph], above: Paragraph | None, wan: bool) -> Table:
    named = wan or any("万元" in cell for cell in rows[0].row)
    return Table(rows[0], tuple(rows[1:]), above, named)


def yuan(figure: Figure, table: Table) -> Decimal:
    """Return an amount of a table in 元."""
    return figure.number * (10000 if table.wan else 1)
