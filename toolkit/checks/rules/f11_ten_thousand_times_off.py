"""F11: 元 typed where 万元 belongs, or the reverse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from toolkit.checks.amounts import half_step, percent
from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.fund_groups import fund_groups
from toolkit.checks.funds import wrong_totals
from toolkit.checks.rule import rule
from toolkit.core.form import FUND_COLUMNS, Cell, Form, FundLine
from toolkit.core.money import YUAN_PER_WAN, fixed, money, plain

_PROJECT, _ADDED, _REST = "项目金额", "各来源之和", "合计减去其他来源"
_MOST_ODD = 3
"""Sources of one form that may be in the other unit beside those that are not."""
_USUAL = {
    ("年初预算数", "全年预算数"): (Decimal("0.2"), Decimal(5)),
    ("全年执行数", "年初预算数"): (Decimal("0.2"), Decimal("1.2")),
    ("全年执行数", "全年预算数"): (Decimal("0.2"), Decimal("1.2")),
    (_PROJECT, "年初预算数"): (Decimal("0.9"), Decimal(20)),
    (_PROJECT, "全年预算数"): (Decimal("0.9"), Decimal(20)),
}
"""How many times the second the first usually is; a slip is such a pair once 10,000 is multiplied in or divided out."""
_SAME = (Decimal("0.99"), Decimal("1.01"))


@rule("F11", title="疑似元、万元混填", severity=Severity.ERROR, source="表头金额单位")
def ten_thousand_times_off(case: Case) -> Iterator[Fault]:
    """同一项目的金额相差约一万倍，疑似把万元数填进了以“元”为单位的栏，或者相反。

    为什么：元、万元混填，执行率和得分全都不对；单看一个数看不出来，和旁边的数一比就清楚。
    怎么改：按表头的金额单位改填。确实只有这么多的，在备注中写明。
    """
    slips = {slip.amount.cell.field: slip for slip in _slips(case)}
    if slips:
        yield _fault(tuple(slips.values()), case.form.currency_unit)


@dataclass(frozen=True, slots=True)
class _Amount:
    """An amount above zero, and what it is called in a message."""

    name: str
    cell: Cell
    number: Decimal

    def apart(self, other: _Amount) -> bool:
        """Tell whether the two stand in their usual proportion only after × or ÷ 10,000."""
        if (self.name, other.name) not in _USUAL and (other.name, self.name) in _USUAL:
            return other.apart(self)
        usual = _SAME if _ADDED in (self.name, other.name) else _USUAL.get((self.name, other.name))
        if usual is None:
            return False
        return any(usual[0] * other.number <= number <= usual[1] * other.number for number in self.shifted)

    @property
    def shifted(self) -> tuple[Decimal, Decimal]:
        """Return the amount in the other unit, read either way."""
        return self.number * YUAN_PER_WAN, self.number / YUAN_PER_WAN


@dataclass(frozen=True, slots=True)
class _Slip:
    """An amount in the wrong unit, and the one beside it that shows this."""

    amount: _Amount
    sister: _Amount


def _slips(case: Case) -> Iterator[_Slip]:
    form, total = case.form, case.form.fund_total
    if total is None:
        return
    project = _amounts(form, ((_PROJECT, form.project_amount),))
    # The officer looks at 全年预算数 first, so that is what the others are shown beside.
    year = sorted(_amounts(form, total.amounts()), key=lambda amount: amount.name != "全年预算数")
    yield from _odd_ones((*year, *project), form.currency_unit)
    for line in form.fund_parts:
        yield from _odd_ones(_amounts(form, tuple(line.amounts())[1:]), form.currency_unit)
    yield from _against_parts(form, total)


def _amounts(form: Form, named: Iterator[tuple[str, Cell]] | Sequence[tuple[str, Cell]]) -> tuple[_Amount, ...]:
    read = ((name, cell, form.amount(cell)) for name, cell in named)
    return tuple(_Amount(name, cell, number) for name, cell, number in read if number is not None and number > 0)


def _odd_ones(amounts: Sequence[_Amount], unit: str) -> Iterator[_Slip]:
    """Yield the amounts that lie apart from most others; in a tie, those that the header's unit makes suspect."""
    sisters = [[other for other in amounts if one.apart(other)] for one in amounts]
    most = max(map(len, sisters), default=0)
    odd = [(one, found) for one, found in zip(amounts, sisters, strict=True) if found and len(found) == most]
    tie = len({one.number < found[0].number for one, found in odd}) > 1
    for one, found in odd:
        if not tie or (one.number < found[0].number) == (unit == "元"):
            yield _Slip(one, found[0])


def _against_parts(form: Form, total: FundLine) -> Iterator[_Slip]:
    for column in FUND_COLUMNS:
        whole = _amounts(form, ((column, total.by_column[column]),))
        parts = _amounts(form, [(column, source.by_column[column]) for source, _ in fund_groups(form)])
        if whole and parts:
            added = _Amount(_ADDED, parts[0].cell, sum((part.number for part in parts), Decimal(0)))
            if whole[0].apart(added):
                yield from _odd_ones((whole[0], added), form.currency_unit)
            elif column in wrong_totals(form):
                yield from _misfits(form, whole[0], parts)


def _misfits(form: Form, whole: _Amount, parts: Sequence[_Amount]) -> Iterator[_Slip]:
    """Yield the fewest sources, not all, that make up the total once they are read in the other unit."""
    missing = whole.number - sum((part.number for part in parts), Decimal(0))
    room = sum((half_step(form, part.cell) for part in (whole, *parts)), Decimal(0))
    for size in range(1, min(len(parts), _MOST_ODD + 1)):
        for few in combinations(parts, size):
            found = _fitting(whole.cell, missing, room, few)
            if found:
                yield from found
                return


def _fitting(total: Cell, missing: Decimal, room: Decimal, few: tuple[_Amount, ...]) -> list[_Slip]:
    """Return the slips if these sources, all read in the other unit, are just what the total misses.

    Sources in 万元 on a form in 元 bring the half of their own last digit as room.
    """
    steps = sum((part.cell.figure.step for part in few if part.cell.figure), Decimal(0))
    for direction, own in ((0, steps * YUAN_PER_WAN / 2), (1, Decimal(0))):
        gains = [part.shifted[direction] - part.number for part in few]
        left = missing - sum(gains)
        sisters = [_Amount(_ADDED, total, left + part.shifted[direction]) for part in few]
        # The room of whole 万元 must not hide what the sources amount to.
        if abs(left) <= room + own and all(part.apart(due) for part, due in zip(few, sisters, strict=True)):
            return [_Slip(part, replace(due, name=_REST)) for part, due in zip(few, sisters, strict=True)]
    return []


def _fault(slips: tuple[_Slip, ...], unit: str) -> Fault:
    first = slips[0]
    amount, sister = first.amount, first.sister
    small = amount.number < sister.number
    right = amount.number * YUAN_PER_WAN if small else amount.number / YUAN_PER_WAN
    sign = "×" if small else "÷"
    guess = "元、万元混填"
    if small == (unit == "元"):
        guess = f"把{'万元' if unit == '元' else '元'}数填进以“{unit}”为单位的栏"
    fact = f"填 {amount.cell.text}，与{sister.name} {money(sister.number)} 相差约一万倍，疑似{guess}"
    return Fault(
        cells=tuple(slip.amount.cell for slip in slips),
        fact=fact if len(slips) == 1 else f"{amount.name}{fact}",
        found=amount.cell.text,
        expected=_typed(right),
        working=f"{plain(amount.number)} {sign} 10,000 = {money(right)}，为{sister.name}的 {percent(right / sister.number)}",
        fix=f"按“{unit}”填列（如 {_typed(right)}）；确为 {amount.cell.text} {unit}的，请在备注中写明。",
    )


def _typed(number: Decimal) -> str:
    return fixed(number) if number == round(number, 2) else plain(number)
