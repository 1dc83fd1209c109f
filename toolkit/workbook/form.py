"""Building a form from the places where its parts stand on a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from toolkit.core.columns import OWN_COLUMNS, SPLIT_TARGET, own_key
from toolkit.core.form import Cell, Form, FundLine, Indicator, Line, Origin
from toolkit.core.targets import join_target
from toolkit.workbook.address import column_letters
from toolkit.workbook.locate import HEADER_LABELS, Place, Places
from toolkit.workbook.sheet import EMPTY, Content, Sheet

_YEAR = re.compile(r"((?:19|20)\d{2})\s*年|^\s*((?:19|20)\d{2})\s*$")
_TITLE_YEAR = re.compile(r"^[（(]?\s*(?:19|20)\d{2}\s*年度?\s*[）)]?")

FUND_FIELDS = {
    "initial_budget": "年初预算数",
    "annual_budget": "全年预算数",
    "executed": "全年执行数",
    "weight": "分值",
    "rate": "执行率",
    "score": "得分",
    "received": "到位金额",
    "received_rate": "到位率",
}
_LEVELS = ("一级指标", "二级指标")
_VALUES = {
    "level3": "三级指标",
    "target": "年度指标值",
    "actual": "实际完成值",
    "weight": "分值",
    "score": "得分",
    "deviation": "偏差原因分析及改进措施",
    "basis": "评分依据",
    "level4": "四级指标",
}
"""Columns of an indicator row behind its levels."""
_TYPED_IN_USE = ("三级指标", "四级指标", "年度指标值", *SPLIT_TARGET, "实际完成值", "偏差原因分析及改进措施", "评分依据", *OWN_COLUMNS)
"""A row in which one of them holds something is in use; so it is by a 分值 that no formula has put there."""
NOWHERE: Place = (0, 0)
_DASHES = ("—", "——", "–", "-", "－")

# Looking a member up in its class costs as much as a call.
_TYPED, _FORMULA, _UNCACHED = Origin.TYPED, Origin.FORMULA, Origin.UNCACHED

_Column = tuple[str, str, int, str]
"""A column of an indicator row: its key, the end of its field names, its number (0 where the form has none), letters."""


def _is_typed(content: Content) -> bool:
    return bool(content.text.strip()) or not content.cached


def _is_weighted(content: Content) -> bool:
    """Tell whether a 分值 was typed; a formula that gives none yet is the template's own."""
    return bool(content.text.strip()) or (content.formula is None and not content.cached)


def _without_dash(cell: Cell) -> Cell:
    """Return a cell in which the printed form shows — because it has no such column for the row."""
    return replace(cell, text="") if cell.text.strip() in _DASHES else cell


class FormReader:
    """Reads one form; every value knows its sheet and cell."""

    def __init__(self, sheet: Sheet, places: Places) -> None:
        """Remember where the form stands."""
        self._sheet = sheet
        self._name = sheet.name
        self._places = places

    def form(self) -> Form:
        """Build the form; what other sheets say (报告要素, 数据来源, 评分参数) is added by the caller."""
        header = {name: self._header(name) for name in HEADER_LABELS}
        return Form(
            year=self._year(),
            organisation=header["填报单位"],
            project_name=header["项目名称"],
            project_code=header["项目编码"],
            project_amount=header["项目金额"],
            department=header["主管部门"],
            implementing_unit=header["实施单位"],
            currency_unit=self._unit(),
            funds=tuple(self._funds()),
            expected_goal=self._header("预期目标", "年度总体目标·预期目标", Line.GOALS),
            achieved_goal=self._header("实际完成情况", "年度总体目标·实际完成情况", Line.GOALS),
            indicators=tuple(self._indicators()),
            total_weight=self._total("分值"),
            total_score=self._total("得分"),
            grade=self._header("等级", "等级", Line.TOTAL),
            kind=self._kind(),
            sheet=self._sheet.name,
        )

    def _cell(self, field: str, place: Place | None, line: int) -> Cell:
        if place is None:
            return Cell(field, line=line)
        row, column = place
        return self._made(field, self._sheet.content(row, column), f"{column_letters(column)}{row}", line)

    def _made(self, field: str, content: Content, address: str | None, line: int) -> Cell:
        origin = _TYPED if content.formula is None else _FORMULA if content.cached else _UNCACHED
        return Cell(field, content.text, self._name if address else None, address, content.exact, origin, line)

    def _header(self, name: str, field: str = "", line: int = Line.HEADER) -> Cell:
        return self._cell(field or name, self._places.header.get(name), line)

    def _funds(self) -> Iterator[FundLine]:
        columns = self._places.fund_columns
        kinds = [self._cell("", (row, columns["资金来源"]), Line.FUNDS + at) for at, row in enumerate(self._places.fund_rows)]
        # 其中： is printed in front of the first source and is no part of its name, unless further rows have it, too.
        if sum(kind.text.startswith("其中") for kind in kinds) == 1:
            kinds = [replace(kind, text=kind.text.removeprefix("其中：")) for kind in kinds]
        for index, (row, kind) in enumerate(zip(self._places.fund_rows, kinds, strict=True)):
            name = kind.text or f"资金第 {index + 1} 行"
            cells = {
                key: self._cell(f"{name}·{heading}", self._fund_place(row, heading), Line.FUNDS + index)
                for key, heading in FUND_FIELDS.items()
            }
            if index:
                cells |= {key: _without_dash(cells[key]) for key in ("weight", "score")}
            yield FundLine(kind=replace(kind, field=f"{name}·资金来源"), **cells)

    def _fund_place(self, row: int, heading: str) -> Place | None:
        column = self._places.fund_columns.get(heading)
        return None if column is None else (row, column)

    def _indicators(self) -> Iterator[Indicator]:
        columns = self._places.indicator_columns
        used = [columns[heading] for heading in _TYPED_IN_USE if heading in columns]
        weight = columns.get("分值", 0)
        places = {heading: columns.get(heading, 0) for heading in _VALUES.values()}
        if all(heading in columns for heading in SPLIT_TARGET):
            places["年度指标值"] = columns[SPLIT_TARGET[1]]
        values = [
            (key, f"·{heading}", places[heading], column_letters(places[heading])) for key, heading in _VALUES.items()
        ]
        own = [(own_key(self._heading(columns[each]) or each), columns[each]) for each in OWN_COLUMNS if each in columns]
        levels = (NOWHERE, NOWHERE)
        index = 0
        for row in self._places.indicator_rows:
            levels = self._levels(row, *levels)
            cells = self._sheet.row(row)
            weighted = weight in cells and _is_weighted(cells[weight])
            if weighted or any(column in cells and _is_typed(cells[column]) for column in used):
                yield self._indicator(row, cells, index, levels, values, own)
                index += 1

    def _heading(self, column: int) -> str:
        return self._sheet.text(self._places.indicator_heading_row, column)


    def _levels(self, row: int, level1: Place, level2: Place) -> tuple[Place, Place]:
        """Return the cells that hold 一级 and 二级指标 of a row: its own, that of its merge, or the last one above."""
        own1, merged1 = self._anchor(row, "一级指标")
        own2, merged2 = self._anchor(row, "二级指标")
        if own1 != level1 and (merged1 or self._filled(own1)):
            # A new 一级指标 does not inherit the 二级指标 of the block above.
            level1, level2 = own1, own2
        elif merged2 or self._filled(own2):
            level2 = own2
        return level1, level2

    def _anchor(self, row: int, heading: str) -> tuple[Place, bool]:
        """Return the cell that speaks for a level cell, and whether a merge over several rows says so."""
        column = self._places.indicator_columns.get(heading)
        if column is None:
            return NOWHERE, False
        area = self._sheet.merged(row, column)
        if area is None or area.top == area.bottom:
            return (row, column), False
        return (area.top, area.left), True

    def _filled(self, place: Place) -> bool:
        return place != NOWHERE and bool(self._sheet.text(*place))

    def _indicator(
        self,
        row: int,
        cells: Mapping[int, Content],
        index: int,
        levels: tuple[Place, Place],
        values: list[_Column],
        own: Sequence[tuple[str, int]],
    ) -> Indicator:
        line = Line.INDICATORS + index
        names = [cells.get(at, EMPTY).text if at else "" for key, _, at, _ in values if key in ("level3", "level4")]
        name = next((text for text in reversed(names) if text), f"指标第 {index + 1} 行")
        level1, level2 = (
            self._cell(f"{name}·{heading}", None if place == NOWHERE else place, line)
            for heading, place in zip(_LEVELS, levels, strict=True)
        )
        read = {
            key: self._made(name + suffix, cells.get(column, EMPTY), f"{letters}{row}" if column else None, line)
            for key, suffix, column, letters in values
        }
        read["target"] = self._joined(read["target"], cells)
        beside = {
            heading: self._made(f"{name}·{heading}", cells.get(column, EMPTY), f"{column_letters(column)}{row}", line)
            for heading, column in own
        }
        return Indicator(level1, level2, method=self._method(row, cells, name, line), own=beside, **read)

    def _joined(self, target: Cell, cells: Mapping[int, Content]) -> Cell:
        """Return 年度指标值 as one text where it stands in three columns; its place is that of 指标值."""
        columns = self._places.indicator_columns
        if not all(heading in columns for heading in SPLIT_TARGET):
            return target
        nature, _, unit = (cells.get(columns[heading], EMPTY).text for heading in SPLIT_TARGET)
        text = join_target(nature, target.text, unit)
        return target if text == target.text else replace(target, text=text, exact=None)

    def _method(self, row: int, cells: Mapping[int, Content], name: str, line: int) -> Cell:
        """Return 计算方式 where the officer chose it; the template's formula only proposes one."""
        column = self._places.indicator_columns.get("计算方式")
        if column is None:
            return Cell(f"{name}·计算方式", line=line)
        chosen = cells.get(column, EMPTY)
        typed = EMPTY if chosen.formula is not None else chosen
        return self._made(f"{name}·计算方式", typed, f"{column_letters(column)}{row}", line)

    def _total(self, heading: str) -> Cell:
        row, column = self._places.total_row, self._places.indicator_columns.get(heading)
        place = None if row is None or column is None else (row, column)
        return self._cell(f"总分·{heading}", place, Line.TOTAL)

    def _above(self) -> Iterator[tuple[int, int, str]]:
        """Yield all texts from the form's first row to the heading of the funds."""
        places = self._places
        for row in range(places.top, (places.fund_heading_row or places.indicator_heading_row) + 1):
            yield from ((row, column, text) for column, text in self._sheet.texts(row))

    def _year(self) -> int | None:
        values = set(self._places.header.values())
        for row, column, text in self._above():
            # A year in the project's name is not the form's.
            found = None if (row, column) in values else _YEAR.search(text)
            if found:
                return int(found.group(1) or found.group(2))
        return None

    def _unit(self) -> str:
        row, columns = self._places.fund_heading_row, self._places.fund_columns
        edge = max(columns.values(), default=0)
        texts = [text for at, column, text in self._above() if (at == row and column <= edge) or "单位" in text]
        return "万元" if any("万元" in text for text in texts) else "元"

    def _kind(self) -> str:
        values = set(self._places.header.values())
        for row, column, text in self._above():
            title = _TITLE_YEAR.sub("", text).strip()
            if title.endswith("表") and (row, column) not in values:
                return title
        return "项目支出绩效自评表"
