"""selfeval new: a blank form."""

from __future__ import annotations

import sys
from argparse import Namespace

from toolkit.cli.backup import keep_copy, target_of
from toolkit.cli.parser import Usage
from toolkit.cli.sources import find_schemes
from toolkit.core.layout import CAPACITY
from toolkit.core.scheme.match import DEFAULT


def run(options: Namespace) -> int:
    """Write a blank form of the scheme asked for (default: the national one)."""
    from toolkit.workbook.template import build_workbook

    if options.indicators is not None and not 1 <= options.indicators <= CAPACITY:
        raise Usage(f"--indicators 应为 1 至 {CAPACITY} 的整数，写的是 {options.indicators}。")
    schemes = find_schemes(options.scheme)
    scheme = schemes.known[schemes.wanted or DEFAULT]
    target = target_of(options.output, (".xlsx", ".xlsm"))
    copy = keep_copy(target)
    build_workbook(target, None, scheme, indicators=options.indicators, approved=options.approved)
    tell_written(str(target), f"评分标准：{scheme.title}", copy)
    return 0


def tell_written(target: str, about: str, copy: object) -> None:
    """Say what was written where, and where the copy of the former file is."""
    print(f"已生成 {target}（{about}）。", file=sys.stderr)
    if copy:
        print(f"原来的同名文件另存为 {copy}。", file=sys.stderr)
