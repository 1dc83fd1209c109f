"""Writing 检查结果 into a copy of the officer's workbook."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from copy import copy
from datetime import datetime
from pathlib import Path

from toolkit.checks.answers import Answer
from toolkit.checks.review import Review
from toolkit.problem import Unreadable
from toolkit.workbook.book import Book
from toolkit.workbook.chain import CHAIN, chain_without
from toolkit.workbook.results.header import header_lines
from toolkit.workbook.results.layout import SHEET, find_layout
from toolkit.workbook.results.part import ResultPart
from toolkit.workbook.results.rows import result_rows
from toolkit.workbook.save import write_atomically


def write_results(
    source: Path,
    out: Path,
    reviews: Sequence[Review],
    answers: Sequence[Answer] = (),
    moment: datetime | None = None,
    note: str = "",
) -> None:
    """Write a copy of ``source`` in which only the sheet 检查结果 differs.

    Args:
        source: the workbook that was checked.
        out: the copy; not the source itself.
        reviews: one for each form of the workbook, in their order, with the answers applied.
        answers: what was read from its 检查结果; those that hold stand beside their findings again, the rest is kept
            below the list as 以往说明.
        moment: time of the check, now by default.
        note: a line below those of the forms, such as why 错误 were left.

    Raises:
        Unreadable: the source has no sheet 检查结果 laid out as in the template.
        Unwritable: the copy cannot be written; nothing is left behind.
    """
    with Book(source) as book:
        changed = _filled(book, reviews, answers, moment or datetime.now(), note)
        write_atomically(out, lambda path: _copy_with(book, path, changed), source)


def _filled(
    book: Book, reviews: Sequence[Review], answers: Sequence[Answer], moment: datetime, note: str
) -> Mapping[str, bytes]:
    entry = book.entry(SHEET)
    sheet = book.sheet(entry) if entry else None
    layout = find_layout(sheet) if sheet else None
    if entry is None or layout is None:
        raise Unreadable(
            book.package.path,
            f"里没有工作表“{SHEET}”，或它的表头已被改动，检查结果写不进去",
            "请用 selfeval fill 转成新的自评表工作簿后再检查",
        )
    rows = list(result_rows(reviews, answers))
    part = ResultPart(book.package.parse(entry.part), layout)
    changed = {entry.part: part.fill("\n".join(filter(None, (header_lines(reviews, moment), note))), rows)}
    if part.dropped and book.package.has(CHAIN):
        changed[CHAIN] = chain_without(book, SHEET, layout.first_row)
    return changed


def _copy_with(book: Book, path: Path, changed: Mapping[str, bytes]) -> None:
    """Copy the package entry by entry, in order, with the names, times and compression they have."""
    with zipfile.ZipFile(path, "w") as target:
        for entry in book.package.entries:
            data = changed.get(entry.filename)
            content = book.package.read(entry.filename) if data is None else data
            target.writestr(copy(entry), content, compress_type=entry.compress_type)
