"""报告要素 for the rules: the rows of its tables, its amounts and dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from toolkit.core.facts import BASIS, Fact, confirmed_rows, find_fact, find_table
from toolkit.core.form import Cell, Form
from toolkit.core.values import Moment

Row = Mapping[str, Cell]


def table_rows(form: Form, table: str) -> tuple[Row, ...]:
    """Return the rows of a table in which something was filled in; those of last year count once they are confirmed."""
    return confirmed_rows(form.tables.get(table, ()))


def filled_cell(row: Row, column: str) -> Cell | None:
    """Return a cell of a row, ``None`` where it is blank or missing."""
    cell = row.get(column)
    return None if cell is None or cell.blank else cell


def day_of(cell: Cell | None, form: Form) -> tuple[int, int, int] | None:
    """Return a date as year, month, day; a month stands for its last day; ``None`` where it is no date of a year."""
    value = cell.value if cell is not None else None
    if not isinstance(value, Moment):
        return None
    year = value.year or form.year
    return None if year is None else (year, value.month or 12, value.day or 31)


def known_cells(form: Form) -> Iterator[tuple[Fact, Cell]]:
    """Yield every filled cell of 报告要素 with the field or column of the catalogue that it belongs to."""
    for name, cell in form.facts.items():
        found = None if name.endswith(BASIS) else find_fact(name)
        if found is not None:
            yield found[1], cell
    for name, rows in form.tables.items():
        table = find_table(name)
        columns = {column.name: column for column in table[1].columns} if table else {}
        yield from ((columns[column], cell) for row in rows for column, cell in row.items() if column in columns)
