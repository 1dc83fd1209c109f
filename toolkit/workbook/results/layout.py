"""Where things stand on the sheet 检查结果."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.workbook.headings import heading_of
from toolkit.workbook.sheet import Sheet

SHEET = "检查结果"
HEADINGS = ("序号", "级别", "位置", "栏目", "问题", "算式", "改法", "依据", "代码", "说明", "说明范围", "当时值")
"""Columns of the list, from A; the list begins in the row below."""
HEADER_ROW = 1
"""Row of the line with counts, scores and 校验码."""

_ROWS_SEARCHED = 20


@dataclass(frozen=True, slots=True)
class ResultLayout:
    """The row of the headings and the column of each."""

    heading_row: int
    columns: Mapping[str, int]

    @property
    def first_row(self) -> int:
        """Return the first row of the list."""
        return self.heading_row + 1


def find_layout(sheet: Sheet) -> ResultLayout | None:
    """Find the headings on the sheet, ``None`` where it is not laid out as ours."""
    for row in sheet.row_numbers[:_ROWS_SEARCHED]:
        columns = {heading_of(text): column for column, text in sheet.texts(row)}
        if all(heading in columns for heading in HEADINGS):
            return ResultLayout(row, {heading: columns[heading] for heading in HEADINGS})
    return None
