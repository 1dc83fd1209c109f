"""What a scheme says, as frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

RateBasis = Literal["exact", "printed"]
Ceiling = Literal["ratio", "linear"]


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade (优 良 中 差) and the least total that earns it, in points."""

    name: str
    least: Decimal


@dataclass(frozen=True, slots=True)
class Band:
    """The share of 分值 that a qualitative result may earn.

    Attributes:
        name: the result in official words, such as 达成年度指标.
        words: texts in 实际完成值 that state this result.
        low: least share of 分值, 0 to 1; the band's upper end belongs to the band above.
        high: greatest share, 0 to 1.
    """

    name: str
    words: tuple[str, ...]
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Cap:
    """A limit on the total set by 执行率: below ``rate`` the total is at most ``total`` points."""

    rate: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True)
class Scale:
    """A step or deduction scale for indicators whose 三级指标 contains one of ``names``.

    Attributes:
        steps: (completion from, share of 分值), highest first, for 分档; empty for 扣分制.
        per: shortfall in percent points that costs ``points``; 0 for 分档.
        points: points off for each ``per``.
    """

    names: tuple[str, ...]
    steps: tuple[tuple[Decimal, Decimal], ...]
    per: Decimal
    points: Decimal


@dataclass(frozen=True, slots=True)
class Block:
    """A 二级指标 of the template: its level names and how many rows a blank form shows for it."""

    level1: str
    level2: str
    rows: int


@dataclass(frozen=True, slots=True)
class AppliesTo:
    """Which forms a scheme is meant for when none is named."""

    regions: tuple[str, ...]
    forms: tuple[str, ...]
    first_year: int
    last_year: int


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scoring scheme. Shares and rates are fractions (0.9 is 90 %), weights and scores are points out of 100."""

    id: str
    title: str
    source: str
    applies_to: AppliesTo
    form_title: str
    currency_unit: str
    has_project_amount: bool
    execution_weight: Decimal
    sections: Mapping[str, Decimal]
    sections_fixed: bool
    required_sections: tuple[str, ...]
    fund_rows: tuple[str, ...]
    rate_basis: RateBasis
    rate_decimals: int
    rate_fixed_decimals: bool
    rate_percent: bool
    score_decimals: int
    ceiling: Ceiling
    not_applicable: Literal["zero", "rebase"]
    bands: tuple[Band, ...]
    grades: tuple[Grade, ...]
    execution_floor: Decimal
    low_execution: Decimal
    over_achievement: Decimal
    evidence_weight: Decimal
    caps: tuple[Cap, ...]
    over_deduction: Decimal
    scales: tuple[Scale, ...]
    tree: tuple[Block, ...]
    severities: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]

    def grade_of(self, total: Decimal) -> Grade:
        """Return the grade of a total in points: the highest whose least total is reached."""
        return next((grade for grade in self.grades if total >= grade.least), self.grades[-1])

    def mentions(self, text: str, words: str) -> bool:
        """Tell whether ``text`` contains a word of the list named ``words``."""
        for word in self.words[words]:  # noqa: SIM110  # asked thousands of times a form: a generator costs more than the search
            if word in text:
                return True
        return False
