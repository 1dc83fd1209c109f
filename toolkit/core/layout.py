"""Where everything stands on the sheet 自评表: rows, columns, names and headings.

The printed part is the official form, columns A to I. To its right, outside the print area, stand 计算方式, the values
the rules give, and the steps by which formulas read a text. Builder and reader both take their positions from here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

TEMPLATE_VERSION = "2026.1"
"""Version of the template; it stands in 评分参数 and is part of the 校验码."""
CAPACITY = 60
"""Indicator rows of a form; those not in use are hidden and do not print."""

FORM_SHEET = "自评表"
"""Name of the first form sheet; further ones are 自评表 (2), 自评表 (3) …"""
SHEETS = ("填报说明", "自评表", "报告要素", "数据来源", "检查结果", "评分参数")
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

PRINT_COLUMNS = ("A", "I")
HELPER_FIRST_COLUMN = "K"


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
    """

    fund_rows: int
    blocks: tuple[LevelBlock, ...]

    title_row = 1
    year_row = 2
    project_row = 3
    department_row = 4
    fund_heading_row = 5

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
        """Return the row of 预期目标 and 实际完成情况."""
        return self.fund_last + 1

    @property
    def goal_row(self) -> int:
        """Return the row of the two goal texts."""
        return self.fund_last + 2

    @property
    def indicator_heading_row(self) -> int:
        """Return the row of 一级指标 … 偏差原因分析及改进措施."""
        return self.fund_last + 3

    @property
    def indicator_first(self) -> int:
        """Return the first indicator row."""
        return self.fund_last + 4

    @cached_property
    def indicator_last(self) -> int:
        """Return the last indicator row, spare rows included."""
        return self.fund_last + 3 + sum(block.capacity for block in self.blocks)

    @property
    def total_row(self) -> int:
        """Return the row of 总分."""
        return self.indicator_last + 1

    @property
    def sign_row(self) -> int:
        """Return the first of the two rows for 填表人, 负责人, 联系电话, 等级, 填报日期 and 盖章."""
        return self.total_row + 1

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
        first, last = self.fund_first, self.fund_last
        named = {
            "年度": f"$A${self.year_row}",
            "项目名称": f"$B${self.project_row}",
            "项目金额": f"$G${self.project_row}",
            "主管部门": f"$B${self.department_row}",
            "实施单位": f"$G${self.department_row}",
            "金额单位": f"$A${self.fund_heading_row}",
            "资金来源": f"$B${first}:$B${last}",
            "预期目标": f"$B${self.goal_row}",
            "实际完成情况": f"$F${self.goal_row}",
            "总分_分值": f"$G${self.total_row}",
            "总分_得分": f"$H${self.total_row}",
            "填表人": f"$B${self.sign_row}",
            "负责人": f"$E${self.sign_row}",
            "联系电话": f"$G${self.sign_row}",
            "等级": f"$B${self.sign_row + 1}",
            "填报日期": f"$E${self.sign_row + 1}",
        }
        named |= {f"资金_{heading}": f"${c}${first}:${c}${last}" for heading, c in FUND_HEADINGS.items()}
        top, bottom = self.indicator_first, self.indicator_last
        ruled = {key: RULE_HEADINGS[key] for key in ("计算方式", "测算得分", "扣分", "完成率")}
        indicator = {**INDICATOR_HEADINGS, **ruled}
        named |= {f"指标_{heading}": f"${c}${top}:${c}${bottom}" for heading, c in indicator.items()}
        return {**named, **SIDE_NAMES}


SIDE_NAMES: Mapping[str, str] = {
    "填报单位": "$L$1",
    "项目编码": "$L$2",
    "目标已批复": "$L$3",
}
"""Optional fields and the switch, right of the print area in rows of the heading."""


def make_layout(fund_rows: int, groups: Sequence[tuple[str, str, int]], capacity: int = CAPACITY) -> FormLayout:
    """Lay out a form for groups of (一级指标, 二级指标, rows in use).

    Spare rows up to ``capacity`` are shared out evenly, so that every 二级指标 can grow without unprotecting.
    """
    spare = max(0, capacity - sum(used for _, _, used in groups))
    each, rest = divmod(spare, len(groups)) if groups else (0, 0)
    blocks = tuple(
        LevelBlock(level1, level2, used, used + each + (1 if index < rest else 0))
        for index, (level1, level2, used) in enumerate(groups)
    )
    return FormLayout(fund_rows, blocks)
