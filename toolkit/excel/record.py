"""修改记录: a sheet of the workbook that says who changed which of the officer's own cells, when, from what to what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

from toolkit.addin.call import ACTIONS
from toolkit.excel.areas import Place, rectangles, text_of
from toolkit.excel.content import NUMBER, TEXT, SavedSheet, State
from toolkit.excel.journal import user_name
from toolkit.excel.work import Work
from toolkit.excel.writing import block
from toolkit.workbook.signs import RECORD_HEADINGS as HEADINGS
from toolkit.workbook.signs import RECORD_SHEET as SHEET

_WIDTHS = (18, 14, 12, 14, 8, 34, 26, 26)
_FIRST = 3


@dataclass(frozen=True, slots=True)
class Change:
    """A changed cell: where, of what, from what to what."""

    sheet: str
    cell: str
    item: str
    before: str
    after: str


def record_changes(work: Work, changes: Sequence[Change]) -> None:
    """Add changes to 修改记录; the sheet is made where it is missing."""
    if not changes:
        return
    saved = work.before.sheet(SHEET)
    if saved is None:
        row = _FIRST
        sheet = work.bring_in(_blank(work.folder), SHEET)
    else:
        row = max((at for at, _ in saved.states), default=_FIRST - 1) + 1
        sheet = work.live.sheet(SHEET)
    states = {(at, column): state for at, change in enumerate(changes, row) for column, state in _cells(work, change)}
    protection = None if saved is None else saved.protection
    (area,) = rectangles(states)
    if protection is not None and protection.on:
        with work.live.unprotected(SHEET, protection):
            sheet.range(text_of(area)).raw_value = block(area, states, _never)
    else:
        sheet.range(text_of(area)).raw_value = block(area, states, _never)
    work.wrote(SHEET, states)


def shown(saved: SavedSheet, place: Place) -> str:
    """Return what stands in a cell as a text for 修改记录."""
    state = saved.state(place)
    if state.formula:
        return f"公式 {state.formula}"
    return f"{float(state.value):.15g}" if state.kind == NUMBER else state.value


def _cells(work: Work, change: Change) -> list[tuple[int, State]]:
    desk = work.desk
    texts = (
        f"{desk.moment:%Y-%m-%d %H:%M:%S}",
        ACTIONS[desk.action],
        user_name(),
        change.sheet,
        change.cell,
        change.item,
        change.before,
        change.after,
    )
    return [(column, State(TEXT, text) if text else State()) for column, text in enumerate(texts, 1)]


def _never(_: Place) -> bool:
    return False


def _blank(folder: Path) -> Path:
    path = folder / f"{SHEET}.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet(SHEET)
        wrap = book.add_format({"text_wrap": True, "valign": "top", "font_size": 10})
        bold = book.add_format({"bold": True, "border": 1, "bg_color": "#F2F2F2", "text_wrap": True, "valign": "vcenter"})
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width, wrap)
        title = "修改记录（由“绩效自评”按钮记入，便于核对；导出定稿时不带出）"
        sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 12}))
        sheet.write_row(1, 0, HEADINGS, bold)
        sheet.freeze_panes(2, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
    return path
