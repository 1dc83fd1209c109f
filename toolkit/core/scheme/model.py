"""What a scheme says, as frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from toolkit.core.columns import OWN_COLUMNS

RateBasis = Literal["exact", "printed"]
Ceiling = Literal["ratio", "linear"]
RuleKind = Literal["execution", "projects", "hand"]


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
class Leaf:
    """An indicator that the scheme itself names (决策 … 完整性).

    Attributes:
        level4: 四级指标, "" where the tree has three levels.
        weight: its 分值 in points, ``None`` where the scheme sets none.
        note: what is assessed (指标说明), shown beside the row.
    """

    level3: str
    level4: str
    weight: Decimal | None
    note: str


@dataclass(frozen=True, slots=True)
class Block:
    """A 二级指标 of the template.

    Attributes:
        rows: how many rows a blank form shows for it.
        leaves: the indicators that the scheme names, in order; empty where each project has its own.
    """

    level1: str
    level2: str
    rows: int
    leaves: tuple[Leaf, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A printed column of the form.

    Attributes:
        field: what stands in it, by the name the product uses: 年度指标值, 分值, 指标性质 …
        heading: as this scheme's form prints it, such as 年初目标值(A).
    """

    field: str
    heading: str


@dataclass(frozen=True, slots=True)
class LeafRule:
    """How rows of certain names are scored, unless the officer chose a 计算方式.

    Attributes:
        names: texts of 三级 or 四级指标, whole.
        rule: ``execution`` 分值 × min(1, 执行率); ``projects`` 分值 × Σ(自评得分 × 资金) ÷ Σ资金 ÷ 100 over 项目清单;
            ``hand`` by the officer.
        reason: for ``hand``: why there is no formula, a Chinese clause.
    """

    names: tuple[str, ...]
    rule: RuleKind
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Where a setting of a scheme was read, for one made from a blank form.

    Attributes:
        label: the setting, as 评分参数 calls it.
        value: what was read; it may be something that the scheme could not take.
        how: how it was recognised, a Chinese clause.
        place: where it stands in the blank form, "" for what the form does not say.
    """

    label: str
    value: str
    how: str
    place: str


@dataclass(frozen=True, slots=True)
class AppliesTo:
    """Which forms a scheme is meant for when none is named."""

    regions: tuple[str, ...]
    forms: tuple[str, ...]
    first_year: int
    last_year: int


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scoring scheme. Shares and rates are fractions (0.9 is 90 %), weights and scores are points out of 100.

    Attributes:
        columns: the printed columns of 年度绩效指标, in order.
        fund_columns: the printed columns of 项目资金 behind the row's name, in order.
        labels: what this scheme's form calls 项目名称, 主管部门, 实施单位, 年度资金总额 …, where it differs.
        has_goals: whether the form has 年度总体目标.
        equal_sections: 一级指标 whose weight is split equally over the project's own indicators, the remainder to the
            first (40 over three: 13.34, 13.33, 13.33).
        leaf_rules: how rows of certain names are scored.
        completion_bands: lower bounds of 完成率 by which a report counts indicators, highest first (80 %, 60 %).
        percent_is_completion: without 年度指标值 a percentage in 实际完成值 is the 完成率; 满意度 left out.
        large_deviation: distance of 完成率 from 100 % from which a report speaks of 偏差较大.
        outline: id of the report's outline.
        base: the scheme it extends, "" for one that stands alone.
        readings: where each setting was read; empty for a scheme that was written by hand.
    """

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
    columns: tuple[Column, ...]
    fund_columns: tuple[Column, ...]
    labels: Mapping[str, str]
    has_goals: bool
    equal_sections: tuple[str, ...]
    leaf_rules: tuple[LeafRule, ...]
    completion_bands: tuple[Decimal, ...]
    percent_is_completion: bool
    large_deviation: Decimal
    outline: str
    severities: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]
    base: str = ""
    readings: tuple[Reading, ...] = ()

    def grade_of(self, total: Decimal) -> Grade:
        """Return the grade of a total in points: the highest whose least total is reached."""
        return next((grade for grade in self.grades if total >= grade.least), self.grades[-1])

    def rule_of(self, *names: str) -> LeafRule | None:
        """Return how a row is scored whose 三级 or 四级指标 is one of ``names``, ``None`` where target and result decide."""
        return next((rule for rule in self.leaf_rules if any(name in rule.names for name in names)), None)

    def label(self, name: str) -> str:
        """Return what this scheme's form calls a field of the national one."""
        return self.labels.get(name, name)

    def prints(self, field: str) -> bool:
        """Tell whether the form has a printed column for ``field``."""
        return any(column.field == field for column in self.columns)

    @property
    def own_columns(self) -> tuple[Column, ...]:
        """Return the columns that this form has for itself, in its order."""
        return tuple(column for column in self.columns if column.field in OWN_COLUMNS)

    def mentions(self, text: str, words: str) -> bool:
        """Tell whether ``text`` contains a word of the list named ``words``."""
        for word in self.words[words]:  # noqa: SIM110  # asked thousands of times a form: a generator costs more than the search
            if word in text:
                return True
        return False
