"""汇总: a folder of forms into one summary, in a process of its own; Excel can be used meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from toolkit.cli.main import main
from toolkit.excel.outputs import can_write, captured, free_file, made_and_shown, own_folder
from toolkit.excel.work import Front

_NAME = "汇总"


def run(front: Front) -> str:
    """Collect the folder that is chosen, open the summary and return the closing message."""
    folder = front.dialogs.folder("选择存放各单位自评表的文件夹（子文件夹一并读取）", None)
    if folder is None:
        return "没有选择文件夹，没有汇总。"
    target = free_file(_place(front, folder), _NAME, folder.name)

    def collect(progress: Callable[[str], None]) -> str:
        with captured(progress) as said:
            main(["collect", str(folder), "-o", str(target)])
        return said.getvalue().strip()

    told = front.dialogs.wait(f"正在汇总 {folder.name}", collect)
    return f"{told}\n{made_and_shown(front.app, target)}" if target.exists() else told


def _place(front: Front, folder: Path) -> Path:
    """Return where the summary goes: beside the folder, for inside it would be collected itself."""
    if can_write(folder.parent):
        return folder.parent
    return own_folder(front.places)
