"""Amounts for the rules: what cannot be read, sums with their tolerance, and how both are worded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.checks.finding import Fault, Severity
from toolkit.checks.wording import shorten
from toolkit.core.form import Cell, Form
from toolkit.core.money import YUAN_PER_WAN, decimals_of, plain, round_half_up
from toolkit.core.values import CellError, Unreadable

ZERO = Decimal(0)
ONE = Decimal(1)
HUNDRED = Decimal(100)
NOISE = Decimal("0.000001")
"""What a spreadsheet's binary numbers may add to a stored result; less than any amount or score means."""
SUB_ROW = "其中"
"""How the name of a row begins that breaks down a row above it."""


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


def rate_scale(cell: Cell, rate: Decimal) -> Decimal:
    """Return what a printed 执行率 is multiplied by as typed: 100 where percent points stand without their % (98.75).

    Args:
        cell: the printed rate.
        rate: the rate that is right, as a fraction.
    """
    figure = cell.figure
    if figure is None or figure.unit:
        return ONE
    number, places = cell.number or ZERO, decimals_of(figure.step)
    if agrees(cell, round_half_up(rate, places)):
        return ONE
    # A fraction is 1 or little more; percent points lie a hundred times above it, however wrong they are.
    points = agrees(cell, round_half_up(rate * HUNDRED, places)) or number > max(ONE, 10 * rate)
    return HUNDRED if points else ONE


def half_step(form: Form, cell: Cell) -> Decimal:
    """Return half a unit of the last printed digit, in the header's unit; 0 on a form in 元, where sums are exact."""
    figure = cell.figure
    if form.currency_unit != "万元" or figure is None:
        return ZERO
    return (figure.step / YUAN_PER_WAN if figure.unit == "元" else figure.step) / 2


def percent(rate: Decimal) -> str:
    """Write a rate as a percentage with at most two decimals: 19.39%."""
    return f"{plain(round_half_up(rate * 100, 2))}%"


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
    def column(self) -> str:
        """Return the name of the column."""
        return self.cell.field.rpartition("·")[2]

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


def sum_faults(found: Iterable[Sum], parts: str, fix: str) -> Iterator[Fault]:
    """Word the sums of one row that do not hold: one 错误 for all its columns, and one 说明 for what rounding explains.

    Args:
        found: the sums, a column each.
        parts: what was added, with {} for how many: {} 项来源.
        fix: what to do about a sum that is wrong.
    """
    differing = [one for one in found if not one.holds]
    wrong = [one for one in differing if not one.rounding]
    near = [one for one in differing if one.rounding]
    if wrong:
        yield _sum_fault(wrong, parts, fix, None)
    if near:
        yield _sum_fault(near, parts, "无须修改。", Severity.INFO)


def _sum_fault(found: Sequence[Sum], parts: str, fix: str, severity: Severity | None) -> Fault:
    first = found[0]
    written = f"填 {shorten(first.cell.text)}" if not first.cell.empty else "没有填"
    fact = f"{written}，{parts.format(len(first.parts))}之和为 {first.shown(first.added)}"
    if severity is Severity.INFO:
        fact += f"，相差 {first.shown(abs(first.total - first.added))}，在四舍五入尾差之内"
    if len(found) > 1:
        fact = f"{first.column}{fact}，共 {len(found)} 列不符"
    return Fault(
        cells=tuple(one.cell for one in found),
        fact=fact,
        found="；".join(one.cell.text for one in found),
        expected="；".join(one.shown(one.added) for one in found),
        working="；".join(filter(None, (_sum_working(one, len(found) > 1) for one in found))),
        fix=fix,
        severity=severity,
    )


def _sum_working(found: Sum, named: bool) -> str:
    """Write the addition out; a single part adds nothing to what the fact says."""
    parts = [found.shown(part) for part in found.parts]
    steps = [f"{'＋'.join(parts)}＝{found.shown(found.added)}"] if len(parts) > 1 else []
    if found.rounding:
        steps.append(f"各数按印出的位数，允许相差 {plain(found.slack)}")
    return (f"{found.column} " if named and steps else "") + "；".join(steps)
