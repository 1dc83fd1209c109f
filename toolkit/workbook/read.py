"""Reading a workbook: its forms, the facts and sources beside them, and the officer's answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from toolkit.checks.answers import Answer
from toolkit.core.document import Document
from toolkit.core.form import Form
from toolkit.core.kept import kept
from toolkit.core.layout import FORM_SHEET, SHEETS
from toolkit.core.money import read_figure
from toolkit.core.scheme import Scheme, adjust, editable, load_schemes
from toolkit.core.scheme.carried import carried_scheme, carried_settings, carries
from toolkit.core.scheme.match import DEFAULT
from toolkit.problem import Unreadable
from toolkit.workbook.book import Book, SheetEntry
from toolkit.workbook.evidence import Sources, read_sources
from toolkit.workbook.facts import FactSheets, is_facts_sheet, read_facts
from toolkit.workbook.form import FormReader
from toolkit.workbook.headings import NATIONAL, Headings, headings_of
from toolkit.workbook.locate import locate_forms
from toolkit.workbook.recompute import refresh
from toolkit.workbook.report.read import read_report
from toolkit.workbook.results.answers import read_answers
from toolkit.workbook.sides import read_settings

_FORM_NAME = "指标_三级指标"
_SCHEME, _VERSION, _YEAR, _REGION = "标准编号", "模板版本", "年度", "地区"
_DECLARED = "表内分值·"
"""Labels of 评分参数."""


@dataclass(frozen=True, slots=True)
class WorkbookForms:
    """What a workbook holds.

    Attributes:
        forms: one for each form, in the order of the sheets.
        answers: the 说明 from 检查结果, those set aside included.
        remarks: what the officer should know about the reading, Chinese sentences.
        template_version: version of the template, "" for somebody else's form.
        reports: 自评报告 as the rules read it, by form sheet.
    """

    forms: tuple[Form, ...]
    answers: tuple[Answer, ...] = ()
    remarks: tuple[str, ...] = ()
    template_version: str = ""
    reports: Mapping[str, Document] = field(default_factory=dict)


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
            template_version=reading.settings.get(_VERSION, ""),
            reports=_reports(book, sheets),
        )


class _Reading:
    """Reads one open workbook."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self.settings = read_settings(book)
        self._schemes = load_schemes()
        self._named = self.settings.get(_SCHEME, "")
        self._unusable = self._take_carried()
        self._facts = read_facts(book)

    def forms(self) -> Iterator[Form]:
        """Yield the forms with what the other sheets say of them."""
        sources = read_sources(self._book)
        found = 0
        for entry in self._form_sheets():
            for form in self._on_sheet(entry, found):
                found += 1
                yield self._completed(form, self._facts, found, sources)
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
        if self._unusable:
            yield f"评分参数：{self._unusable}"
        for form in forms:
            if not form.indicators:
                yield f"工作表“{form.sheet}”没有填任何指标"
        if remark := self._facts.remark(forms):
            yield remark

    def _take_carried(self) -> str:
        """Add the scheme that the workbook carries itself to those at hand; return what cannot be used of it."""
        if not carries(self.settings) or not self._named:
            return ""
        scheme, problem = carried_scheme(carried_settings(self.settings), self._named)
        if scheme is None:
            return f"{problem}；这份表自带的标准没有采用"
        self._schemes = {**self._schemes, scheme.id: scheme}
        return problem

    def _form_sheets(self) -> Iterator[SheetEntry]:
        """Yield the sheets that may hold a form; the other sheets of the template are not opened."""
        others = set(SHEETS) - {FORM_SHEET}
        for entry in self._book.sheets:
            if _FORM_NAME in entry.names or not (entry.name in others or is_facts_sheet(entry.name)):
                yield entry

    def _on_sheet(self, entry: SheetEntry, before: int) -> Iterator[Form]:
        """Yield the forms of a sheet, ``before`` of them standing on sheets before it."""
        sheet = self._book.sheet(entry)
        for position, places in enumerate(locate_forms(sheet, entry.area, self._headings), before + 1):
            form = FormReader(sheet, places).form()
            # Formulas of the form read them, too.
            _, tables = self._facts.beside(form.sheet or "", position)
            form = replace(form, tables=tables, declared_weights=_declared_weights(self.settings))
            yield refresh(form, sheet, places, self._scheme)

    @kept
    def _headings(self) -> Headings:
        """What the form of the workbook's scheme calls its columns."""
        return headings_of(self._scheme) if self._named in self._schemes else NATIONAL

    @kept
    def _scheme(self) -> Scheme:
        """The scheme by which the workbook's formulas compute, 评分参数 as it was edited."""
        return adjust(self._schemes.get(self._named) or self._schemes[DEFAULT], self.settings)[0]

    def _completed(self, form: Form, sheets: FactSheets, position: int, sources: Sources) -> Form:
        facts, tables = sheets.beside(form.sheet or "", position)
        return replace(
            form,
            indicators=sources.beside(form.indicators, form.sheet or ""),
            facts=facts,
            tables=tables,
            scheme_id=self._named if self._named in self._schemes else "",
            region=self.settings.get(_REGION, ""),
            year=form.year or _year(self.settings.get(_YEAR, "")),
            declared_weights=_declared_weights(self.settings),
            parameters={
                **{label: self.settings[label] for label in editable(self._scheme) if label in self.settings},
                **carried_settings(self.settings),
            },
        )


def _reports(book: Book, sheets: Sequence[str]) -> Mapping[str, Document]:
    stored = read_report(book)
    return {} if stored is None else stored.documents(sheets)


def _year(text: str) -> int | None:
    digits = text.removesuffix("度").removesuffix("年")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) == 4 else None


def _declared_weights(settings: Mapping[str, str]) -> dict[str, Decimal]:
    """Return the weights of 一级指标 that the form itself declares (表内分值·产出指标 …)."""
    weights = {}
    for label, text in settings.items():
        figure = read_figure(text) if label.startswith(_DECLARED) else None
        if figure is not None:
            weights[label.removeprefix(_DECLARED)] = figure.number
    return weights
