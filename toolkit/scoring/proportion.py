"""The formulas that turn a missed target into points."""

from __future__ import annotations

from decimal import Decimal

from toolkit.core.money import round_half_up
from toolkit.core.scheme.model import Ceiling, Scale


def proportional_score(target: Decimal, actual: Decimal, weight: Decimal, decimals: int = 2) -> Decimal:
    """Score a quantitative indicator where more is better (定量指标，≥).

    得分 = 分值 × 实际完成值 ÷ 年度指标值, full once the target is met (财预〔2020〕10号). An ``actual`` below zero
    counts as zero.

    Args:
        target: 年度指标值, above zero.
        actual: 实际完成值, in the unit of ``target``.
        weight: 分值, in points, not below zero.
        decimals: places to round to.

    Returns:
        Points from 0 to ``weight``, rounded half up.

    Raises:
        ValueError: ``target`` is not above zero, so no proportion exists.
    """
    if target <= 0:
        raise ValueError(f"target must be above zero, got {target}")
    # Multiply first: 5 ÷ 24 is inexact, and 3 × (5 ÷ 24) would round to 0.62, not 0.63.
    return round_half_up(weight * min(max(actual, Decimal(0)), target) / target, decimals)


def ceiling_score(target: Decimal, actual: Decimal, weight: Decimal, variant: Ceiling, decimals: int = 2) -> Decimal:
    """Score a quantitative indicator with a ceiling (反向指标，≤).

    Kept: 分值. Broken, ``ratio``: 分值 × 年度指标值 ÷ 实际完成值; ``linear``: 分值 × (1 − (实际完成值 − 年度指标值) ÷ 年度指标值),
    0 from twice the ceiling. A ceiling of zero that is broken scores 0.

    Args:
        target: 年度指标值, not below zero.
        actual: 实际完成值, in the unit of ``target``.
        weight: 分值, in points, not below zero.
        variant: the scheme's way of scoring a broken ceiling.
        decimals: places to round to.

    Returns:
        Points from 0 to ``weight``, rounded half up.

    Raises:
        ValueError: ``target`` is below zero.
    """
    if target < 0:
        raise ValueError(f"target must not be below zero, got {target}")
    if actual <= target:
        return round_half_up(weight, decimals)
    if target == 0:
        return round_half_up(Decimal(0), decimals)
    if variant == "ratio":
        return round_half_up(weight * target / actual, decimals)
    return round_half_up(max(Decimal(0), weight * (2 * target - actual) / target), decimals)


def scale_score(scale: Scale, completion: Decimal, weight: Decimal, decimals: int = 2) -> Decimal:
    """Score by a step scale (分档) or a deduction scale (扣分制: 每相差 per 个百分点扣 points 分，扣完为止).

    Args:
        scale: the scheme's scale.
        completion: 完成率 as a fraction.
        weight: 分值, in points.
        decimals: places to round to.

    Returns:
        Points from 0 to ``weight``, rounded half up. A shortfall smaller than ``per`` costs nothing.
    """
    if scale.steps:
        share = next((share for least, share in scale.steps if completion >= least), Decimal(0))
        return round_half_up(weight * share, decimals)
    shortfall = max(Decimal(0), 1 - completion) * 100
    steps = shortfall // scale.per if scale.per else Decimal(0)
    return round_half_up(max(Decimal(0), weight - steps * scale.points), decimals)
