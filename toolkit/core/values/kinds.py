"""What a value text can mean: kinds that cannot be mistaken for one another.

A 年度指标值 or 实际完成值 is typed as free text. Reading it gives exactly one of the kinds below; 90 % is not 90,
blank is not 0, 不适用 is not "—". Equality ignores how the value was written, so two spellings of one value are equal.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

SAME_AS_NUMBER = Decimal("NaN")
"""Stands for an end of a :class:`Measure` that was left out; recognised by identity, never stored."""


class Sign(StrEnum):
    """How a value bounds: 不少于, 不超过, 等于 and their like. ``NONE`` means no sign was written."""

    NONE = ""
    AT_LEAST = "≥"
    ABOVE = ">"
    AT_MOST = "≤"
    BELOW = "<"
    EQUAL = "="


@dataclass(frozen=True, slots=True)
class Blank:
    """Nothing was typed, or only white space."""

    text: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Dash:
    """A mark that stands for "nothing here": —, –, -, /, ——."""

    text: str = field(default="—", compare=False)


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """不适用 and its spellings: the row does not take part."""

    text: str = field(default="不适用", compare=False)


@dataclass(frozen=True, slots=True)
class CellError:
    """An error value of the spreadsheet, such as #DIV/0!."""

    code: str
    text: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Measure:
    """One number with its unit: ≥95%, 30.68万份, 约46万人次, 249,379.00 元.

    Attributes:
        number: in the base unit: 万 and 亿 are multiplied out (30.68万份 is 306800 份); a percentage keeps its
            percent points (95% is 95 with unit ``%``).
        unit: "" when none was written, ``%`` for every spelling of a percentage, else the unit in its usual spelling.
        sign: the bound that was written, ``NONE`` when none was.
        low: the least the text can mean; equals ``number`` (also when left out) unless 约, 近, 余 or 多 leave it open.
        high: the most the text can mean; equals ``number`` likewise.
        step: the value of one unit in the last digit typed, in the base unit (30.5万 has step 1000).
        falling: ``True`` where the text counts downwards: 下降3%, 减少5件 (but 下降至3% is simply 3%).
    """

    number: Decimal
    unit: str = ""
    sign: Sign = Sign.NONE
    low: Decimal = SAME_AS_NUMBER
    high: Decimal = SAME_AS_NUMBER
    step: Decimal = field(default=Decimal(1), compare=False)
    text: str = field(default="", compare=False)
    falling: bool = False

    def __post_init__(self) -> None:
        """Close the ends that were left out."""
        if self.low is SAME_AS_NUMBER:
            object.__setattr__(self, "low", self.number)
        if self.high is SAME_AS_NUMBER:
            object.__setattr__(self, "high", self.number)

    @property
    def approximate(self) -> bool:
        """Tell whether 约, 近, 余 or 多 leaves the number open."""
        return self.low != self.high


@dataclass(frozen=True, slots=True)
class Span:
    """A range with two ends: 3-5天, 30%至50%, 100～200人. Ends as ``Measure.number``, ``low`` below ``high``."""

    low: Decimal
    high: Decimal
    unit: str = ""
    text: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Moment:
    """A date or deadline: 2021年12月31日, 9月前, 2021年12月底前完成. Missing parts are ``None``.

    月底 and 年底 are the last day (12月底 has day 31); 9月前 has no day and means by the end of 9月 at the latest.

    Attributes:
        by: ``True`` where the text says 前, 之前, 底前, 以前 (a deadline), or 底 with 完成.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    by: bool = False
    text: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Change:
    """A before and an after: 由原来的7个工作日缩短为3个工作日以内."""

    before: Measure
    after: Measure
    text: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Words:
    """A qualitative text: 合格, 及时, 显著, 达成预期指标, 在项目计划完成时间内完成."""

    words: str
    text: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A text with a number in it that has no definite meaning.

    Attributes:
        part: the part that was not understood, as typed (约四十多万 gives 四十多万).
        reason: one short Chinese clause saying why (没有确定的数).
    """

    part: str
    reason: str
    text: str = field(default="", compare=False)


Value = Blank | Dash | NotApplicable | CellError | Measure | Span | Moment | Change | Words | Unreadable
"""Everything a value text can mean."""
