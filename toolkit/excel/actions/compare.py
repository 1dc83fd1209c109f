"""比较两稿: the open workbook against an earlier draft, as a table that is handed over with the correction."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from toolkit.checks import Stage
from toolkit.checks.review import Review
from toolkit.cli.check import Beside, Failed, check_files
from toolkit.cli.sources import find_schemes
from toolkit.compare.drafts import compare_drafts
from toolkit.compare.table import closing
from toolkit.excel.live import SUFFIXES
from toolkit.excel.outputs import free_file, made_and_shown, output_folder
from toolkit.excel.work import Desk, working
from toolkit.problem import Unreadable
from toolkit.submission.naming import CHANGES
from toolkit.workbook.changes import write_changes_xlsx


def run(desk: Desk) -> str:
    """Compare, open the table and return the closing message."""
    old = desk.dialogs.file("选择上一稿（与现在打开的这一稿比较）", (*SUFFIXES, ".json"), desk.live.folder)
    if old is None:
        return "没有选择上一稿，没有比较。"
    with desk.live.session("正在比较两稿……"), working(desk) as work:
        compared = compare_drafts(_reviews(old), _reviews(work.path))
        path = free_file(output_folder(desk), CHANGES, desk.live.stem)
        write_changes_xlsx(path, compared)
    return f"与“{old.name}”比较：{closing(compared)}\n{made_and_shown(desk.live.app, path)}"


def _reviews(path: Path) -> Sequence[Review]:
    # Each draft by itself: a 说明 for the whole unit in one of them says nothing of the other.
    (done,) = check_files([path], find_schemes(None), Beside((), None, Stage.SELF_EVALUATION))
    if isinstance(done, Failed):
        raise done.problem
    if done.report:
        raise Unreadable(path, "是报告，不是自评表", "请选择上一稿的自评表工作簿")
    return done.reviews
