"""Reading the officer's answers back from 检查结果."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from toolkit.checks.answers import Answer, Scope, clean_state
from toolkit.workbook.book import Book
from toolkit.workbook.results.layout import SHEET, find_layout
from toolkit.workbook.results.place import parse_field, parse_place
from toolkit.workbook.sheet import Sheet


def read_answers(book: Book, form_sheets: Collection[str]) -> tuple[Answer, ...]:
    """Read every 说明 of 检查结果, in the order of the list; rows without one are read too, with their 当时值.

    Args:
        book: the workbook.
        form_sheets: names of its form sheets; an answer that names another was given before a sheet was renamed, and
            is taken as naming none.
    """
    entry = book.entry(SHEET)
    sheet = book.sheet(entry) if entry else None
    layout = find_layout(sheet) if sheet else None
    if sheet is None or layout is None:
        return ()
    rows = (row for row in sheet.row_numbers if row >= layout.first_row)
    found = (_answer(sheet, row, layout.columns, form_sheets) for row in rows)
    return tuple(answer for answer in found if answer is not None)


def _answer(sheet: Sheet, row: int, columns: Mapping[str, int], form_sheets: Collection[str]) -> Answer | None:
    code, text = sheet.text(row, columns["代码"]), sheet.text(row, columns["说明"])
    if not code:
        return None
    place, address = parse_place(sheet.text(row, columns["位置"]))
    scope = sheet.text(row, columns["说明范围"])
    return Answer(
        code=code,
        field=parse_field(sheet.text(row, columns["栏目"])),
        address=address,
        sheet=place if place in form_sheets else "",
        state=clean_state(sheet.text(row, columns["当时值"])),
        text=text,
        scope=Scope.of(scope),
        apart=not text and scope == Scope.PLACE.value,
    )
