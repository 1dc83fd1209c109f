"""Writing answers into a copy of the form: only the cells that were answered change."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.core.form import EVIDENCE
from toolkit.core.scheme import Scheme
from toolkit.sections import Decision, Merged, State
from toolkit.sections.model import squeezed
from toolkit.workbook.address import address_of
from toolkit.workbook.book import Book
from toolkit.workbook.evidence import DAY, PERSON, PROVIDER, SHEET, row_of, rows_of
from toolkit.workbook.finish.cached import renew_results
from toolkit.workbook.finish.work import Work
from toolkit.workbook.package import Package
from toolkit.workbook.patch import drop_results, type_texts
from toolkit.workbook.read import read_forms
from toolkit.workbook.save import write_atomically
from toolkit.workbook.sides import Table, find_table, open_sheet

SOURCES = "数据来源"


@dataclass(frozen=True, slots=True)
class Written:
    """What was written.

    Attributes:
        values: cells of the forms that were filled in.
        beside: cells of 数据来源 that were filled in.
        left: what was not written to 数据来源 and why, Chinese sentences.
    """

    values: int
    beside: int
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Listed:
    """A row of 数据来源 and where it stands."""

    row: int
    sheet: str
    number: str
    indicator: str


def merge_into(source: Path, out: Path, merged: Merged, schemes: Sequence[Scheme], *, overwrite: bool = False) -> Written:
    """Write a copy of ``source`` with the answers that were decided to be filled in.

    依据, 经办人, 取数日期 and 提供股室 go to 数据来源, where they are not given already. The results of the template's
    formulas are brought up to date; every part of the file that nothing of this concerns is the same byte for byte.

    Args:
        source: the officer's workbook.
        out: the copy; not the source itself.
        merged: what was decided.
        schemes: the scheme of each form of the workbook.
        overwrite: whether an answer replaces what 数据来源 says otherwise.

    Raises:
        Unreadable: the source cannot be read or typed into; the text names the cell.
        Unwritable: the copy cannot be written; nothing is left behind.
    """
    values: dict[str, dict[str, str]] = {}
    for decision in merged.of(State.FILLED):
        cell = decision.item.current
        values.setdefault(cell.sheet or "", {})[cell.address or ""] = decision.value
    with Book(source) as book:
        beside = _Beside(book, overwrite)
        for decision in merged.of(State.FILLED, State.SAME):
            beside.add(decision)
    write_atomically(out, lambda path: _write(source, path, values, beside.texts, schemes), source)
    return Written(sum(map(len, values.values())), len(beside.texts), tuple(beside.left))


def _write(
    source: Path, path: Path, values: Mapping[str, Mapping[str, str]], beside: Mapping[str, str], schemes: Sequence[Scheme]
) -> None:
    with tempfile.TemporaryDirectory(prefix="selfeval-") as folder:
        typed = Path(folder) / f"typed{source.suffix}"
        with Package(source) as package:
            work = Work(package)
            for sheet, texts in {**values, **({SOURCES: beside} if beside else {})}.items():
                type_texts(work, sheet, texts)
            work.save(typed)
        forms = read_forms(typed) if values else []
        with Package(typed) as package:
            work = Work(package)
            renewed = renew_results(work, forms, schemes)
            for sheet, texts in values.items():
                drop_results(work, sheet, texts, renewed.get(sheet, set()))
            work.save(path)


class _Beside:
    """Collects what goes to 数据来源."""

    def __init__(self, book: Book, overwrite: bool) -> None:
        sheet = open_sheet(book, SOURCES)
        self._table = find_table(sheet, ("序号", "三级指标")) if sheet else None
        self._rows = list(_listed(self._table)) if self._table else []
        self._sheets: Collection[str] = [entry.name for entry in book.sheets]
        self._overwrite = overwrite
        self.texts: dict[str, str] = {}
        """What to type, by address."""
        self.left: list[str] = []

    def add(self, decision: Decision) -> None:
        """Add what the answer says besides its value."""
        if decision.taken is None:
            return
        item, answer = decision.item, decision.taken.answer
        given = {PROVIDER: answer.section, EVIDENCE: answer.basis, DAY: answer.day, PERSON: answer.person}
        told = {heading: text.strip() for heading, text in given.items() if text.strip()}
        own = rows_of(self._rows, item.current.sheet or "", self._sheets)
        found = row_of(own, item.indicator.level3.text.strip(), str(item.counted))
        if self._table is None:
            self.left = [f"本表没有“{SOURCES}”工作表，依据、经办人、取数日期只列在合并说明里。"]
            return
        if found is None:
            self._leave(f"{item.shown}：“{SOURCES}”里没有“{item.name}”这一行，没有写入：{_joined(told)}", told)
            return
        for heading, text in told.items():
            self._cell(item.shown, found.row, heading, text, self._table)

    def _cell(self, shown: str, row: int, heading: str, text: str, table: Table) -> None:
        if heading not in table.columns:
            self._leave(f"{shown}：“{SOURCES}”没有“{heading}”一列，没有写入：{text}", {heading: text})
            return
        old = table.text(row, heading)
        if heading == PROVIDER and old:
            # The row may name several sections, of which one answered.
            return
        if old and squeezed(old) != squeezed(text) and not self._overwrite:
            self._leave(f"{shown}：“{SOURCES}”的“{heading}”已写“{old}”，没有改成“{text}”", {heading: text})
        elif squeezed(old) != squeezed(text):
            self.texts[address_of(row, table.columns[heading])] = text

    def _leave(self, sentence: str, told: Mapping[str, str]) -> None:
        if told:
            self.left.append(sentence + "。")


def _listed(table: Table) -> Iterator[_Listed]:
    for row in table.rows_filled(("序号", "三级指标")):
        yield _Listed(row, table.text(row, SHEET), table.text(row, "序号"), table.text(row, "三级指标"))


def _joined(told: Mapping[str, str]) -> str:
    return "，".join(f"{heading} {text}" for heading, text in told.items())
