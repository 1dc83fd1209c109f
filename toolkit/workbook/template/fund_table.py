"""项目资金 on the form: amounts, rates and points of the total and its sources, with what the rules give beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.core.columns import UNPRINTED, Span
from toolkit.core.form import Cell, FundLine
from toolkit.scoring.fund import printed_rate
from toolkit.workbook.template import formulas, messages
from toolkit.workbook.template.filled import SUMMED, fund_cell
from toolkit.workbook.template.funds import source_places
from toolkit.workbook.template.styles import lines_of, number_format

if TYPE_CHECKING:
    from toolkit.workbook.template.form_sheet import FormSheet

SUB_ROW = "其中"


class FundTable:
    """Writes 项目资金."""

    def __init__(self, host: FormSheet) -> None:
        """Write onto the sheet of ``host``."""
        self._host = host
        self._layout = host.layout
        self._columns = host.columns
        self._styles = host.styles
        self._form = host.form
        self._scheme = host.scheme
        beside = {field: Span(number, number) for field, number in host.columns.fund_beside.items()}
        self._spans = {**host.columns.fund, **beside}

    def write(self) -> None:
        """Write headings and rows."""
        host, layout, columns = self._host, self._layout, self._columns
        name = f"{self._scheme.label('项目资金')}\n（{self._form.currency_unit}）"
        host.merged(f"A{layout.fund_heading_row}:A{layout.fund_last}", name, self._styles.label())
        # The column of the names has a heading only where the scheme gives it one.
        kind = self._scheme.labels.get("资金来源", "")
        host.put(columns.kind, layout.fund_heading_row, kind, self._styles.label())
        host.sheet.set_row(layout.fund_heading_row - 1, self._heading_height())
        printed = {column.field: column.heading for column in self._scheme.fund_columns}
        for field, span in self._spans.items():
            if field in columns.fund:
                host.put(span, layout.fund_heading_row, printed[field], self._styles.label())
            else:
                host.put(span, layout.fund_heading_row, field + UNPRINTED, self._styles.side(bold=True, text_wrap=True))
        for row, line in enumerate(self._form.funds, layout.fund_first):
            self._row(row, line, total=row == layout.fund_first)
            host.sheet.set_row(row - 1, 20)

    def _heading_height(self) -> float:
        """Return the height of the row of headings: two lines where a heading needs them."""

        headings = {column.field: column.heading for column in self._scheme.fund_columns}
        lines = [lines_of(headings[field], self._columns.width(span) + 1.5) for field, span in self._columns.fund.items()]
        return 20 if max(lines, default=1) == 1 else 34

    def _row(self, row: int, line: FundLine, *, total: bool) -> None:
        first_source = row == self._layout.fund_first + 1 and not has_sub_rows(self._form.funds)
        kind = line.kind.text
        shown = f"{SUB_ROW}：{kind}" if first_source and not kind.startswith(SUB_ROW) else kind
        self._host.put(self._columns.kind, row, shown, self._styles.label(align="left", num_format="@"))
        texts = messages.fund_messages(self._form.currency_unit)
        for field in SUMMED:
            if field in self._spans:
                at = self._framed(field, row)
                self._amount(at, field, fund_cell(line, field), total)
                if not total or self._layout.fund_rows == 1:
                    self._host.message(at, texts[field], **_AMOUNT_RULE)
        if "到位率" in self._spans:
            at = self._framed("到位率", row)
            self._host.figure(at, line.received_rate, "0.00%", **self._look("到位率"))
            self._host.message(at, messages.RECEIVED_RATE)
        self._rate(row, line)
        self._points(row, line, total)

    def _framed(self, field: str, row: int) -> str:
        return self._host.framed(self._spans[field], row, self._styles.input(**self._look(field)))

    def _look(self, field: str) -> dict[str, Any]:
        return {"font_size": 9} if field in self._columns.fund_beside else {}

    def _amount(self, address: str, field: str, cell: Cell, total: bool) -> None:
        parts = self._host.results.part_sum(field)
        if total and self._layout.fund_rows > 1 and (cell.blank or cell.number == parts):
            look = self._styles.label(num_format=number_format(cell.text, "0.00"))
            rows = [self._layout.fund_first + place for place in source_places(self._form)]
            column = self._spans[field].letters
            self._host.formula(address, formulas.sum_of_parts_formula(column, rows), "" if parts is None else parts, look)
        else:
            # A published total that is not the sum of its sources is kept, or the slip could never be found.
            self._host.figure(address, cell, "0.00", **self._look(field))

    def _rate(self, row: int, line: FundLine) -> None:
        host, scheme = self._host, self._scheme
        filled = host.results.form.funds[row - self._layout.fund_first]
        budget, executed = self._form.amount(filled.annual_budget), self._form.amount(filled.executed)
        rate: object = "" if budget is None or executed is None else printed_rate(budget, executed, scheme)
        usual = ("0.00%" if scheme.rate_percent else "0." + "0" * scheme.rate_decimals) or "0"
        rule = f"{self._layout.helpers.rules['完成率']}{row}"
        host.formula(rule, formulas.rate_formula(self._layout, row), rate, self._styles.side(num_format=usual))
        if "执行率" not in self._spans:
            return
        at = self._framed("执行率", row)
        if line.rate.blank:
            look = self._styles.input(num_format=usual, bg_color="#FFFFFF", **self._look("执行率"))
            host.formula(at, f"={rule}", rate, look)
        else:
            host.figure(at, line.rate, usual, **self._look("执行率"))
        host.message(at, messages.RATE)

    def _points(self, row: int, line: FundLine, total: bool) -> None:
        if total:
            self._total_points(row, line)
            return
        for field in ("分值", "得分"):
            cell = fund_cell(line, field)
            if field not in self._spans:
                continue
            if cell.blank and field in self._columns.fund_beside:
                continue
            if cell.blank:
                self._host.put(self._spans[field], row, "—", self._styles.label())
            else:
                self._host.figure(self._framed(field, row), cell, "0.00", **self._look(field))

    def _total_points(self, row: int, line: FundLine) -> None:
        host, rules = self._host, self._layout.helpers.rules
        typed = [self._typed("执行率", row)] if "执行率" in self._spans else []
        if "分值" in self._spans and "得分" in self._spans:
            self._scored(row, line)
            typed.append(self._typed("得分", row))
        written = not line.rate.blank or not line.score.blank
        if typed:
            mark = formulas.either_typed_formula(*typed) if len(typed) > 1 else typed[0]
            host.formula(f"{rules['标记']}{row}", mark, host.results.mark(written), self._styles.side())

    def _typed(self, field: str, row: int) -> str:
        rule = self._layout.helpers.rules["完成率" if field == "执行率" else "测算得分"]
        return formulas.typed_formula(f"{self._spans[field].letters}{row}", f"{rule}{row}")

    def _scored(self, row: int, line: FundLine) -> None:
        host = self._host
        at = self._framed("分值", row)
        host.figure(at, line.weight, "General", locked=host.approved, **self._look("分值"))
        host.message(at, messages.FUND_WEIGHT)
        points = host.results.scores.fund.computed
        proposed: object = "" if points is None else points
        rule = f"{self._layout.helpers.rules['测算得分']}{row}"
        host.formula(rule, formulas.fund_score_formula(self._layout, self._scheme), proposed, self._styles.side(num_format="0.00"))
        at = self._framed("得分", row)
        if line.score.blank:
            look = self._styles.input(num_format="0.00", bg_color="#FFFFFF", **self._look("得分"))
            host.formula(at, f"={rule}", proposed, look)
        else:
            host.figure(at, line.score, "0.00", **self._look("得分"))
        host.message(at, messages.FUND_SCORE)


_AMOUNT_RULE: dict[str, Any] = {
    "validate": "decimal",
    "criteria": ">=",
    "value": 0,
    "error_title": messages.AMOUNT_STOP[0],
    "error_message": messages.AMOUNT_STOP[1],
}


def has_sub_rows(funds: tuple[FundLine, ...]) -> bool:
    """Tell whether rows are named 其中… below the first source: then the word is part of their names."""
    return any(line.kind.text.startswith(SUB_ROW) for line in funds[2:])
