"""selfeval verify: whether a file is what was handed over, and whether it carries what it should not."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from toolkit.guard import UNREADABLE, Fault, guarded, say
from toolkit.problem import Problem
from toolkit.workbook.finish import State, Verdict, hygiene, verify_file

CHANGED = 1
"""Exit code: a file was changed, or carries something it should not."""
_MEANING = "校验码只能证明报送后有没有改动，不能证明由谁填写。"


def run(options: Namespace) -> int:
    """Verify every file and print one verdict each; a file that cannot be read does not stop the others."""
    judge = _scanned if options.hygiene else _verified
    codes = [_one(Path(name), judge) for name in options.files]
    if not options.hygiene:
        say(_MEANING)
    return UNREADABLE if UNREADABLE in codes else max(codes)


def _one(path: Path, judge: Callable[[Path], tuple[Sequence[str], bool]]) -> int:
    try:
        lines, clean = guarded(partial(judge, path))
    except (Problem, Fault) as problem:
        print(problem, file=sys.stderr)
        return UNREADABLE
    say("\n".join(lines))
    return 0 if clean else CHANGED


def _verified(path: Path) -> tuple[Sequence[str], bool]:
    verdict = verify_file(path)
    return list(_told(path, verdict)), verdict.state is not State.CHANGED


def _told(path: Path, verdict: Verdict) -> Sequence[str]:
    codes = f"（校验码 {'、'.join(verdict.codes)}）" if verdict.state is State.SAME else ""
    lines = [f"{path.name}：{verdict.state.value}{codes}"]
    if verdict.state is State.NONE:
        lines[0] += "（不是用“导出定稿”生成的，或校验码已被去掉）"
    lines += [f"　 {remark}。" for remark in verdict.remarks]
    return lines + [f"　 {change}" for change in verdict.changes]


def _scanned(path: Path) -> tuple[Sequence[str], bool]:
    found = hygiene(path)
    if not found:
        return [f"{path.name}：没有不该带的内容"], True
    return [f"{path.name}：有 {len(found)} 处不该带出的内容", *(f"　 {leftover}" for leftover in found)], False
