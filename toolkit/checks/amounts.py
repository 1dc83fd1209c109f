"""Amounts of 项目资金 for the rules: what cannot be read, sums with their tolerance, and how both are worded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.checks.finding import Fault, Severity
from toolkit.checks.wording import shorten
from toolkit.core.form import FUND_COLUMNS, Cell, Form, FundLine
from toolkit.core.kept import kept_in_argument
from toolkit.core.money import YUAN_PER_WAN, decimals_of, money, plain, quotient, round_half_up
from toolkit.core.values import CellError, Unreadable

ZERO = Decimal(0)
NOISE = Decimal("0.000001")
"""What a spreadsheet's binary numbers may add to a stored result; less than any amount or score means."""
SUB_ROW = "其中"
"""How the name of a row begins that breaks down the row above it."""


def unread(cells: Iterable[Cell]) -> Iterator[Fault]:
    """Yield a 无法核对 for every cell that holds something which is not one number; blank and — are no such thing."""
    for cell in cells:
        if cell.number is None and not cell.empty:
            yield Fault((cell,), _why_unread(cell), found=cell.text, fix="请填一个确定的数。", undecidable=True)


def _why_unread(cell: Cell) -> str:
    value = cell.value
    if isinstance(value, CellError):
        return f"是错误值 {value.code}"
    if isinstance(value, Unreadable):
        return f"填 {shorten(cell.text)}，“{value.part}”看不懂：{value.reason}"
    return f"填 {shorten(cell.text)}，不是一个确定的数"


def or_zero(form: Form, cell: Cell) -> Decimal | None:
    """Return an amount in the header's unit, a cell without value as 0; ``None`` where the value cannot be read."""
    return ZERO if cell.empty else form.amount(cell)


def agrees(cell: Cell, due: Decimal) -> bool:
    """Tell whether a cell gives the number due: as printed, or by the digits behind the print, rounded as ``due`` is."""
    figure = cell.figure
    if cell.number == due or (figure is not None and figure.number == due):
        return True
    places = max(0, -int(due.as_tuple().exponent))
    return cell.exact is not None and round_half_up(cell.exact, places) == due


def half_step(form: Form, cell: Cell) -> Decimal:
    """Return half a unit of the last printed digit, in the header's unit; 0 on a form in 元, where sums are exact."""
    figure = cell.figure
    if form.currency_unit != "万元" or figure is None:
        return ZERO
    return (figure.step / YUAN_PER_WAN if figure.unit == "元" else figure.step) / 2


def percent(rate: Decimal) -> str:
    """Write a rate as a percentage with at most two decimals: 19.39%."""
    return f"{plain(round_half_up(rate * 100, 2))}%"


@kept_in_argument
def exact_rate(form: Form) -> Decimal | None:
    """Return 全年执行数 ÷ 全年预算数 of 年度资金总额, unrounded.

    ``None`` where it cannot be computed, or where one of the two is not the sum of its sources: what follows from a
    wrong total is not said once more.
    """
    line = form.fund_total
    if line is None or wrong_totals(form) & {"全年预算数", "全年执行数"}:
        return None
    budget, executed = form.amount(line.annual_budget), form.amount(line.executed)
    return None if budget is None or executed is None or budget <= 0 else executed / budget


def rate_working(form: Form) -> str:
    """Write out 全年执行数 ÷ 全年预算数 of 年度资金总额, "" where it cannot be computed."""
    line = form.fund_total
    if line is None or exact_rate(form) is None:
        return ""
    budget, executed = form.amount(line.annual_budget) or ZERO, form.amount(line.executed) or ZERO
    return f"{money(executed)} ÷ {money(budget)} = {quotient(executed, budget)}"


@kept_in_argument
def fund_groups(form: Form) -> tuple[tuple[FundLine, tuple[FundLine, ...]], ...]:
    """Return the sources, each with the rows that break it down.

    A row named 其中… breaks down the source above it; directly below 年度资金总额 it is a source itself, since the
    official form writes 其中：当年财政拨款.
    """
    groups: list[tuple[FundLine, list[FundLine]]] = []
    below_source = False
    for line in form.fund_parts:
        named_part = line.kind.text.strip().startswith(SUB_ROW)
        if named_part and below_source:
            groups[-1][1].append(line)
        else:
            groups.append((line, []))
            below_source = not named_part
    return tuple((source, tuple(subs)) for source, subs in groups)


@kept_in_argument
def column_sums(form: Form) -> Mapping[str, Sum | None]:
    """Add up each column of the sources against 年度资金总额; ``None`` where that cannot be done."""
    total = form.fund_total
    if total is None:
        return dict.fromkeys(FUND_COLUMNS)
    sources = [source for source, _ in fund_groups(form)]
    return {
        column: add_up(form, total.by_column[column], [source.by_column[column] for source in sources])
        for column in FUND_COLUMNS
    }


@kept_in_argument
def wrong_totals(form: Form) -> frozenset[str]:
    """Return the columns whose total is not the sum of its sources, rounding allowed for (F03)."""
    sums = column_sums(form)
    return frozenset(column for column, found in sums.items() if found is not None and not found.rounding)


@dataclass(frozen=True, slots=True)
class Sum:
    """A total beside the sum of its parts.

    Attributes:
        total: the amount printed as the total; 0 where the cell is blank.
        parts: the amounts added.
        slack: how far they may lie apart by the digits printed.
        places: decimals to show.
    """

    cell: Cell
    total: Decimal
    parts: tuple[Decimal, ...]
    slack: Decimal
    places: int

    @property
    def added(self) -> Decimal:
        """Return the sum of the parts."""
        return sum(self.parts, ZERO)

    @property
    def holds(self) -> bool:
        """Tell whether total and sum are equal."""
        return abs(self.total - self.added) < NOISE

    @property
    def rounding(self) -> bool:
        """Tell whether the difference is within what rounding of the printed digits explains (四舍五入尾差)."""
        return self.holds or abs(self.total - self.added) <= self.slack

    def shown(self, number: Decimal) -> str:
        """Write an amount of this sum."""
        return f"{round_half_up(number, self.places):,f}"


def add_up(form: Form, total: Cell, parts: Sequence[Cell]) -> Sum | None:
    """Add up amounts against their total; ``None`` where a value cannot be read or no part has one."""
    given = [cell for cell in parts if not cell.empty]
    whole, amounts = or_zero(form, total), [form.amount(cell) for cell in given]
    known = [amount for amount in amounts if amount is not None]
    if whole is None or not given or len(known) < len(given):
        return None
    figures = [cell.figure for cell in (total, *given)]
    least = 2 if form.currency_unit == "元" else 0
    places = max([least, *(decimals_of(figure.step) for figure in figures if figure is not None)])
    slack = sum((half_step(form, cell) for cell in (total, *given)), ZERO)
    return Sum(total, whole, tuple(known), slack, places)


def sum_fault(found: Sum, parts: str, fix: str) -> Fault:
    """Word a sum that does not hold: 错误, or 说明 where rounding explains the difference."""
    cell, added = found.cell, found.shown(found.added)
    written = f"填 {shorten(cell.text)}" if not cell.empty else "没有填"
    fact = f"{written}，{parts}之和为 {added}"
    working = f"{'＋'.join(found.shown(part) for part in found.parts)}＝{added}"
    if not found.rounding:
        return Fault((cell,), fact, found=cell.text, expected=added, working=working, fix=fix)
    return Fault(
        (cell,),
        f"{fact}，相差 {found.shown(abs(found.total - found.added))}，在四舍五入尾差之内",
        found=cell.text,
        expected=added,
        working=f"{working}；各数按印出的位数，允许相差 {plain(found.slack)}",
        fix="无须修改。",
        severity=Severity.INFO,
    )
