"""Reading 报告要素: facts and tables, found by the labels on the sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from toolkit.core.facts import BASIS, Facts, Tables, facts_of_unit
from toolkit.core.form import Cell, Form, Line
from toolkit.core.layout import FACTS_SHEET, FORM_SHEET, TABLE_MARK
from toolkit.workbook.address import address_of
from toolkit.workbook.book import Book
from toolkit.workbook.sheet import Sheet

_NAME, _CONTENT, _BASIS = "要素", "填写内容", "依据"
_MOST_COLUMNS = 20
"""Columns of a table in which entries are looked for."""
_NUMBERED = r"\s*(?:[（(_]?\s*(\d{1,3})\s*[）)]?)?\s*"
"""How programs number a copied sheet: 报告要素 (2), 报告要素_2, 报告要素2."""
_FACTS_NAME = re.compile(FACTS_SHEET + _NUMBERED)
_FORM_NAME = re.compile(FORM_SHEET + _NUMBERED)


def is_facts_sheet(name: str) -> bool:
    """Tell whether a sheet is 报告要素 or a copy of it."""
    return _FACTS_NAME.fullmatch(name) is not None


@dataclass(frozen=True, slots=True)
class FactSheets:
    """The sheets 报告要素 of a workbook: what was filled in, by the number in their names (1 for the first)."""

    by_number: Mapping[int, tuple[Facts, Tables]]

    def beside(self, form_sheet: str, position: int) -> tuple[Facts, Tables]:
        """Return facts and tables of a form.

        A form takes the sheet of its own number. Without one the first form takes all of 报告要素, any other only what
        holds for the whole unit.

        Args:
            form_sheet: name of the form's sheet.
            position: place of the form in the workbook, the first being 1.
        """
        own = self.by_number.get(_number(_FORM_NAME, form_sheet) or position)
        if own is not None:
            return own
        first = self.by_number.get(1, ({}, {}))
        return first if position == 1 else facts_of_unit(*first)

    def remark(self, forms: tuple[Form, ...]) -> str:
        """Return what the officer should know where several forms share one sheet of facts, "" where nothing is lost."""
        lacking = [
            form.sheet or ""
            for position, form in enumerate(forms, 1)
            if position > 1 and (_number(_FORM_NAME, form.sheet or "") or position) not in self.by_number
        ]
        first = self.by_number.get(1)
        if not lacking or first is None or first == facts_of_unit(*first):
            return ""
        names = "、".join(f"“{name}”" for name in lacking)
        return (
            f"“{FACTS_SHEET}”里各项目自己的内容只用于第一张自评表，{names}只取其中全单位共用的内容；"
            f"其他项目另有内容的，请复制“{FACTS_SHEET}”，编号与自评表一致，例如“{FACTS_SHEET} (2)”对应“{FORM_SHEET} (2)”"
        )


def read_facts(book: Book) -> FactSheets:
    """Read all sheets 报告要素 of a workbook; blanks are left out."""
    found: dict[int, tuple[Facts, Tables]] = {}
    for entry in book.sheets:
        if is_facts_sheet(entry.name):
            found.setdefault(_number(_FACTS_NAME, entry.name) or 1, _Reader(book.sheet(entry)).read())
    return FactSheets(found)


def _number(pattern: re.Pattern[str], name: str) -> int | None:
    """Return the number in a sheet's name, 1 where it has none; ``None`` where the sheet is called otherwise."""
    found = pattern.fullmatch(name)
    return None if found is None else int(found.group(1) or 1)


class _Reader:
    """Reads one sheet of blocks: fields below a heading 要素 … 填写内容, tables below a line that begins with 表."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._facts: dict[str, Cell] = {}
        self._tables: dict[str, tuple[Mapping[str, Cell], ...]] = {}

    def read(self) -> tuple[Facts, Tables]:
        """Read all blocks."""
        # Every heading and every field that was filled in holds something here; blank fields are not looked at.
        marked = self._sheet.rows_holding([3])
        columns: Mapping[str, int] = {}
        for place, row in enumerate(marked):
            if table := self._table_name(row):
                columns = {}
                end = self._end(marked[place + 1 :])
                self._table(table, row + 1, end)
            elif headings := self._headings(row):
                columns = headings
            elif columns:
                self._field(row, columns)
        return self._facts, self._tables

    def _table_name(self, row: int) -> str:
        return self._sheet.text(row, 2) if self._sheet.text(row, 1) == TABLE_MARK else ""

    def _headings(self, row: int) -> Mapping[str, int]:
        columns: dict[str, int] = {}
        for column, text in self._sheet.texts(row):
            columns.setdefault(text, column)
        return columns if _NAME in columns and _CONTENT in columns else {}

    def _end(self, marked: list[int]) -> int:
        """Return the row where the next block begins."""
        last = max(self._sheet.row_numbers, default=0) + 1
        return next((row for row in marked if self._table_name(row) or self._headings(row)), last)

    def _field(self, row: int, columns: Mapping[str, int]) -> None:
        name = self._sheet.text(row, columns[_NAME])
        if not name:
            return
        self._fact(name, row, columns[_CONTENT])
        if _BASIS in columns:
            self._fact(name + BASIS, row, columns[_BASIS])

    def _fact(self, name: str, row: int, column: int) -> None:
        if name not in self._facts and self._sheet.text(row, column):
            self._facts[name] = self._cell(name, row, column, self._line)

    def _table(self, name: str, heading: int, end: int) -> None:
        columns = {text: column for column, text in self._sheet.texts(heading) if column > 1}
        line = self._line
        rows = []
        for row in self._table_rows(columns, heading, end):
            cells = {
                column: self._cell(f"{name}第 {row - heading} 行·{column}", row, at, line)
                for column, at in columns.items()
                if self._sheet.text(row, at)
            }
            if cells:
                rows.append(cells)
        if rows and name not in self._tables:
            self._tables[name] = tuple(rows)

    def _table_rows(self, columns: Mapping[str, int], heading: int, end: int) -> Iterator[int]:
        for row in self._written if columns else ():
            if heading < row < end:
                first = self._sheet.text(row, 1)
                if first and not first.isdigit():
                    # The title of the next group.
                    return
                yield row

    @cached_property
    def _written(self) -> list[int]:
        """Rows that may hold something in a column of a table."""
        return self._sheet.rows_holding(range(2, _MOST_COLUMNS + 1))

    @property
    def _line(self) -> int:
        return Line.FACTS + len(self._facts) + len(self._tables)

    def _cell(self, field: str, row: int, column: int, line: int) -> Cell:
        content = self._sheet.content(row, column)
        return Cell(field, content.text, self._sheet.name, address_of(row, column), content.exact, line=line)
