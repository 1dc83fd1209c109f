"""报告要素 of two drafts: facts by name, tables row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from toolkit.compare.model import Change
from toolkit.compare.parts import changed, moved, one_sided
from toolkit.compare.rows import match
from toolkit.compare.values import By, plain_text, same
from toolkit.core.facts import BASIS, Fact, FactKind, find_fact, find_table
from toolkit.core.form import Cell, Form, Line

_FIGURES = (FactKind.COUNT, FactKind.NUMBER, FactKind.AMOUNT)
_SHEET = "报告要素"
Row = Mapping[str, Cell]


def compare_facts(old: Form, new: Form) -> Iterator[Change]:
    """Yield the changes in 报告要素, fields first, then tables."""
    for name in dict.fromkeys((*new.facts, *old.facts)):
        found = None if name.endswith(BASIS) else find_fact(name)
        before, after = (form.facts.get(name, Cell(name, line=Line.FACTS)) for form in (old, new))
        yield from changed(before, after, _by(found[1] if found else None), item=f"{_SHEET}·{name}")
    for name in dict.fromkeys((*new.tables, *old.tables)):
        yield from _Table(name).changes(_filled(old, name), _filled(new, name))


class _Table:
    """One table in both drafts."""

    def __init__(self, name: str) -> None:
        found = find_table(name)
        self._name = name
        self._columns = {column.name: column for column in found[1].columns} if found else {}

    def changes(self, old: Sequence[Row], new: Sequence[Row]) -> Iterator[Change]:
        """Match rows by all they say, then by the first column, then by most of what they say."""
        keys: list[Callable[[Row], object]] = [self._whole, self._title]
        found = match(old, new, keys, self._likeness)
        for pair in found.pairs:
            here = f"{_SHEET}·{self._name}第 {pair.after} 行"
            yield from moved(pair, _first(pair.old), _first(pair.new), f"{_SHEET}·{self._name}“{self._title(pair.new)}”")
            for column in dict.fromkeys((*pair.new, *pair.old)):
                blank = Cell(f"{here}·{column}", line=_first(pair.new).line)
                before, after = pair.old.get(column, blank), pair.new.get(column, blank)
                yield from changed(before, after, _by(self._columns.get(column)), item=f"{here}·{column}")
        yield from one_sided(found, self._named, self._cells)

    def _whole(self, row: Row) -> tuple[tuple[str, str], ...]:
        return tuple(sorted((column, plain_text(cell)) for column, cell in row.items()))

    def _title(self, row: Row) -> str:
        first = next(iter(self._columns), "")
        return plain_text(row.get(first) or _first(row))

    def _named(self, row: Row) -> tuple[str, Cell]:
        return f"{_SHEET}·{self._name}“{self._title(row)}”", _first(row)

    def _cells(self, row: Row) -> Sequence[Cell]:
        return [replace(cell, field=column) for column, cell in row.items()]

    def _likeness(self, old: Row, new: Row) -> float:
        columns = old.keys() | new.keys()
        equal = sum(
            same(old[column], new[column], _by(self._columns.get(column))) for column in old.keys() & new.keys()
        )
        return equal / len(columns)


def _filled(form: Form, table: str) -> list[Row]:
    rows = ({column: cell for column, cell in row.items() if not cell.blank} for row in form.tables.get(table, ()))
    return [row for row in rows if row]


def _first(row: Row) -> Cell:
    return next(iter(row.values()))


def _by(fact: Fact | None) -> By:
    if fact is not None and fact.kind in _FIGURES:
        return By.FIGURE
    return By.DATE if fact is not None and fact.kind is FactKind.DATE else By.TEXT
