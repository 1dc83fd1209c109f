"""Reading 汇总表 back: the projects with their scores and amounts, for the department's own form."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from toolkit.collect.pieces import NAME, SCORE
from toolkit.collect.sheets import BUDGET, SPENT, SUMMARY, WHOLE
from toolkit.problem import Unreadable
from toolkit.workbook.saved import title_of
from toolkit.workbook.summary.ahead import TITLE

_YEAR = "年度"


@dataclass(frozen=True, slots=True)
class Summed:
    """A row of 汇总表, amounts in 元.

    Attributes:
        row: its number on the sheet.
        year: ``None`` where the summary gives none.
    """

    row: int
    name: str
    funds: Decimal | None
    spent: Decimal | None
    score: Decimal | None
    year: int | None = None


def is_summary(path: Path) -> bool:
    """Tell whether a file is a summary that this program wrote, or one saved again since."""
    return path.suffix.lower() == ".xlsx" and title_of(path) == TITLE


def read_summary(path: Path) -> list[Summed]:
    """Read the projects of a summary; a department's own form is none.

    Raises:
        Unreadable: it has no 汇总表, or that has lost its headings.
    """
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise Unreadable(path, "打不开，不是完好的 Excel 工作簿", "请重新汇总一次") from error
    rows = [list(row) for row in book[SUMMARY].iter_rows(values_only=True)] if SUMMARY in book.sheetnames else []
    book.close()
    head = next((at for at, row in enumerate(rows) if NAME in row and SCORE in row), None)
    if head is None:
        raise Unreadable(path, f"的“{SUMMARY}”里没有“{NAME}”“{SCORE}”这些栏名", "请不要改汇总表的栏名，或重新汇总一次")
    return list(_projects(rows, head))


def _projects(rows: Sequence[Sequence[object]], head: int) -> Iterator[Summed]:
    at = {str(name): place for place, name in enumerate(rows[head]) if name is not None}
    for number, row in enumerate(rows[head + 1 :], head + 2):
        name = str(row[at[NAME]] or "").strip()
        if name and not name.endswith(WHOLE):
            funds, spent, score = (_number(row[at[column]]) if column in at else None for column in (BUDGET, SPENT, SCORE))
            year = str(row[at[_YEAR]] or "") if _YEAR in at else ""
            yield Summed(number, name, funds, spent, score, int(year) if year.isdigit() else None)


def _number(value: object) -> Decimal | None:
    try:
        return None if value is None else Decimal(f"{value:.15g}" if isinstance(value, float) else str(value))
    except InvalidOperation:
        return None
