"""Below the indicators: 总分, signatures and 等级."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.core.columns import Span
from toolkit.core.form import Cell
from toolkit.workbook.template import formulas, messages

if TYPE_CHECKING:
    from toolkit.workbook.template.form_sheet import FormSheet

_SCORED = ("分值", "得分")


class TotalRows:
    """Writes the last three rows of a form."""

    def __init__(self, host: FormSheet) -> None:
        """Write onto the sheet of ``host``."""
        self._host = host
        self._layout = host.layout
        self._columns = host.columns
        self._styles = host.styles

    def write(self) -> None:
        """Write everything."""
        self._total()
        self._signatures()
        self._grade(self._layout.sign_row + 1)

    def _total(self) -> None:
        host, row, form = self._host, self._layout.total_row, self._host.form
        self._empty_cells(row)
        self._sum(row, "分值", form.total_weight, "General", messages.TOTAL_WEIGHT)
        self._sum(row, "得分", form.total_score, "0.00", messages.TOTAL)
        host.sheet.set_row(row - 1, 22)
        rules, score = self._layout.helpers.rules, f"{self._columns.at('得分')}{row}"
        rule = f"{rules['测算得分']}{row}"
        host.formula(
            rule, formulas.total_formula(self._layout, "得分"), host.results.total("得分"), self._styles.side(num_format="0.00")
        )
        mark = host.results.mark(not form.total_score.blank)
        host.formula(f"{rules['标记']}{row}", formulas.typed_formula(score, rule), mark, self._styles.side())

    def _empty_cells(self, row: int) -> None:
        """Write the word 总分 over the columns before the first sum, and — where a column has none."""
        spans = self._columns.indicator
        first = next(field for field in spans if field in _SCORED)
        self._host.merged(Span(1, spans[first].first - 1).area(row), self._host.scheme.label("总分"), self._styles.label(bold=True))
        for field, span in spans.items():
            if span.first > spans[first].first and field not in _SCORED:
                self._host.put(span, row, "—", self._styles.label())

    def _sum(self, row: int, field: str, cell: Cell, usual: str, message: messages.Message) -> None:
        host, span = self._host, self._columns.indicator.get(field)
        look = {"bold": True} if span else {"font_size": 9}
        style = self._styles.input(num_format=usual, bg_color="#FFFFFF", **look)
        at = host.framed(span, row, style) if span else f"{self._columns.at(field)}{row}"
        if cell.blank:
            host.formula(at, formulas.total_formula(self._layout, field), host.results.total(field), style)
        else:
            host.figure(at, cell, usual, **look)
        host.message(at, message)

    def _signatures(self) -> None:
        host, row = self._host, self._layout.sign_row
        plain = self._styles.get(align="right")
        entry = self._styles.get(align="left", locked=False, num_format="@", bottom=1)
        by, label, chief, second, telephone = self._columns.signatures
        host.text(f"A{row}", "填表人：", plain)
        host.put(label, row, "负责人：", plain)
        host.put(second, row, "联系电话：", plain)
        date = Span(chief.first, second.last)
        entries = {"填表人": (by, row), "负责人": (chief, row), "联系电话": (telephone, row), "填报日期": (date, row + 1)}
        for name, (span, at) in entries.items():
            host.message(host.put(span, at, "", entry), messages.SIGNATURES[name])
        host.text(f"A{row + 1}", "等级：", plain)
        host.put(label, row + 1, "填报日期：", plain)
        host.put(telephone, row + 1, "（单位盖章）", self._styles.get(align="center"))
        host.sheet.set_row(row - 1, 26)
        host.sheet.set_row(row, 26)

    def _grade(self, row: int) -> None:
        host, rules = self._host, self._layout.helpers.rules
        rule = formulas.grade_formula(f"{self._columns.at('得分')}{self._layout.total_row}")
        grade = host.results.grade()
        look = self._styles.get(align="center", bold=True, locked=False, bottom=1)
        at = host.framed(self._columns.signatures[0], row, look)
        if host.form.grade.blank:
            host.formula(at, rule, grade, look)
        else:
            host.text(at, host.form.grade.text, look)
        host.message(at, messages.GRADE)
        beside = f"{rules['测算得分']}{row}"
        host.formula(beside, rule, grade, self._styles.side())
        mark = host.results.mark(not host.form.grade.blank)
        host.formula(f"{rules['标记']}{row}", formulas.typed_formula(at, beside), mark, self._styles.side())
