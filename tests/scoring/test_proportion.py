"""The formulas against fractions, which know nothing of Decimal's rounding."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.core.scheme.model import Scale
from toolkit.scoring import ceiling_score, execution_rate, proportional_score
from toolkit.scoring.proportion import scale_score

CENTS = Fraction(1, 100)
amounts = st.decimals(min_value=0, max_value=10**7, places=3)
targets = st.decimals(min_value=Decimal("0.001"), max_value=10**7, places=3)
weights = st.decimals(min_value=0, max_value=100, places=2)


def half_up(exact: Fraction) -> Fraction:
    """Round a fraction that is not negative to hundredths, ties up."""
    return Fraction((exact / CENTS + Fraction(1, 2)).__floor__()) * CENTS


@given(targets, amounts, weights)
def test_a_missed_target_earns_its_proportion(target: Decimal, actual: Decimal, weight: Decimal) -> None:
    exact = Fraction(weight) * min(Fraction(actual), Fraction(target)) / Fraction(target)
    assert Fraction(proportional_score(target, actual, weight)) == half_up(exact)


@given(targets, amounts, weights)
def test_a_broken_ceiling_by_ratio(target: Decimal, actual: Decimal, weight: Decimal) -> None:
    exact = Fraction(weight) * (1 if actual <= target else Fraction(target) / Fraction(actual))
    assert Fraction(ceiling_score(target, actual, weight, "ratio")) == half_up(exact)


@given(targets, amounts, weights)
def test_a_broken_ceiling_by_line(target: Decimal, actual: Decimal, weight: Decimal) -> None:
    over = max(Fraction(0), Fraction(actual) - Fraction(target)) / Fraction(target)
    exact = Fraction(weight) * max(Fraction(0), 1 - over)
    assert Fraction(ceiling_score(target, actual, weight, "linear")) == half_up(exact)


@pytest.mark.parametrize(
    ("target", "actual", "weight", "points"),
    [
        ("24", "5", "3", "0.63"),  # 0.625 is a tie; dividing first would give 0.62
        ("29", "8", "10", "2.76"),
        ("30.68", "30.5", "10", "9.94"),
        ("1788", "1400", "20", "15.66"),
        ("27", "25", "15", "13.89"),
        ("100", "120", "10", "10.00"),
        ("100", "-3", "10", "0.00"),
    ],
)
def test_published_proportions(target: str, actual: str, weight: str, points: str) -> None:
    assert f"{proportional_score(Decimal(target), Decimal(actual), Decimal(weight)):f}" == points


def test_both_ways_of_scoring_a_broken_ceiling() -> None:
    figures = Decimal(5300), Decimal(5830), Decimal(10)
    assert ceiling_score(*figures, "ratio") == Decimal("9.09")
    assert ceiling_score(*figures, "linear") == Decimal("9.00")
    assert ceiling_score(Decimal(5300), Decimal(10600), Decimal(10), "linear") == 0


def test_a_ceiling_of_zero_is_kept_or_not() -> None:
    assert ceiling_score(Decimal(0), Decimal(0), Decimal(10), "ratio") == 10
    assert ceiling_score(Decimal(0), Decimal(1), Decimal(10), "ratio") == 0


def test_no_proportion_of_nothing() -> None:
    with pytest.raises(ValueError, match="above zero"):
        proportional_score(Decimal(0), Decimal(1), Decimal(10))
    with pytest.raises(ValueError, match="below zero"):
        ceiling_score(Decimal(-1), Decimal(1), Decimal(10), "ratio")


def test_execution_rate_is_of_the_whole_year_budget() -> None:
    assert execution_rate(Decimal(200), Decimal(50)) == Decimal("0.25")
    assert execution_rate(Decimal(0), Decimal(50)) == 0


@pytest.mark.parametrize(("completion", "points"), [("1", "10"), ("0.95", "10"), ("0.949", "8"), ("0.5", "0")])
def test_a_step_scale(completion: str, points: str) -> None:
    scale = Scale(("率",), ((Decimal("0.95"), Decimal(1)), (Decimal("0.85"), Decimal("0.8"))), Decimal(0), Decimal(0))
    assert scale_score(scale, Decimal(completion), Decimal(10)) == Decimal(points)


@pytest.mark.parametrize(("completion", "points"), [("1.2", "10"), ("0.98", "10"), ("0.97", "9"), ("0.94", "8"), ("0", "0")])
def test_a_deduction_scale(completion: str, points: str) -> None:
    scale = Scale(("率",), (), Decimal(3), Decimal(1))
    assert scale_score(scale, Decimal(completion), Decimal(10)) == Decimal(points)
