"""From checked sources to the folder of one unit: finished workbooks, the submission around them."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from toolkit.checks import Severity, Stage, make_case
from toolkit.checks.review import Review
from toolkit.checks.rows import bare
from toolkit.cli.check import Beside, Checked, Failed, check_files
from toolkit.cli.show import finding_lines
from toolkit.cli.sources import WORKBOOKS, Schemes, Source, read_source
from toolkit.compare.drafts import Comparison, compare_drafts
from toolkit.core.form import Form
from toolkit.narrative import Report, write_report_of
from toolkit.narrative.stored import StoredReport
from toolkit.submission.model import LastYear, Project, Submission
from toolkit.submission.naming import Names, drafts_in, folder_name
from toolkit.submission.public import public_case, public_report
from toolkit.submission.standing import standing_report
from toolkit.submission.summary import read_last_year
from toolkit.submission.write import Filled, Removed, write_folder
from toolkit.submission.write_public import Public, write_public_folder

_HANDED = "报送"
_SCORE, _GRADE = "上年总分", "上年等级"


@dataclass(frozen=True, slots=True)
class Finishing:
    """Makes the folder of one unit and year.

    Attributes:
        draft: 第几稿.
        moment: when; the day stands in mail and lists.
        reason: why 错误 are left, "" where none are.
        pdf: make PDFs where a LibreOffice is at hand.
        model: the unit's own Word model for the reports.
        returned: the day of the 退回意见 this draft answers, ``None`` where it is not known.
    """

    unit: str
    year: int
    draft: int
    schemes: Schemes
    moment: datetime
    reason: str
    pdf: bool
    model: Path | None = None
    returned: date | None = None

    def hand_over(self, sources: Sequence[Checked], folder: Path, target: Path) -> Filled | None:
        """Fill the folder of a submission.

        Args:
            sources: the unit's files as they were checked.
            folder: where to write.
            target: where the folder will lie in the end.

        Returns:
            What was written, ``None`` where the reports made anew have 错误 that nobody excused.
        """
        names = Names(target)
        with tempfile.TemporaryDirectory() as work:
            checked = self._prepared(sources, Path(work))
            if not self.reason and _tell_errors(checked):
                return None
            removed = list(self._finished(checked, Path(work), folder, names))
        finished = self._checked([folder / each.workbook for each in removed])
        submission = self.submission(finished, target.parent)
        return write_folder(folder, submission, names, removed, pdf=self.pdf, model=self.model)

    def submission(self, finished: Sequence[Checked], place: Path) -> Submission:
        """Return what is handed over.

        Args:
            finished: the unit's workbooks as they are handed over, checked.
            place: where its submissions lie, earlier ones among them.
        """
        projects = tuple(self._projects(finished, place))
        previous = max((n for n in drafts_in(place, _HANDED, self.year, self.unit) if n < self.draft), default=None)
        return Submission(
            unit=self.unit,
            year=self.year,
            draft=self.draft,
            day=self.moment.date(),
            projects=projects,
            reason=self.reason if any(each.review.count(Severity.ERROR) for each in projects) else "",
            compared=() if previous is None else tuple(self._compared(place, previous, projects)),
            previous=previous,
            returned=None if previous is None else self.returned,
        )

    def publish(self, sources: Sequence[Checked], folder: Path, target: Path) -> Filled | None:
        """Fill the folder of the version for the website; ``None`` where something personal would stand in it."""
        with tempfile.TemporaryDirectory() as work:
            checked = self._prepared(sources, Path(work))
            projects = [project for each in checked for project in _public(each)]
        if _tell_personal(projects):
            return None
        return write_public_folder(folder, projects, Names(target), pdf=self.pdf, model=self.model)

    def _checked(self, paths: Sequence[Path]) -> list[Checked]:
        found = []
        for each in check_files(paths, self.schemes, Beside((), None, Stage.SELF_EVALUATION)):
            if isinstance(each, Failed):
                raise each.problem
            found.append(each)
        return found

    def _prepared(self, sources: Sequence[Checked], work: Path) -> list[Checked]:
        """Return the files again, as workbooks with the report as it stands now, checked together."""
        return self._checked([self._with_report(each.source, work, number) for number, each in enumerate(sources)])

    def _with_report(self, source: Source, work: Path, number: int) -> Path:
        from toolkit.workbook.book import Book
        from toolkit.workbook.report.read import read_report
        from toolkit.workbook.report.write import write_report

        start = self._workbook(source, work, number)
        with Book(start.path) as book:
            if read_report(book) is None:
                return start.path
        told = work / f"{number}_报告{start.path.suffix}"
        cases = [make_case(form, self.schemes.choose(form)[0]) for form in start.forms]
        write_report(start.path, told, {case.form.sheet or "": write_report_of(case) for case in cases})
        return told

    def _workbook(self, source: Source, work: Path, number: int) -> Source:
        if source.path.suffix.lower() in WORKBOOKS:
            return source
        from toolkit.workbook.template import build_workbook

        filled = work / f"{number}_自评表.xlsx"
        build_workbook(filled, source.forms, self.schemes.choose(source.forms[0])[0])
        return read_source(filled)

    def _finished(self, checked: Sequence[Checked], work: Path, folder: Path, names: Names) -> Iterator[Removed]:
        from toolkit.workbook.finish import finish_workbook
        from toolkit.workbook.results.write import write_results

        first = 1
        for number, each in enumerate(checked):
            told = work / f"{number}_结果{each.source.path.suffix}"
            errors = sum(review.count(Severity.ERROR) for review in each.reviews)
            note = f"带有 {errors} 处错误定稿，理由：{self.reason}" if self.reason and errors else ""
            write_results(each.source.path, told, each.reviews, each.source.answers, self.moment, note)
            name = names.of_workbook(first, [review.case.form.project_name.text for review in each.reviews])
            cases = [review.case for review in each.reviews]
            finished = finish_workbook(told, folder / name, [case.form for case in cases], [case.scheme for case in cases])
            first += len(each.reviews)
            yield Removed(name, tuple(map(str, finished.removals)))

    def _projects(self, finished: Sequence[Checked], place: Path) -> Iterator[Project]:
        former = self._former(place)
        number = 0
        for each in finished:
            stored = _stored(each.source.path)
            for review in each.reviews:
                number += 1
                form = review.case.form
                report = standing_report(_fresh(review), stored.get(form.sheet or "", StoredReport()))
                last = _last_year(form) or former.get(bare(form.project_name.text))
                yield Project(number, review, report, each.source.path.name, last)

    def _former(self, place: Path) -> Mapping[str, LastYear]:
        """Return what the unit's projects were given the year before, where that submission lies in the same place."""
        drafts = drafts_in(place, _HANDED, self.year - 1, self.unit)
        if not drafts:
            return {}
        folder = place / folder_name(_HANDED, self.year - 1, self.unit, drafts[-1])
        found = sorted(folder.glob("01_*汇总表.xlsx"))
        return read_last_year(found[0]) if found else {}

    def _compared(self, place: Path, previous: int, projects: Sequence[Project]) -> list[Comparison]:
        folder = place / folder_name(_HANDED, self.year, self.unit, previous)
        old = self._checked(sorted(folder.glob("*_自评表.xlsx")))
        return compare_drafts([review for each in old for review in each.reviews], [each.review for each in projects])


def _fresh(review: Review) -> Report:
    return write_report_of(make_case(review.case.form, review.case.scheme))


def _stored(path: Path) -> Mapping[str, StoredReport]:
    from toolkit.workbook.book import Book
    from toolkit.workbook.report.read import read_report

    with Book(path) as book:
        found = read_report(book)
    return {} if found is None else {sheet: found.stored(sheet) for sheet in found.sheets}


def _public(checked: Checked) -> Iterator[Public]:
    stored = _stored(checked.source.path)
    for review in checked.reviews:
        case = review.case
        shown = public_case(case)
        fresh = write_report_of(make_case(shown.form, shown.scheme))
        report = standing_report(fresh, stored.get(case.form.sheet or "", StoredReport()))
        yield Public(case, public_report(report, case))


def _last_year(form: Form) -> LastYear | None:
    score, grade = form.facts.get(_SCORE), form.facts.get(_GRADE)
    if score is None or score.number is None:
        return None
    return LastYear(score.text.strip(), "" if grade is None else grade.text.strip())


def _tell_errors(checked: Sequence[Checked]) -> bool:
    found = [one for each in checked for review in each.reviews for one in review.findings if one.severity is Severity.ERROR]
    wrong = [one for one in found if not one.undecidable]
    if wrong:
        print("\n".join(line for one in wrong for line in finding_lines(one)), file=sys.stderr)
        print(f"写出报告后还有错误 {len(wrong)} 处，没有生成任何材料。请改正后再定稿，或加 --despite-errors 理由。", file=sys.stderr)
    return bool(wrong)


def _tell_personal(projects: Sequence[Public]) -> bool:
    lines = []
    for project in projects:
        for found in project.personal:
            cell = found.cell
            place = f"{cell.sheet} {cell.address}“{cell.field}”" if cell.sheet and cell.address else cell.field
            lines.append(f"　 {project.case.form.project_name.text}　{place}：有{found.what}")
    if lines:
        print("\n".join(dict.fromkeys(lines)), file=sys.stderr)
        print("以上内容有个人信息，不能公开，没有生成公开版。请删去或以职务代替后再做。", file=sys.stderr)
    return bool(lines)


