"""报告要素 as sentence patterns use them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toolkit.core.facts import Fact, FactKind, FactTable, confirmed_rows, fact_groups, fact_items, is_ticked
from toolkit.core.form import Cell
from toolkit.core.values import Moment
from toolkit.narrative.maker import Given, Maker
from toolkit.narrative.model import Trace
from toolkit.narrative.value import Missing, Value
from toolkit.narrative.wording import bare_sentence

_LISTS = (FactKind.ITEMS, FactKind.NAMES)


def facts(maker: Maker) -> Mapping[str, Any]:
    """Return every field of 报告要素 by name: a value, a list of values, or what stands for a blank one."""
    typed = maker.case.form.facts
    return {fact.name: fact_value(maker, fact, typed.get(fact.name)) for group in fact_groups() for fact in group.facts}


def tables(maker: Maker) -> Mapping[str, Any]:
    """Return the tables of 报告要素 by name: a list of rows by column, or what stands for an empty one."""
    return {table.name: _rows(maker, table) for group in fact_groups() for table in group.tables}


def fact_value(maker: Maker, fact: Fact, cell: Cell | None) -> Any:
    """Return what a pattern sees of one field."""
    if cell is None or cell.blank:
        return Missing(fact.name)
    if fact.kind is FactKind.TICK:
        return maker.text(cell, fact.name) if is_ticked(cell) else Missing(fact.name)
    if fact.kind is FactKind.AMOUNT:
        return maker.amount(cell, fact.name)
    if fact.kind in _LISTS:
        return [Value(maker.ledger, text, Trace((cell,))) for text in fact_items(cell, fact.kind)] or Missing(fact.name)
    if fact.kind is FactKind.DATE:
        return _date(maker, cell, fact.name)
    value = maker.text(cell, fact.name)
    # A text stands in the middle of a sentence; a long one is a sentence of its own.
    return value.with_text(bare_sentence(value.text)) if isinstance(value, Value) and fact.kind is FactKind.TEXT else value


def _date(maker: Maker, cell: Cell, name: str) -> Given:
    moment = cell.value
    if not isinstance(moment, Moment) or moment.year is None:
        return maker.text(cell, name)
    parts = ((moment.year, "年"), (moment.month, "月"), (moment.day, "日"))
    text = "".join(f"{number}{word}" for number, word in parts if number)
    return Value(maker.ledger, text, Trace((cell,)))


def _rows(maker: Maker, table: FactTable) -> Any:
    rows = confirmed_rows(maker.case.form.tables.get(table.name, ()))
    found = [
        {column.name: fact_value(maker, column, row.get(column.name)) for column in table.columns}
        | {"序号": maker.computed(str(place), tuple(row.values()), "序号")}
        for place, row in enumerate(rows, 1)
    ]
    return found or Missing(table.name)
