"""selfeval fill: a form filled from data that exists already."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from toolkit.cli.backup import keep_copy, target_of
from toolkit.cli.new import tell_written
from toolkit.cli.projects import projects_asked_for, with_projects
from toolkit.cli.sources import find_schemes, read_anything
from toolkit.guard import UNREADABLE


def run(options: Namespace) -> int:
    """Write a workbook filled from the source."""
    from toolkit.workbook.template import build_workbook

    path = Path(options.source)
    schemes = find_schemes(options.scheme)
    target = target_of(options.output, (".xlsx",))
    source, approved = read_anything(path)
    scheme, reason = schemes.choose_one(path, source.forms)
    projects = projects_asked_for(options.projects, [path])
    forms = [with_projects(form, projects) for form in source.forms]
    copy = keep_copy(target)
    build_workbook(target, forms, scheme, approved=approved or options.approved)
    for remark in source.remarks:
        print(f"{path.name}：{remark}", file=sys.stderr)
    tell_written(str(target), f"评分标准：{scheme.title}，{reason}", copy)
    return UNREADABLE if projects and projects.failed else 0
