"""The form 项目支出绩效自评表 as data: every value with the cell it stands in.

What is derived from a cell's text is kept once it was asked for: dozens of rules ask the same.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from toolkit.core.kept import kept
from toolkit.core.money import YUAN_PER_WAN, Figure, read_figure
from toolkit.core.values import Blank, Dash, NotApplicable, Value, read_value

FUND_COLUMNS = ("年初预算数", "全年预算数", "全年执行数")
"""The three amounts of a fund row (项目资金), in the order of the form."""
EVIDENCE = "佐证材料"
"""Column of 数据来源 that names the documents; where it is blank another column tells where a figure comes from."""
_NO_VALUE = (Blank, Dash, NotApplicable)
_DIGIT = re.compile("[0-9]")
_TOTAL_NAME = re.compile(
    r"(?:(?:年度|全年|本年度?|当年)(?:财政)?)?(?:项目)?(?:预算|资金|经费|支出|投资)*(?:总额|总数|总量|合计|总计|总和)"
    r"(?:[（(].*[）)])?[：:]?|(?:全年)?预算数?\W+(?:全年)?执行数?"
)
"""How the total row of 项目资金 is called: 年度资金总额, 合计, 预算数/执行数."""


class Origin(StrEnum):
    """Where a cell's content comes from."""

    TYPED = "typed"
    """Typed by the officer, or given by an interchange file."""
    FORMULA = "formula"
    """The result of a formula, current as far as can be told."""
    UNCACHED = "uncached"
    """A formula whose result the file does not hold."""
    STALE = "stale"
    """A formula of the template whose stored result is not what it gives now; the text is the result recomputed."""


class Line:
    """Numbers of the form's rows, in the order a reader meets them; rows of one block count up from its number."""

    HEADER = 0
    FUNDS = 1000
    GOALS = 2000
    INDICATORS = 3000
    TOTAL = 9000
    FACTS = 9500
    REPORT = 20000


_TYPED = Origin.TYPED


@dataclass(frozen=True, init=False)
class Cell:
    """One value of the form and the place it stands in.

    Attributes:
        field: 行名·列名 in the form's own words, such as 年度资金总额·执行率.
        text: what is printed; "" for a blank cell.
        sheet: the sheet's name, ``None`` for a source without cells.
        address: the cell in A1 notation, ``None`` likewise.
        exact: the number behind the print where the number format hides digits.
        origin: typed, or the result of a formula.
        line: the place of its row in the form's order, see :class:`Line`; it tells rows of one name apart.
    """

    field: str = ""
    text: str = ""
    sheet: str | None = dataclasses.field(default=None, compare=False)
    address: str | None = dataclasses.field(default=None, compare=False)
    exact: Decimal | None = None
    origin: Origin = dataclasses.field(default=Origin.TYPED, compare=False)
    line: int = dataclasses.field(default=0, compare=False)

    def __init__(
        self,
        field: str = "",
        text: str = "",
        sheet: str | None = None,
        address: str | None = None,
        exact: Decimal | None = None,
        origin: Origin = Origin.TYPED,
        line: int = 0,
    ) -> None:
        """Take the attributes; a form has hundreds of cells, and this takes a quarter of what a frozen class's own does."""
        held = self.__dict__
        held["field"] = field
        held["text"] = text
        held["line"] = line
        # What is as usual stays with the class.
        if sheet is not None:
            held["sheet"] = sheet
        if address is not None:
            held["address"] = address
        if exact is not None:
            held["exact"] = exact
        if origin is not _TYPED:
            held["origin"] = origin

    @kept
    def value(self) -> Value:
        """Return what the text means."""
        return read_value(self.text)

    @kept
    def figure(self) -> Figure | None:
        """Return the printed figure, ``None`` where the text is not exactly one number."""
        return read_figure(self.text)

    @kept
    def number(self) -> Decimal | None:
        """Return the number of the cell (86% is 0.86), ``None`` where it holds none."""
        if self.exact is not None:
            return self.exact
        figure = read_figure(self.text)
        return None if figure is None else figure.number

    @kept
    def blank(self) -> bool:
        """Tell whether nothing was typed; — and 不适用 are not blank."""
        return not self.text.strip()

    @kept
    def empty(self) -> bool:
        """Tell whether the cell gives no value: blank, a dash, or 不适用."""
        # No mark and no spelling of 不适用 has a digit: most cells need not be read as a value to tell.
        return self.blank or (_DIGIT.search(self.text) is None and isinstance(self.value, _NO_VALUE))


@dataclass(frozen=True)
class FundLine:
    """A row of 项目资金: 年度资金总额 or one of its sources.

    Attributes:
        received: 到位金额, on the forms that have it (广东).
        received_rate: 到位率 as printed.
    """

    kind: Cell
    initial_budget: Cell
    annual_budget: Cell
    executed: Cell
    weight: Cell
    rate: Cell
    score: Cell
    received: Cell = dataclasses.field(default_factory=lambda: Cell("到位金额"))
    received_rate: Cell = dataclasses.field(default_factory=lambda: Cell("到位率"))

    @kept
    def name(self) -> str:
        """Return the row's name without 其中：."""
        return self.kind.text.strip().removeprefix("其中").lstrip("：: ").strip()

    @kept
    def by_column(self) -> Mapping[str, Cell]:
        """Return the three amounts by the names of their columns."""
        return dict(zip(FUND_COLUMNS, (self.initial_budget, self.annual_budget, self.executed), strict=True))

    def amounts(self) -> Iterator[tuple[str, Cell]]:
        """Yield the three amounts with the names of their columns."""
        yield from self.by_column.items()


_NO_METHOD, _NO_BASIS, _NO_LEVEL4 = Cell("计算方式"), Cell("评分依据"), Cell("四级指标")
_NO_PROVIDER, _NO_GROUNDS = Cell("提供股室"), Cell("取数口径和依据")


@dataclass(frozen=True, init=False)
class Indicator:
    """A row of 年度绩效指标.

    Attributes:
        method: 计算方式 (正向, 反向, 等于, 定性, 人工) as the officer set it; blank where it follows from the target.
        evidence: 佐证材料 or source from 数据来源; ``None`` where the source of the form keeps none.
        basis: 评分依据 for a score set by hand; a column of its own on forms scored leaf by leaf.
        level4: 四级指标, on the forms that have four levels.
        provider: 提供股室 from 数据来源.
        grounds: 取数口径和依据 from 数据来源.
        own: cells of the columns that only this form has (复核分, 备注 …), by their heading without blanks.
    """

    level1: Cell
    level2: Cell
    level3: Cell
    target: Cell
    actual: Cell
    weight: Cell
    score: Cell
    deviation: Cell
    method: Cell = _NO_METHOD
    evidence: Cell | None = None
    basis: Cell = _NO_BASIS
    level4: Cell = _NO_LEVEL4
    provider: Cell = _NO_PROVIDER
    grounds: Cell = _NO_GROUNDS
    own: Mapping[str, Cell] = dataclasses.field(default_factory=dict, hash=False, kw_only=True)

    def __init__(
        self,
        level1: Cell,
        level2: Cell,
        level3: Cell,
        target: Cell,
        actual: Cell,
        weight: Cell,
        score: Cell,
        deviation: Cell,
        method: Cell = _NO_METHOD,
        evidence: Cell | None = None,
        basis: Cell = _NO_BASIS,
        level4: Cell = _NO_LEVEL4,
        provider: Cell = _NO_PROVIDER,
        grounds: Cell = _NO_GROUNDS,
        *,
        own: Mapping[str, Cell] | None = None,
    ) -> None:
        """Take the attributes; see :meth:`Cell.__init__` for why."""
        held = self.__dict__
        held["level1"] = level1
        held["level2"] = level2
        held["level3"] = level3
        held["target"] = target
        held["actual"] = actual
        held["weight"] = weight
        held["score"] = score
        held["deviation"] = deviation
        held["method"] = method
        held["evidence"] = evidence
        held["basis"] = basis
        held["level4"] = level4
        held["provider"] = provider
        held["grounds"] = grounds
        held["own"] = {} if own is None else own

    @kept
    def name(self) -> str:
        """Return the name of the row: its lowest level that has one."""
        levels = (self.level4, self.level3, self.level2, self.level1)
        return next((cell.text.strip() for cell in levels if not cell.blank), "")

    @kept
    def path(self) -> tuple[str, ...]:
        """Return the names of all levels from 一级指标 down, blank ones left out."""
        levels = (self.level1, self.level2, self.level3, self.level4)
        return tuple(cell.text.strip() for cell in levels if not cell.blank)

    @kept
    def not_applicable(self) -> bool:
        """Tell whether the row is marked 不适用, in 三级指标 or in 年度指标值."""
        # The name is compared as it stands: reading every name as a value would cost more than the rest of the form.
        return isinstance(self.target.value, NotApplicable) or self.level3.text.strip() == NotApplicable().text


@dataclass(frozen=True)
class Form:
    """One 项目支出绩效自评表.

    Attributes:
        year: 年度, ``None`` where the source does not say.
        currency_unit: the header's unit of all amounts, 元 or 万元.
        funds: 项目资金, in the order of the form; see :attr:`fund_total` for the total row.
        declared_weights: 分值 that the form itself declares for a 一级指标.
        facts: 报告要素 by name, empty where the source has none.
        tables: the tables of 报告要素 by name; each row holds the cells that were filled in, by column.
        scheme_id: the scheme the form names, "" where it names none.
        sheet: the sheet it stands on, ``None`` for a source without cells.
        parameters: the settings of 评分参数 that its workbook carries, by label.
        left_out: 得分 cells that the formula of 总分 does not add up.
    """

    year: int | None
    organisation: Cell
    project_name: Cell
    project_code: Cell
    project_amount: Cell
    department: Cell
    implementing_unit: Cell
    currency_unit: str
    funds: tuple[FundLine, ...]
    expected_goal: Cell
    achieved_goal: Cell
    indicators: tuple[Indicator, ...]
    total_weight: Cell
    total_score: Cell
    grade: Cell
    declared_weights: Mapping[str, Decimal] = dataclasses.field(default_factory=dict)
    facts: Mapping[str, Cell] = dataclasses.field(default_factory=dict)
    tables: Mapping[str, tuple[Mapping[str, Cell], ...]] = dataclasses.field(default_factory=dict)
    scheme_id: str = ""
    region: str = ""
    kind: str = "项目支出绩效自评表"
    sheet: str | None = dataclasses.field(default=None, compare=False)
    parameters: Mapping[str, str] = dataclasses.field(default_factory=dict, compare=False)
    left_out: tuple[Cell, ...] = dataclasses.field(default=(), compare=False)

    @kept
    def fund_total(self) -> FundLine | None:
        """Return the row 年度资金总额, wherever it stands; ``None`` on a form without funds.

        It is known by its name, else as the only row with a 分值; where neither tells, it is the first row.
        """
        if len(self.funds) == 1:
            return self.funds[0]
        named = [line for line in self.funds if _TOTAL_NAME.fullmatch(line.name)]
        weighted = [line for line in self.funds if (line.weight.number or 0) > 0]
        both = [line for line in named if line in weighted]
        likely = (*both, *named, *(weighted if len(weighted) == 1 else ()), *self.funds)
        return likely[0] if likely else None

    @kept
    def fund_parts(self) -> tuple[FundLine, ...]:
        """Return the rows of the sources: all but the total."""
        return tuple(line for line in self.funds if line is not self.fund_total)

    @kept
    def weighted(self) -> tuple[Indicator, ...]:
        """Return the rows that take part in the score: a 分值 above zero."""
        return tuple(row for row in self.indicators if (row.weight.number or 0) > 0)

    def amount(self, cell: Cell) -> Decimal | None:
        """Return an amount in the header's unit; a cell that names its own unit (234万元) is converted."""
        number = cell.number
        if number is None or cell.exact is not None:
            return number
        figure = cell.figure
        if figure is not None and figure.unit == "元" and self.currency_unit == "万元":
            return number / YUAN_PER_WAN
        return number


@lru_cache(maxsize=1024)
def section_name(text: str) -> str:
    """Return a 一级指标 without the weight some forms print behind it: 产出指标（50分） is 产出指标."""
    for mark in "（(":
        text = text.split(mark)[0]
    return text.strip()
