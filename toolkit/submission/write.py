"""Filling the folder of a submission, around the finished workbooks that lie in it."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.narrative import Report
from toolkit.submission.archive import archive_text
from toolkit.submission.eml import draft_mail
from toolkit.submission.entry import write_entry
from toolkit.submission.mail import ALL_PROJECTS, write_mail
from toolkit.submission.model import SCAN_FILE, SCAN_FOLDER, Listed, Project, Submission
from toolkit.submission.naming import ARCHIVE, CHANGES, ENTRY, MAIL_DRAFT, MAIL_TEXT, SIGN_OFF, Names
from toolkit.submission.pdf import Print, print_all
from toolkit.submission.sign_off import write_sign_off
from toolkit.submission.summary import summary_title, write_summary
from toolkit.word import write_docx
from toolkit.word.changes import write_changes_docx

FORM, REPORT = "自评表", "自评报告"
_SCAN_NOTE = """请把签字、盖章后的扫描件放进这个文件夹，文件名建议：
　　{name}

邮件草稿的附件里没有扫描件：发送前请自己加上，邮件正文的材料清单已经列出。
"""
_INTERNAL = "内部使用"


@dataclass(frozen=True, slots=True)
class Removed:
    """What finishing took out of a workbook.

    Attributes:
        workbook: its name in the folder.
        what: a line each.
    """

    workbook: str
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """What was put into a folder.

    Attributes:
        files: all of them, by their names in the folder.
        remarks: what the officer should know, Chinese sentences.
    """

    files: tuple[str, ...]
    remarks: tuple[str, ...]


def write_folder(
    folder: Path,
    submission: Submission,
    names: Names,
    removed: Sequence[Removed],
    *,
    pdf: bool = True,
    model: Path | None = None,
) -> Filled:
    """Write everything that belongs to a submission beside its finished workbooks.

    Args:
        folder: holds the finished workbooks; the files are written into it.
        submission: what is handed over.
        names: makes the file names.
        removed: what was taken out of the workbooks, for the archive list.
        pdf: print form and report into PDFs where a LibreOffice is at hand.
        model: the unit's own Word model for the reports.

    Raises:
        Unreadable: the model cannot be used.
        Unwritable: a file cannot be written.
    """
    summary = names.fixed(f"01_{summary_title(submission)}", ".xlsx")
    write_summary(folder / summary, submission)
    written = [(project, _report(folder, names, project, model)) for project in submission.projects]
    printed, remarks = print_all(list(_prints(submission, written, folder))) if pdf else ([], [])
    listed = [Listed(summary), *_changes(folder, names, submission), *_listed(submission, written, printed, folder)]
    _mail(folder, submission, listed)
    write_sign_off(folder / names.fixed(f"{SIGN_OFF}_{_INTERNAL}", ".xlsx"), submission)
    write_entry(folder / names.fixed(f"{ENTRY}_{_INTERNAL}", ".xlsx"), submission)
    _scan_place(folder)
    codes = {each.name: each.codes for each in listed}
    lines = [f"{each.workbook}：{what}" for each in removed for what in each.what]
    _text(folder / f"{ARCHIVE}.txt", archive_text(submission, folder, codes, lines))
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    taken_out = (f"定稿时从工作簿里删去了 {len(lines)} 项，逐项列在“{ARCHIVE}.txt”。",) if lines else ()
    return Filled(tuple(files), (*taken_out, *_missing(submission), *remarks))


def _report(folder: Path, names: Names, project: Project, model: Path | None) -> str:
    name = names.of_project(project.number, project.name, REPORT, ".docx")
    write_docx(folder / name, project.report, project.review.case, code=project.code, model=model)
    return name


def _changes(folder: Path, names: Names, submission: Submission) -> Iterator[Listed]:
    if submission.previous is None:
        return
    name = names.fixed(CHANGES, ".docx")
    write_changes_docx(folder / name, submission.compared)
    yield Listed(name, note=f"（与第 {submission.previous} 稿对照）")


def _listed(submission: Submission, written: Sequence[tuple[Project, str]], printed: Container[Path], folder: Path) -> Iterator[Listed]:
    """Yield workbook, report and the PDFs there are of them, project by project."""
    done: set[str] = set()
    for project, report in written:
        codes = [each.code for each in submission.projects if each.workbook == project.workbook]
        for name, shown in ((project.workbook, codes), (report, (project.code,))):
            if name in done:
                continue
            done.add(name)
            yield Listed(name, shown)
            if (pdf := _pdf(folder, name)) in printed:
                yield Listed(pdf.name, shown)


def _prints(submission: Submission, written: Sequence[tuple[Project, str]], folder: Path) -> Iterator[Print]:
    """Yield what is printed: of every workbook its forms, and every report."""
    sheets: dict[str, list[str]] = {}
    for project in submission.projects:
        sheets.setdefault(project.workbook, []).append(project.review.case.form.sheet or "")
    yield from (Print(folder / name, _pdf(folder, name), shown) for name, shown in sheets.items())
    yield from (Print(folder / report, _pdf(folder, report)) for _, report in written)


def _pdf(folder: Path, name: str) -> Path:
    return (folder / name).with_suffix(".pdf")


def _mail(folder: Path, submission: Submission, listed: Sequence[Listed]) -> None:
    scan = Listed(SCAN_FILE, note=f"（请在发送前放入“{SCAN_FOLDER}”，并加进附件）")
    mail = write_mail(submission, [*listed, scan])
    _text(folder / MAIL_TEXT, f"主题：{mail.subject}\n\n{mail.text}")
    draft = draft_mail(mail.subject, mail.text, [folder / each.name for each in listed])
    (folder / MAIL_DRAFT).write_bytes(draft)


def _scan_place(folder: Path) -> None:
    place = folder / SCAN_FOLDER
    place.mkdir()
    _text(place / "说明.txt", _SCAN_NOTE.format(name=SCAN_FILE))


def _text(path: Path, text: str) -> None:
    # Line ends that the oldest Notepad shows as such.
    path.write_text(text, encoding="utf-8", newline="\r\n")


_ASKED: Mapping[str, str] = {
    "报送对象": "邮件的收件单位",
    "自评通知名称": "邮件里“按照……要求”一句",
    "填报人": "邮件的联系人",
    "填报电话": "邮件的联系电话",
}


def _missing(submission: Submission) -> Iterator[str]:
    wanted = [f"{name}（{use}）" for name, use in _ASKED.items() if submission.fact(name) is None]
    if wanted:
        yield f"报告要素里没有填：{'、'.join(wanted)}；填好后重新定稿，或直接在邮件里补上。"
    if submission.fact(ALL_PROJECTS) is None and not submission.whole:
        count = len(submission.projects)
        yield f"报告要素里没有填“{ALL_PROJECTS}”，邮件里应自评项目按本次报送的 {count} 个计；不止这些的，请填好后重新定稿。"
    yield from pending_remark([project.report for project in submission.projects])


def pending_remark(reports: Sequence[Report]) -> Iterator[str]:
    """Say how many paragraphs wait for the officer, where any do."""
    pending = sum(block.pending for report in reports for block in report.blocks)
    if pending:
        yield f"报告里有 {pending} 段标着待完善，只有您知道，请在“自评报告”里补充后重新定稿。"
