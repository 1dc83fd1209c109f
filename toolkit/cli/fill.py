"""selfeval fill: a form filled from data that exists already."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from toolkit.cli.backup import keep_copy, target_of
from toolkit.cli.new import tell_written
from toolkit.cli.sources import find_schemes, read_anything


def run(options: Namespace) -> int:
    """Write a workbook filled from the source."""
    from toolkit.workbook.template import build_workbook

    path = Path(options.source)
    schemes = find_schemes(options.scheme)
    target = target_of(options.output, (".xlsx",))
    source, approved = read_anything(path)
    scheme, reason = schemes.choose(source.forms[0])
    copy = keep_copy(target)
    build_workbook(target, source.forms, scheme, approved=approved or options.approved)
    for remark in source.remarks:
        print(f"{path.name}：{remark}", file=sys.stderr)
    tell_written(str(target), f"评分标准：{scheme.title}，{reason}", copy)
    return 0
