"""Where everything stands on the sheet 自评表: rows, columns, names and headings.

The printed part is the official form, on the national one columns A to I. To its right, outside the print area, stand
计算方式, the values the rules give, and the steps by which formulas read a text. Builder and reader both take their
positions from here; letters of columns given here are those of the national form, :class:`Helpers` moves them right on
a wider one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from toolkit.core.columns import SPLIT_TARGET, FormColumns, make_columns, national_columns, needed_beside, own_key
from toolkit.core.form import Form, FundLine, Indicator
from toolkit.core.letters import column_letters, column_number
from toolkit.core.scheme.model import Scheme

TEMPLATE_VERSION = "2026.1"
"""Version of the template; it stands in 评分参数 and is part of the 校验码."""
CAPACITY = 60
"""Indicator rows of a form; those not in use are hidden and do not print."""

FORM_SHEET = "自评表"
"""Name of the first form sheet; further ones are 自评表 (2), 自评表 (3) …"""
FACTS_SHEET = "报告要素"
"""Name of the sheet of facts; 报告要素 (2) belongs to 自评表 (2)."""
TABLE_MARK = "表"
"""Stands on 报告要素 before the name of a table."""
SHEETS = ("填报说明", "自评表", "报告要素", "数据来源", "检查结果", "自评报告", "评分参数")
"""The sheets of a workbook, in order."""

FUND_HEADINGS: Mapping[str, str] = {
    "年初预算数": "D",
    "全年预算数": "E",
    "全年执行数": "F",
    "分值": "G",
    "执行率": "H",
    "得分": "I",
}
"""Headings of 项目资金 and their columns; the source's name stands in B:C."""

INDICATOR_HEADINGS: Mapping[str, str] = {
    "一级指标": "B",
    "二级指标": "C",
    "三级指标": "D",
    "年度指标值": "E",
    "实际完成值": "F",
    "分值": "G",
    "得分": "H",
    "偏差原因分析及改进措施": "I",
}
"""Headings of 年度绩效指标 and their columns."""

RULE_HEADINGS: Mapping[str, str] = {
    "计算方式": "K",
    "测算得分": "L",
    "扣分": "M",
    "完成率": "N",
    "标记": "O",
}
"""Headings right of the print area: what the rules give, for fund rows (L, N, O) and indicator rows."""

READING_STEPS = ("文本", "首位", "方向", "位数", "数字", "倍数", "单位", "可读", "数")
"""The steps by which formulas read a text; one column each, for 指标值 from Q, for 完成值 from Z."""
TARGET_COLUMNS: Mapping[str, str] = dict(zip(READING_STEPS, "QRSTUVWXY", strict=True))
ACTUAL_COLUMNS: Mapping[str, str] = dict(zip(READING_STEPS, ("Z", *(f"A{c}" for c in "ABCDEFGH")), strict=True))
COMPARABLE_COLUMN = "AI"
"""1 where both texts can be read and have one unit."""
LEVEL_COLUMNS = ("AJ", "AK")
"""一级 and 二级指标 of every row, filled down."""
COUNT_COLUMN = "AL"
"""Count of the rows in use so far, by which 数据来源 lists them."""
SECTION_COLUMNS: Mapping[str, str] = {"一级指标合计": "T", "应有分值": "U", "分值合计": "V", "得分合计": "W"}
"""Sums by 一级指标, in the rows above the funds and beside them."""
DECISION_COLUMNS: Mapping[str, str] = {"不参与": "AM", "可定": "AN", "达标": "AO", "采用": "AP", "未达得分": "AQ"}
"""The steps from two numbers in one unit to 测算得分."""
SEPARATOR_COLUMNS = ("AR", "AS")
"""1 where the thousands separators of 指标值 and 完成值 stand right."""
NAME_COLUMNS: Mapping[str, str] = {"名称·文本": "AT", "成本上限": "AU"}
"""三级指标 without spaces; 1 where the row is a cost that names no saving."""

TAKEN_COLUMNS: Mapping[str, str] = {"自报完成率": "AV", "指标值·取用": "AW"}
"""1 where 实际完成值 states a 完成率 itself; 年度指标值 as one text: joined from its columns, or 100 % for such a row."""
LEAF_COLUMNS: Mapping[str, str] = {"评分规则": "AX", "规则得分": "AY"}
"""The scheme's own rule for a row, and the unrounded points it gives."""
SHARE_COLUMNS: Mapping[str, str] = {"指标个数": "X", "平均分值": "Y"}
"""Beside the sums by 一级指标: how many indicators share its weight, and how much each gets."""
PROJECT_COLUMNS: Mapping[str, str] = {"清单行数": "AA", "可用行数": "AB", "资金合计": "AC", "得分×资金": "AD"}
"""In the rows above the funds: what 项目清单 adds up to."""
PROJECT_ROW = 2
SIDE_NAMES: Mapping[str, str] = {
    "填报单位": "$L$1",
    "项目编码": "$L$2",
    "目标已批复": "$L$3",
}
"""Optional fields and the switch, right of the print area in rows of the heading."""
_INDICATOR_ATTRIBUTES: Mapping[str, str] = {
    "二级指标": "level2",
    "四级指标": "level4",
    "年度指标值": "target",
    "实际完成值": "actual",
    "分值": "weight",
    "偏差原因分析及改进措施": "deviation",
}
FUND_ATTRIBUTES: Mapping[str, str] = {
    "年初预算数": "initial_budget",
    "全年预算数": "annual_budget",
    "到位金额": "received",
    "到位率": "received_rate",
    "全年执行数": "executed",
    "分值": "weight",
    "执行率": "rate",
    "得分": "score",
}
"""Columns of 项目资金 and what they are called in :class:`FundLine`."""


class Helpers:
    """The columns right of the form, moved ``shift`` columns right of where the national form has them."""

    def __init__(self, shift: int) -> None:
        """Work out all letters."""
        self._shift = shift
        self.rules = self._moved(RULE_HEADINGS)
        self.target = self._moved(TARGET_COLUMNS)
        self.actual = self._moved(ACTUAL_COLUMNS)
        self.comparable = self.at(COMPARABLE_COLUMN)
        self.levels = (self.at(LEVEL_COLUMNS[0]), self.at(LEVEL_COLUMNS[1]))
        self.count = self.at(COUNT_COLUMN)
        self.sections = self._moved(SECTION_COLUMNS)
        self.decision = self._moved(DECISION_COLUMNS)
        self.separators = (self.at(SEPARATOR_COLUMNS[0]), self.at(SEPARATOR_COLUMNS[1]))
        self.names = self._moved(NAME_COLUMNS)
        self.taken = self._moved(TAKEN_COLUMNS)
        self.leaf = self._moved(LEAF_COLUMNS)
        self.shares = self._moved(SHARE_COLUMNS)
        self.projects = self._moved(PROJECT_COLUMNS)

    def at(self, letters: str) -> str:
        """Return the letters of a column that the national form has at ``letters``."""
        return column_letters(column_number(letters) + self._shift)

    def side_names(self) -> Mapping[str, str]:
        """Return the optional fields and the absolute cells that hold them."""
        return {name: f"${self.at(area[1])}{area[2:]}" for name, area in SIDE_NAMES.items()}

    def _moved(self, columns: Mapping[str, str]) -> dict[str, str]:
        return {name: self.at(letters) for name, letters in columns.items()}


@dataclass(frozen=True, slots=True)
class LevelBlock:
    """Consecutive indicator rows under one 一级 and one 二级指标.

    Attributes:
        used: rows shown; the rest up to ``capacity`` are spare and hidden.
    """

    level1: str
    level2: str
    used: int
    capacity: int


@dataclass(frozen=True)
class FormLayout:
    """Positions on one form sheet, all row numbers counted from 1 as in Excel.

    Attributes:
        fund_rows: rows of 项目资金 below its heading, the total included.
        blocks: the indicator blocks in order.
        columns: the columns of the form.
        has_goals: whether the form has 年度总体目标.
    """

    fund_rows: int
    blocks: tuple[LevelBlock, ...]
    columns: FormColumns
    has_goals: bool = True

    title_row = 1
    year_row = 2
    project_row = 3
    department_row = 4
    fund_heading_row = 5

    @cached_property
    def helpers(self) -> Helpers:
        """Return the columns right of the form."""
        return Helpers(self.columns.shift)

    @property
    def fund_first(self) -> int:
        """Return the row of 年度资金总额."""
        return self.fund_heading_row + 1

    @property
    def fund_last(self) -> int:
        """Return the row of the last source."""
        return self.fund_heading_row + self.fund_rows

    @property
    def goal_heading_row(self) -> int:
        """Return the row of 预期目标 and 实际完成情况, on a form that has them."""
        return self.fund_last + 1

    @property
    def goal_row(self) -> int:
        """Return the row of the two goal texts, on a form that has them."""
        return self.fund_last + 2

    @property
    def indicator_heading_row(self) -> int:
        """Return the row of 一级指标 … 偏差原因分析及改进措施."""
        return self.fund_last + (3 if self.has_goals else 1)

    @property
    def indicator_first(self) -> int:
        """Return the first indicator row."""
        return self.indicator_heading_row + 1

    @cached_property
    def indicator_last(self) -> int:
        """Return the last indicator row, spare rows included."""
        return self.indicator_heading_row + sum(block.capacity for block in self.blocks)

    @property
    def total_row(self) -> int:
        """Return the row of 总分."""
        return self.indicator_last + 1

    @property
    def sign_row(self) -> int:
        """Return the first of the two rows for 填表人, 负责人, 联系电话, 等级, 填报日期 and 盖章."""
        return self.total_row + 1

    @property
    def section_names(self) -> tuple[str, ...]:
        """Return the 一级指标 in the order of the form, each once."""
        return tuple(dict.fromkeys(block.level1 for block in self.blocks if block.level1))

    def section_areas(self) -> Mapping[str, str]:
        """Return the absolute ranges of names, 应有分值, 分值 and 得分 by 一级指标, such as $T$2:$T$4.

        They stand beside the form; a row belongs to each of :attr:`section_names`.
        """
        top, bottom = self.title_row + 1, self.title_row + len(self.section_names)
        return {name: f"${letters}${top}:${letters}${bottom}" for name, letters in self.helpers.sections.items()}

    def section_row(self, name: str) -> int:
        """Return the row in which the sums of a 一级指标 stand."""
        return self.title_row + 1 + self.section_names.index(name)

    def block_rows(self) -> Iterator[tuple[LevelBlock, range]]:
        """Yield each block with its rows, spare rows included."""
        row = self.indicator_first
        for block in self.blocks:
            yield block, range(row, row + block.capacity)
            row += block.capacity

    def used_rows(self) -> Iterator[int]:
        """Yield the indicator rows that are shown, in order."""
        for block, rows in self.block_rows():
            yield from rows[: block.used]

    def names(self) -> Mapping[str, str]:
        """Return the sheet-scoped names and the absolute ranges they stand for."""
        return {**self._head_names(), **self._table_names(), **self.helpers.side_names()}

    def _head_names(self) -> Mapping[str, str]:
        columns, sign = self.columns, self.sign_row
        left, _, right = columns.header
        by, _, chief, _, telephone = columns.signatures
        named = {
            "年度": f"$A${self.year_row}",
            "项目名称": f"${left.letters}${self.project_row}",
            "项目金额": f"${right.letters}${self.project_row}",
            "主管部门": f"${left.letters}${self.department_row}",
            "实施单位": f"${right.letters}${self.department_row}",
            "金额单位": f"$A${self.fund_heading_row}",
        }
        if self.has_goals:
            named |= {"预期目标": f"${columns.goals[0].letters}${self.goal_row}"}
            named |= {"实际完成情况": f"${columns.goals[1].letters}${self.goal_row}"}
        return named | {
            "总分_分值": f"${columns.at('分值')}${self.total_row}",
            "总分_得分": f"${columns.at('得分')}${self.total_row}",
            "填表人": f"${by.letters}${sign}",
            "负责人": f"${chief.letters}${sign}",
            "联系电话": f"${telephone.letters}${sign}",
            "等级": f"${by.letters}${sign + 1}",
            "填报日期": f"${chief.letters}${sign + 1}",
        }

    def _table_names(self) -> Mapping[str, str]:
        columns, first, last = self.columns, self.fund_first, self.fund_last
        named = {"资金来源": f"${columns.kind.letters}${first}:${columns.kind.letters}${last}"}
        for field in (*columns.fund, *columns.fund_beside):
            letters = columns.find_fund(field)
            named[f"资金_{field}"] = f"${letters}${first}:${letters}${last}"
        top, bottom = self.indicator_first, self.indicator_last
        ruled = {key: self.helpers.rules[key] for key in ("计算方式", "测算得分", "扣分", "完成率")}
        own = {field: columns.find(field) for field in (*columns.indicator, *columns.beside)}
        return named | {f"指标_{field}": f"${c}${top}:${c}${bottom}" for field, c in {**own, **ruled}.items()}


def make_layout(
    fund_rows: int,
    groups: Sequence[tuple[str, str, int]],
    capacity: int = CAPACITY,
    *,
    columns: FormColumns | None = None,
    has_goals: bool = True,
) -> FormLayout:
    """Lay out a form for groups of (一级指标, 二级指标, rows in use); by default with the national columns.

    Spare rows up to ``capacity`` are shared out evenly, so that every 二级指标 can grow without unprotecting.
    """
    spare = max(0, capacity - sum(used for _, _, used in groups))
    each, rest = divmod(spare, len(groups)) if groups else (0, 0)
    blocks = tuple(
        LevelBlock(level1, level2, used, used + each + (1 if index < rest else 0))
        for index, (level1, level2, used) in enumerate(groups)
    )
    return FormLayout(fund_rows, blocks, columns or national_columns(), has_goals)


def form_columns(scheme: Scheme, form: Form | None = None) -> FormColumns:
    """Return the columns of a scheme's form.

    Args:
        scheme: says which columns are printed.
        form: a form to be filled in: what it holds and the scheme does not print gets a column beside the form.
    """
    printed = [column.field for column in scheme.columns]
    known = [*printed, "年度指标值"] if all(map(scheme.prints, SPLIT_TARGET)) else printed
    held = _held(form.indicators if form else (), _INDICATOR_ATTRIBUTES)
    funds = [column.field for column in scheme.fund_columns]
    fund_held = _held(form.funds if form else (), FUND_ATTRIBUTES)
    scored = scheme.execution_weight > 0 or {"分值", "得分"} & {*fund_held, *funds}
    wanted = ("全年预算数", "全年执行数", *(("分值", "得分") if scored else ()))
    return make_columns(
        printed, funds, needed_beside(known, ["分值"], held), needed_beside(funds, wanted, fund_held)
    )


def own_texts(scheme: Scheme, row: Indicator) -> dict[str, str]:
    """Return what a row says in the columns that the scheme's form has for itself, by field."""
    found = {column.field: row.own.get(own_key(column.heading)) for column in scheme.own_columns}
    return {field: "" if cell is None else cell.text for field, cell in found.items()}


def _held(rows: Sequence[object], attributes: Mapping[str, str]) -> list[str]:
    """Return the columns in which a row holds something."""
    return [field for field, name in attributes.items() if any(not getattr(row, name).empty for row in rows)]


def form_layout(
    scheme: Scheme, groups: Sequence[tuple[str, str, int]], form: Form | None = None, capacity: int = CAPACITY
) -> FormLayout:
    """Lay out a scheme's form for groups of (一级指标, 二级指标, rows in use), see :func:`form_columns`."""
    goals = form is not None and not (form.expected_goal.blank and form.achieved_goal.blank)
    funds: Sequence[FundLine | str] = form.funds if form is not None and form.funds else scheme.fund_rows
    columns = form_columns(scheme, form)
    return make_layout(len(funds), groups, capacity, columns=columns, has_goals=scheme.has_goals or goals)
