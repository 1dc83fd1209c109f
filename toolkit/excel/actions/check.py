"""重算并检查: the list in 检查结果, a note and a mark on the cells it speaks of; nothing the officer typed changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from toolkit.checks import Severity, Stage
from toolkit.checks.finding import Finding
from toolkit.checks.review import Review
from toolkit.cli.check import Beside, Checked, Failed, check_files
from toolkit.cli.result_file import write_result
from toolkit.cli.sources import find_schemes
from toolkit.excel.areas import Place, rectangles, text_of
from toolkit.excel.content import SavedBook, SavedSheet, State
from toolkit.excel.marks import move_marks, write_notes
from toolkit.excel.painting import make_plain
from toolkit.excel.work import Desk, Work, working
from toolkit.excel.writing import block, write_states
from toolkit.problem import Unreadable
from toolkit.workbook.address import Area, read_area
from toolkit.workbook.results.layout import HEADER_ROW, SHEET
from toolkit.workbook.signs import SIGNATURE, is_our_note

_LONGEST_NOTE = 180
"""Characters of a finding in a note; a note's window shows few lines."""
_FIRST, _PLACE = "序号", "位置"


def run(desk: Desk) -> str:
    """Check the open workbook and return the closing message."""
    with desk.live.session("正在重算并检查……"), working(desk) as work:
        checked = check_copy(work)
        with work.writing():
            show_results(work, checked)
    return closing(checked.reviews)


def check_copy(work: Work) -> Checked:
    """Check the copy of the open workbook as the command does.

    Raises:
        Unreadable: it holds no form.
    """
    (done,) = check_files([work.path], find_schemes(None), Beside((), None, Stage.SELF_EVALUATION))
    if isinstance(done, Failed):
        raise done.problem
    return done


def show_results(work: Work, checked: Checked) -> None:
    """Fill 检查结果 of the open workbook as the command fills its copy, and mark the cells."""
    told = work.folder / f"结果{work.path.suffix}"
    write_result(checked.source, checked.reviews, told, _never)
    take_results(work, told, checked.reviews)


def take_results(work: Work, told: Path, reviews: Sequence[Review]) -> None:
    """Fill 检查结果 of the open workbook as it is in the file ``told``, and mark the cells."""
    with SavedBook(told) as after:
        name = next((each for each in after.names if each not in work.before.names), SHEET)
        filled, there = after.sheet(name), work.before.sheet(name)
        if filled is None:
            raise Unreadable(work.live.name, f"里没有工作表“{SHEET}”", "请用 selfeval fill 转成新的自评表工作簿后再检查")
        if there is None:
            work.bring_in(told, name)
        else:
            _ResultSheet(work, there, filled).write()
    _mark_cells(work, reviews)


def closing(reviews: Sequence[Review]) -> str:
    """Return the sentence at the end."""
    counts = {severity: sum(review.count(severity) for review in reviews) for severity in Severity}
    errors, warnings = counts[Severity.ERROR], counts[Severity.WARNING]
    waiting = sum(review.waiting for review in reviews)
    if not errors and not warnings:
        return f"未发现错误和提醒，核对情况列在“{SHEET}”。本结果只说明表内数据相互一致、计算无误，不代替对数据真实性的审核。"
    explained = f"（其中已说明 {warnings - waiting} 处）" if waiting < warnings else ""
    return f"发现 {errors} 处错误、{warnings} 处提醒{explained}，已列在“{SHEET}”。"


def _never(_: object) -> tuple[Any, Sequence[Review]]:
    raise AssertionError("an open workbook is a workbook")


class _ResultSheet:
    """The sheet 检查结果 of the open workbook, being filled."""

    def __init__(self, work: Work, now: SavedSheet, filled: SavedSheet) -> None:
        """Compare the sheet with that of the command's copy."""
        self._work, self._now, self._filled = work, now, filled
        heading = next(row for row, column in sorted(filled.states) if filled.state((row, column)).value == _FIRST)
        columns = {filled.state((row, column)).value: column for row, column in filled.states if row == heading}
        self._first, self._columns = heading + 1, columns
        self._left, self._right = min(columns.values()), max(columns.values())
        self._last = max((row for row, _ in filled.styles if row >= self._first), default=heading)
        self._old_last = max((row for row, column in now.states if row >= self._first and column <= self._right), default=heading)

    def write(self) -> None:
        """Write first line, list and links; rows that are left over are emptied."""
        now, work = self._now, self._work
        header = (HEADER_ROW, 1)
        with work.live.unprotected(now.name, now.protection) as sheet:
            if now.state(header) != self._filled.state(header):
                write_states(sheet, {header: self._filled.state(header)}, now.is_text)
                work.wrote(now.name, {header: self._filled.state(header)})
            height = self._filled.rows[HEADER_ROW].height
            if height is not None and HEADER_ROW in now.rows and now.rows[HEADER_ROW].height != height:
                sheet.range(f"A{HEADER_ROW}").row_height = height
                work.looked(now.name, {header})
            self._write_list(sheet)
            self._clear_rest(sheet)

    def _write_list(self, sheet: Any) -> None:
        area = Area(self._first, self._left, self._last, self._right)
        states = {place: self._state(place) for place in _cells(area)}
        listed = sheet.range(text_of(area))
        if any(place in self._now.links for place in states):
            listed.api.ClearHyperlinks()
        if any(self._now.look(place) != self._now.look((self._first, place[1])) for place in states):
            listed.api.FillDown()
        listed.raw_value = block(area, states, lambda place: self._now.is_text((self._first, place[1])))
        listed.rows.autofit()
        self._work.wrote(self._now.name, states)

    def _clear_rest(self, sheet: Any) -> None:
        if self._old_last > self._last:
            rest = Area(self._last + 1, self._left, self._old_last, self._right)
            make_plain(sheet, rest, self._old_last + 1)
            self._work.wrote(self._now.name, dict.fromkeys(_cells(rest), State()))

    def _state(self, place: Place) -> State:
        """Return what stands in a cell of the list: as in the command's copy, its link as a formula."""
        found, link = self._filled.state(place), self._filled.links.get(place)
        if not link or place[1] != self._columns[_PLACE]:
            return found
        target, shown = (text.replace('"', '""') for text in (f"#{link}", found.value))
        return State(formula=f'HYPERLINK("{target}","{shown}")')


def _cells(area: Area) -> list[Place]:
    return [(row, column) for row in range(area.top, area.bottom + 1) for column in range(area.left, area.right + 1)]


def _mark_cells(work: Work, reviews: Sequence[Review]) -> None:
    """Set notes and marks on all sheets of the forms; those of the check before are taken away."""
    marked = _marked(reviews)
    for name in dict.fromkeys([*(review.case.form.sheet or "" for review in reviews), *marked]):
        sheet = work.before.sheet(name)
        if sheet is not None:
            _mark_sheet(work, sheet, marked.get(name, {}))


def _mark_sheet(work: Work, saved: SavedSheet, texts: Mapping[Place, str]) -> None:
    ours = {place for place, note in saved.notes.items() if is_our_note(note)}
    wanted = {place: text for place, text in texts.items() if text and (place in ours or place not in saved.notes)}
    areas = [text_of(area) for area in rectangles(texts)]
    stale = {place for place in ours if saved.notes[place] != wanted.get(place)}
    fresh = {place for place in wanted if saved.notes.get(place) != wanted[place]}
    listed = [area for rule in saved.marks for area in rule.areas]
    # A sheet with a password keeps the marks it has: the list tells everything, and no check fails for want of colour.
    if saved.protection.password or not (stale or fresh or sorted(areas) != sorted(listed)):
        return
    with work.live.unprotected(saved.name, saved.protection) as sheet:
        move_marks(sheet, saved.marks, areas)
        write_notes(sheet, saved.notes, wanted, stale | fresh)
    work.looked(saved.name, stale | fresh | set(texts))


def _marked(reviews: Sequence[Review]) -> dict[str, dict[Place, str]]:
    """Return the cells with 错误 and open 提醒 by sheet; a note for the first cell of a finding, "" for the others."""
    told: dict[str, dict[Place, list[str]]] = defaultdict(lambda: defaultdict(list))
    for review in reviews:
        for finding in review.findings:
            if finding.undecidable or not (finding.severity is Severity.ERROR or finding.open):
                continue
            for cell in finding.cells:
                area = read_area(cell.address or "")
                if area is not None and cell.sheet:
                    lines = told[cell.sheet][area.top, area.left]
                    lines += [_line(finding)] if cell is finding.cells[0] else []
    return {
        sheet: {place: "\n".join([*lines, SIGNATURE]) if lines else "" for place, lines in cells.items()}
        for sheet, cells in told.items()
    }


def _line(finding: Finding) -> str:
    text = f"【{finding.severity.word} {finding.code}】{finding.message}。"
    fix = f"改法：{finding.fix}" if finding.fix else ""
    whole = f"{text}{fix}".replace("。。", "。")
    return whole if len(whole) <= _LONGEST_NOTE else f"{whole[: _LONGEST_NOTE - 1]}…"


