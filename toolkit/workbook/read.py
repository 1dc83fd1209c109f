"""Reading a workbook: its forms, the facts and sources beside them, and the officer's answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from toolkit.checks.answers import Answer
from toolkit.core.form import Cell, Form, Indicator, Line
from toolkit.core.layout import SHEETS
from toolkit.core.scheme import Scheme, load_schemes
from toolkit.core.scheme.match import DEFAULT
from toolkit.problem import Unreadable
from toolkit.workbook.book import Book, SheetEntry
from toolkit.workbook.evidence import Sources, read_sources
from toolkit.workbook.form import FormReader
from toolkit.workbook.locate import locate_forms
from toolkit.workbook.recompute import refresh
from toolkit.workbook.results.answers import read_answers
from toolkit.workbook.sides import read_facts, read_settings

FORM_SHEET = "自评表"
_FORM_NAME = "指标_三级指标"
_SCHEME_LABELS = ("标准编号", "评分标准编号", "评分标准")
_YEAR_LABELS = ("年度",)
_REGION_LABELS = ("地区",)
_VERSION_LABELS = ("模板版本",)


@dataclass(frozen=True, slots=True)
class WorkbookForms:
    """What a workbook holds.

    Attributes:
        forms: one for each form, in the order of the sheets.
        answers: the 说明 from 检查结果, those set aside included.
        remarks: what the officer should know about the reading, Chinese sentences.
        template_version: version of the template, "" for somebody else's form.
    """

    forms: tuple[Form, ...]
    answers: tuple[Answer, ...] = ()
    remarks: tuple[str, ...] = ()
    template_version: str = ""


def read_forms(path: Path) -> list[Form]:
    """Read the forms of a workbook, each value with its sheet and cell.

    Raises:
        Unreadable: the file is no workbook, damaged, not safe to read, or holds no form.
    """
    with Book(path) as book:
        return list(_Reading(book).forms())


def read_workbook(path: Path) -> WorkbookForms:
    """Read everything a workbook holds: forms, answers, remarks.

    Raises:
        Unreadable: see :func:`read_forms`.
    """
    with Book(path) as book:
        reading = _Reading(book)
        forms = tuple(reading.forms())
        sheets = [form.sheet for form in forms if form.sheet]
        return WorkbookForms(
            forms=forms,
            answers=read_answers(book, sheets),
            remarks=tuple(reading.remarks(forms)),
            template_version=_first(reading.settings, _VERSION_LABELS),
        )


class _Reading:
    """Reads one open workbook."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self.settings = read_settings(book)
        self._schemes = load_schemes()
        self._named = _first(self.settings, _SCHEME_LABELS)

    def forms(self) -> Iterator[Form]:
        """Yield the forms with what the other sheets say of them."""
        facts = read_facts(self._book)
        sources = read_sources(self._book)
        found = False
        for entry in self._form_sheets():
            for form in self._on_sheet(entry):
                found = True
                yield self._completed(form, facts, sources)
        if not found:
            raise Unreadable(
                self._book.package.path,
                "里没有找到自评表（应有“一级指标、二级指标、三级指标、年度指标值、实际完成值、分值、得分”一行表头）",
                "请检查是否选错了文件，或用 selfeval new 生成空白表后填写",
            )

    def remarks(self, forms: tuple[Form, ...]) -> Iterator[str]:
        """Yield what the officer should know about the reading."""
        if self._named and self._named not in self._schemes:
            yield f"评分参数里的标准编号“{self._named}”不认识，按全国标准读取"
        for form in forms:
            if not form.indicators:
                yield f"工作表“{form.sheet}”没有填任何指标"

    def _form_sheets(self) -> Iterator[SheetEntry]:
        """Yield the sheets that may hold a form; the other sheets of the template are not opened."""
        others = set(SHEETS) - {FORM_SHEET}
        yield from (entry for entry in self._book.sheets if entry.name not in others or _FORM_NAME in entry.names)

    def _on_sheet(self, entry: SheetEntry) -> Iterator[Form]:
        sheet = self._book.sheet(entry)
        for places in locate_forms(sheet, entry.area):
            yield refresh(FormReader(sheet, places).form(), sheet, places, self._scheme)

    @property
    def _scheme(self) -> Scheme:
        return self._schemes.get(self._named) or self._schemes[DEFAULT]

    def _completed(self, form: Form, facts: Mapping[str, Cell], sources: Sources) -> Form:
        indicators = form.indicators
        if sources.kept:
            indicators = tuple(self._sourced(row, index, form, sources) for index, row in enumerate(indicators))
        return replace(
            form,
            indicators=indicators,
            facts=facts,
            scheme_id=self._named if self._named in self._schemes else "",
            region=_first(self.settings, _REGION_LABELS),
            year=form.year or _year(_first(self.settings, _YEAR_LABELS)),
            declared_weights=_declared_weights(self.settings),
        )

    def _sourced(self, row: Indicator, index: int, form: Form, sources: Sources) -> Indicator:
        evidence, basis = sources.of(form.sheet or "", index, row.level3.text.strip())
        line = Line.INDICATORS + index
        return replace(row, evidence=replace(evidence, line=line), basis=replace(basis, line=line))


def _first(settings: Mapping[str, str], labels: tuple[str, ...]) -> str:
    return next((settings[label] for label in labels if settings.get(label)), "")


def _year(text: str) -> int | None:
    digits = text.removesuffix("度").removesuffix("年")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) == 4 else None


def _declared_weights(settings: Mapping[str, str]) -> dict[str, Decimal]:
    del settings
    return {}
