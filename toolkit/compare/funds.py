"""项目资金 of two drafts, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from toolkit.checks.rows import bare
from toolkit.compare.model import Change
from toolkit.compare.parts import changed, moved, one_sided, renamed
from toolkit.compare.rows import alike, match
from toolkit.compare.values import By, same
from toolkit.core.form import Cell, Form, FundLine
from toolkit.core.values import Dash

_AMOUNTS = ("initial_budget", "annual_budget", "executed")
_FIELDS = ("initial_budget", "annual_budget", "received", "received_rate", "executed", "weight", "rate", "score")


def compare_funds(old: Form, new: Form) -> Iterator[Change]:
    """Yield the changes in 项目资金; the total is matched with the total, whatever it is called."""
    totals = {id(form.fund_total) for form in (old, new)}
    found = match(
        old.funds, new.funds, [lambda line: "" if id(line) in totals else bare(line.name)], _likeness
    )
    for pair in found.pairs:
        is_total = pair.new is new.fund_total
        yield from renamed(_named(pair.old), _named(pair.new), pair.guessed)
        # Some forms print the total above its sources, some below: that alone changes nothing.
        if not is_total:
            yield from moved(pair, pair.old.kind, pair.new.kind, pair.new.name)
        for field in _FIELDS:
            before, after = getattr(pair.old, field), getattr(pair.new, field)
            if not same(_without_dash(before), _without_dash(after), By.FIGURE):
                yield from changed(before, after, By.FIGURE)
    yield from one_sided(found, lambda line: (line.name, line.kind), lambda line: [cell for _, cell in line.amounts()])


def _named(line: FundLine) -> Cell:
    return replace(line.kind, text=line.name)


def _without_dash(cell: Cell) -> Cell:
    """Return a cell as blank where print shows — because the row has no such column."""
    return replace(cell, text="") if isinstance(cell.value, Dash) else cell


def _likeness(old: FundLine, new: FundLine) -> float:
    amounts = [(getattr(old, field), getattr(new, field)) for field in _AMOUNTS]
    equal = all(same(before, after, By.FIGURE) for before, after in amounts)
    telling = any(before.number for before, _ in amounts)
    return max(alike(old.name, new.name), 1.0 if equal and telling else 0.0)
