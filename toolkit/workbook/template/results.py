"""What the formulas of a form give, by the core: the results a file holds before a program recalculates it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from toolkit.core.form import Form, Indicator
from toolkit.core.layout import FormLayout
from toolkit.core.money import round_half_up
from toolkit.core.scheme import Scheme
from toolkit.scoring import Direction, IndicatorScore, score_form
from toolkit.scoring.compare import direction_of, is_cost, is_satisfaction
from toolkit.scoring.leaf import rule_for
from toolkit.workbook.template.filled import as_computed, fund_cell, part_sum
from toolkit.workbook.template.funds import fund_slack, source_places
from toolkit.workbook.template.parameters import AMOUNT_DECIMALS, MARK_TYPED, RULE_WORDS, WHOLE_WORD
from toolkit.workbook.template.rule_points import RulePoints
from toolkit.workbook.template.steps import Reading, read_steps
from toolkit.workbook.template.words import stands_aside, without_spaces

ZERO = Decimal(0)
Result = str | int | Decimal
_DECIDED = (Direction.FORWARD, Direction.REVERSE, Direction.EQUAL)


class RowResults:
    """The results of one indicator row."""

    def __init__(self, row: Indicator, score: IndicatorScore, scheme: Scheme, points: RulePoints) -> None:
        """Follow the formulas through ``row``; ``points`` are those that rules of the scheme give on its form."""
        self.row = row
        self._score = score
        self._scheme = scheme
        self._points = points
        self.actual: Reading = read_steps(row.actual.text)
        self.target: Reading = read_steps(self.taken_target)

    @property
    def stated(self) -> int:
        """自报完成率: 1 where 实际完成值 states a 完成率 itself."""
        if not self._scheme.percent_is_completion or self.row.target.text or is_satisfaction(self.row, self._scheme):
            return 0
        actual = self.actual
        return int(actual.percent and not actual.unit and actual.steps["首位"] == 1 and actual.number is not None)

    @property
    def taken_target(self) -> str:
        """指标值·取用: 年度指标值 as one text, 100 % where the result states a 完成率."""
        return WHOLE_WORD if self.stated else self.row.target.text

    @property
    def rule(self) -> str:
        """评分规则: the scheme's own rule for the row, "" where target and result decide."""
        found = None if self.outside else rule_for(self.row, self._scheme)
        return "" if found is None else RULE_WORDS[found.rule]

    @property
    def ruled_points(self) -> Result:
        """规则得分: the unrounded points that the scheme's rule gives."""
        return self._points.earned(self.rule, self._score.weight or ZERO)

    @property
    def comparable(self) -> int:
        """可比: both read, one unit, both or neither a percentage."""
        target, actual = self.target, self.actual
        both = target.number is not None and actual.number is not None
        return int(both and target.unit == actual.unit and target.percent == actual.percent)

    @property
    def method(self) -> str:
        """计算方式: the officer's choice, else what the formula proposes."""
        if not self.row.method.blank:
            return self.row.method.text
        if self.stated:
            return str(Direction.FORWARD)
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
        if self.rule:
            return self._score.computed if self.ruled_points != "" and self._score.computed is not None else ""
        return self._score.computed if self.taken and self._score.computed is not None else ""

    @property
    def bare_name(self) -> str:
        """名称·文本: 三级指标 without spaces."""
        return without_spaces(self.row.level3.text)

    @property
    def cost(self) -> int:
        """成本上限: a cost that names neither a saving nor a rate at which money is paid out."""
        name = self.row.level3.text
        no_ceiling = self._scheme.mentions(name, "saving_names") or self._scheme.mentions(name, "payment_names")
        return int(is_cost(self.row, self._scheme) and not no_ceiling)

    @property
    def outside(self) -> int:
        """不参与: the row is marked 不适用 by its name, or by its target where the scheme has rules of its own."""
        by_target = bool(self._scheme.leaf_rules) and stands_aside(self.row.target.text)
        return int(stands_aside(self.row.level3.text) or by_target)

    @property
    def decidable(self) -> int:
        """可定: two numbers in one unit and a 计算方式 that compares them."""
        return int(self.comparable and not self.outside and self.method in tuple(_DECIDED) and not self._left_to_core)

    @property
    def met(self) -> Result:
        """达标: 1 or 0, "" where the row is not decidable."""
        if not self.decidable:
            return ""
        target, actual = self._pair
        downward = self.method == Direction.REVERSE or (self.method == Direction.EQUAL and not target)
        return int(actual <= target if downward else actual >= target)

    @property
    def taken(self) -> int:
        """采用: the decision holds although the result may be given as a bound (≥90%)."""
        sign = self.actual.sign_kind
        if not self.decidable or sign not in (Direction.FORWARD, Direction.REVERSE):
            return self.decidable
        return int(self.met == 1 and (sign == Direction.FORWARD) == (self.method != Direction.REVERSE))

    @property
    def missed_points(self) -> Result:
        """未达得分: the unrounded points of a missed target, "" where it was met."""
        if not self.taken or self.met == 1:
            return ""
        target, actual = self._pair
        weight = self._score.weight or ZERO
        if not target:
            return ZERO
        if actual < target:
            return weight * actual / target
        linear = max(ZERO, weight * (2 * target - actual) / target)
        return weight * target / actual if self._scheme.ceiling == "ratio" else linear

    @property
    def _pair(self) -> tuple[Decimal, Decimal]:
        return self.target.number or ZERO, self.actual.number or ZERO

    @property
    def _left_to_core(self) -> bool:
        scaled = any(name in self.row.level3.text for scale in self._scheme.scales for name in scale.names)
        target, actual = self._pair
        over = self._scheme.over_deduction and self.method == Direction.FORWARD and actual > target
        return bool(scaled or over or (self.stated and self.method != Direction.FORWARD))

    @property
    def filled(self) -> Result:
        """得分: the officer's, else the proposal."""
        return self.proposal if self.row.score.blank else (self._score.filled if self._score.filled is not None else "")

    @property
    def deduction(self) -> Result:
        """扣分 = 分值 － 得分."""
        if self._score.weight is None or isinstance(self.filled, str):
            return ""
        return round_half_up(self._score.weight - self.filled, AMOUNT_DECIMALS)

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
        self._form = as_computed(form, scheme)
        self._scheme = scheme
        self._layout = layout
        self.scores = score_form(self._form, scheme)
        self.points = RulePoints(self._form, scheme)
        self.rows: Sequence[RowResults] = [
            RowResults(score.row, score, scheme, self.points) for score in self.scores.rows
        ]

    @property
    def form(self) -> Form:
        """Return the form with what formulas put into its blank cells."""
        return self._form

    def part_sum(self, field: str) -> Decimal | None:
        """Return the sum of the sources in a fund column, ``None`` while no source has an amount."""
        return part_sum(self._form, field)

    def total_holds(self, field: str) -> bool:
        """Tell whether 年度资金总额 in a column is the sum of its sources, the slack of rounded 万元 allowed for."""
        cells = [fund_cell(line, field) for line in self._form.funds]
        parts = sum((cells[place].number or ZERO for place in source_places(self._form)), ZERO)
        return abs((cells[0].number or ZERO) - parts) <= fund_slack(self._form, self._scheme)

    def total(self, field: str) -> Result:
        """Return what the formula of 总分 gives for 分值 or 得分."""
        fund = self.scores.fund
        if field == "分值":
            numbers = [score.weight for score in self.scores.rows if score.weight is not None]
            extra = fund.weight
        else:
            numbers = [row.filled for row in self.rows if isinstance(row.filled, Decimal)]
            extra = self._fund_points()
        if extra is not None and self._layout.columns.find_fund(field):
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
        return self.total("得分") if cell.blank else (cell.number if cell.number is not None else "")

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
