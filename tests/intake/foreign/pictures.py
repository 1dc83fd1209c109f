"""Forms drawn as text in ``forms/``: the picture of a layout above, what it holds below.

A picture has one row a line and cells between upright strokes: ``<`` goes on from the left, ``^`` from above, ``⏎`` is a
line break, ``{0.98:0%}`` a number or a date with its format. A ``.raw`` file is text as it was copied from a page.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl

from tests.intake.foreign.layouts import FUND_HEADINGS, HEADINGS, Cells, write_docx

FORMS = Path(__file__).parent / "forms"
HEAD = ("project_name", "project_code", "department", "implementing_unit", "organisation", "expected_goal", "achieved_goal")
"""The fields of a form's head and its goals."""
_TYPED = re.compile(r"\{([\d.-]+):(.*?)\}")


@dataclass(frozen=True)
class Picture:
    """One file of ``forms/``: its rows or its raw text, and the fields of each form in it."""

    name: str
    text: str
    wanted: tuple[dict[str, str], ...]
    raw: bool

    @property
    def cells(self) -> Cells:
        """Return the picture as texts and merges."""
        grid = [line.split("|") for line in self.text.splitlines()]
        cells = Cells()
        for row, line in enumerate(grid, 1):
            for column, text in enumerate(line, 1):
                if text not in ("<", "^"):
                    columns = _run(line[column:], "<")
                    rows = _run([each[column - 1] if column <= len(each) else "" for each in grid[row:]], "^")
                    cells.put(row, column, text.replace("⏎", "\n"), rows, columns)
        return cells


def pictures() -> list[Picture]:
    """Return all pictures by name."""
    return [_picture(path) for path in sorted(FORMS.iterdir()) if path.suffix in (".txt", ".raw")]


def _picture(path: Path) -> Picture:
    top, *wanted = path.read_text(encoding="utf-8").split("\n---\n")
    raw = path.suffix == ".raw"
    text = top if raw else "\n".join(line for line in top.splitlines() if not line.startswith("#"))
    return Picture(path.stem, text, tuple(dict(_fields(each)) for each in wanted), raw)


def _run(texts: list[str], mark: str) -> int:
    return 1 + next((at for at, text in enumerate(texts) if text != mark), len(texts))


def _fields(text: str) -> Iterator[tuple[str, str]]:
    """Yield every field of a form, blank ones included."""
    held: dict[str, list[str]] = {}
    for line in text.splitlines():
        name, _, value = line.partition(":")
        held.setdefault(name, []).append(value.strip().replace("⏎", "\n"))
    for name in (*HEAD, "year", "unit", "grade"):
        yield name, held.get(name, [""])[0]
    for place, line in enumerate(held.get("fund", ())):
        for name, value in zip(("kind", *FUND_HEADINGS), line.split("|"), strict=True):
            yield f"fund {place} {name}", value
    for place, line in enumerate(held.get("row", ())):
        for name, value in zip(HEADINGS, line.split("|"), strict=True):
            yield f"row {place} {name}", value
    weight, score = held.get("total", ["|"])[0].split("|")
    yield "total_weight", weight
    yield "total_score", score


def write_picture(picture: Picture, path: Path) -> None:
    """Write a picture as .xlsx, .docx or, when it is raw, as .txt."""
    if picture.raw:
        path.write_text(picture.text, encoding="utf-8")
    elif path.suffix == ".docx":
        write_docx(path, [picture.cells])
    else:
        _write_xlsx(path, picture.cells)


def _write_xlsx(path: Path, cells: Cells) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for (row, column), text in cells.texts.items():
        cell = sheet.cell(row, column)
        typed = _TYPED.fullmatch(text)
        if typed:
            value = typed[1]
            cell.value = date.fromisoformat(value) if value.count("-") == 2 else Decimal(value)
            cell.number_format = typed[2]
        else:
            cell.value = _TYPED.sub(lambda found: found[1], text)
            cell.data_type = "s"
    for row, column, rows, columns in cells.merges:
        sheet.merge_cells(start_row=row, start_column=column, end_row=row + rows - 1, end_column=column + columns - 1)
    book.save(path)
