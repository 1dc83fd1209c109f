"""selfeval check REPORT.txt [--against FORM]: a report kept as text, checked by itself or beside its form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from toolkit.checks import make_case
from toolkit.checks.case import STATED
from toolkit.checks.review import Review, review_form
from toolkit.cli import as_json, show
from toolkit.cli.parser import Usage
from toolkit.cli.sources import Schemes, Source, read_anything
from toolkit.core.document import Document
from toolkit.core.form import Form
from toolkit.intake.report_text import REPORTS, looks_like_report, read_report_text
from toolkit.problem import Unreadable

TEXTS = REPORTS
"""Suffixes of reports kept as text."""
_NO_SCORE: dict[str, Any] = {"computed": None, "filled": None, "stated": None, "grade": None, "basis": None, "lines": []}


@dataclass(frozen=True, slots=True)
class Against:
    """The form that --against names.

    Attributes:
        source: the file with its forms, at least one.
    """

    source: Source

    def form_of(self, document: Document) -> Form:
        """Return the form a report belongs to: the only one, else the one whose project the report names most.

        Raises:
            Unreadable: nothing tells which of several forms it is.
        """
        forms = [form for form in self.source.forms if form.indicators or form.funds] or list(self.source.forms)
        if len(forms) == 1:
            return forms[0]
        text = "".join("".join(cell.text.split()) for cell in document.paragraphs)
        named = {at: text.count("".join(form.project_name.text.split()) or "\0") for at, form in enumerate(forms)}
        best = [at for at, times in named.items() if times and times == max(named.values())]
        if len(best) != 1:
            raise Unreadable(self.source.path, f"里有 {len(forms)} 张自评表，看不出“{document.name}”对应哪一张", "请把那一张单独存成一个文件")
        return forms[best[0]]


def read_against(name: str | None, files: Sequence[str]) -> Against | None:
    """Read the form named by --against.

    Raises:
        Usage: none of the files is a report.
        Unreadable: the form cannot be read.
    """
    if name is None:
        return None
    if not all(Path(file).suffix.lower() in TEXTS for file in files):
        raise Usage("--against 后面写自评表，前面写报告（.txt 或 .md），例：selfeval check 自评报告.txt --against 自评表.xlsx")
    source = read_anything(Path(name))[0]
    if not source.forms:
        raise Unreadable(name, "里没有自评表", "请用自评表工作簿（.xlsx）或交换文件（.json）")
    return Against(source)


def is_report(path: Path, against: Against | None) -> bool:
    """Tell whether a file is to be read as a report: Markdown, or text that is no form, or anything beside a form."""
    if path.suffix.lower() not in TEXTS or not path.is_file():
        return False
    return against is not None or path.suffix.lower() == ".md" or looks_like_report(path)


def read_text(path: Path) -> Source:
    """Read a text file that does not look like a report as a form.

    Raises:
        Unreadable: it is no form either.
    """
    try:
        return read_anything(path)[0]
    except Unreadable as problem:
        if not path.is_file():
            raise
        raise Unreadable(
            path, "不像一份自评报告，也读不成自评表", "是报告的，请加 --against 自评表.xlsx 再试；是自评表的，请用 .xlsx 或 .json"
        ) from problem


def check_report(path: Path, schemes: Schemes, against: Against | None) -> tuple[Source, Review]:
    """Read and check one report."""
    from toolkit.checks.report import review_report

    document = read_report_text(path)
    form = against.form_of(document) if against else None
    return Source(path, ()), review_report(document, schemes.choose, form)


def report_object(path: Path, review: Review) -> dict[str, Any]:
    """Return the object of a report: as for the form, or without project and score where there is none."""
    shown = as_json.reviewed(path, review) | {"sheet": None}
    if review.case.form.kind == STATED:
        shown |= {"organisation": None, "project": "", "score": _NO_SCORE, "fingerprint": None}
    return shown


def report_lines(path: Path, review: Review) -> Iterator[str]:
    """Yield the lines that tell about one report."""
    form = review.case.form
    if form.kind != STATED:
        yield from show.review_lines(path, review)
        return
    yield f"━━ 自评报告（{path.name}）"
    yield "　 只核对报告本身；要与自评表核对，请加 --against 自评表.xlsx"
    yield from show.finding_groups(review)
    yield ""


def write_beside(path: Path, against: Against, target: Path, schemes: Schemes) -> None:
    """Write a copy of the form in which 检查结果 holds its findings and those of the report."""
    from toolkit.cli.result_file import write_result

    document = read_report_text(path)
    form = against.form_of(document)

    def reviewed(source: Source) -> list[Review]:
        reviews = []
        for each in source.forms:
            scheme, reason = schemes.choose(each)
            own = document if len(source.forms) == 1 or each.sheet == form.sheet else source.reports.get(each.sheet or "")
            reviews.append(review_form(make_case(each, scheme, report=own), reason=reason))
        return reviews

    def check_filled(filled: Path) -> tuple[Source, Sequence[Review]]:
        source = read_anything(filled)[0]
        return source, reviewed(source)

    alone = against.source if against.source.path.suffix.lower() == ".xlsx" else replace(against.source, forms=(form,))
    write_result(alone, reviewed(alone), target, check_filled)
