"""Reading 自评报告 as the officer left it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from toolkit.core.document import Document
from toolkit.core.form import Cell, Line
from toolkit.narrative.stored import RowState, StoredReport, StoredRow
from toolkit.workbook.address import address_of
from toolkit.workbook.book import Book
from toolkit.workbook.report.layout import (
    FIRST_ROW,
    HEADING_ROW,
    HEADINGS,
    LAST_COLUMN,
    NOTE_ROW,
    SHEET,
    Note,
    read_note,
    read_record,
    split_key,
)
from toolkit.workbook.report.shape import Span
from toolkit.workbook.sheet import Sheet


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row of the report and where it stands.

    Attributes:
        sheet: the form sheet whose report it belongs to.
        top, bottom: rows of the sheet over which it is laid.
        spans: the columns of its cells.
        suggestion: 建议稿.
        state: 状态 as written.
    """

    row: StoredRow
    sheet: str
    top: int
    bottom: int
    spans: tuple[Span, ...]
    suggestion: str
    state: str


@dataclass(frozen=True)
class StoredSheet:
    """What the sheet holds.

    Attributes:
        rows: from the top, the officer's own among them.
        records: 生成记录 by form sheet.
        notes: what was left out, by form sheet.
    """

    rows: tuple[PlacedRow, ...] = ()
    records: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notes: Mapping[str, Note] = field(default_factory=dict)

    @property
    def sheets(self) -> tuple[str, ...]:
        """Return the form sheets whose reports it holds, in their order."""
        return tuple(dict.fromkeys([*(row.sheet for row in self.rows if row.sheet), *self.records]))

    def rows_of(self, sheet: str) -> tuple[PlacedRow, ...]:
        """Return the rows of one report."""
        return tuple(row for row in self.rows if row.sheet == sheet)

    def stored(self, sheet: str) -> StoredReport:
        """Return one report as it was found."""
        return StoredReport(tuple(placed.row for placed in self.rows_of(sheet)), self.records.get(sheet, ()))

    def documents(self, forms: Sequence[str]) -> Mapping[str, Document]:
        """Return the reports as the rules read them, by the form sheets as they are called now."""
        names = renamed(self.sheets, forms)
        return {names[sheet]: self._document(sheet) for sheet in self.sheets if sheet in names and self.rows_of(sheet)}

    def _document(self, sheet: str) -> Document:
        cells = [(placed, _cell(placed, number)) for number, placed in enumerate(self._written(sheet), 1)]
        note = self.notes.get(sheet, Note(sheet))
        return Document(
            name=SHEET,
            paragraphs=tuple(cell for _, cell in cells),
            suggested=tuple(cell for placed, cell in cells if placed.suggestion),
            orphaned=tuple(cell for placed, cell in cells if placed.state == RowState.ORPHANED),
            omitted=note.omitted,
            missing=note.missing,
        )

    def _written(self, sheet: str) -> Iterator[PlacedRow]:
        yield from (placed for placed in self.rows_of(sheet) if not placed.row.blank)


def read_report(book: Book) -> StoredSheet | None:
    """Read the sheet, ``None`` where there is none or it is not laid out as the template's."""
    entry = book.entry(SHEET)
    sheet = book.sheet(entry) if entry else None
    if sheet is None or any(sheet.text(HEADING_ROW, column) != heading for heading, column in HEADINGS.items()):
        return None
    records = dict(read_record(text) for column, text in sheet.texts(NOTE_ROW) if column >= HEADINGS["生成记录"])
    notes = read_note(sheet.text(NOTE_ROW, HEADINGS["建议稿"]))
    return StoredSheet(tuple(_without_end(_belonging(list(_rows(sheet)), records))), records, notes)


def renamed(stored: Sequence[str], forms: Sequence[str]) -> Mapping[str, str]:
    """Return what the form sheets of stored reports are called now; one that was renamed keeps its place in the order."""
    lost = [sheet for sheet in stored if sheet not in forms]
    new = [sheet for sheet in forms if sheet not in stored]
    names = {sheet: sheet for sheet in stored if sheet in forms}
    return names | (dict(zip(lost, new, strict=True)) if len(lost) == len(new) else {})


def _rows(sheet: Sheet) -> Iterator[PlacedRow]:
    last = max(sheet.row_numbers, default=0)
    number = FIRST_ROW
    while number <= last:
        area = sheet.merged(number, 1)
        bottom = area.bottom if area and area.top == number else number
        yield _row(sheet, number, bottom)
        number = bottom + 1


def _row(sheet: Sheet, number: int, bottom: int) -> PlacedRow:
    spans = tuple(_spans(sheet, number))
    texts = tuple(sheet.content(number, left).text for left, _ in spans)
    form, key = split_key(sheet.text(number, HEADINGS["段落"]))
    row = StoredRow(key, texts, sheet.text(number, HEADINGS["校验"]) if key else "")
    suggestion = sheet.content(number, HEADINGS["建议稿"]).text
    return PlacedRow(row, form, number, bottom, spans, suggestion, sheet.text(number, HEADINGS["状态"]))


def _spans(sheet: Sheet, number: int) -> Iterator[Span]:
    column = 1
    while column <= LAST_COLUMN:
        area = sheet.merged(number, column)
        right = min(area.right, LAST_COLUMN) if area and area.top == number and area.left == column else column
        yield column, right
        column = right + 1


def _belonging(rows: Sequence[PlacedRow], records: Mapping[str, object]) -> Iterator[PlacedRow]:
    """Give the officer's own rows to the report of the row above them, the first ones to the first report."""
    above = next((placed.sheet for placed in rows if placed.sheet), next(iter(records), ""))
    for placed in rows:
        above = placed.sheet or above
        yield placed if placed.sheet else replace(placed, sheet=above)


def _without_end(rows: Iterator[PlacedRow]) -> Sequence[PlacedRow]:
    """Leave out the empty rows behind the report."""
    everything = list(rows)
    while everything and everything[-1].row.blank and not everything[-1].row.key:
        everything.pop()
    return everything


def _cell(placed: PlacedRow, number: int) -> Cell:
    texts = [text.strip() for text in placed.row.texts]
    while texts and not texts[-1]:
        texts.pop()
    address = address_of(placed.top, 1)
    return Cell(f"{SHEET}第 {number} 段", "\t".join(texts), SHEET, address, line=Line.REPORT + number)
