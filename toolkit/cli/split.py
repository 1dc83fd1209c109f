"""selfeval split: one 取数表 for each section that 数据来源 names, each with its mail."""

from __future__ import annotations

import shutil
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from toolkit.cli.backup import keep_copy
from toolkit.cli.progress import Progress
from toolkit.cli.sources import WORKBOOKS, Source, find_schemes, read_anything
from toolkit.core.names import clean
from toolkit.core.names import file_name as joined_name
from toolkit.guard import say
from toolkit.problem import Unreadable
from toolkit.sections import UNASSIGNED, Item, Plan, plan_requests
from toolkit.submission.eml import draft_mail
from toolkit.submission.naming import Names
from toolkit.submission.place import prepare, work_folder
from toolkit.submission.section_mail import contact_of, section_mail, unit_of
from toolkit.workbook.save import check_target, write_atomically
from toolkit.workbook.sections import Letter, write_request

_REQUEST, _MAIL = "取数表", "邮件"
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class _Sent:
    """What was made for one section: its files, the 取数表 first."""

    section: str
    items: tuple[Item, ...]
    files: tuple[str, ...]


def run(options: Namespace) -> int:
    """Write all 取数表 and mails, and say who is asked for what and who is not."""
    source, folder = Path(options.file), Path(options.output)
    plan, read = _planned(source, options.scheme)
    if options.only_empty:
        plan = plan.unanswered()
    if not plan.items:
        say("每个指标都已经有完成值，没有需要发的取数表。")
        return 0
    prepare(folder)
    sent, copies = _written(plan, folder, (options.deadline or "").strip().removesuffix("前"))
    for remark in read.remarks:
        print(f"{source.name}：{remark}", file=sys.stderr)
    say("\n".join(_told(plan, sent, read, folder, copies)))
    return 0


def _planned(source: Path, scheme: str | None) -> tuple[Plan, Source]:
    schemes = find_schemes(scheme)
    read, _ = read_anything(source)
    plan = plan_requests(read.forms, [schemes.choose(form)[0] for form in read.forms])
    if not plan.items:
        raise Unreadable(source, "里没有填任何指标，没有数可取", "请先填好三级指标和年度指标值")
    return plan, read


def _written(plan: Plan, folder: Path, deadline: str) -> tuple[list[_Sent], list[Path]]:
    """Make all files away from the folder, then put them there: what stands there is kept under another name."""
    names = _file_names(plan, folder)
    with work_folder() as work, Progress("写取数表", len(plan.by_section)) as progress:
        sent = []
        for section, items in plan.by_section.items():
            progress.step(section)
            sent.append(_Sent(section, items, _make(work, section, items, names[section], deadline)))
        made = [name for each in sent for name in each.files]
        for name in made:
            check_target(folder / name)
        copies = [copy for name in made if (copy := _put(work / name, folder / name))]
    return sent, copies


def _file_names(plan: Plan, folder: Path) -> dict[str, str]:
    """Return the stem of the files of each section; names that become equal by cleaning are numbered."""
    names = Names(folder)
    projects = list(dict.fromkeys(form.project_name.text.strip() for form in plan.forms))
    about = projects[0] if len(projects) == 1 else f"{len(projects)}个项目"
    stems: dict[str, str] = {}
    for section in plan.by_section:
        taken = {stem.casefold() for stem in stems.values()}
        tried = (_stem(names, section, about, number) for number in count(1))
        stems[section] = next(stem for stem in tried if stem.casefold() not in taken)
    return stems


def _stem(names: Names, section: str, about: str, number: int) -> str:
    parts = (_REQUEST, clean(section) or "股室", about, *([str(number)] if number > 1 else []))
    return Path(names.fixed(joined_name(*parts, suffix=""), ".xlsx")).stem.removeprefix(f"{_REQUEST}_")


def _make(work: Path, section: str, items: Sequence[Item], stem: str, deadline: str) -> tuple[str, ...]:
    form = items[0].form
    named = "" if section == UNASSIGNED else section
    letter = Letter(named, form.year, unit_of(form), deadline, " ".join(filter(None, contact_of(form))))
    book = work / f"{_REQUEST}_{stem}.xlsx"
    write_request(book, letter, items)
    if not named:
        return (book.name,)
    mail = section_mail(section, items, book.name, deadline)
    text, draft = work / f"{_MAIL}_{stem}.txt", work / f"{_MAIL}_{stem}.eml"
    # A byte order mark: Notepad of older Windows takes UTF-8 without one for GBK.
    text.write_text(f"主题：{mail.subject}\n\n{mail.text}", encoding="utf-8-sig", newline="\r\n")
    draft.write_bytes(draft_mail(mail.subject, mail.text, [book]))
    return (book.name, text.name, draft.name)


def _put(made: Path, target: Path) -> Path | None:
    """Put a file in its place and return the copy of another one that stood there."""
    if target.exists() and target.read_bytes() == made.read_bytes():
        return None
    copy = keep_copy(target)
    write_atomically(target, lambda path: shutil.copyfile(made, path))
    return copy


def _told(plan: Plan, sent: Sequence[_Sent], source: Source, folder: Path, copies: Sequence[Path]) -> Iterator[str]:
    named = [each for each in sent if each.section != UNASSIGNED]
    yield f"已生成取数表 {len(sent)} 份，在 {folder}："
    for each in sent:
        yield f"　 {each.section}　{len(each.items)} 个指标　{'、'.join(each.files)}"
    if named:
        yield "　 .eml 双击即成带附件的邮件草稿；.txt 是同样的正文，可贴进微信、OA。什么都不会自动发送。"
    free = [item for item in plan.items if not item.sections]
    if free:
        several = len(plan.forms) > 1
        names = [f"{item.project}·{item.shown}" if several else item.shown for item in free[:_SHOWN]]
        shown = "、".join(names) + (f" 等 {len(free)} 个" if len(free) > _SHOWN else "")
        ours = not source.foreign and source.path.suffix.lower() in WORKBOOKS
        how = "请在“数据来源”的“提供股室”写明后重新生成" if ours else "转成自评表（selfeval fill）后可以在“数据来源”写明"
        yield f"【{UNASSIGNED}】{shown}没有写提供股室，放在“{UNASSIGNED}”一份里；{how}，或把这一份直接发出，由填的人写上股室。"
    if copies:
        yield f"原来的 {len(copies)} 个同名文件另存为“…_备份_时间”，如 {copies[0].name}。"
    yield f"收齐后：selfeval merge {_quoted(source.path)} {_quoted(folder)}　先看结果；加 -o 合并后.xlsx 才写文件，原来的自评表不改动。"


def _quoted(path: Path) -> str:
    """Return a path as it can be typed."""
    return f'"{path}"' if " " in str(path) else str(path)
