"""Finishing a workbook: what leaves the officer's machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.core.form import Form
from toolkit.core.scheme import Scheme, load_schemes
from toolkit.core.scheme.match import choose_scheme
from toolkit.workbook.finish.behind import strip_behind
from toolkit.workbook.finish.cached import bring_up_to_date
from toolkit.workbook.finish.hidden import strip_names, strip_rows, strip_sheets
from toolkit.workbook.finish.marks import FormCode, codes_of, write_marks
from toolkit.workbook.finish.people import strip_people
from toolkit.workbook.finish.signs import strip_signs
from toolkit.workbook.finish.strip import strip
from toolkit.workbook.finish.work import Work
from toolkit.workbook.package import Package
from toolkit.workbook.read import read_forms
from toolkit.workbook.save import write_atomically


@dataclass(frozen=True, slots=True)
class Finished:
    """What was done to a workbook.

    Attributes:
        removals: what was taken out or changed, Chinese lines for the officer.
        code: 校验码; those of several forms joined by 、.
        results_code: 结果码, likewise.
        codes: the codes form by form.
    """

    removals: tuple[str, ...]
    code: str
    results_code: str
    codes: tuple[FormCode, ...] = ()


def finish_workbook(
    source: Path, out: Path, forms: Sequence[Form] | None = None, schemes: Sequence[Scheme] | None = None
) -> Finished:
    """Write a copy of a workbook that holds nothing but what is handed over.

    Formatting, pictures, charts and native formulas stay; every formula has its result. The parts that are not
    concerned are the same byte for byte.

    Args:
        source: .xlsx or .xlsm.
        out: the copy, .xlsx; not the source itself.
        forms: the forms as read from ``source``, read anew by default; an empty list for a workbook without any.
        schemes: the scheme of each form, by default the one it names or that fits.

    Raises:
        Unreadable: the source cannot be read or cannot be finished safely; the text names the cell.
        Unwritable: the copy cannot be written; nothing is left behind.
    """
    given = read_forms(source) if forms is None else list(forms)
    known = load_schemes() if given and schemes is None else {}
    chosen = [choose_scheme(form, known)[0] for form in given] if schemes is None else list(schemes)
    codes = codes_of(given, chosen)
    with Package(source) as package:
        work = Work(package)
        removals = list(bring_up_to_date(work, given, chosen))
        for step in (strip_sheets, strip_behind, strip_signs, strip, strip_names, strip_rows, strip_people):
            removals += step(work)
        write_marks(work, given, codes)
        _drop_chain(work)
        write_atomically(out, work.save, source)
    return Finished(
        removals=tuple(dict.fromkeys(removals)),
        code="、".join(code.code for code in codes),
        results_code="、".join(code.results_code for code in codes),
        codes=codes,
    )


def _drop_chain(work: Work) -> None:
    """Drop the order of calculation where a sheet was changed: programs build it anew."""
    if any(work.changed(part) for _, part, _ in work.sheets()):
        work.unlink(work.main, *(link.key for link in work.links(work.main) if link.kind == "calcChain"))
