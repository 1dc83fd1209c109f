"""selfeval fill: a form filled from data that exists already."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

from toolkit.cli.backup import keep_copy, target_of
from toolkit.cli.new import tell_written
from toolkit.cli.projects import projects_asked_for, with_projects
from toolkit.cli.sources import find_schemes, read_anything
from toolkit.core.columns import own_key
from toolkit.core.form import Form
from toolkit.core.scheme import Scheme
from toolkit.guard import UNREADABLE


def run(options: Namespace) -> int:
    """Write a workbook filled from the source."""
    from toolkit.workbook.template import build_workbook

    path = Path(options.source)
    schemes = find_schemes(options.scheme)
    target = target_of(options.output, (".xlsx",))
    source, approved = read_anything(path, schemes.own_headings())
    scheme, reason = schemes.choose_one(path, source.forms)
    projects = projects_asked_for(options.projects, [path])
    forms = [with_projects(form, projects) for form in source.forms]
    copy = keep_copy(target)
    build_workbook(target, forms, scheme, approved=approved or options.approved)
    for remark in (*source.remarks, *_without_column(forms, scheme)):
        print(f"{path.name}：{remark}", file=sys.stderr)
    tell_written(str(target), f"评分标准：{scheme.title}，{reason}", copy)
    return UNREADABLE if projects and projects.failed else 0


def _without_column(forms: Sequence[Form], scheme: Scheme) -> Iterator[str]:
    """Name what stands in columns that the scheme's form does not have."""
    printed = {own_key(column.heading) for column in scheme.own_columns}
    rows = [row for form in forms for row in form.indicators]
    held = dict.fromkeys(heading for row in rows for heading, cell in row.own.items() if not cell.blank)
    for heading in held:
        if heading not in printed:
            count = sum(heading in row.own and not row.own[heading].blank for row in rows)
            yield f"“{heading}”一栏填了 {count} 行，{scheme.title}的表没有这一栏，没有带过来；需要的请自行抄录"
