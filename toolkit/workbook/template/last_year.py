"""Last year beside this year's rows, outside the print area: what was reached, what it scored, what was left over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.core.form import Cell
from toolkit.core.money import money

if TYPE_CHECKING:
    from toolkit.workbook.template.form_sheet import FormSheet

COLUMN = "P"
"""Column of the national form, between the marks and the steps of the formulas."""
HEADING = "上年情况"
_WIDTH = 26
_TABLE = "上年指标"


def write_last_year(host: FormSheet) -> None:
    """Write what 报告要素 says of last year beside the rows it belongs to; nothing where it says nothing."""
    rows = {row["三级指标"].text: row for row in host.form.tables.get(_TABLE, ()) if "三级指标" in row}
    amounts = [host.form.facts.get(name) for name in ("上年全年预算数", "上年全年执行数", "上年未执行数")]
    if not rows and not any(amounts):
        return
    column, layout = host.layout.helpers.at(COLUMN), host.layout
    look, head = host.styles.side(text_wrap=True, align="left"), host.styles.side(bold=True)
    host.sheet.set_column(f"{column}:{column}", _WIDTH)
    for row in (layout.fund_heading_row, layout.indicator_heading_row):
        host.text(f"{column}{row}", HEADING, head)
    for at, text in zip(range(layout.fund_first, layout.fund_last + 1), _amounts(host, amounts), strict=False):
        host.text(f"{column}{at}", text, look)
    for at, indicator in zip(layout.used_rows(), host.form.indicators, strict=False):
        if indicator.name in rows:
            told = rows[indicator.name]
            pieces = (("完成 ", "上年完成值", ""), ("得 ", "上年得分", " 分"))
            shown = [f"{before}{told[name].text}{behind}" for before, name, behind in pieces if name in told]
            host.text(f"{column}{at}", "，".join(shown), look)


def _shown(cell: Cell | None) -> str:
    number = None if cell is None else cell.number
    return "" if number is None else money(number)


def _amounts(host: FormSheet, amounts: list[Cell | None]) -> list[str]:
    """Return what stands beside each fund row: the amounts beside the total, what was left over beside 上年结转."""
    budget, executed, rest = map(_shown, amounts)
    texts = []
    for line in host.form.funds:
        if line is host.form.fund_total:
            texts.append(f"预算 {budget}，执行 {executed}" if budget or executed else "")
        else:
            texts.append(f"上年未执行 {rest}" if rest and host.scheme.mentions(line.name, "carry_over") else "")
    return texts
