"""What the formulas of a form give, by the core: the results a file holds before a program recalculates it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from toolkit.core.form import Form, Indicator
from toolkit.core.layout import FUND_HEADINGS, FormLayout
from toolkit.core.money import round_half_up
from toolkit.core.scheme import Scheme
from toolkit.scoring import Direction, IndicatorScore, score_form
from toolkit.scoring.compare import direction_of
from toolkit.workbook.template.parameters import MARK_TYPED, NO_SIGN
from toolkit.workbook.template.steps import Reading, read_steps

ZERO = Decimal(0)
Result = str | int | Decimal
_DECIDED = (Direction.FORWARD, Direction.REVERSE, Direction.EQUAL)


class RowResults:
    """The results of one indicator row."""

    def __init__(self, row: Indicator, score: IndicatorScore, scheme: Scheme) -> None:
        """Follow the formulas through ``row``."""
        self.row = row
        self._score = score
        self._scheme = scheme
        self.target: Reading = read_steps(row.target.text)
        self.actual: Reading = read_steps(row.actual.text)

    @property
    def comparable(self) -> int:
        """可比: both read, one unit, both or neither a percentage."""
        target, actual = self.target, self.actual
        if target.number is None or actual.number is None:
            return 0
        return int(target.unit == actual.unit and target.percent == actual.percent and self._definite)

    @property
    def _definite(self) -> bool:
        """Tell whether the actual has no sign, or one that cannot change whether the target is met."""
        sign, reverse = self.actual.sign_kind, self.method == Direction.REVERSE
        target, actual = self.target.number or ZERO, self.actual.number or ZERO
        if sign in (NO_SIGN, Direction.EQUAL):
            return True
        return (sign == Direction.REVERSE) == reverse and (actual <= target if reverse else actual >= target)

    @property
    def method(self) -> str:
        """计算方式: the officer's choice, else what the formula proposes."""
        if not self.row.method.blank:
            return self.row.method.text
        if self.target.number is not None:
            return str(direction_of(self.row, self._scheme))
        return str(Direction.QUALITATIVE) if self.target.wordy else ""

    @property
    def proposal(self) -> Result:
        """测算得分, "" where the formulas cannot read the texts."""
        if self._score.weight is None:
            return ""
        if self._score.weight <= 0:
            return ZERO
        open_row = not self.comparable or self.method not in tuple(_DECIDED) or self.row.not_applicable
        if open_row or self._left_to_core or self._score.computed is None:
            return ""
        return self._score.computed

    @property
    def _left_to_core(self) -> bool:
        scaled = any(name in self.row.level3.text for scale in self._scheme.scales for name in scale.names)
        target, actual = self.target.number or ZERO, self.actual.number or ZERO
        over = self._scheme.over_deduction and self.method == Direction.FORWARD and actual > target
        return bool(scaled or over)

    @property
    def filled(self) -> Result:
        """得分: the officer's, else the proposal."""
        return self.proposal if self.row.score.blank else (self._score.filled if self._score.filled is not None else "")

    @property
    def deduction(self) -> Result:
        """扣分 = 分值 － 得分."""
        if self._score.weight is None or isinstance(self.filled, str):
            return ""
        return round_half_up(self._score.weight - self.filled, self._scheme.score_decimals)

    @property
    def completion(self) -> Result:
        """完成率 as a fraction."""
        target, actual = self.target.number, self.actual.number
        if not self.comparable or target is None or actual is None or not target:
            return ""
        return actual / target


class Results:
    """The results of a whole form."""

    def __init__(self, form: Form, scheme: Scheme, layout: FormLayout) -> None:
        """Score ``form`` and follow its formulas."""
        self._form = form
        self._scheme = scheme
        self._layout = layout
        self.scores = score_form(form, scheme)
        self.rows: Sequence[RowResults] = [RowResults(score.row, score, scheme) for score in self.scores.rows]

    def part_sum(self, column: str) -> Decimal | None:
        """Return the sum of the sources in a fund column, ``None`` while no source has an amount."""
        heading = next(name for name, letters in FUND_HEADINGS.items() if letters == column)
        cells = [dict(line.amounts())[heading] for line in self._form.fund_parts]
        numbers = [cell.number for cell in cells if cell.number is not None]
        return sum(numbers, ZERO) if numbers else None

    def total(self, column: str) -> Result:
        """Return what the formula of 总分 gives in G (分值) or H (得分)."""
        fund = self.scores.fund
        if column == "G":
            numbers = [score.weight for score in self.scores.rows if score.weight is not None]
            extra = fund.weight
        else:
            numbers = [row.filled for row in self.rows if isinstance(row.filled, Decimal)]
            extra = self._fund_points()
        if extra is not None:
            numbers.append(extra)
        return round_half_up(sum(numbers, ZERO), self._scheme.score_decimals) if numbers else ""

    def _fund_points(self) -> Decimal | None:
        fund = self.scores.fund
        if fund.line is not None and not fund.line.score.blank:
            return fund.filled
        return fund.computed

    def stated_total(self) -> Result:
        """Return what stands in 总分·得分: the published total, else the formula's."""
        cell = self._form.total_score
        return self.total("H") if cell.blank else (cell.number if cell.number is not None else "")

    def grade(self) -> str:
        """Return what the formula of 等级 gives."""
        total = self.stated_total()
        return self._scheme.grade_of(total).name if isinstance(total, Decimal) else ""

    def mark(self, typed: bool) -> str:
        """Return 手工填写 for a cell whose formula was written over."""
        return MARK_TYPED if typed else ""

    def section_sums(self) -> Mapping[str, tuple[Decimal, Decimal]]:
        """Return Σ分值 and Σ得分 by 一级指标."""
        sums: dict[str, tuple[Decimal, Decimal]] = {}
        for row, score in zip(self.rows, self.scores.rows, strict=True):
            weight, points = sums.get(row.row.level1.text, (ZERO, ZERO))
            filled = row.filled if isinstance(row.filled, Decimal) else ZERO
            sums[row.row.level1.text] = weight + (score.weight or ZERO), points + filled
        return sums
