"""The headings of a 取数表: what is written is what is looked for when it comes back."""

from __future__ import annotations

from collections.abc import Mapping

TITLE = "绩效自评取数表"
SHEET = "取数表"
CODE, PROJECT, LEVELS, NAME, TARGET = "编号", "项目名称", "指标类别", "指标名称", "年度指标值"
DEFINITION, LAST_YEAR = "取数口径", "上年完成值"
VALUE, SITUATION = "实际完成值", "实际情况"
"""Heading of the figures; the second where all of them go to 评分依据."""
EVIDENCE, PERSON, DAY = "依据和佐证材料", "经办人", "取数日期"
SECTION, UNIT, DEADLINE = "提供股室", "填报单位", "发回"
"""Labels above the table, together with :data:`PROJECT`."""

WIDTHS: Mapping[str, float] = {
    CODE: 14.5,
    PROJECT: 18,
    LEVELS: 14,
    NAME: 24,
    TARGET: 14,
    DEFINITION: 28,
    LAST_YEAR: 12,
    VALUE: 17,
    SITUATION: 34,
    EVIDENCE: 30,
    PERSON: 9.5,
    DAY: 14,
}
"""Widths of the columns in characters."""
INPUTS = (VALUE, SITUATION, EVIDENCE, PERSON, DAY)
"""Columns that the section fills in."""
