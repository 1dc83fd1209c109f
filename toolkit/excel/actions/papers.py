"""送审单 and 系统录入表: workbooks of their own beside the form, for inside use; the open workbook stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from toolkit.addin.call import ACTIONS
from toolkit.cli.finish import groups_of
from toolkit.cli.finished import Finishing
from toolkit.cli.sources import find_schemes
from toolkit.excel.actions.check import check_copy
from toolkit.excel.outputs import free_file, made_and_shown, output_folder
from toolkit.excel.work import Desk, working
from toolkit.submission.entry import write_entry
from toolkit.submission.model import Submission
from toolkit.submission.naming import next_draft
from toolkit.submission.sign_off import write_sign_off

_WRITERS: dict[str, Callable[[Path, Submission], None]] = {"sign-off": write_sign_off, "entry": write_entry}
_INTERNAL = "内部使用"
_HANDED = "报送"


def run(desk: Desk) -> str:
    """Write the paper, open it, and return the closing message."""
    with desk.live.session(f"正在生成{ACTIONS[desk.action]}……"), working(desk) as work:
        checked = check_copy(work)
        folder = output_folder(desk)
        made = []
        for group in groups_of([checked]):
            draft = next_draft(folder, _HANDED, group.year, group.unit)
            finishing = Finishing(group.unit, group.year, draft, find_schemes(None), desk.moment, "", pdf=False)
            submission = finishing.submission(group.sources, folder)
            path = free_file(folder, ACTIONS[desk.action], desk.live.stem, _INTERNAL)
            _WRITERS[desk.action](path, submission)
            made.append(path)
    shown = [made_and_shown(desk.live.app, path) for path in made]
    return "\n".join([*shown, "仅供内部使用，不随材料报送。"])
