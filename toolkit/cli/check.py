"""selfeval check: recalculate and check."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.checks import Finding, LedgerLine, Severity, Stage, make_case
from toolkit.checks.across import check_unit
from toolkit.checks.review import Review, answer_reviews, review_form
from toolkit.cli import as_json, show
from toolkit.cli.backup import keep_copy, target_of
from toolkit.cli.parser import Usage
from toolkit.cli.progress import Progress
from toolkit.cli.projects import Projects, projects_asked_for, with_projects
from toolkit.cli.report_check import (
    TEXTS,
    Against,
    check_report,
    is_report,
    read_against,
    read_text,
    report_lines,
    report_object,
    write_beside,
)
from toolkit.cli.sources import WORKBOOKS, Schemes, Source, find_schemes, ledger_asked_for, read_anything, read_approved
from toolkit.core.fingerprint import fingerprint
from toolkit.core.form import Form
from toolkit.guard import UNREADABLE, Fault, guarded, say
from toolkit.problem import Problem

if TYPE_CHECKING:
    from toolkit.checks.answers import Answer

ERRORS_FOUND = 1
"""Exit code: 错误 were found."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that was read: its source and the reviews of its forms, or of the ``report`` it is."""

    source: Source
    reviews: tuple[Review, ...]
    report: bool = False


@dataclass(frozen=True, slots=True)
class Failed:
    """A file that could not be read, and why."""

    path: Path
    problem: Problem | Fault


@dataclass(frozen=True, slots=True)
class Beside:
    """What lies beside the forms: approved goals, ledger lines, stage, the projects of a department.

    Attributes:
        against: the form that reports kept as text are compared with.
    """

    goals: tuple[Form, ...]
    ledger: tuple[LedgerLine, ...] | None
    stage: Stage
    projects: Projects | None = None
    against: Against | None = None

    def goals_of(self, form: Form) -> Form | None:
        """Return the approved goals of a form: the only ones, or those of the same project."""
        if len(self.goals) == 1:
            return self.goals[0]
        return next((goals for goals in self.goals if goals.project_name.text == form.project_name.text), None)


def run(options: Namespace) -> int:
    """Check all files, print the results, and write the workbook asked for."""
    target = _target(options)
    schemes = find_schemes(options.scheme)
    beside = Beside(
        goals=read_approved(Path(options.goals)) if options.goals else (),
        ledger=ledger_asked_for(options.ledger),
        stage=Stage(options.stage),
        projects=projects_asked_for(options.projects, [Path(name) for name in options.files]),
        against=read_against(options.against, options.files),
    )
    done = check_files([Path(name) for name in options.files], schemes, beside)
    found = [each for each in done if isinstance(each, Checked)]
    if target is not None and found:
        _write(found[0], target, schemes, beside)
    if options.json:
        say(json.dumps(list(_as_objects(done)), ensure_ascii=False, indent=1))
    else:
        _print(done)
    return UNREADABLE if beside.projects and beside.projects.failed else exit_code(done)


def check_files(paths: Sequence[Path], schemes: Schemes, beside: Beside) -> list[Checked | Failed]:
    """Read and check every file; a file that cannot be read does not stop the others."""
    done: list[Checked | Failed] = []
    with Progress("检查", len(paths)) as progress:
        for path in paths:
            progress.step(path.name)
            try:
                done.append(guarded(partial(_read_and_check, path, schemes, beside)))
            except (Problem, Fault) as problem:
                done.append(Failed(path, problem))
    return _answered(done)


def exit_code(done: Sequence[Checked | Failed]) -> int:
    """Return 2 when a file could not be read, else 1 when 错误 were found, else 0."""
    if any(isinstance(each, Failed) for each in done):
        return UNREADABLE
    reviews = [review for each in done if isinstance(each, Checked) for review in each.reviews]
    return ERRORS_FOUND if any(review.count(Severity.ERROR) for review in reviews) else 0


def _target(options: Namespace) -> Path | None:
    if options.output is None:
        return None
    if len(options.files) > 1:
        raise Usage("-o 只能和一个文件一起用；多个文件请一个一个检查。")
    return target_of(options.output, WORKBOOKS)


def _read_and_check(path: Path, schemes: Schemes, beside: Beside) -> Checked:
    if is_report(path, beside.against):
        source, review = check_report(path, schemes, beside.against)
        return Checked(source, (review,), report=True)
    return _check(read_text(path) if path.suffix.lower() in TEXTS else read_anything(path, schemes.own_headings())[0], schemes, beside)


def _check(source: Source, schemes: Schemes, beside: Beside) -> Checked:
    reviews = []
    for form in source.forms:
        scheme, reason = schemes.choose(form)
        whole, report = with_projects(form, beside.projects), source.reports.get(form.sheet or "")
        case = make_case(whole, scheme, beside.goals_of(form), beside.ledger, report)
        review = review_form(case, reason=reason, stage=beside.stage)
        # 校验码 is that of the file: the projects named beside it are not in it.
        reviews.append(replace(review, fingerprint=fingerprint(form, scheme.id)) if beside.projects else review)
    return Checked(source, tuple(reviews))


def _answered(done: list[Checked | Failed]) -> list[Checked | Failed]:
    """Apply the officer's answers; those given for the whole unit reach its other files in the same call."""
    from toolkit.checks.answers import unit_answers

    checked = [each for each in done if isinstance(each, Checked)]
    shared: dict[str, list[Answer]] = {}
    for each in checked:
        for review in each.reviews:
            unit = review.case.form.organisation.text
            shared.setdefault(unit, []).extend(unit_answers(review.findings, each.source.answers))
    return [_with_answers(each, shared) if isinstance(each, Checked) else each for each in done]


def _with_answers(checked: Checked, shared: dict[str, list[Answer]]) -> Checked:
    reviews = [
        review
        for each in checked.reviews
        for review in answer_reviews([each], [*checked.source.answers, *shared[each.case.form.organisation.text]])
    ]
    return Checked(checked.source, tuple(reviews), checked.report)


def _as_objects(done: Sequence[Checked | Failed]) -> Iterator[dict[str, object]]:
    for each in done:
        if isinstance(each, Failed):
            yield as_json.unreadable(each.path, str(each.problem))
        else:
            shown = report_object if each.report else as_json.reviewed
            yield from (shown(each.source.path, review) for review in each.reviews)
    together = across_findings(done)
    if together:
        yield as_json.across(together)


def across_findings(done: Sequence[Checked | Failed]) -> tuple[Finding, ...]:
    """Return the findings that concern several of the forms (F14)."""
    forms = [each for each in done if isinstance(each, Checked) and not each.report]
    return check_unit([review.case for each in forms for review in each.reviews])


def _print(done: Sequence[Checked | Failed]) -> None:
    for each in done:
        if isinstance(each, Failed):
            print(each.problem, file=sys.stderr)
            continue
        for remark in each.source.remarks:
            print(f"{each.source.path.name}：{remark}", file=sys.stderr)
        for review in each.reviews:
            shown = report_lines if each.report else show.review_lines
            say("\n".join(shown(each.source.path, review)))
    say("\n".join([*show.across_lines(across_findings(done)), *_closing(done)]))


def _closing(done: Sequence[Checked | Failed]) -> Iterator[str]:
    reviews = [review for each in done if isinstance(each, Checked) for review in each.reviews]
    if reviews:
        errors = sum(review.count(Severity.ERROR) for review in reviews)
        waiting = sum(review.waiting for review in reviews)
        only_reports = all(each.report for each in done if isinstance(each, Checked))
        yield f"共检查 {len(reviews)} {'份报告' if only_reports else '张表'}：错误 {errors} 处，待说明的提醒 {waiting} 处。"
        yield show.DISCLAIMER
    failed = sum(isinstance(each, Failed) for each in done)
    if failed:
        yield f"另有 {failed} 个文件读不了，原因见上。"


def _write(checked: Checked, target: Path, schemes: Schemes, beside: Beside) -> None:
    """Write 检查结果 into a copy of the officer's workbook, or into a filled template when the source is not ours."""
    from toolkit.cli.result_file import write_result

    def check_filled(path: Path) -> tuple[Source, Sequence[Review]]:
        again = _read_and_check(path, schemes, beside)
        return again.source, again.reviews

    if checked.report and beside.against is None:
        raise Usage("只有报告、没有自评表，没有可以写入的工作簿；请加 --against 自评表.xlsx，或去掉 -o。")
    copy = keep_copy(target)
    if checked.report and beside.against is not None:
        write_beside(checked.source.path, beside.against, target, schemes)
    else:
        write_result(checked.source, checked.reviews, target, check_filled)
    print(f"结果已写入 {target} 的“检查结果”。" + (f"原来的同名文件另存为 {copy}。" if copy else ""), file=sys.stderr)
