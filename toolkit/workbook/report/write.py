"""Writing 自评报告 into a copy of the officer's workbook."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit.core.layout import FACTS_SHEET, FORM_SHEET
from toolkit.narrative.model import Block, BlockKind, Report, Run
from toolkit.narrative.renew import Renewed, renew
from toolkit.problem import Unreadable
from toolkit.workbook.book import Book
from toolkit.workbook.chain import CHAIN, chain_without
from toolkit.workbook.report.charts import Chart, Charts, Room
from toolkit.workbook.report.compose import CAPTION_HEIGHT, Line, Part, chart_height, lines_of_report
from toolkit.workbook.report.layout import (
    FIRST_COLUMN,
    FIRST_ROW,
    HEADING_ROW,
    LAST_COLUMN,
    LOOKS,
    SHEET,
    Note,
    note_text,
    record_text,
)
from toolkit.workbook.report.part import ReportPart
from toolkit.workbook.report.read import StoredSheet, read_report, renamed
from toolkit.workbook.save import write_atomically

_MOST_CELLS = LAST_COLUMN - FIRST_COLUMN + 1
_SHOWN = 18
"""Characters by which a deleted paragraph is named."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written for one form.

    Attributes:
        sheet: its form sheet.
        report: what was generated.
        renewed: what stands in the sheet now.
    """

    sheet: str
    report: Report
    renewed: Renewed


def write_report(source: Path, out: Path, reports: Mapping[str, Report]) -> tuple[Written, ...]:
    """Write a copy of ``source`` in which only the sheet 自评报告 and its charts differ.

    Args:
        source: the officer's workbook.
        out: the copy; not the source itself.
        reports: what is generated now, by form sheet, in the order in which the reports shall follow one another.

    Raises:
        Unreadable: the source has no sheet 自评报告 laid out as in the template.
        Unwritable: the copy cannot be written; nothing is left behind.
    """
    with Book(source) as book:
        work = _Work(book, reports)
        parts = work.parts()
        write_atomically(out, lambda path: _copy_with(book, path, parts), source)
        return tuple(work.written)


class _Work:
    """Writes the report of one open workbook."""

    def __init__(self, book: Book, reports: Mapping[str, Report]) -> None:
        self._book = book
        entry, stored = book.entry(SHEET), read_report(book)
        if entry is None or stored is None:
            raise _no_sheet(book)
        self._entry = entry
        self._sheets = list(reports)
        self._stored = _with_names(stored, list(reports))
        self._charts = Charts(book, entry.part)
        gone = [sheet for sheet in self._stored.sheets if sheet not in reports]
        blank = Report("", "", ())
        self.written = [self._renewed(sheet, report) for sheet, report in [*reports.items(), *((one, blank) for one in gone)]]

    def parts(self) -> Mapping[str, bytes]:
        """Return the parts that change."""
        part = ReportPart(self._book.package.parse(self._entry.part), self._looks())
        lines, places = self._lines()
        notes = [_note(done) for done in self.written]
        records = [record_text(done.sheet, done.renewed.record) for done in self.written if done.renewed.record]
        data, tops = part.fill(lines, note_text(notes), records)
        rows = {chart: _room(tops[at], lines[at]) for chart, at in places.items()}
        changed = {self._entry.part: data, **dict(self._charts.changed(rows))}
        if part.froze and self._book.package.has(CHAIN):
            changed[CHAIN] = chain_without(self._book, SHEET, FIRST_ROW)
        return changed

    def _renewed(self, sheet: str, report: Report) -> Written:
        captions = [_caption(chart) for chart in self._charts_of(sheet, report)]
        whole = replace(report, blocks=tuple(map(_fitting, (*report.blocks, *captions))))
        return Written(sheet, report, renew(self._stored.stored(sheet), whole))

    def _charts_of(self, sheet: str, report: Report) -> Iterator[Chart]:
        """Yield the charts of a form that have something to draw."""
        if report.blocks:
            own = (sheet, _facts_sheet(sheet, self._sheets.index(sheet) + 1))
            yield from (chart for chart in self._charts.found if chart.points and chart.sheet in own)

    def _lines(self) -> tuple[list[Line], dict[int, int]]:
        """Return the lines of all reports, and at which of them each chart stands."""
        lines: list[Line] = []
        places: dict[int, int] = {}
        for done in self.written:
            charts = {chart.key: chart for chart in self._charts_of(done.sheet, done.report)}
            heights = {key: chart_height(key, chart.points) for key, chart in charts.items()}
            for line in lines_of_report(Part(done.sheet, done.renewed, self._stored.rows_of(done.sheet), heights), not lines):
                lines.append(line)
                key = line.side.get("段落", "").partition(":")[2]
                if key in charts:
                    places[charts[key].place] = len(lines) - 1
        return lines, places

    def _looks(self) -> Mapping[str, str]:
        """Return the style of each look, from the cells that show them."""
        sheet = self._book.sheet(self._entry)
        styles = {content.text: content.style or "0" for content in sheet.row(HEADING_ROW).values()}
        return {look: styles.get(look, "0") for look in LOOKS}


def _no_sheet(book: Book) -> Unreadable:
    return Unreadable(
        book.package.path,
        f"里没有工作表“{SHEET}”，或它的表头已被改动，报告写不进去",
        "请用 selfeval fill 转成新的自评表工作簿后再生成，或用 -o 文件.md 另存为文本",
    )


def _with_names(stored: StoredSheet, sheets: Sequence[str]) -> StoredSheet:
    """Return what was stored under the names the form sheets have now."""
    names = renamed(stored.sheets, sheets)
    rows = tuple(replace(row, sheet=names.get(row.sheet, row.sheet)) for row in stored.rows)
    return StoredSheet(rows, {names.get(sheet, sheet): marks for sheet, marks in stored.records.items()}, stored.notes)


def _facts_sheet(sheet: str, position: int) -> str:
    """Return the sheet 报告要素 of a form: by the number in its name, else by its place in the workbook."""
    named = re.fullmatch(FORM_SHEET + r"(?:\s*[（(](\d+)[）)])?", sheet)
    number = int(named[1] or 1) if named else position
    return FACTS_SHEET if number == 1 else f"{FACTS_SHEET} ({number})"


def _room(top: int, line: Line) -> Room:
    """Return where a chart lies above its caption."""
    return Room(top, top + len(line.heights) - 1, line.heights[-1] - CAPTION_HEIGHT)


def _caption(chart: Chart) -> Block:
    return Block(chart.key, BlockKind.CAPTION, ((Run(chart.key.lstrip("@")),),))


def _fitting(block: Block) -> Block:
    """Return a table row with no more cells than the report has columns; surplus ones are joined into the last."""
    if len(block.cells) <= _MOST_CELLS:
        return block
    head, rest = block.cells[: _MOST_CELLS - 1], block.cells[_MOST_CELLS - 1 :]
    joined = [run for place, runs in enumerate(rest) for run in ((Run("　"),) if place else ()) + runs]
    return replace(block, cells=(*head, tuple(joined)))


def _note(done: Written) -> Note:
    missing = dict.fromkeys(fact for omission in done.report.omissions for fact in omission.facts)
    return Note(done.sheet, len(done.report.omissions), tuple(missing), tuple(map(_short, done.renewed.deleted)))


def _short(block: Block) -> str:
    text = " ".join(block.text.split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _copy_with(book: Book, path: Path, parts: Mapping[str, bytes]) -> None:
    """Copy the package entry by entry, in order, with the names, times and compression they have."""
    with zipfile.ZipFile(path, "w") as target:
        for entry in book.package.entries:
            content = parts.get(entry.filename)
            data = book.package.read(entry.filename) if content is None else content
            target.writestr(copy(entry), data, compress_type=entry.compress_type)
