"""Generated forms: rows, funds and what the officer may choose, from a seeded random source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from random import Random

from tests.workbook.template.notation import (
    BLANK,
    EQUAL,
    FORWARD,
    NONE,
    REFUSED,
    REVERSE,
    SIGNS,
    UNITS,
    Typed,
    type_value,
)
from tests.workbook.template.reckoning import Funds, Row, Weight

GROUPS = (
    ("产出指标", "数量指标", 14),
    ("产出指标", "质量指标", 8),
    ("产出指标", "成本指标", 12),
    ("成本指标", "经济指标", 8),
    ("效益指标", "社会效益指标", 10),
    ("满意度指标", "服务对象满意度指标", 8),
)
"""一级 and 二级指标 of the sheet's rows, and how many rows each has."""
COSTS = tuple("成本" in one + two for one, two, count in GROUPS for _ in range(count))
METHODS = (FORWARD, REVERSE, EQUAL, "定性", "人工")
SCALED = "分档"
"""In the names of rows that a scheme scores by steps."""

_WEIGHTS = ("10", "5", "15", "20", "3", "7.5", "2.5", "12.5", "13.34", "13.33", "6.67", "1", "0.5", "2.675", "1.005", "8.335")
_ODD_WEIGHTS: tuple[Weight, ...] = ("", "", "十分", "10分", "—", "不适用", Decimal(0), Decimal("-5"))
_TIE_WEIGHTS = tuple(map(Fraction, ("1", "2", "4", "5", "8", "10", "12.5", "16", "20", "25", "2.5", "0.5")))
_NAMES = ("培训人数", "办结率", "成本控制数", "单位成本", "窗口满意度", f"{SCALED}得分的指标", "5G 基站数")
_MORE_IS_BETTER = ("资金节约率", "节省开支", "困难群众补贴标准", "奖励金额")
"""Names that are no ceiling, though they stand under a 成本指标."""
_INAPPLICABLE = ("不适用", " 不适用 ", "　不适用", "不适用\u00a0", "不适用\n")

Pair = tuple[Fraction, Fraction]


def make_rows(random: Random) -> list[Row]:
    """Make a form of 10 to 60 rows, few of them long, standing anywhere among the 60 rows of the sheet."""
    count = random.choice((*[10] * 8, *range(10, 20), 25, 30, random.randrange(30, 61)))
    return [_row(random, place) for place in sorted(random.sample(range(len(COSTS)), count))]


def _row(random: Random, place: int) -> Row:
    names = random.choices((_NAMES, _MORE_IS_BETTER, _INAPPLICABLE), (78, 20, 2))[0]
    make = random.choices(*zip(*_KINDS, strict=True))[0]
    target, actual, weight = make(random)
    return Row(
        place=place,
        name=random.choice(names),
        ceiling=COSTS[place] and names is not _MORE_IS_BETTER,
        applicable=names is not _INAPPLICABLE,
        target=target,
        actual=actual,
        weight=weight if random.random() > 0.06 else random.choice(_ODD_WEIGHTS),
        chosen=random.choice(METHODS) if random.random() < 0.06 else "",
        typed=Decimal(random.randrange(2001)) / 100 if random.random() < 0.04 else None,
    )


def _weight(random: Random) -> Decimal:
    return Decimal(random.choice(_WEIGHTS))


def _number(random: Random) -> Fraction:
    """Draw a number with few digits or many, sometimes 0."""
    if random.random() < 0.08:
        return Fraction(0)
    places = random.choice((0, 0, 0, 1, 2, 2, 4))
    return Fraction(random.randrange(1, 10 ** random.randrange(1, 9)), 10**places)


def _near(random: Random, target: Fraction) -> Fraction:
    """Draw a result around a target: equal, a little off, far off, twice, nothing."""
    places = random.choice((0, 1, 2, 3))
    step = Fraction(1, 10**places)
    ways: tuple[Callable[[], Fraction], ...] = (
        lambda: target,
        lambda: max(Fraction(0), target - step),
        lambda: target + step,
        lambda: Fraction(round(target * random.randrange(1, 300) / 100 / step)) * step,
        lambda: target * 2,
        lambda: Fraction(0),
    )
    return random.choices(ways, (3, 2, 2, 8, 1, 1))[0]()


def _typed_pair(random: Random, pair: Pair, sign: str) -> tuple[Typed, Typed] | None:
    percent = random.random() < 0.25
    unit = random.choice(("", "", "", "个")) if percent else random.choice(UNITS)
    target = type_value(random, pair[0], unit, percent=percent, sign=sign)
    actual = type_value(random, pair[1], unit, percent=percent, sign=EQUAL if random.random() < 0.05 else NONE)
    return (target, actual) if target and actual else None


def _readable(random: Random) -> tuple[Typed, Typed, Weight]:
    while True:
        target = _number(random)
        pair = _typed_pair(random, (target, _near(random, target)), random.choice((NONE, *SIGNS)))
        if pair:
            return *pair, _weight(random)


def _tie(random: Random) -> tuple[Typed, Typed, Weight]:
    """Make a row whose score lies exactly on half a hundredth, or one unit in the last digit beside it."""
    while True:
        weight = random.choice(_TIE_WEIGHTS)
        tie = Fraction(2 * random.randrange(int(weight * 100)) + 1, 200)
        sign, pair = random.choice(_TIES)(random, weight, tie)
        typed = _typed_pair(random, pair, sign) if min(pair) > 0 else None
        if typed:
            return *typed, Decimal(weight.numerator) / Decimal(weight.denominator)


def _forward_tie(random: Random, weight: Fraction, tie: Fraction) -> tuple[str, Pair]:
    target = Fraction(random.choice((1, 2, 4, 8, 16, 25, 40, 80, 125, 200, 1000, 3, 7, 9, 24)) * random.randrange(1, 40))
    return random.choice((FORWARD, EQUAL)), (target, _beside(random, tie * target / weight))


def _ratio_tie(random: Random, weight: Fraction, tie: Fraction) -> tuple[str, Pair]:
    times = random.randrange(1, 500)
    return REVERSE, (tie * times, _beside(random, weight * times))


def _linear_tie(random: Random, weight: Fraction, tie: Fraction) -> tuple[str, Pair]:
    target = Fraction(random.choice((1, 2, 4, 8, 16, 25, 40, 80, 125)) * random.randrange(1, 40))
    return REVERSE, (target, _beside(random, target * (2 - tie / weight)))


_TIES = (_forward_tie, _ratio_tie, _linear_tie)


def _beside(random: Random, number: Fraction) -> Fraction:
    return number + Fraction(random.choice((0, 0, 0, -1, 1)), 10 ** random.choice((3, 6)))


def _other_unit(random: Random) -> tuple[Typed, Typed, Weight]:
    """Make a row in which the two texts do not speak of the same: another unit, or a percentage beside a number."""
    target, actual, weight = _readable(random)
    if random.random() < 0.5:
        other = random.choice([unit for unit in UNITS if unit != target.unit])
        return target, _again(random, actual, other, actual.percent), weight
    return target, _again(random, actual, actual.unit, not actual.percent), weight


def _again(random: Random, value: Typed, unit: str, percent: bool, sign: str = NONE) -> Typed:
    number = Fraction(round((value.number or 0) * 100), 100)
    while True:
        typed = type_value(random, number, unit, percent=percent, sign=sign)
        if typed:
            return typed
        number = Fraction(random.randrange(1000))


def _signed_result(random: Random) -> tuple[Typed, Typed, Weight]:
    target, actual, weight = _readable(random)
    return target, _again(random, actual, actual.unit, actual.percent, random.choice((FORWARD, REVERSE))), weight


def _refused(random: Random) -> tuple[Typed, Typed, Weight]:
    """Make a row of which one text, or both, must be left to the core."""
    target, actual, weight = _readable(random)
    text, other = (Typed(random.choice(REFUSED)) for _ in range(2))
    return *random.choice(((text, actual), (target, text), (text, other), (text, text))), weight


def _missing(random: Random) -> tuple[Typed, Typed, Weight]:
    target, actual, weight = _readable(random)
    return *random.choice(((BLANK, actual), (target, BLANK), (BLANK, BLANK), (target, Typed(" ")))), weight


_KINDS: Sequence[tuple[Callable[[Random], tuple[Typed, Typed, Weight]], float]] = (
    (_readable, 0.55),
    (_tie, 0.16),
    (_other_unit, 0.05),
    (_signed_result, 0.05),
    (_refused, 0.14),
    (_missing, 0.05),
)


def make_funds(random: Random, sources: int) -> Funds:
    """Make the amounts of 项目资金: ordinary ones, exact ties, zero and missing ones."""
    budgets = tuple(_amount(random) for _ in range(sources))
    executed = tuple(_spent(random, budget) for budget in budgets)
    if random.random() < 0.3:
        budgets, executed = _tied_funds(random, sources)
    return Funds(
        budgets,
        executed,
        weight=random.choice((Decimal(10), Decimal(10), Decimal(20), Decimal("12.5"), None)),
        typed_score=Decimal(random.randrange(1001)) / 100 if random.random() < 0.05 else None,
    )


def _amount(random: Random) -> Decimal | None:
    if random.random() < 0.3:
        return random.choice((None, Decimal(0)))
    return Decimal(random.randrange(1, 10 ** random.randrange(2, 11))) / 100


def _spent(random: Random, budget: Decimal | None) -> Decimal | None:
    if budget is None or random.random() < 0.1:
        return random.choice((None, Decimal(0), Decimal("3.14")))
    return random.choice((budget, Decimal(round(budget * random.randrange(120))) / 100))


def _tied_funds(random: Random, sources: int) -> tuple[tuple[Decimal | None, ...], tuple[Decimal | None, ...]]:
    """Make amounts whose rate, or whose score, ends in exactly half a last digit."""
    digits = random.choice((2, 3, 4))
    size = Decimal(2 * 10 ** (digits - 2)) * random.randrange(1, 500)
    spent = size * (2 * random.randrange(10**digits) + 1) / 2 / 10**digits
    rest = (None,) * (sources - 1)
    return (size, *rest), (spent, *rest)
