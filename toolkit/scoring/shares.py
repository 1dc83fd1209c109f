"""Splitting the points of a 一级指标 equally over its indicators."""

from __future__ import annotations

from decimal import Decimal

from toolkit.core.money import cut


def equal_shares(points: Decimal, count: int, decimals: int = 2) -> tuple[Decimal, ...]:
    """Split ``points`` equally over ``count`` indicators, the remainder to the first (平均分配，余数归第一个).

    40 over three gives 13.34, 13.33, 13.33.

    Args:
        points: 分值 of the whole, not below zero.
        count: how many indicators share it.
        decimals: places of each share; what is cut off there goes to the first.

    Returns:
        The shares in order, adding up to ``points``; none for a ``count`` of 0.
    """
    if count <= 0:
        return ()
    each = cut(points / count, decimals)
    return (points - each * (count - 1), *([each] * (count - 1)))
