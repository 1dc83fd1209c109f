"""check -o: the officer's workbook with 检查结果 filled, or a filled template when the source is not ours."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from toolkit.checks.review import Review
from toolkit.cli.sources import WORKBOOKS, Source

Check = Callable[[Path], tuple[Source, Sequence[Review]]]
"""Reads and checks a workbook."""


def write_result(source: Source, reviews: Sequence[Review], target: Path, check: Check) -> None:
    """Write a copy of the source in which 检查结果 is filled and nothing else changed.

    Somebody else's workbook gets the sheet 检查结果 added. A source that is not a workbook is first filled into the
    template and checked there, so that every finding has its cell.

    Args:
        source: what was checked.
        reviews: what was found, one for each form.
        target: where to.
        check: checks the filled template in the same way.

    Raises:
        Unwritable: the target cannot be written; nothing is left behind.
    """
    from toolkit.workbook.results.write import write_results

    if source.foreign and source.path.suffix.lower() in WORKBOOKS:
        from toolkit.workbook.results.added import add_results

        add_results(source.path, target, reviews, source.answers)
        return
    if source.path.suffix.lower() in WORKBOOKS:
        write_results(source.path, target, reviews, source.answers)
        return
    from toolkit.workbook.template import build_workbook

    with tempfile.TemporaryDirectory() as work:
        filled = Path(work) / "自评表.xlsx"
        build_workbook(filled, source.forms, reviews[0].case.scheme)
        placed, found = check(filled)
        write_results(filled, target, found, placed.answers)
