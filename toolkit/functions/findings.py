"""The findings of a form that stands in a range."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.case import make_case
from toolkit.checks.finding import Finding
from toolkit.checks.form_rules import FORM_RULES
from toolkit.checks.run import check_form
from toolkit.core.form import Form
from toolkit.core.scheme import Scheme, load_schemes
from toolkit.core.scheme.match import choose_scheme
from toolkit.functions.area import OMITTED, Area
from toolkit.functions.lines import Table, handed
from toolkit.functions.schemes import scheme_of

_COLUMNS = 4
_NO_FORM = "所选区域里没有找到自评表：要从标题选到总分一行，含一级指标、三级指标、年度指标值、分值、得分一行表头"


def se_findings(form: Area, most: Area = OMITTED, scheme: Area = OMITTED) -> Table:
    """List the findings of the form in a range: 级别, 代码, 事实, 改法, errors first.

    Args:
        form: from the title down to 总分; several forms are checked one after another.
        most: rows the answer shall have: the last says how many more there are, blank ones fill it up.
        scheme: as elsewhere; left out, it is chosen by the form.
    """
    forms = _forms(form)
    if not forms:
        return [[_NO_FORM]]
    rows = [row for each in forms for row in _rows(each, scheme)] or [["", "", "没有发现问题", ""]]
    return _bounded(rows, most)


def _forms(area: Area) -> tuple[Form, ...]:
    from toolkit.intake.foreign.model import ForeignGrid, Piece
    from toolkit.intake.foreign.read import forms_in
    from toolkit.workbook.address import address_of

    top, left = max(area.row, 1), max(area.column, 1)
    pieces = []
    for row, column, cell in area.texts():
        if not cell.blank:
            place = address_of(top + row, left + column)
            pieces.append(Piece(top + row, left + column, cell.text.strip(), place, address=place, exact=cell.exact))
    return forms_in([ForeignGrid("", tuple(pieces))]).forms if pieces else ()


def _rows(form: Form, named: Area) -> Iterator[list[object]]:
    for finding in check_form(make_case(form, _scheme(form, named)), FORM_RULES):
        yield [handed(text) for text in (finding.severity.word, finding.code, _fact(finding), finding.fix)]


def _scheme(form: Form, named: Area) -> Scheme:
    return choose_scheme(form, load_schemes())[0] if named.blank else scheme_of(named)


def _fact(finding: Finding) -> str:
    return f"{finding.message}。算式：{finding.working}" if finding.working else finding.message


def _bounded(rows: list[list[object]], most: Area) -> Table:
    number = most.cell("行数").number
    if number is None:
        return rows
    limit = max(1, int(number))
    if len(rows) > limit:
        rest = len(rows) - limit + 1
        rows = [*rows[: limit - 1], ["", "", f"还有 {rest} 条，请按“重算并检查”查看全部", ""]]
    return rows + [[""] * _COLUMNS for _ in range(limit - len(rows))]
