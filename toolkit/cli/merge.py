"""selfeval merge: the answers of the sections beside the form, and into a copy of it where that is asked for."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from toolkit.cli.backup import keep_copy, target_of
from toolkit.cli.merge_text import merged_lines
from toolkit.cli.parser import Usage
from toolkit.cli.progress import Progress
from toolkit.cli.sources import WORKBOOKS, find_schemes, read_anything
from toolkit.core.scheme import Scheme
from toolkit.guard import UNREADABLE, Fault, guarded, say
from toolkit.problem import Problem, Unreadable, Unwritable
from toolkit.sections import Choices, Merged, Plan, Returned, State, merge_answers, plan_requests
from toolkit.workbook.ours import is_ours
from toolkit.workbook.save import check_target
from toolkit.workbook.sections import SUFFIXES, merge_into, read_returned, write_notes

OPEN = 1
"""Exit code: something is left to be asked or decided."""
_NOTES = "合并说明"
_TEMPORARY = ("~$", ".~", ".")


@dataclass(frozen=True, slots=True)
class Folder:
    """What lay in the folder.

    Attributes:
        returned: the 取数表, by name.
        unread: why other files could not be read, a sentence each.
    """

    returned: tuple[Returned, ...]
    unread: tuple[str, ...]


def run(options: Namespace) -> int:
    """Show what came back; with ``-o`` write the merged form and 合并说明 beside it."""
    source, folder = Path(options.file), Path(options.folder)
    targets = _targets(options, source)
    plan, schemes = _planned(source, options.scheme)
    found = read_folder(folder, (source, *targets))
    choices = Choices(options.overwrite, _kept(options.keep, found), options.add_units)
    merged = merge_answers(plan, found.returned, schemes, choices)
    say("\n".join(merged_lines(plan, merged, found.unread)))
    if targets:
        _write(source, targets, merged, found.unread, schemes, options.overwrite)
    elif merged.of(State.FILLED):
        say("以上只是查看，没有写任何文件；要写入，加 -o 合并后的文件名（原来的自评表不改动）。")
    if found.unread:
        return UNREADABLE
    return 0 if merged.settled else OPEN


def _targets(options: Namespace, source: Path) -> tuple[Path, ...]:
    """Return where the merged form and 合并说明 go, checked before any work is done."""
    if options.output is None:
        return ()
    suffix = source.suffix.lower()
    if suffix not in WORKBOOKS:
        raise Usage(f"“{source.name}”不是 .xlsx 自评表，答复写不进去；请先用 selfeval fill 转成自评表。")
    target = target_of(options.output, (suffix,))
    check_target(target, source)
    notes = target.with_name(f"{target.stem}_{_NOTES}.xlsx")
    check_target(notes, source)
    return target, notes


def _planned(source: Path, wanted: str | None) -> tuple[Plan, list[Scheme]]:
    schemes = find_schemes(wanted)
    read, _ = read_anything(source)
    chosen = [schemes.choose(form)[0] for form in read.forms]
    for remark in read.remarks:
        print(f"{source.name}：{remark}", file=sys.stderr)
    plan = plan_requests(read.forms, chosen)
    if not plan.items:
        raise Unreadable(source, "里没有填任何指标", "请检查是否选错了文件")
    return plan, chosen


def read_folder(folder: Path, others: Sequence[Path]) -> Folder:
    """Read every 取数表 below a folder, by name; ``others`` and self-evaluation forms that lie there are none.

    Raises:
        Unreadable: there is no such folder, or nothing in it.
    """
    if not folder.exists():
        raise Unreadable(folder, "找不到", "请写收回的取数表所在的文件夹")
    paths = list(_workbooks(folder)) if folder.is_dir() else [folder]
    beside = {other.resolve() for other in others}
    paths = [path for path in paths if path.resolve() not in beside]
    if not paths:
        raise Unreadable(folder, "里没有 .xlsx 或 .xls 文件", "请把各股室发回的取数表放进这个文件夹")
    returned, unread = [], []
    with Progress("读取数表", len(paths)) as progress:
        for path in paths:
            progress.step(path.name)
            shown = path.relative_to(folder).as_posix() if folder.is_dir() else path.name
            try:
                returned.append(guarded(partial(read_returned, path, shown)))
            except (Problem, Fault) as problem:
                if not _is_form(path):
                    unread.append(str(problem))
    return Folder(tuple(returned), tuple(unread))


def _workbooks(folder: Path) -> Iterator[Path]:
    for place, names, found in os.walk(folder):
        names[:] = sorted(name for name in names if not name.startswith("."))
        for name in sorted(found):
            if Path(name).suffix.lower() in SUFFIXES and not name.startswith(_TEMPORARY) and not name.endswith(f"_{_NOTES}.xlsx"):
                yield Path(place) / name


def _is_form(path: Path) -> bool:
    """Tell whether a file is a self-evaluation form of ours, which may lie beside the answers."""
    try:
        return path.suffix.lower() in WORKBOOKS and is_ours(path)
    except Problem:
        return False


def _kept(names: Sequence[str] | None, found: Folder) -> tuple[str, ...]:
    """Return the files that ``--keep`` names, by the names they go by.

    Raises:
        Usage: no file of the folder is called so, or several are.
    """
    kept = []
    for name in names or ():
        bare = Path(name).name
        alike = [each.file for each in found.returned if each.file == name or Path(each.file).name in (bare, f"{bare}.xlsx")]
        if len(alike) != 1:
            listed = "、".join(each.file for each in found.returned)
            raise Usage(f"--keep “{name}”{'有几个同名的，请连子文件夹写' if alike else '不在文件夹里'}；读到的取数表：{listed}。")
        kept += alike
    return tuple(kept)


def _write(
    source: Path, targets: Sequence[Path], merged: Merged, unread: Sequence[str], schemes: Sequence[Scheme], overwrite: bool
) -> None:
    target, notes = targets
    if any(each.item.current.address is None for each in merged.of(State.FILLED)):
        raise Unwritable(target, "写不成：表里找不到填完成值的单元格", "请先用 selfeval fill 转成自评表再合并")
    copies = [copy for copy in map(keep_copy, targets) if copy]
    written = merge_into(source, target, merged, schemes, overwrite=overwrite)
    heads = [f"自评表 {source.name} 与取数表合并为 {target.name}：填入完成值 {written.values} 格，数据来源 {written.beside} 格。", *written.left]
    write_notes(notes, merged, heads, unread)
    for sentence in written.left:
        say(f"　 【没有写入】{sentence}")
    print(f"已生成 {target}（填入完成值 {written.values} 格，数据来源 {written.beside} 格）和 {notes.name}；原来的自评表没有改动。", file=sys.stderr)
    for copy in copies:
        print(f"原来的同名文件另存为 {copy}。", file=sys.stderr)
    print(f"下一步：selfeval check {target}", file=sys.stderr)
