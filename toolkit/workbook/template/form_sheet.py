"""The sheet 自评表: the official form, cell for cell, with what the rules give beside it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from toolkit.core.columns import Span
from toolkit.core.form import Cell, Form
from toolkit.core.layout import FACTS_SHEET, FormLayout
from toolkit.core.money import read_figure
from toolkit.core.scheme import Scheme
from toolkit.workbook.template import messages
from toolkit.workbook.template.fund_table import FundTable
from toolkit.workbook.template.indicator_rows import IndicatorRows
from toolkit.workbook.template.results import Results
from toolkit.workbook.template.side_zone import SideZone
from toolkit.workbook.template.styles import BLUE_TAB, GREY, TITLE_FONT, Styles, lines_of, number_format
from toolkit.workbook.template.text_results import TextResults
from toolkit.workbook.template.total_rows import TotalRows

_MOST_SIGNIFICANT = 15
_LINE = 15.0
"""Height of a line of 10.5 pt text, in points."""
_BESIDE_WIDTH = 14


class FormSheet:
    """Writes one form onto a sheet of its own."""

    def __init__(
        self,
        book: Any,
        styles: Styles,
        name: str,
        layout: FormLayout,
        form: Form,
        scheme: Scheme,
        *,
        approved: bool,
        facts_sheet: str = FACTS_SHEET,
        with_macros: bool = False,
    ) -> None:
        """Add a sheet called ``name``; a blank form is a form without texts, ``with_macros`` one that may ask them."""
        self.book = book
        self.styles = styles
        self.name = name
        self.layout = layout
        self.columns = layout.columns
        self.form = form
        self.scheme = scheme
        self.approved = approved
        self.facts_sheet = facts_sheet
        self.with_macros = with_macros
        self.results = Results(form, scheme, layout)
        self.sheet = book.add_worksheet(name, TextResults)

    def write(self) -> None:
        """Write everything."""
        self.sheet.set_tab_color(BLUE_TAB)
        self._widths()
        self._heading()
        FundTable(self).write()
        if self.layout.has_goals:
            self._goals()
        IndicatorRows(self).write()
        TotalRows(self).write()
        SideZone(self).write()
        self._proposals_in_grey()
        self._names()
        self._page()

    def text(self, address: str, text: str, look: Any) -> None:
        """Write a text that stays a text, whatever it looks like."""
        if text:
            self.sheet.write_string(address, text, look)
        else:
            self.sheet.write_blank(address, None, look)

    def merged(self, area: str, text: str, look: Any) -> None:
        """Merge cells that hold one text."""
        self.sheet.merge_range(area, None, look)
        self.text(area.split(":")[0], text, look)

    def framed(self, span: Span, row: int, look: Any) -> str:
        """Merge the cells of a span in a row, where they are several, and return the one that takes the value."""
        if span.first != span.last:
            self.sheet.merge_range(span.area(row), None, look)
        return f"{span.letters}{row}"

    def put(self, span: Span, row: int, text: str, look: Any) -> str:
        """Write a text into a span of a row and return the cell it stands in."""
        at = self.framed(span, row, look)
        self.text(at, text, look)
        return at

    def formula(self, address: str, formula: str, result: object, look: Any) -> None:
        """Write a formula with the result it gives."""
        value: Any = float(result) if isinstance(result, Decimal) else result
        self.sheet.write_formula(address, formula, look, value)

    def figure(self, address: str, cell: Cell, usual: str, *, locked: bool = False, **look: Any) -> None:
        """Write a published figure as a number that prints the same digits; anything else as the text it is."""
        figure = read_figure(cell.text)
        fits = figure is not None and figure.unit in ("", "%") and len(figure.number.as_tuple().digits) <= _MOST_SIGNIFICANT
        if figure is not None and fits:
            shape = self.styles.input(locked, num_format=number_format(cell.text, usual), **look)
            self.sheet.write_number(address, float(figure.number), shape)
        else:
            self.text(address, cell.text, self.styles.input(locked, num_format=usual, **look))

    def message(self, address: str, message: messages.Message, **rule: Any) -> None:
        """Attach an input message, and what may be typed."""
        title, text = message
        options = {"validate": "any"} | rule | {"input_title": title, "input_message": text}
        self.sheet.data_validation(address, options)

    def _widths(self) -> None:
        for number, width in enumerate(self.columns.widths):
            self.sheet.set_column(number, number, width)
        gap = len(self.columns.widths)
        self.sheet.set_column(gap, gap, 2)
        for number in {*self.columns.beside.values(), *self.columns.fund_beside.values()}:
            self.sheet.set_column(number - 1, number - 1, _BESIDE_WIDTH)

    def _heading(self) -> None:
        form, layout, last = self.form, self.layout, self.columns.last
        title = self.styles.get(font_name=TITLE_FONT, font_size=18, bold=True, align="center")
        self.merged(f"A{layout.title_row}:{last}{layout.title_row}", self.scheme.form_title, title)
        self.sheet.set_row(layout.title_row - 1, 30)
        look = self.styles.get(align="center", locked=False, num_format='"（"0"年度）"')
        self.sheet.merge_range(f"A{layout.year_row}:{last}{layout.year_row}", None, look)
        if form.year:
            self.sheet.write_number(f"A{layout.year_row}", form.year, look)
        self.message(f"A{layout.year_row}", messages.HEADER["年度"])
        self._header_row(layout.project_row, "项目名称", form.project_name, "项目金额", form.project_amount)
        self._header_row(layout.department_row, "主管部门", form.department, "实施单位", form.implementing_unit)

    def _header_row(self, row: int, left: str, left_cell: Cell, right: str, right_cell: Cell) -> None:
        label, entry = self.styles.label(), self.styles.text_input(align="left")
        first, name, second = self.columns.header
        self.text(f"A{row}", self.scheme.label(left), label)
        self.message(f"{first.letters}{row}", messages.HEADER[left])
        if right == "项目金额" and not self.scheme.has_project_amount and right_cell.blank:
            self.put(Span(first.first, second.last), row, left_cell.text, entry)
        else:
            self.put(first, row, left_cell.text, entry)
            self.put(name, row, self.scheme.label(right), label)
            at = self.framed(second, row, entry)
            if right == "项目金额":
                self.figure(at, right_cell, "0.00", align="left")
            else:
                self.text(at, right_cell.text, entry)
            self.message(at, messages.HEADER[right])
        self.sheet.set_row(row - 1, 22)

    def _goals(self) -> None:
        row, text = self.layout.goal_heading_row, self.layout.goal_row
        self.sheet.set_row(row - 1, 20)
        self.merged(f"A{row}:A{text}", self.scheme.label("年度总体目标"), self.styles.label())
        lines = []
        cells = (("预期目标", self.form.expected_goal), ("实际完成情况", self.form.achieved_goal))
        for span, (heading, cell) in zip(self.columns.goals, cells, strict=True):
            self.put(span, row, self.scheme.label(heading), self.styles.label())
            at = self.put(span, text, cell.text, self.styles.text_input(align="left"))
            self.message(at, messages.HEADER[heading])
            lines.append(lines_of(cell.text, self.columns.width(span)))
        self.sheet.set_row(text - 1, min(400.0, max(60.0, max(lines) * _LINE + 6)))

    def _proposals_in_grey(self) -> None:
        """Show what a formula proposes in grey until it is written over."""
        grey = self.book.add_format({"font_color": GREY})
        layout, columns = self.layout, self.columns
        areas = []
        if rate := columns.find_fund("执行率"):
            areas.append(f"{rate}{layout.fund_first}:{rate}{layout.fund_last}")
        if points := columns.find_fund("得分"):
            areas.append(f"{points}{layout.fund_first}")
        fields = ("得分", "分值") if self.scheme.equal_sections else ("得分",)
        areas += [f"{columns.at(field)}{layout.indicator_first}:{columns.at(field)}{layout.indicator_last}" for field in fields]
        for area in areas:
            rule = {"type": "formula", "criteria": f"=_xlfn.ISFORMULA({area.split(':')[0]})", "format": grey}
            self.sheet.conditional_format(area, rule)

    def _names(self) -> None:
        quoted = self.name.replace("'", "''")
        for name, area in self.layout.names().items():
            self.book.define_name(f"'{quoted}'!{name}", f"='{quoted}'!{area}")

    def _page(self) -> None:
        layout, sheet = self.layout, self.sheet
        last = layout.sign_row + 1
        sheet.print_area(f"A1:{self.columns.last}{last}")
        sheet.set_paper(9)
        if self.columns.landscape:
            sheet.set_landscape()
        else:
            sheet.set_portrait()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.center_horizontally()
        # The blue of the cells to be filled in guides on the screen; what is signed is black on white.
        sheet.print_black_and_white()
        # The check strip stays in sight while rows are filled in.
        sheet.freeze_panes(layout.department_row, 0)
        sheet.repeat_rows(layout.indicator_heading_row - 1)
        sheet.set_footer("&C第 &P 页，共 &N 页")
        sheet.protect("", {"format_rows": True, "format_columns": True, "select_locked_cells": True})
