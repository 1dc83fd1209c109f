"""Figures as summaries write them."""

from __future__ import annotations

from decimal import Decimal

from toolkit.core.money import round_half_up

ZERO, HUNDRED = Decimal(0), Decimal(100)


def percent(rate: Decimal) -> str:
    """Return a rate as a percentage with two decimals."""
    return f"{round_half_up(rate * HUNDRED, 2)}%"
