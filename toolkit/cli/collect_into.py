"""What ``selfeval collect`` does once its readers are at work: collect, write summary and notes, say what there is."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.checks import Severity
from toolkit.cli.backup import keep_copy
from toolkit.cli.collect import README, is_book
from toolkit.cli.collect_files import files_of
from toolkit.cli.collecting import collect_all
from toolkit.cli.parser import Usage
from toolkit.cli.readers import Readers
from toolkit.cli.sources import ledger_asked_for
from toolkit.cli.store import default_store, mark_with, opened
from toolkit.collect.collected import Beside, Changes, Collected
from toolkit.core.names import file_name
from toolkit.core.scheme import Scheme
from toolkit.core.unswept import unswept
from toolkit.guard import UNREADABLE, say
from toolkit.problem import Unreadable
from toolkit.workbook.save import write_atomically

if TYPE_CHECKING:
    from toolkit.collect.notes import ReturnNote

ERRORS_FOUND = 1
_NOTE = "退回意见"


def collect_into(options: Namespace, target: Path, roots: Sequence[Path], readers: Readers, schemes: Mapping[str, Scheme]) -> int:
    """Collect, write the summary and the notes, and say what there is; return the exit code."""
    beside = _beside(options, roots)
    own = [Path(folder) for folder in (options.return_notes, None if is_book(options) else options.output) if folder]
    files = files_of(roots, target, own)
    if not files:
        raise Usage("所写的文件夹里没有文件。")
    store_path = Path(options.store) if options.store else default_store()
    with opened(store_path, mark_with(options.scheme), fresh=options.fresh) as store:
        found, changes = collect_all(files, store, readers, beside, schemes, ahead=is_book(options))
        written = _write(options, target, found, changes)
        notes = _write_notes(Path(options.return_notes), found, options.deadline) if options.return_notes else None
    say("\n".join(_told(found, notes, options.return_notes)))
    say(written)
    say(_closing(found))
    return _code(found)


def _write(options: Namespace, target: Path, found: Collected, changes: Changes) -> str:
    """Write the summary and say where it is."""
    if not is_book(options):
        from toolkit.cli.analysis import write_analysis
        from toolkit.collect.tables import tables_of

        names = write_analysis(target.parent, tables_of(found, changes), options.format)
        return f"{len(names) - 1} 张数据表和 {README} 已写入 {target.parent}。"
    from toolkit.workbook.summary.write import write_summary_book

    copy = keep_copy(target)
    with unswept():
        write_summary_book(target, found, changes)
    return f"汇总已写入 {target}。" + (f"原来的同名文件另存为 {copy}。" if copy else "")


def _beside(options: Namespace, roots: Sequence[Path]) -> Beside:
    from toolkit.intake.roster import read_roster

    return Beside(
        None if options.expected is None else read_roster(Path(options.expected)),
        ledger_asked_for(options.ledger),
        tuple(_kept(name, roots) for name in options.keep or ()),
    )


def _kept(name: str, roots: Sequence[Path]) -> str:
    """Return a file of ``--keep`` as the collection calls it; it may be given as the summary shows it."""
    for root in roots:
        for path in (Path(name), root / name, root.parent / name):
            inside = path.exists() and path.resolve().is_relative_to(root.resolve())
            if inside:
                return str(root / path.resolve().relative_to(root.resolve())) if root.is_dir() else str(root)
    raise Unreadable(name, "不在所写的文件夹里，不能用 --keep 采用", "请照“版本与重复”里的文件名写")


def _write_notes(folder: Path, found: Collected, deadline: str | None) -> list[ReturnNote]:
    from toolkit.collect.notes import return_notes
    from toolkit.word.return_note import write_return_note

    notes = return_notes(found, deadline or "")
    folder.mkdir(parents=True, exist_ok=True)
    taken: set[str] = set()
    for note in notes:
        name = _name(note, taken)
        write_return_note(folder / f"{name}.docx", note)
        write_atomically(folder / f"{name}.txt", partial(_write_mail, note.mail))
    return notes


def _write_mail(mail: str, path: Path) -> None:
    path.write_text(mail, encoding="utf-8-sig")


def _name(note: ReturnNote, taken: set[str]) -> str:
    name, number = file_name(_NOTE, note.unit, suffix=""), 1
    while name in taken:
        number += 1
        name = file_name(_NOTE, note.unit, str(number), suffix="")
    taken.add(name)
    return name


def _told(found: Collected, notes: Sequence[ReturnNote] | None, folder: str) -> Iterator[str]:
    whole = found.whole
    yield f"{len(whole.projects)} 个项目、{len(found.units)} 个单位；错误 {_errors(found)} 处，待说明的提醒 {sum(found.waiting.values())} 处。"
    if found.roll is not None:
        yield f"{found.roll.coverage}未报送 {len(found.roll.missing)} 个，不在名单 {len(found.roll.unexpected)} 个。"
    if len(found.years) > 1:
        yield f"收到 {'、'.join(map(str, found.years))} 几个年度的表，各年度分别合计，同一项目的变化见“历年对照”。"
    several = sum(project.received > 1 for project in found.projects)
    if several:
        yield f"{several} 个项目收到不止一份，采用哪一份和理由见“版本与重复”。"
    if notes is not None:
        yield f"退回意见 {len(notes)} 份（Word 和邮件正文）已写入 {folder}。"


def _closing(found: Collected) -> str:
    failed = sum(each.counted for each in found.failures)
    files = {entry.file for entry in found.entries} | {each.file for each in found.failures}
    read = f"共 {len(files)} 个文件，读出 {len(found.entries)} 张自评表"
    return f"{read}；{failed} 个文件没有读成，见“未能读取”。" if failed else f"{read}，没有读不了的文件。"


def _errors(found: Collected) -> int:
    return sum(project.chosen.head.number_of(Severity.ERROR) for project in found.projects)


def _code(found: Collected) -> int:
    if any(each.counted for each in found.failures):
        return UNREADABLE
    missing = found.roll is not None and (found.roll.missing or found.roll.unexpected)
    return ERRORS_FOUND if _errors(found) or missing else 0
