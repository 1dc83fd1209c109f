"""Making values from cells: every one of them knows where it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from toolkit.checks.case import Case
from toolkit.core.form import Cell
from toolkit.core.money import decimals_of, fixed, plain
from toolkit.narrative.model import Trace
from toolkit.narrative.value import Ledger, Missing, Value, cell_value
from toolkit.narrative.wording import amount_text, money_text, percent_text

Given = Value | Missing


class Maker:
    """Makes the values of one report."""

    def __init__(self, case: Case) -> None:
        """Work for one form."""
        self.case = case
        self.ledger = Ledger()
        self.unit = case.form.currency_unit

    def text(self, cell: Cell | None, name: str) -> Given:
        """Return a text as it stands."""
        return cell_value(self.ledger, cell, name)

    def amount(self, cell: Cell | None, name: str) -> Given:
        """Return an amount in the form's unit, with the digits it was typed with."""
        number = None if cell is None else self.case.form.amount(cell)
        if cell is None or number is None:
            return Missing(name)
        return Value(self.ledger, amount_text(cell, number, self.unit), Trace((cell,)), number)

    def points(self, cell: Cell, name: str) -> Given:
        """Return a 分值 or 得分 without closing zeros."""
        if cell.number is None:
            return Missing(name)
        return Value(self.ledger, plain(cell.number), Trace((cell,)), cell.number)

    def computed(self, text: str, cells: Iterable[Cell], working: str, number: Decimal | None = None) -> Value:
        """Return what was worked out from cells."""
        return Value(self.ledger, text, Trace(tuple(cells), working), number)

    def money(self, number: Decimal, cells: Iterable[Cell], working: str) -> Value:
        """Return an amount that was worked out, in the form's unit, with as many digits as the amounts it comes from."""
        found = tuple(cells)
        places = max((decimals_of(cell.figure.step) for cell in found if cell.figure), default=0)
        return self.computed(money_text(number, self.unit, places), found, f"{working}＝{plain(number)}", number)

    def sum_of_points(self, number: Decimal, cells: Iterable[Cell], terms: Iterable[Decimal]) -> Value:
        """Return points that were added up."""
        working = "＋".join(map(plain, terms)) + f"＝{plain(number)}"
        return self.computed(plain(number), cells, working, number)

    def share(self, above: Decimal, below: Decimal, cells: Iterable[Cell]) -> Given:
        """Return a quotient as a percentage; nothing where the divisor is 0."""
        if not below:
            return Missing("比率")
        quotient = above / below
        return self.computed(percent_text(quotient), cells, f"{plain(above)}÷{plain(below)}", quotient)

    def count(self, number: int, cells: Iterable[Cell], what: str) -> Given:
        """Return a count of things in the form; nothing where there is no cell to count from."""
        found = tuple(cells)
        return self.computed(str(number), found, f"{what}：{number}", Decimal(number)) if found else Missing(what)

    def fixed_points(self, number: Decimal, cells: Iterable[Cell], working: str) -> Value:
        """Return points with two decimals, as rules give them."""
        return self.computed(plain(Decimal(fixed(number))), cells, working, number)
