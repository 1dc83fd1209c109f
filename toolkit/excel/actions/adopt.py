"""采纳测算得分: scores the rules give into 得分, with total and grade before and after shown first."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.checks.case import Case
from toolkit.core.money import fixed
from toolkit.excel.actions.check import check_copy
from toolkit.excel.chosen import Selection, selection
from toolkit.excel.content import NUMBER, State
from toolkit.excel.dialogs import TickRow
from toolkit.excel.record import Change, record_changes, shown
from toolkit.excel.scores import Proposal, proposals, standing
from toolkit.excel.work import Desk, Work, working
from toolkit.problem import Unreadable
from toolkit.workbook.address import address_of

_HEADINGS = ("采纳", "位置", "指标", "分值", "现得分", "测算得分", "变化")
_ALL, _CANCEL = "全部", "取消"

Offer = tuple[Case, Proposal]


def run(desk: Desk) -> str:
    """Adopt what the officer ticks and return the closing message."""
    with working(desk) as work:
        cases = [review.case for review in check_copy(work).reviews]
        offers = [(case, each) for case in cases for each in proposals(case)]
        if not offers:
            return "没有可以采纳的：各项得分已与测算得分一致，或须由您评分。"
        offered = _offered(desk, offers, selection(desk.live))
        ticked = offered and desk.dialogs.tick(_question(offered), _HEADINGS, [_row(case, each) for case, each in offered])
        if not ticked:
            return "没有采纳，没有改动任何内容。"
        adopted = [offered[number] for number in ticked]
        with desk.live.session("正在采纳测算得分……"), work.writing(beside=True):
            _adopt(work, adopted)
    return _closing(adopted)


def _offered(desk: Desk, offers: list[Offer], chosen: Selection | None) -> list[Offer]:
    """Return the rows in question: those selected where the officer says so, else all."""
    rows = [
        (case, each)
        for case, each in offers
        if chosen is not None and case.form.sheet == chosen.sheet and each.row in chosen.rows
    ]
    if not rows or len(rows) == len(offers):
        return offers
    only = f"选中的 {len(rows)} 行"
    answer = desk.dialogs.choose(f"测算得分与“得分”不同的共 {len(offers)} 行。采纳哪些？", (only, _ALL, _CANCEL))
    return rows if answer == 0 else offers if answer == 1 else []


def _row(case: Case, each: Proposal) -> TickRow:
    weight, filled = ("" if number is None else fixed(number) for number in (each.weight, each.filled))
    place = f"{case.form.sheet}!{each.cell.address}"
    cells = (place, each.name, weight, filled, fixed(each.computed), each.difference)
    return TickRow(cells, ticked=not each.rises, warned=each.rises)


def _question(offered: Sequence[Offer]) -> str:
    lines = []
    for case in dict.fromkeys(case.form.sheet for case, _ in offered):
        own = [(each, found) for each, found in offered if each.form.sheet == case]
        form = own[0][0]
        lowering = [each for _, each in own if not each.rises]
        parts = [f"{case}　现在：{standing(form)}"]
        if lowering:
            parts.append(f"采纳已勾选的：{standing(form, lowering)}")
        if len(lowering) < len(own):
            parts.append(f"连同调高的全部采纳：{standing(form, [each for _, each in own])}")
        lines.append("；".join(parts) + "。")
        if form.form.total_score.text and not form.form.total_score.blank and _typed(form):
            lines.append("总分是手工填写的，采纳后请一并核对。")
    return "\n".join([*lines, "得分调高的，请逐行确认后勾选；采纳情况记入“修改记录”，可以撤销。"])


def _typed(case: Case) -> bool:
    from toolkit.core.form import Origin

    return case.form.total_score.origin is Origin.TYPED


def _adopt(work: Work, adopted: Sequence[Offer]) -> None:
    changes = []
    for name in dict.fromkeys(case.form.sheet or "" for case, _ in adopted):
        saved = work.before.sheet(name)
        if saved is None:
            raise Unreadable(work.live.name, f"里没有工作表“{name}”", "请保存后再按一次")
        wanted = saved.edited()
        for case, each in adopted:
            if case.form.sheet == name:
                place = (each.row, each.column)
                wanted.put(place, State(NUMBER, repr(float(each.computed))))
                marked = "（调高）" if each.rises else ""
                item = f"{case.form.project_name.text.strip()}·{each.name}·得分{marked}"
                changes.append(Change(name, address_of(*place), item, shown(saved, place), fixed(each.computed)))
        work.repaint(wanted)
    record_changes(work, changes)


def _closing(adopted: Sequence[Offer]) -> str:
    rising = sum(each.rises for _, each in adopted)
    parts = [f"已采纳 {len(adopted)} 行测算得分" + (f"，其中调高 {rising} 行" if rising else "")]
    for name in dict.fromkeys(case.form.sheet for case, _ in adopted):
        case = next(case for case, _ in adopted if case.form.sheet == name)
        own = [each for other, each in adopted if other.form.sheet == name]
        parts.append(f"{name}：{standing(case)} → {standing(case, own)}")
    return "；".join(parts) + "。改动已记入“修改记录”，可按“撤销上次操作”恢复。"
