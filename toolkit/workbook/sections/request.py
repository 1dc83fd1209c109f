"""Writing a 取数表: one sheet, locked but for the cells that the section fills in."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from toolkit.core.values import Measure
from toolkit.problem import Unwritable
from toolkit.sections.model import BASIS, Item
from toolkit.workbook.sections import layout as at
from toolkit.workbook.template.styles import BLUE_TAB, TITLE_FONT, Styles, lines_of

_MADE = datetime(2026, 1, 1)
_A4 = 9
_LINE, _LEAST, _TALLEST = 14.5, 26.0, 400.0
_HEAD = "#F2F2F2"
_HEADING_ROW = 5
_LONGEST_MESSAGE = 250
_LEFT = (at.NAME, at.DEFINITION, at.SITUATION, at.EVIDENCE)
_GUIDE = (
    "只填蓝色格。{value}照实填写，连单位一起写（如 25人、98.5%、30.68万份、2021年12月完成）；没有发生的写 0 或“无”。"
    "其余各格请不要改；对指标或口径有疑问的，请联系财务人员。"
)


@dataclass(frozen=True, slots=True)
class Letter:
    """What a 取数表 says above its table.

    Attributes:
        section: who is asked; "" where the section writes its own name.
        year: 年度, ``None`` where the form has none.
        unit: 填报单位.
        deadline: when it is due back, such as 4月20日; "" for none.
        contact: whom it goes back to, with telephone; "" where not known.
    """

    section: str
    year: int | None
    unit: str
    deadline: str = ""
    contact: str = ""


def write_request(path: Path, letter: Letter, items: Sequence[Item]) -> None:
    """Write the 取数表 of one section; the same content gives the same bytes.

    Raises:
        Unwritable: the file cannot be written.
    """
    try:
        with warnings.catch_warnings(), contextlib.closing(xlsxwriter.Workbook(str(path))) as book:
            # The library warns and goes on where a value does not fit; nothing may be left out in silence.
            warnings.simplefilter("error")
            book.set_properties({"title": at.TITLE, "created": _MADE})
            _Request(book, letter, items).write()
    except XlsxWriterException as error:
        raise Unwritable(path, f"写不成：{error}", "请换一个位置再试") from error


class _Request:
    """Writes the sheet from the top."""

    def __init__(self, book: Any, letter: Letter, items: Sequence[Item]) -> None:
        self._letter = letter
        self._items = items
        self._projects = list(dict.fromkeys((item.place, item.project) for item in items))
        self._styles = Styles(book)
        self._sheet = book.add_worksheet(at.SHEET)
        self._columns = list(self._headings())
        self._widths = [at.WIDTHS[heading] for heading in self._columns]
        for column, width in enumerate(self._widths):
            self._sheet.set_column(column, column, width)

    def write(self) -> None:
        """Write head, table and foot, and set up page and protection."""
        self._head()
        for column, heading in enumerate(self._columns):
            self._sheet.write_string(_HEADING_ROW, column, heading, self._styles.label(bold=True, bg_color=_HEAD))
        self._sheet.set_row(_HEADING_ROW, 30)
        for row, item in enumerate(self._items, _HEADING_ROW + 1):
            self._item(row, item)
        last = _HEADING_ROW + len(self._items)
        self._foot(last + 1)
        self._set_up(last + 1)

    def _headings(self) -> Iterator[str]:
        yield at.CODE
        if len(self._projects) > 1:
            yield at.PROJECT
        yield from (at.LEVELS, at.NAME, at.TARGET)
        if any(item.definition for item in self._items):
            yield at.DEFINITION
        if any(item.last_year for item in self._items):
            yield at.LAST_YEAR
        yield at.SITUATION if all(item.field == BASIS for item in self._items) else at.VALUE
        yield from (at.EVIDENCE, at.PERSON, at.DAY)

    def _head(self) -> None:
        letter, sheet, last = self._letter, self._sheet, len(self._columns) - 1
        title = self._styles.get(font_name=TITLE_FONT, font_size=18, align="center")
        sheet.merge_range(0, 0, 0, last, at.TITLE, title)
        sheet.set_row(0, 32)
        year = f"（{letter.year} 年度）" if letter.year else ""
        sheet.merge_range(1, 0, 1, last, year, self._styles.get(align="center"))
        sheet.set_row(1, 20)
        projects = "、".join(name for _, name in self._projects)
        due = f"请于 {letter.deadline}前" if letter.deadline else "请填好后"
        self._labels(2, (at.SECTION, letter.section), (at.UNIT, letter.unit))
        self._labels(3, (at.PROJECT, projects), (at.DEADLINE, f"{due}发回{letter.contact and f'：{letter.contact}'}"))
        guide = _GUIDE.format(value=self._columns[self._value_column()])
        sheet.merge_range(4, 0, 4, last, guide, self._styles.get(text_wrap=True, align="left", font_size=10))
        sheet.set_row(4, lines_of(guide, sum(self._widths)) * _LINE + 8)

    def _labels(self, row: int, left: tuple[str, str], right: tuple[str, str]) -> None:
        """Write two labels, each with its value right of it, over the whole width."""
        middle, last = self._columns.index(at.TARGET), len(self._columns) - 1
        height = _LEAST
        for label, text, first, end in ((*left, 0, middle - 1), (*right, middle, last)):
            self._sheet.write_string(row, first, label, self._styles.label(bold=True, bg_color=_HEAD))
            open_to_fill = label == at.SECTION and not text
            look = self._styles.text_input(align="left") if open_to_fill else self._styles.label(align="left")
            self._merged(row, first + 1, end, text, look)
            height = max(height, lines_of(text, sum(self._widths[first + 1 : end + 1])) * _LINE + 6)
        self._sheet.set_row(row, height)

    def _merged(self, row: int, first: int, last: int, text: str, look: Any) -> None:
        if last > first:
            self._sheet.merge_range(row, first, row, last, None, look)
        self._text(row, first, text, look)

    def _text(self, row: int, column: int, text: str, look: Any) -> None:
        """Write a text as it stands: nothing in it becomes a formula or a link."""
        if text:
            self._sheet.write_string(row, column, text, look)
        else:
            self._sheet.write_blank(row, column, None, look)

    def _value_column(self) -> int:
        return next(place for place, heading in enumerate(self._columns) if heading in (at.VALUE, at.SITUATION))

    def _item(self, row: int, item: Item) -> None:
        texts = {
            at.CODE: item.code,
            at.PROJECT: item.project,
            at.LEVELS: item.levels,
            at.NAME: item.name,
            at.TARGET: item.target,
            at.DEFINITION: item.definition,
            at.LAST_YEAR: item.last_year,
        }
        height = _LEAST
        for column, heading in enumerate(self._columns):
            side: dict[str, Any] = {"align": "left"} if heading in _LEFT else {}
            if heading in at.INPUTS:
                self._sheet.write_blank(row, column, None, self._styles.text_input(**side))
                continue
            text = texts[heading]
            small = {"font_size": 9} if heading == at.CODE else {}
            self._text(row, column, text, self._styles.label(num_format="@", **side, **small))
            height = max(height, lines_of(text, self._widths[column]) * _LINE + 6)
        self._sheet.set_row(row, min(_TALLEST, height))
        self._messages(row, item)

    def _messages(self, row: int, item: Item) -> None:
        told = {
            self._columns[self._value_column()]: _value_message(item),
            at.EVIDENCE: "数从哪里来、有什么材料：系统或台账名称、文件、统计表、验收单等。",
            at.PERSON: "填数的人，便于核对时联系。",
            at.DAY: "取数的日期，如 2022年1月5日。",
        }
        for heading, message in told.items():
            column = self._columns.index(heading)
            rule = {"validate": "any", "input_title": heading, "input_message": message[:_LONGEST_MESSAGE]}
            self._sheet.data_validation(row, column, row, column, rule)

    def _foot(self, row: int) -> None:
        column, last = self._value_column(), len(self._columns) - 1
        look = self._styles.get(align="left")
        self._sheet.merge_range(row, 0, row, column - 1, "股室负责人（签字）：　　　　　　　　　　　　日期：", look)
        first, end = (f"{chr(65 + column)}{number}" for number in (_HEADING_ROW + 2, row))
        formula = f'="还有 "&COUNTBLANK({first}:{end})&" 项没有填"'
        value = f"还有 {len(self._items)} 项没有填"
        self._sheet.merge_range(row, column, row, last, None, look)
        self._sheet.write_formula(row, column, formula, self._styles.get(align="right"), value)
        self._sheet.set_row(row, 34)

    def _set_up(self, last: int) -> None:
        sheet = self._sheet
        sheet.freeze_panes(_HEADING_ROW + 1, 0)
        sheet.repeat_rows(_HEADING_ROW)
        sheet.hide_gridlines(2)
        sheet.set_tab_color(BLUE_TAB)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.center_horizontally()
        sheet.fit_to_pages(1, 0)
        sheet.print_area(0, 0, last, len(self._columns) - 1)
        sheet.set_footer("&C第 &P 页，共 &N 页")
        sheet.set_selection(_HEADING_ROW + 1, self._value_column(), _HEADING_ROW + 1, self._value_column())
        sheet.protect("", {"format_columns": True, "format_rows": True})


def _value_message(item: Item) -> str:
    if item.field == BASIS:
        return "这一项实际做到了什么：写事实、数量、日期，将写入“评分依据”。"
    target = item.indicator.target.value
    asked = f"指标值：{item.target}。" if item.target else ""
    unit = f"请连单位“{target.unit}”一起写。" if isinstance(target, Measure) and target.unit else "照实写，是数的连单位一起写。"
    return asked + unit
