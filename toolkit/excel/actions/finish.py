"""导出定稿: the submission's folder from the open workbook, saved or not; open 错误 are named first."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from toolkit.checks import Severity
from toolkit.checks.finding import Finding
from toolkit.cli.check import Checked
from toolkit.cli.finish import Asked, Made, make_folders
from toolkit.cli.sources import find_schemes
from toolkit.excel.actions.check import check_copy
from toolkit.excel.outputs import can_write, captured
from toolkit.excel.work import Desk, Work, working
from toolkit.problem import Unwritable

_CORRECT, _DESPITE, _CANCEL = "去修改", "填写原因并导出", "取消"
_NAMED = 10
"""Cells with 错误 that are named in the question."""
_CANCELLED = "没有导出，没有生成任何材料。"
_WHY = "请写明带着错误报送的原因（会记入检查结果、邮件正文和送审单）："


def run(desk: Desk) -> str:
    """Make the folder and return the closing message."""
    with working(desk) as work:
        checked = check_copy(work)
        wrong = [found for review in checked.reviews for found in review.findings if _open(found)]
        reason = ""
        if wrong:
            answer = desk.dialogs.choose(_question(wrong), (_CORRECT, _DESPITE, _CANCEL))
            if answer == 0:
                return _go_to(desk, wrong[0])
            reason = (desk.dialogs.ask(_WHY) or "").strip() if answer == 1 else ""
            if not reason:
                return _CANCELLED
        place = _place(desk)
        return _CANCELLED if place is None else _export(work, checked, place, reason)


def _open(found: Finding) -> bool:
    return found.severity is Severity.ERROR and not found.undecidable


def _question(wrong: Sequence[Finding]) -> str:
    cells = list(dict.fromkeys(found.cells[0].address or found.cells[0].field for found in wrong))
    named = "、".join(cells[:_NAMED]) + (" 等" if len(cells) > _NAMED else "")
    return f"还有 {len(wrong)} 处错误未改正（{named}），现在导出的文件将注明“带错误导出”及原因。"


def _go_to(desk: Desk, found: Finding) -> str:
    cell = found.cells[0]
    if cell.sheet and cell.address:
        sheet = desk.live.sheet(cell.sheet)
        sheet.activate()
        sheet.range(cell.address).select()
    return f"{found.message}。{found.fix}".replace("。。", "。")


def _place(desk: Desk) -> Path | None:
    """Return the folder the submission goes to: the workbook's own, else the one the officer chooses."""
    if desk.live.folder is not None and can_write(desk.live.folder):
        return desk.live.folder
    chosen = desk.dialogs.folder("工作簿不在本机可写的文件夹里，请选择报送材料放在哪里", None)
    if chosen is not None and not can_write(chosen):
        raise Unwritable(chosen, "不能写入", "请换一个文件夹再导出")
    return chosen


def _export(work: Work, checked: Checked, place: Path, reason: str) -> str:
    desk = work.desk
    asked = Asked(place=place, schemes=find_schemes(None), reason=reason, moment=desk.moment)
    with desk.live.session("正在导出定稿……"), captured() as said:
        made = make_folders([checked], asked)
    if made is None:
        return said.getvalue().strip()
    return "\n".join(line for each in made for line in _told(each))


def _told(made: Made) -> list[str]:
    files = [name for name in made.filled.files if "/" not in name]
    listed = "\n".join(f"　　{name}" for name in files)
    return [f"已生成 {made.target}，共 {len(made.filled.files)} 个文件：\n{listed}", *made.filled.remarks, f"表的副本留在 {made.backup}。"]
