"""Finding the form on a sheet: by its headings, with the names of the template where a heading says nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from toolkit.core.columns import SPLIT_TARGET, UNPRINTED
from toolkit.core.layout import RULE_HEADINGS
from toolkit.core.scheme.fields import FUND_TABLE_COLUMNS, INDICATOR_COLUMNS
from toolkit.workbook.address import LAST_COLUMN, Area
from toolkit.workbook.headings import NATIONAL, Headings, heading_of
from toolkit.workbook.sheet import Sheet, first_column_right_of, rows_between

HEADER_LABELS = ("填报单位", "项目名称", "项目编码", "项目金额", "主管部门", "实施单位")
_ENDS_OF_FUNDS = ("年度总体目标", "总体目标", "预期目标", "实际完成情况", "一级指标", "年度绩效指标", "绩效指标")
_BELOW_THE_FORM = ("填表人", "填报人", "负责人", "联系电话", "备注", "注", "等级")
_FUND_AMOUNTS = ("年初预算数", "全年预算数", "全年执行数")
_ROWS_SEARCHED = 200
"""How far down a sheet, or below a heading, the next heading is looked for."""

_INDICATOR_ROWS_READ = 2_000
"""Indicator rows read at most where the form has no row 总分."""

Place = tuple[int, int]
NamedArea = Callable[[str], Area | None]
"""Gives the range that a name of the sheet stands for, ``None`` where there is none or it is damaged."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where the parts of one form stand; rows and columns count from 1.

    Attributes:
        header: the value cell of each label above the funds, and of 年度, 预期目标, 实际完成情况 and 等级.
        fund_columns: columns of 项目资金 by heading; 资金来源 is the one with the names of the rows.
        indicator_columns: columns of 年度绩效指标 by heading, with 计算方式 and 测算得分 where they exist.
        total_row: the row of 总分, ``None`` where the form has none.
    """

    top: int
    header: Mapping[str, Place]
    fund_heading_row: int | None
    fund_columns: Mapping[str, int]
    fund_rows: tuple[int, ...]
    indicator_heading_row: int
    indicator_columns: Mapping[str, int]
    indicator_rows: tuple[int, ...]
    total_row: int | None


def locate_forms(sheet: Sheet, area: NamedArea, headings: Headings = NATIONAL) -> Iterator[Places]:
    """Yield the places of every form on the sheet, from the top; ``headings`` says what its scheme calls them."""
    top = 1
    while True:
        sheet.stop_at(LAST_COLUMN)
        row = _heading_row(sheet, top, headings)
        if row is None:
            break
        places = _Locator(sheet, area, top, row, headings).places()
        yield places
        top = max(places.total_row or 0, places.indicator_rows[-1] if places.indicator_rows else 0, row) + 1


def _heading_row(sheet: Sheet, top: int, headings: Headings) -> int | None:
    for row in rows_between(sheet, top, top + _ROWS_SEARCHED):
        found = {headings.indicator(text) for _, text in sheet.texts(row)}
        scored = found & {"实际完成值", "得分"}
        if "三级指标" in found and scored and len(found & set(INDICATOR_COLUMNS)) >= 4:
            return row
    return None


class _Locator:
    """Finds the parts of one form above and below its heading row 一级指标 … 得分."""

    def __init__(self, sheet: Sheet, area: NamedArea, top: int, heading_row: int, headings: Headings) -> None:
        self._sheet = sheet
        self._area = area
        self._top = top
        self._heading_row = heading_row
        self._headings = headings
        self._columns = self._indicator_columns()
        printed = [
            column
            for name, column in self._columns.items()
            if name in INDICATOR_COLUMNS and not sheet.text(heading_row, column).endswith(UNPRINTED)
        ]
        self._edge = max(first_column_right_of(sheet.merged(heading_row, column), column) - 1 for column in printed)

    def places(self) -> Places:
        """Find everything."""
        self._sheet.stop_at(max(self._edge, self._columns.get("计算方式", 0)))
        fund_heading = self._row_with(_FUND_AMOUNTS, 2)
        rows, total = self._indicator_rows()
        return Places(
            top=self._top,
            header=dict(self._header(fund_heading or self._heading_row, total)),
            fund_heading_row=fund_heading,
            fund_columns=self._fund_columns(fund_heading) if fund_heading else {},
            fund_rows=tuple(self._fund_rows(fund_heading)) if fund_heading else (),
            indicator_heading_row=self._heading_row,
            indicator_columns=self._columns,
            indicator_rows=rows,
            total_row=total,
        )

    def _indicator_columns(self) -> dict[str, int]:
        columns: dict[str, int] = {}
        for column, text in self._sheet.texts(self._heading_row):
            columns.setdefault(self._headings.indicator(text), column)
        self._split_target(columns)
        known = {*INDICATOR_COLUMNS, *RULE_HEADINGS} - {"年度指标值" if SPLIT_TARGET[0] in columns else ""}
        taken = {column for name, column in columns.items() if name in known}
        for name in known - columns.keys():
            area = self._area(f"指标_{name}")
            if area is not None and area.left not in taken and area.top <= self._heading_row + 1 <= area.bottom:
                columns[name] = area.left
        return columns

    def _split_target(self, columns: dict[str, int]) -> None:
        """Tell the column 指标值 between 指标性质 and 度量单位 from one that holds the whole 年度指标值."""
        nature, value, unit = SPLIT_TARGET
        if not {nature, unit} & columns.keys():
            if value in columns:
                columns.setdefault("年度指标值", columns.pop(value))
        elif value not in columns and "年度指标值" in columns:
            columns[value] = columns.pop("年度指标值")

    def _row_with(self, headings: Collection[str], least: int) -> int | None:
        for row in rows_between(self._sheet, self._top, self._heading_row - 1):
            if sum(self._headings.fund(text) in headings for _, text in self._sheet.texts(row)) >= least:
                return row
        return None

    def _fund_columns(self, row: int) -> dict[str, int]:
        columns: dict[str, int] = {}
        for column, text in self._sheet.texts(row):
            name = self._headings.fund(text)
            if name in FUND_TABLE_COLUMNS:
                columns.setdefault(name, column)
        first = min(columns.values())
        columns["资金来源"] = self._kind_column(row, first)
        return columns

    def _kind_column(self, row: int, first: int) -> int:
        """Return the column left of the amounts that names the rows: the one with most names below the heading."""
        counts = {column: 0 for column in range(first - 1, 0, -1)}
        for below in self._fund_rows(row):
            for column, text in self._sheet.texts(below):
                if column < first and self._sheet.content(below, column).number is None and text:
                    counts[column] += 1
        return max(counts, key=lambda column: counts[column]) if counts else first

    def _fund_rows(self, heading: int) -> Iterator[int]:
        for row in rows_between(self._sheet, heading + 1, self._heading_row - 1):
            texts = [self._headings.label(text) for column, text in self._sheet.texts(row) if column <= self._edge]
            if any(text in _ENDS_OF_FUNDS for text in texts):
                break
            if texts:
                yield row

    def _indicator_rows(self) -> tuple[tuple[int, ...], int | None]:
        rows: list[int] = []
        labels = range(1, self._columns.get("三级指标", self._edge))
        # A spare row holds nothing but formulas, of which only 得分 stands on the form.
        typed = set(range(1, self._edge + 1)) - {self._columns.get("得分")}
        last = self._heading_row + _INDICATOR_ROWS_READ
        for row in self._sheet.rows_holding(sorted(typed)):
            if not self._heading_row < row <= last:
                continue
            cells = self._sheet.row(row)
            texts = [cells[column].text for column in labels if column in cells]
            if any(heading_of(text) == "总分" for text in texts):
                return tuple(rows), row
            if texts and heading_of(texts[0]) in _BELOW_THE_FORM:
                break
            rows.append(row)
        return tuple(rows), None

    def _header(self, bottom: int, total: int | None) -> Iterator[tuple[str, Place]]:
        found: set[str] = set()
        for row in rows_between(self._sheet, self._top, bottom - 1):
            labels = [(column, self._headings.label(text)) for column, text in self._sheet.texts(row)]
            labels = [(column, name) for column, name in labels if name in HEADER_LABELS and name not in found]
            for index, (column, name) in enumerate(labels):
                following = labels[index + 1][0] if index + 1 < len(labels) else None
                found.add(name)
                yield name, self._value_place(row, column, name, following)
        yield from self._goals()
        yield from self._grade(total)

    def _value_place(self, row: int, column: int, name: str, following: int | None) -> Place:
        """Return the cell that holds the value of a label: right of it, before the next label."""
        start = first_column_right_of(self._sheet.merged(row, column), column)
        end = self._edge if column <= self._edge else start
        if following is not None:
            end = min(end, following - 1)
        for place in range(start, end + 1):
            text = self._sheet.text(row, place)
            if text.endswith(("：", ":")):
                break
            if text:
                return row, place
        named = self._area(name)
        if named is not None and named.top == row and start <= named.left <= end:
            return row, named.left
        return row, start

    def _goals(self) -> Iterator[tuple[str, Place]]:
        found: set[str] = set()
        for row in rows_between(self._sheet, self._top, self._heading_row - 1):
            for column, text in self._sheet.texts(row):
                name = self._headings.label(text)
                if name in ("预期目标", "实际完成情况") and name not in found:
                    found.add(name)
                    area = self._sheet.merged(row, column)
                    below = (area.bottom if area else row) + 1
                    beside = first_column_right_of(area, column)
                    yield name, (below, column) if below < self._heading_row else (row, beside)

    def _grade(self, total: int | None) -> Iterator[tuple[str, Place]]:
        if total is None:
            return
        for row in rows_between(self._sheet, total, total + 6):
            for column, text in self._sheet.texts(row):
                if heading_of(text) == "等级":
                    yield "等级", self._value_place(row, column, "等级", None)
                    return
