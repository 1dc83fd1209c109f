"""Say that a number in a text has no definite meaning."""

from __future__ import annotations

NO_DEFINITE_NUMBER = "没有确定的数"
"""Reason given for 几十, 十几, 约四十多万 and their like."""

HALF = "里的“半”请写成小数"
"""Reason given for 半年 and 一年半."""


class UnclearError(ValueError):
    """A text holds a number whose meaning is not definite.

    Attributes:
        part: what was not understood.
        reason: why, one short Chinese clause.
    """

    def __init__(self, part: str, reason: str) -> None:
        """Keep the part and the reason."""
        super().__init__(f"“{part}”{reason}")
        self.part = part
        self.reason = reason
