"""selfeval fill: a form filled from data that exists already."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from toolkit.cli.backup import keep_copy, target_of
from toolkit.cli.new import tell_written
from toolkit.cli.sources import WORKBOOKS, Source, find_schemes, read_approved, read_source
from toolkit.problem import Unreadable


def run(options: Namespace) -> int:
    """Write a workbook filled from the source."""
    from toolkit.workbook.template import build_workbook

    path = Path(options.source)
    schemes = find_schemes(options.scheme)
    target = target_of(options.output, (".xlsx",))
    source, approved = _read(path)
    scheme, reason = schemes.choose(source.forms[0])
    copy = keep_copy(target)
    build_workbook(target, source.forms, scheme, approved=approved or options.approved)
    for remark in source.remarks:
        print(f"{path.name}：{remark}", file=sys.stderr)
    tell_written(str(target), f"评分标准：{scheme.title}，{reason}", copy)
    return 0


def _read(path: Path) -> tuple[Source, bool]:
    """Read a form; a source that holds only approved goals gives a form without results, its targets locked."""
    if path.suffix.lower() == ".json":
        return read_source(path), False
    if path.suffix.lower() in WORKBOOKS:
        try:
            source = read_source(path)
        except Unreadable:
            source = None
        if source is not None and any(form.indicators for form in source.forms):
            return source, False
    goals = read_approved(path)
    sheet = goals[0].sheet
    remark = f"按绩效目标填表，取自工作表“{sheet}”，共 {len(goals[0].indicators)} 个指标；实际完成值和得分待填。"
    return Source(path, goals, remarks=(remark,)), True
