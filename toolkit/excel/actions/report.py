"""生成自评报告: written as the command writes it, into the open workbook; what the officer wrote stays word for word."""

from __future__ import annotations

from toolkit.checks.review import Review
from toolkit.cli.report import Told, write_workbook
from toolkit.cli.sources import find_schemes, read_forms_of
from toolkit.excel.actions.check import closing, take_results
from toolkit.excel.content import SavedBook
from toolkit.excel.work import Desk, working
from toolkit.narrative.stored import RowState
from toolkit.problem import Unreadable
from toolkit.workbook.report.layout import SHEET

_LISTED = 6
"""Missing facts that are named in the message."""


def run(desk: Desk) -> str:
    """Write the report and the check of it, and return the closing message."""
    with desk.live.session("正在生成自评报告……"), working(desk) as work:
        source = read_forms_of(work.path)
        if source.foreign or work.before.sheet(SHEET) is None:
            remedy = "请用 selfeval fill 转成自评表工作簿后再生成，或用 selfeval report 本文件 -o 报告.docx 直接生成 Word 报告"
            raise Unreadable(desk.live.name, f"里没有工作表“{SHEET}”，报告没有地方写", remedy)
        told = work.folder / f"有报告{work.path.suffix}"
        done = write_workbook(source, told, find_schemes(None))
        desk.live.say("正在写入自评报告……")
        with SavedBook(told) as after, work.writing():
            wanted = after.sheet(SHEET)
            if wanted is not None:
                work.repaint(wanted)
            take_results(work, told, done.checked.reviews)
    return _closing(done, done.checked.reviews)


def _closing(done: Told, reviews: tuple[Review, ...]) -> str:
    reports = [each.report for each in done.written]
    omitted = [omission for report in reports for omission in report.omissions]
    facts = list(dict.fromkeys(fact for omission in omitted for fact in omission.facts))
    pending = sum(block.pending for report in reports for block in report.blocks)
    edited = sum(len(each.renewed.of(RowState.EDITED, RowState.ORPHANED)) for each in done.written)
    suggested = sum(len(each.renewed.suggested) for each in done.written)
    lines = [f"自评报告已写入“{SHEET}”。"]
    if edited:
        beside = f"，其中 {suggested} 段旁边放了新的建议稿" if suggested else ""
        lines.append(f"您改写过的 {edited} 段没有动{beside}。")
    if omitted:
        more = f"等 {len(facts)} 项" if len(facts) > _LISTED else ""
        lines.append(f"因为没有填报告要素，略去 {len(omitted)} 句：{'、'.join(facts[:_LISTED])}{more}。填好后再按一次即可补上。")
    if pending:
        lines.append(f"有 {pending} 段标着待完善，只有您知道，请补充。")
    return "\n".join([*lines, closing(reviews)])
