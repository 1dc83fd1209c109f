"""The sheet 自评表: the official form, cell for cell, with what the rules give beside it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from toolkit.core.form import Cell, Form, FundLine
from toolkit.core.layout import FUND_HEADINGS, FormLayout
from toolkit.core.money import read_figure
from toolkit.core.scheme import Scheme
from toolkit.scoring.fund import printed_rate
from toolkit.workbook.template import formulas, messages
from toolkit.workbook.template.indicator_rows import IndicatorRows
from toolkit.workbook.template.results import Results
from toolkit.workbook.template.side_zone import SideZone
from toolkit.workbook.template.styles import BLUE_TAB, GREY, TITLE_FONT, Styles, number_format
from toolkit.workbook.template.text_results import TextResults

WIDTHS = {"A": 10.5, "B": 10, "C": 12.5, "D": 22, "E": 14, "F": 14, "G": 7.5, "H": 8, "I": 23}
_MOST_SIGNIFICANT = 15
_LINE = 15.0
"""Height of a line of 10.5 pt text, in points."""


class FormSheet:
    """Writes one form onto a sheet of its own."""

    def __init__(
        self, book: Any, styles: Styles, name: str, layout: FormLayout, form: Form, scheme: Scheme, *, approved: bool
    ) -> None:
        """Add a sheet called ``name``; a blank form is a form without texts."""
        self.book = book
        self.styles = styles
        self.name = name
        self.layout = layout
        self.form = form
        self.scheme = scheme
        self.approved = approved
        self.results = Results(form, scheme, layout)
        self.sheet = book.add_worksheet(name, TextResults)

    def write(self) -> None:
        """Write everything."""
        self.sheet.set_tab_color(BLUE_TAB)
        for column, width in WIDTHS.items():
            self.sheet.set_column(f"{column}:{column}", width)
        self.sheet.set_column("J:J", 2)
        self._heading()
        self._funds()
        self._goals()
        IndicatorRows(self).write()
        self._total()
        self._signatures()
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

    def _heading(self) -> None:
        form, layout = self.form, self.layout
        title = self.styles.get(font_name=TITLE_FONT, font_size=18, bold=True, align="center")
        self.merged(f"A{layout.title_row}:I{layout.title_row}", self.scheme.form_title, title)
        self.sheet.set_row(layout.title_row - 1, 30)
        look = self.styles.get(align="center", locked=False, num_format='"（"0"年度）"')
        self.sheet.merge_range(f"A{layout.year_row}:I{layout.year_row}", None, look)
        if form.year:
            self.sheet.write_number(f"A{layout.year_row}", form.year, look)
        self.message(f"A{layout.year_row}", messages.HEADER["年度"])
        self._header_row(layout.project_row, "项目名称", form.project_name, "项目金额", form.project_amount)
        self._header_row(layout.department_row, "主管部门", form.department, "实施单位", form.implementing_unit)

    def _header_row(self, row: int, left: str, left_cell: Cell, right: str, right_cell: Cell) -> None:
        label, entry = self.styles.label(), self.styles.text_input(align="left")
        self.text(f"A{row}", left, label)
        self.message(f"B{row}", messages.HEADER[left])
        if right == "项目金额" and not self.scheme.has_project_amount and right_cell.blank:
            self.merged(f"B{row}:I{row}", left_cell.text, entry)
        else:
            self.merged(f"B{row}:E{row}", left_cell.text, entry)
            self.text(f"F{row}", right, label)
            self.sheet.merge_range(f"G{row}:I{row}", None, entry)
            if right == "项目金额":
                self.figure(f"G{row}", right_cell, "0.00", align="left")
            else:
                self.text(f"G{row}", right_cell.text, entry)
            self.message(f"G{row}", messages.HEADER[right])
        self.sheet.set_row(row - 1, 22)

    def _funds(self) -> None:
        layout = self.layout
        unit = self.form.currency_unit
        self.merged(f"A{layout.fund_heading_row}:A{layout.fund_last}", f"项目资金\n（{unit}）", self.styles.label())
        self.merged(f"B{layout.fund_heading_row}:C{layout.fund_heading_row}", "", self.styles.label())
        self.sheet.set_row(layout.fund_heading_row - 1, 20)
        for heading, column in FUND_HEADINGS.items():
            self.text(f"{column}{layout.fund_heading_row}", heading, self.styles.label())
        for row, line in enumerate(self.form.funds, layout.fund_first):
            self._fund_row(row, line, total=row == layout.fund_first)
            self.sheet.set_row(row - 1, 20)

    def _fund_row(self, row: int, line: FundLine, *, total: bool) -> None:
        kind = line.kind.text
        shown = f"其中：{kind}" if row == self.layout.fund_first + 1 and not kind.startswith("其中") else kind
        self.merged(f"B{row}:C{row}", shown, self.styles.label(align="left", num_format="@"))
        texts = messages.fund_messages(self.form.currency_unit)
        for heading, cell in line.amounts():
            column = FUND_HEADINGS[heading]
            self._amount(f"{column}{row}", column, cell, total)
            if not total:
                self.message(
                    f"{column}{row}",
                    texts[heading],
                    validate="decimal",
                    criteria=">=",
                    value=0,
                    error_title=messages.AMOUNT_STOP[0],
                    error_message=messages.AMOUNT_STOP[1],
                )
        self._fund_rate(row, line)
        self._fund_points(row, line, total)

    def _amount(self, address: str, column: str, cell: Cell, total: bool) -> None:
        parts = self.results.part_sum(column)
        if total and self.layout.fund_rows > 1 and (cell.blank or cell.number == parts):
            look = self.styles.label(num_format=number_format(cell.text, "0.00"))
            self.formula(address, formulas.sum_of_parts_formula(column, self.layout), "" if parts is None else parts, look)
        else:
            # A published total that is not the sum of its sources is kept, or the slip could never be found.
            self.figure(address, cell, "0.00")

    def _fund_rate(self, row: int, line: FundLine) -> None:
        budget, executed = self.form.amount(line.annual_budget), self.form.amount(line.executed)
        rate: object = "" if budget is None or executed is None else printed_rate(budget, executed, self.scheme)
        usual = ("0.00%" if self.scheme.rate_percent else "0." + "0" * self.scheme.rate_decimals) or "0"
        self.formula(f"N{row}", formulas.rate_formula(row), rate, self.styles.side(num_format=usual))
        if line.rate.blank:
            self.formula(f"H{row}", f"=N{row}", rate, self.styles.input(num_format=usual, bg_color="#FFFFFF"))
        else:
            self.figure(f"H{row}", line.rate, usual)
        self.message(f"H{row}", messages.RATE)

    def _fund_points(self, row: int, line: FundLine, total: bool) -> None:
        if not total:
            for column, cell in (("G", line.weight), ("I", line.score)):
                if cell.blank:
                    self.text(f"{column}{row}", "—", self.styles.label())
                else:
                    self.figure(f"{column}{row}", cell, "0.00")
            return
        self.figure(f"G{row}", line.weight, "General", locked=self.approved)
        self.message(f"G{row}", messages.FUND_WEIGHT)
        points = self.results.scores.fund.computed
        proposed: object = "" if points is None else points
        self.formula(f"L{row}", formulas.fund_score_formula(row, self.scheme), proposed, self.styles.side(num_format="0.00"))
        if line.score.blank:
            self.formula(f"I{row}", f"=L{row}", proposed, self.styles.input(num_format="0.00", bg_color="#FFFFFF"))
        else:
            self.figure(f"I{row}", line.score, "0.00")
        self.message(f"I{row}", messages.FUND_SCORE)
        typed = not line.rate.blank or not line.score.blank
        rate, score = formulas.typed_formula(f"H{row}", f"N{row}"), formulas.typed_formula(f"I{row}", f"L{row}")
        self.formula(f"O{row}", formulas.either_typed_formula(rate, score), self.results.mark(typed), self.styles.side())

    def _goals(self) -> None:
        row, text = self.layout.goal_heading_row, self.layout.goal_row
        self.sheet.set_row(row - 1, 20)
        self.merged(f"A{row}:A{text}", "年度总体目标", self.styles.label())
        cells = (("B", "E", "预期目标", self.form.expected_goal), ("F", "I", "实际完成情况", self.form.achieved_goal))
        for first, last, heading, cell in cells:
            self.merged(f"{first}{row}:{last}{row}", heading, self.styles.label())
            self.merged(f"{first}{text}:{last}{text}", cell.text, self.styles.text_input(align="left"))
            self.message(f"{first}{text}", messages.HEADER[heading])
        longest = max(
            lines_of(self.form.expected_goal.text, sum(WIDTHS[c] for c in "BCDE")),
            lines_of(self.form.achieved_goal.text, sum(WIDTHS[c] for c in "FGHI")),
        )
        self.sheet.set_row(text - 1, min(400.0, max(60.0, longest * _LINE + 6)))

    def _total(self) -> None:
        row, form = self.layout.total_row, self.form
        self.merged(f"A{row}:F{row}", "总分", self.styles.label(bold=True))
        for column, cell, usual in (("G", form.total_weight, "General"), ("H", form.total_score, "0.00")):
            formula = formulas.total_formula(column, self._fund_cell(column), self.layout)
            result = self.results.total(column)
            if cell.blank:
                self.formula(f"{column}{row}", formula, result, self.styles.input(num_format=usual, bg_color="#FFFFFF", bold=True))
            else:
                self.figure(f"{column}{row}", cell, usual, bold=True)
        self.message(f"G{row}", messages.TOTAL_WEIGHT)
        self.message(f"H{row}", messages.TOTAL)
        self.text(f"I{row}", "—", self.styles.label())
        self.sheet.set_row(row - 1, 22)
        rule = formulas.total_formula("H", self._fund_cell("H"), self.layout)
        self.formula(f"L{row}", rule, self.results.total("H"), self.styles.side(num_format="0.00"))
        typed = formulas.typed_formula(f"H{row}", f"L{row}")
        self.formula(f"O{row}", typed, self.results.mark(not form.total_score.blank), self.styles.side())

    def _fund_cell(self, column: str) -> str:
        return f"{'G' if column == 'G' else 'I'}{self.layout.fund_first}"

    def _signatures(self) -> None:
        row = self.layout.sign_row
        plain, entry = self.styles.get(align="right"), self.styles.get(align="left", locked=False, num_format="@", bottom=1)
        for at, text in ((f"A{row}", "填表人："), (f"D{row}", "负责人："), (f"F{row}", "联系电话：")):
            self.text(at, text, plain)
        for area in (f"B{row}:C{row}", f"G{row}:I{row}", f"E{row + 1}:F{row + 1}"):
            self.merged(area, "", entry)
        self.text(f"E{row}", "", entry)
        for name, at in (("填表人", f"B{row}"), ("负责人", f"E{row}"), ("联系电话", f"G{row}"), ("填报日期", f"E{row + 1}")):
            self.message(at, messages.SIGNATURES[name])
        self.text(f"A{row + 1}", "等级：", plain)
        self.text(f"D{row + 1}", "填报日期：", plain)
        self.merged(f"G{row + 1}:I{row + 1}", "（单位盖章）", self.styles.get(align="center"))
        self._grade(row + 1)
        self.sheet.set_row(row - 1, 26)
        self.sheet.set_row(row, 26)

    def _grade(self, row: int) -> None:
        rule = formulas.grade_formula(f"H{self.layout.total_row}")
        grade = self.results.grade()
        look = self.styles.get(align="center", bold=True, locked=False, bottom=1)
        self.sheet.merge_range(f"B{row}:C{row}", None, look)
        if self.form.grade.blank:
            self.formula(f"B{row}", rule, grade, look)
        else:
            self.text(f"B{row}", self.form.grade.text, look)
        self.message(f"B{row}", messages.GRADE)
        self.formula(f"L{row}", rule, grade, self.styles.side())
        self.formula(
            f"O{row}", formulas.typed_formula(f"B{row}", f"L{row}"), self.results.mark(not self.form.grade.blank), self.styles.side()
        )

    def _proposals_in_grey(self) -> None:
        """Show what a formula proposes in grey until it is written over."""
        grey = self.book.add_format({"font_color": GREY})
        layout = self.layout
        areas = (
            f"H{layout.fund_first}:H{layout.fund_last}",
            f"I{layout.fund_first}",
            f"H{layout.indicator_first}:H{layout.indicator_last}",
        )
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
        sheet.print_area(f"A1:I{last}")
        sheet.set_paper(9)
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


def lines_of(text: str, width: float) -> int:
    """Estimate the lines a text takes in a column of ``width`` narrow characters; a Chinese one takes two."""
    room = max(2.0, width - 2.5)
    return sum(max(1, -(-sum(1 if char.isascii() else 2 for char in part) // int(room))) for part in text.split("\n"))
