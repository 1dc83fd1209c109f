"""selfeval collect: many workbooks into one summary, with notes to those who must correct something."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from toolkit.cli.backup import target_of
from toolkit.cli.parser import Usage
from toolkit.cli.readers import Readers
from toolkit.cli.sources import find_schemes
from toolkit.cli.workers import usual_jobs
from toolkit.problem import Unreadable, Unwritable

README = "字段说明.md"


def run(options: Namespace) -> int:
    """Collect, write the summary and the notes, and say what there is."""
    target = _target(options)
    roots = [Path(name) for name in options.folders]
    _must_exist(roots)
    jobs = usual_jobs() if options.jobs is None else options.jobs
    if jobs < 1:
        raise Usage("--jobs 至少为 1。")
    schemes = find_schemes(options.scheme)
    with closing(Readers(options.scheme, jobs, options.dask)) as readers:
        readers.begin()
        # Loaded while they get ready.
        from toolkit.cli.collect_into import collect_into

        return collect_into(options, target, roots, readers, schemes.known)


def is_book(options: Namespace) -> bool:
    """Tell whether a summary workbook is written, not files for analysts."""
    return bool(options.format == "xlsx")


def _target(options: Namespace) -> Path:
    """Return what is written: a workbook, or a folder of files for analysts."""
    if is_book(options):
        return target_of(options.output, (".xlsx",))
    folder = Path(options.output)
    if folder.exists() and not folder.is_dir():
        raise Unwritable(folder, f"不是文件夹；--format {options.format} 要写几个文件", "请用 -o 写文件夹的名字")
    return folder / README


def _must_exist(roots: Sequence[Path]) -> None:
    for root in roots:
        if not root.exists():
            raise Unreadable(root, "找不到", "请检查路径；名称里有空格的，两边加引号")
