"""Blank forms as people lay them out, written to .xlsx and .docx by other tools than ours.

A form is a text: a line a row, cells divided by |, spans behind a cell as {c2r3}; lines from # on are remarks, what follows a
line --- stands below the table as paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import docx
import openpyxl
from openpyxl.styles import Alignment, Border, Side

FORMS = Path(__file__).parent / "forms"
NAMES = tuple(sorted(path.stem for path in FORMS.glob("*.txt")))
_SPAN = re.compile(r"\{(?:c(\d+))?(?:r(\d+))?\}$")


@dataclass(frozen=True)
class Box:
    """A cell of a form."""

    row: int
    column: int
    text: str
    rows: int
    columns: int


@dataclass(frozen=True)
class Blank:
    """A blank form: its cells, and the paragraphs below it."""

    boxes: tuple[Box, ...]
    notes: tuple[str, ...]

    @property
    def height(self) -> int:
        """Return the number of rows."""
        return max(box.row + box.rows - 1 for box in self.boxes)

    @property
    def width(self) -> int:
        """Return the number of columns."""
        return max(box.column + box.columns - 1 for box in self.boxes)


def text_of(name: str) -> str:
    """Return a form as it is written down."""
    return (FORMS / f"{name}.txt").read_text(encoding="utf-8")


def blank(text: str) -> Blank:
    """Read a form."""
    table, _, below = text.partition("\n---\n")
    lines = [line for line in table.splitlines() if line.strip() and not line.startswith("#")]
    return Blank(tuple(_boxes(lines)), tuple(line for line in below.splitlines() if line.strip()))


def _boxes(lines: list[str]) -> Iterator[Box]:
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(lines, 1):
        column = 1
        for part in line.split("|"):
            while (row, column) in taken:
                column += 1
            text = part.strip()
            found = _SPAN.search(text)
            columns, rows = (int(found[1] or 1), int(found[2] or 1)) if found else (1, 1)
            text = text[: found.start()] if found else text
            yield Box(row, column, text.replace("\\n", "\n"), rows, columns)
            taken |= {(row + down, column + right) for down in range(rows) for right in range(columns)}
            column += columns


def write_xlsx(form: Blank, path: Path) -> Path:
    """Write a form as a workbook, the notes in merged rows below it."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "附件1"
    line = Side(style="thin")
    for box in form.boxes:
        cell = sheet.cell(box.row, box.column)
        # A number stays a number: that is what a spreadsheet makes of it.
        cell.value = int(box.text) if box.text.isdigit() else box.text or None
        cell.alignment = Alignment(wrap_text=True, horizontal="center", vertical="center")
        for row in range(box.row, box.row + box.rows):
            for column in range(box.column, box.column + box.columns):
                sheet.cell(row, column).border = Border(left=line, right=line, top=line, bottom=line)
        if box.rows * box.columns > 1:
            sheet.merge_cells(None, box.row, box.column, box.row + box.rows - 1, box.column + box.columns - 1)
    for row, note in enumerate(form.notes, form.height + 1):
        sheet.cell(row, 1).value = note
        sheet.merge_cells(None, row, 1, row, form.width)
    book.save(path)
    return path


def write_docx(form: Blank, path: Path) -> Path:
    """Write a form as a Word document: title and head line above the table, the notes as paragraphs below it."""
    document = docx.Document()
    above = [box for box in form.boxes if box.columns == form.width and box.row <= 2]
    for box in above:
        document.add_paragraph(box.text)
    shift = max((box.row for box in above), default=0)
    table = document.add_table(form.height - shift, form.width)
    table.style = "Table Grid"
    # Asking the table for each cell anew would read all of it every time.
    cells = [list(row.cells) for row in table.rows]
    for box in form.boxes:
        if box in above:
            continue
        first = cells[box.row - shift - 1][box.column - 1]
        last = cells[box.row - shift + box.rows - 2][box.column + box.columns - 2]
        first.merge(last).text = box.text
    for note in form.notes:
        document.add_paragraph(note)
    document.save(str(path))
    return path
