"""Reading a 取数表 that came back: re-saved by any program, re-sorted, rows deleted or added, renamed, pasted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from toolkit.problem import Unreadable
from toolkit.sections.model import Answer, Returned, squeezed
from toolkit.sections.plan import UNASSIGNED
from toolkit.workbook.address import address_of
from toolkit.workbook.book import Book
from toolkit.workbook.headings import bare_heading
from toolkit.workbook.sections import layout as at
from toolkit.workbook.sheet import EMPTY, Content

SUFFIXES = (".xlsx", ".xlsm", ".xls")
"""Kinds of files that are read."""
_ROWS_SEARCHED = 40
_LABELS = (at.SECTION, at.PROJECT)
_YEAR = re.compile(r"((?:19|20)\d{2})\s*年度")
_VALUES = (at.VALUE, at.SITUATION)
_REMEDY = "请确认是不是 selfeval split 发出的取数表；另做的表请把数抄进取数表"

_Rows = Mapping[int, Mapping[int, Content]]
_Columns = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Page:
    """A sheet: what its cells hold, by row and column."""

    name: str
    rows: _Rows


def read_returned(path: Path, shown: str) -> Returned:
    """Read a 取数表; ``shown`` is the name it goes by.

    Raises:
        Unreadable: the file is damaged, has a password, or holds no 取数表.
    """
    pages = list(_xls_pages(path) if path.suffix.lower() == ".xls" else _pages(path))
    tables = [(page, found) for page in pages if (found := _table(page))]
    if not tables:
        raise Unreadable(path, f"里没有取数表（应有“{at.CODE}、{at.NAME}、{at.VALUE}”一行表头）", _REMEDY)
    heads = [_head(page, row) for page, (row, _) in tables]
    answers = [
        answer
        for (page, (row, columns)), head in zip(tables, heads, strict=True)
        for answer in _answers(page, row, columns, head)
    ]
    year = next((head["年度"] for head in heads if head["年度"]), "")
    section, project = ("、".join(dict.fromkeys(filter(None, (head[key] for head in heads)))) for key in _LABELS)
    return Returned(shown, section, year, project, tuple(answers))


def _pages(path: Path) -> Iterator[_Page]:
    with Book(path) as book:
        for entry in book.sheets:
            sheet = book.sheet(entry)
            numbers = sheet.row_numbers
            page = _Page(entry.name, {row: sheet.row(row) for row in numbers[:_ROWS_SEARCHED]})
            # A long list of something else is not read to its end.
            if _table(page):
                yield _Page(entry.name, {row: sheet.row(row) for row in numbers})


def _xls_pages(path: Path) -> Iterator[_Page]:
    from toolkit.intake.foreign.sheets import read_xls

    for grid in read_xls(path)[0]:
        rows: dict[int, dict[int, Content]] = {}
        for piece in grid.pieces:
            rows.setdefault(piece.row, {})[piece.column] = Content(piece.text, piece.exact)
        yield _Page(grid.name, rows)


def _table(page: _Page) -> tuple[int, _Columns] | None:
    """Find the row of headings and the columns by heading; the code or the name is enough to know a row by."""
    for row in list(page.rows)[:_ROWS_SEARCHED]:
        columns: dict[str, int] = {}
        for column, content in page.rows[row].items():
            columns.setdefault(bare_heading(content.text.strip()), column)
        known = at.CODE in columns or (at.NAME in columns and at.EVIDENCE in columns)
        if known and any(heading in columns for heading in _VALUES):
            return row, columns
    return None


def _head(page: _Page, heading_row: int) -> dict[str, str]:
    """Return what stands above the table: 年度, and the value right of each label."""
    found = dict.fromkeys(("年度", *_LABELS), "")
    for row in (row for row in page.rows if row < heading_row):
        texts = [(column, content.text.strip()) for column, content in sorted(page.rows[row].items()) if content.text.strip()]
        for place, (_, text) in enumerate(texts):
            year = _YEAR.search(text)
            found["年度"] = found["年度"] or (year[1] if year else "")
            label = bare_heading(text)
            following = texts[place + 1][1] if place + 1 < len(texts) else ""
            if label in _LABELS and bare_heading(following) not in (at.UNIT, at.DEADLINE):
                found[label] = found[label] or following
    if squeezed(found[at.SECTION]) == UNASSIGNED:
        found[at.SECTION] = ""
    return found


def _answers(page: _Page, heading_row: int, columns: _Columns, head: Mapping[str, str]) -> Iterator[Answer]:
    value_column = next(columns[heading] for heading in _VALUES if heading in columns)
    for row in (row for row in page.rows if row > heading_row):
        cells = page.rows[row]
        named = [_text(cells, columns, heading) for heading in (at.CODE, at.NAME)]
        value = cells.get(value_column, EMPTY)
        # The foot of the sheet stands in the first column alone.
        if not any(named) or (at.NAME in columns and not named[1] and not _looks_like_code(named[0])):
            continue
        doubt, remark = _noticed(value)
        yield Answer(
            cell=f"{page.name}!{address_of(row, value_column)}",
            section=head[at.SECTION],
            code=named[0] or "",
            project=_text(cells, columns, at.PROJECT) or ("" if at.PROJECT in columns else head[at.PROJECT]),
            name=named[1] or "",
            target=_text(cells, columns, at.TARGET),
            definition=_text(cells, columns, at.DEFINITION),
            value=value.text.strip(),
            basis=_text(cells, columns, at.EVIDENCE) or "",
            person=_text(cells, columns, at.PERSON) or "",
            day=_text(cells, columns, at.DAY) or "",
            doubt=doubt,
            remark=remark,
        )


def _looks_like_code(text: str | None) -> bool:
    return text is not None and text.count("-") >= 2


def _text(cells: Mapping[int, Content], columns: _Columns, heading: str) -> str | None:
    """Return what a cell prints, ``None`` where the table has no such column."""
    column = columns.get(heading)
    return None if column is None else cells.get(column, EMPTY).text.strip()


def _noticed(value: Content) -> tuple[str, str]:
    """Return why a value cannot be taken as it stands, and what should be known about one that can."""
    if value.formula is not None:
        if not value.cached:
            return f"是公式“={value.formula}”，文件里没有存下结果", ""
        return "", f"是公式“={value.formula}”，取显示的结果“{value.text.strip()}”"
    if value.exact is not None:
        return "", f"格里显示“{value.text.strip()}”，实际存的是 {value.exact:f}，按显示的填"
    return "", ""
