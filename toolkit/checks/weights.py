"""Weights and scores of a form as the rules add them up: sections, leaves, what is missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from toolkit.checks.case import Case
from toolkit.core.form import Cell, Form, Indicator, section_name
from toolkit.core.kept import kept_in_argument
from toolkit.core.money import plain
from toolkit.core.values import NotApplicable

ZERO = Decimal(0)
HUNDRED = Decimal(100)
_PRINTED = re.compile(r"[（(]\s*(\d+(?:\.\d+)?)\s*分\s*[）)]")


@kept_in_argument
def out_of_use(row: Indicator) -> bool:
    """Tell whether the row is 不适用, by its name, target or result."""
    return row.not_applicable or isinstance(row.actual.value, NotApplicable)


@kept_in_argument
def sections(case: Case) -> Mapping[str, tuple[Indicator, ...]]:
    """Return the rows by 一级指标, in the order of the form.

    A blank 一级指标 continues the one above; 满意度 may stand in 二级指标 instead.
    """
    found: dict[str, list[Indicator]] = {}
    name = ""
    for row in case.form.indicators:
        own, lower = section_name(row.level1.text), section_name(row.level2.text)
        moved = not own and case.scheme.mentions(lower, "satisfaction_levels")
        name = own or (lower if moved else name)
        found.setdefault(name, []).append(row)
    return {name: tuple(rows) for name, rows in found.items()}


@kept_in_argument
def declared_weights(form: Form) -> Mapping[str, Decimal]:
    """Return the weights that the form declares for its 一级指标: apart, else behind the name (产出指标（50分）)."""
    if form.declared_weights:
        return {section_name(name): points for name, points in form.declared_weights.items()}
    printed = {section_name(row.level1.text): _PRINTED.search(row.level1.text) for row in form.indicators}
    return {name: Decimal(match[1]) for name, match in printed.items() if match}


def same_section(one: str, other: str) -> bool:
    """Tell whether two names mean one 一级指标: 满意度指标 and 服务对象满意度指标 do."""
    first, second = (name.removesuffix("指标") for name in (one, other))
    return bool(first and second) and (first in second or second in first)


def weight_of(rows: Iterable[Indicator]) -> Decimal:
    """Add up 分值 of rows, a cell without a number as 0."""
    return sum((row.weight.number or ZERO for row in rows), ZERO)


@kept_in_argument
def whole_weight(form: Form) -> Decimal:
    """Return Σ分值 of the indicators plus 分值 of 预算执行率."""
    fund = form.fund_total.weight.number if form.fund_total else None
    return weight_of(form.indicators) + (fund or ZERO)


@kept_in_argument
def below_zero(form: Form) -> tuple[Indicator, ...]:
    """Return rows with a 分值 below zero; what they do to a sum of weights is not said once more."""
    return tuple(row for row in form.indicators if (row.weight.number or ZERO) < 0)


@kept_in_argument
def unweighted(form: Form) -> tuple[Indicator, ...]:
    """Return rows in use that have a score and no weight, on a form that gives weights."""
    if all(row.weight.empty for row in form.indicators):
        return ()
    rows = (row for row in form.indicators if row.weight.empty and row.score.number is not None)
    return tuple(row for row in rows if not out_of_use(row))


def addition(numbers: Iterable[Decimal]) -> str:
    """Write a sum out: 10＋20.5＝30.5; zeros are left out, and a single number is no sum: ""."""
    terms = [number for number in numbers if number]
    return f"{'＋'.join(map(plain, terms))}＝{plain(sum(terms, ZERO))}" if len(terms) > 1 else ""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A cell 得分 that goes into 总分, with its 分值 in points."""

    score: Cell
    weight: Decimal

    @property
    def missing(self) -> bool:
        """Tell whether it has a weight and no score."""
        return self.score.empty and self.weight > 0


@kept_in_argument
def leaves(case: Case) -> tuple[Leaf, ...]:
    """Return every 得分 that counts: of 预算执行率, and of each row with a weight or a score.

    Rows marked 不适用 count only with the score they have.
    """
    form = case.form
    total = form.fund_total
    found = [Leaf(total.score, total.weight.number or ZERO)] if total else []
    for row in form.indicators:
        weight = ZERO if out_of_use(row) else row.weight.number or ZERO
        found.append(Leaf(row.score, weight))
    return tuple(leaf for leaf in found if leaf.weight > 0 or not leaf.score.empty)


def scored(found: Iterable[Leaf]) -> tuple[Decimal, ...]:
    """Return the scores of leaves, cells without a number left out."""
    return tuple(leaf.score.number for leaf in found if leaf.score.number is not None)


def full_sum(found: tuple[Leaf, ...]) -> Decimal | None:
    """Return Σ得分, ``None`` where a score is missing or cannot be read, or where there is none at all."""
    numbers = scored(found)
    return sum(numbers, ZERO) if found and len(numbers) == len(found) else None


def rebased_weight(case: Case) -> Decimal | None:
    """Return the weight that a total is re-based from: Σ分值 of the applicable rows, where the scheme re-bases.

    ``None`` where the scheme does not re-base or no row with a weight is 不适用.
    """
    if case.scheme.not_applicable != "rebase":
        return None
    idle = weight_of(row for row in case.form.indicators if row.not_applicable)
    return whole_weight(case.form) - idle if idle else None
