"""Filling the folder of the version for the website: form and report of each project, and the proof that nobody is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.checks.case import Case
from toolkit.core.form import Cell
from toolkit.narrative import Report
from toolkit.problem import Unwritable
from toolkit.submission.naming import Names
from toolkit.submission.pdf import Print, print_all
from toolkit.submission.public import (
    Personal,
    find_personal,
    known_people,
    printed_cells,
    public_case,
    report_cells,
    strings_of,
)
from toolkit.submission.public_form import write_public_forms
from toolkit.submission.write import FORM, REPORT, Filled, pending_remark
from toolkit.word import write_docx


@dataclass(frozen=True, slots=True)
class Public:
    """One project as it will be published.

    Attributes:
        case: the form as it was read, personal facts included: they are what is looked for.
        report: the report, made from the form without them.
    """

    case: Case
    report: Report

    @property
    def personal(self) -> list[Personal]:
        """Return what is personal in form or report and would be published."""
        cells = [*printed_cells(self.case.form), *report_cells(self.report)]
        return list(find_personal(self.case, cells, list(known_people(self.case))))


def write_public_folder(
    folder: Path, projects: Sequence[Public], names: Names, *, pdf: bool = True, model: Path | None = None
) -> Filled:
    """Write form and report of each project and scan every text of what was written.

    Raises:
        Unwritable: a file cannot be written, or something personal stands in one.
    """
    remarks = list(pending_remark([project.report for project in projects]))
    prints = []
    for number, project in enumerate(projects):
        case = public_case(project.case)
        name = case.form.project_name.text.strip() or f"项目{number + 1}"
        form = folder / names.of_project(number, name, FORM, ".xlsx")
        report = folder / names.of_project(number, name, REPORT, ".docx")
        write_public_forms(form, [case])
        write_docx(report, project.report, case, model=model)
        for path in (form, report):
            # A PDF shows what its source holds, and no more: the source is what is scanned.
            _prove(path, project.case)
            prints.append(Print(path, path.with_suffix(".pdf")))
    if pdf:
        remarks += print_all(prints)[1]
    files = sorted(path.name for path in folder.iterdir())
    return Filled(tuple(files), tuple(remarks))


def _prove(path: Path, case: Case) -> None:
    texts = [Cell(path.name, text) for text in strings_of(path)]
    found = list(find_personal(case, texts, list(known_people(case))))
    if found:
        raise Unwritable(path, f"里有{found[0].what}，不能公开", "请在自评表或自评报告里删去后再做公开版")
