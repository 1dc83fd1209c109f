"""Writing the report as a Word file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from toolkit.checks import Case
from toolkit.narrative import Report
from toolkit.word.annex import annex_title_xml, annex_xml
from toolkit.word.body import attachments_xml, cover_xml, text_xml
from toolkit.word.package import add_footers, new_document, save, set_body, without_traces
from toolkit.word.page import LANDSCAPE, PORTRAIT
from toolkit.word.text import paragraph
from toolkit.workbook.save import write_atomically


def write_docx(
    path: Path,
    report: Report,
    case: Case | None = None,
    *,
    code: str = "",
    attachments: Sequence[str] = (),
    model: Path | None = None,
) -> None:
    """Write a report as a Word file on the page of an official document.

    Args:
        path: where to; replaced as a whole or not at all.
        report: the report.
        case: the form with its scheme and scores, to stand behind the text as an annex.
        code: the 校验码 for the footer.
        attachments: names of further attachments, listed below the text after the form.
        model: a unit's own Word file with variables, filled instead of our page.

    Raises:
        Unreadable: the model is no Word file, or uses variables wrongly.
        Unwritable: the file cannot be written.
        Problem: the part of the program that fills models is not installed.
    """
    if model is not None:
        from toolkit.word.model import fill_model

        filled = fill_model(model, report, case, code=code, attachments=attachments)
        write_atomically(path, lambda temporary: save(filled, temporary), model)
        return
    document = new_document()
    text_footers, cover_footers = add_footers(document, code)
    names = [*([case.scheme.form_title] if case else []), *attachments]
    cover = cover_xml(report, PORTRAIT.section(cover_footers, bool(code), own_first=True))
    text = PORTRAIT.section(text_footers, bool(code), starts_at=1)
    content = [cover, *text_xml(report.blocks), attachments_xml(names, text if case else "")]
    if case is not None:
        content.append(_annex(case, numbered=len(names) > 1))
    last_section = LANDSCAPE.section(text_footers, bool(code)) if case is not None else text
    set_body(document, "".join(content), last_section)
    without_traces(document, report.title)
    write_atomically(path, lambda temporary: save(document, temporary))


def _annex(case: Case, *, numbered: bool) -> str:
    title = annex_title_xml(case.form, case.scheme.form_title)
    return paragraph("附件1" if numbered else "附件", "Mark") + title + annex_xml(case)
