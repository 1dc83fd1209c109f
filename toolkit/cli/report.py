"""selfeval report: the narrative report, as Markdown, as a Word file or as the sheet 自评报告 of the officer's workbook."""

from __future__ import annotations

import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.checks import Case, Stage, make_case
from toolkit.cli.backup import keep_copy, target_of
from toolkit.cli.check import Beside, Checked, Failed, check_files
from toolkit.cli.parser import Usage
from toolkit.cli.projects import Projects, projects_asked_for, with_projects
from toolkit.cli.sources import WORKBOOKS, Schemes, Source, find_schemes, read_forms_of, read_source
from toolkit.core.fingerprint import fingerprint
from toolkit.guard import UNREADABLE, say
from toolkit.narrative import Report, write_report_of

if TYPE_CHECKING:
    from toolkit.workbook.report.write import Written

_MARKDOWN, _WORD = ".md", ".docx"
_LISTED = 8
"""Missing facts that are named on the screen."""


@dataclass(frozen=True, slots=True)
class Told:
    """A workbook that was written: what stands in its 自评报告, and the check of it."""

    written: tuple[Written, ...]
    checked: Checked


def run(options: Namespace) -> int:
    """Write the report of every form in a file."""
    target = _target(options.output, options.model)
    schemes, path = find_schemes(options.scheme), Path(options.file)
    projects = projects_asked_for(options.projects, [path])
    source = read_forms_of(path)
    for remark in source.remarks:
        print(f"{path.name}：{remark}", file=sys.stderr)
    if target is not None and target.suffix.lower() in WORKBOOKS:
        copy = keep_copy(target)
        written = write_workbook(source, target, schemes, projects).written
        kept = f"原来的同名文件另存为 {copy}。" if copy else ""
        print(f"报告已写入 {target} 的“自评报告”，“检查结果”同时更新。{kept}", file=sys.stderr)
        _tell([each.report for each in written], written)
    elif target is not None and target.suffix.lower() == _WORD:
        _tell(_write_word(list(_cases(source, schemes, projects)), target, options.model), ())
    else:
        reports = [write_report_of(case) for case in _cases(source, schemes, projects)]
        _write_text(reports, target)
        _tell(reports, ())
    return UNREADABLE if projects and projects.failed else 0


def write_workbook(source: Source, target: Path, schemes: Schemes, projects: Projects | None = None) -> Told:
    """Write a copy of the officer's workbook, or a filled template, in which 自评报告 and 检查结果 are new.

    Raises:
        Unreadable: the workbook has no sheet 自评报告 or 检查结果 laid out as in the template.
        Unwritable: the target cannot be written; nothing is left behind.
    """
    from toolkit.workbook.report.write import write_report
    from toolkit.workbook.results.write import write_results

    with tempfile.TemporaryDirectory() as work:
        start = _workbook(source, Path(work), schemes, projects)
        told = Path(work) / f"报告{start.path.suffix}"
        written = write_report(start.path, told, _reports(start, schemes, projects))
        (checked,) = check_files([told], schemes, Beside((), None, Stage.SELF_EVALUATION, projects))
        if isinstance(checked, Failed):
            raise checked.problem
        write_results(told, target, checked.reviews, start.answers)
    return Told(written, checked)


def _target(name: str | None, model: str | None) -> Path | None:
    if model is not None and (name is None or Path(name).suffix.lower() != _WORD):
        raise Usage("--model 只用于 Word 报告，请同时写 -o 文件.docx。")
    return None if name is None else target_of(name, (*WORKBOOKS, _WORD, _MARKDOWN))


def _cases(source: Source, schemes: Schemes, projects: Projects | None) -> Iterator[Case]:
    for form in source.forms:
        yield make_case(with_projects(form, projects), schemes.choose(form)[0])


def _workbook(source: Source, folder: Path, schemes: Schemes, projects: Projects | None) -> Source:
    """Return the officer's workbook, or a template filled from a source that is none."""
    if source.path.suffix.lower() in WORKBOOKS and not source.foreign:
        return source
    from toolkit.workbook.template import build_workbook

    filled = folder / "自评表.xlsx"
    forms = [with_projects(form, projects) for form in source.forms]
    build_workbook(filled, forms, schemes.choose(forms[0])[0])
    return read_source(filled)


def _reports(source: Source, schemes: Schemes, projects: Projects | None) -> Mapping[str, Report]:
    return {case.form.sheet or "": write_report_of(case) for case in _cases(source, schemes, projects)}


def _write_text(reports: Sequence[Report], target: Path | None) -> None:
    from toolkit.narrative.markdown import to_markdown
    from toolkit.workbook.save import write_atomically

    text = "\n---\n\n".join(to_markdown(report) for report in reports)
    if target is None:
        say(text.rstrip("\n"))
        return
    copy = keep_copy(target)
    write_atomically(target, lambda path: path.write_text(text, encoding="utf-8"))
    print(f"报告已写入 {target}。" + (f"原来的同名文件另存为 {copy}。" if copy else ""), file=sys.stderr)


def _write_word(cases: Sequence[Case], target: Path, model: str | None) -> list[Report]:
    """Write the report of every form with the form behind it; several forms make several files."""
    from toolkit.word import write_docx

    reports = []
    for number, case in enumerate(cases, 1):
        path = target if len(cases) == 1 else target.with_name(f"{target.stem}_{number}{target.suffix}")
        copy = keep_copy(path)
        reports.append(write_report_of(case))
        # The code is that of the form as it stands: `selfeval verify` finds the same one in the finished workbook.
        code = fingerprint(case.form, case.scheme.id)
        write_docx(path, reports[-1], case, code=code, model=Path(model) if model else None)
        kept = f"原来的同名文件另存为 {copy}。" if copy else ""
        print(f"报告已写入 {path}，自评表附在后面。{kept}" if not model else f"报告已按模板写入 {path}。{kept}", file=sys.stderr)
    return reports


def _tell(reports: Sequence[Report], written: Sequence[Written]) -> None:
    """Say what was left out and why, and what of the officer's own text was kept."""
    omitted = [omission for report in reports for omission in report.omissions]
    facts = list(dict.fromkeys(fact for omission in omitted for fact in omission.facts))
    if omitted:
        rest = f"等 {len(facts)} 项" if len(facts) > _LISTED else ""
        print(f"略去 {len(omitted)} 句，因为没有填报告要素：{'、'.join(facts[:_LISTED])}{rest}。填好后再生成一次即可补上。", file=sys.stderr)
    pending = sum(block.pending for report in reports for block in report.blocks)
    if pending:
        print(f"有 {pending} 段标着待完善，只有您知道，请补充。", file=sys.stderr)
    for sentence in _kept(written):
        print(sentence, file=sys.stderr)


def _kept(written: Sequence[Written]) -> Iterator[str]:
    from toolkit.narrative.stored import RowState

    edited = sum(len(each.renewed.of(RowState.EDITED, RowState.ORPHANED)) for each in written)
    suggested = sum(len(each.renewed.suggested) for each in written)
    deleted = sum(len(each.renewed.deleted) for each in written)
    if edited:
        beside = f"，其中 {suggested} 段旁边放了新的建议稿" if suggested else ""
        yield f"您改写过的 {edited} 段没有动{beside}。"
    if deleted:
        yield f"您删去的 {deleted} 段没有再写入。"
