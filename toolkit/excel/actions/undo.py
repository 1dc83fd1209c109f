"""撤销上次操作: every cell the last action wrote is what it was; what the officer changed since stays."""

from __future__ import annotations

from pathlib import Path

from toolkit.addin.call import ACTIONS
from toolkit.excel.areas import Place
from toolkit.excel.content import SavedBook, State
from toolkit.excel.journal import Record
from toolkit.excel.painting import restore
from toolkit.excel.work import Desk, Work, working
from toolkit.problem import Unreadable
from toolkit.workbook.address import address_of

_NAMED = 8
"""Cells that are named in the message."""


def run(desk: Desk) -> str:
    """Undo the last action done to the open workbook and return the closing message."""
    record = desk.journal.last()
    if record is None:
        return f"“{desk.live.name}”没有可以撤销的操作。工作簿改名或另存以后，之前的操作不能再撤销，可以从备份找回。"
    copy = Path(record.copy)
    if not copy.exists():
        raise Unreadable(copy, "已被删除，撤销不了", "请从工作簿旁边的“_备份_”文件找回")
    with desk.live.session("正在撤销……"), working(desk) as work, SavedBook(copy) as wanted:
        kept = _go_back(work, record, wanted)
    return _closing(record, kept)


def _go_back(work: Work, record: Record, wanted: SavedBook) -> list[str]:
    """Write what was before, and return the cells that the officer changed since."""
    desk = work.desk
    kept: list[str] = []
    chosen: dict[str, set[Place]] = {}
    for name in record.touched:
        now, before = work.before.sheet(name), wanted.sheet(name)
        if now is None:
            continue
        left = record.states(name)
        changed = {place for place, state in left.items() if state is not None and not _same(now.state(place), state)}
        if before is None:
            changed |= {place for place in now.states if place not in left}
            if changed:
                kept.append(f"工作表“{name}”")
                continue
        else:
            kept += [f"{name}!{address_of(*place)}" for place in sorted(changed) if now.state(place) != before.state(place)]
        chosen[name] = left.keys() - changed
    with work.safely(desk.journal.keep(work.path, desk.moment)):
        restore(work.live, work.before, wanted, lambda name, place: place in chosen.get(name, ()), chosen)
        work.live.settle()
        desk.journal.undo(record, desk.moment)
    return kept


def _same(now: State, left: State) -> bool:
    """Tell whether a cell still holds what was left there; programs write formulas with blanks of their own."""
    return now == left or (bool(left.formula) and _bare(now.formula) == _bare(left.formula))


def _bare(formula: str) -> str:
    return "".join(formula.split()).lower()


def _closing(record: Record, kept: list[str]) -> str:
    done = f"已撤销“{ACTIONS.get(record.action, record.action)}”（{record.when.replace('T', ' ')}）。"
    if not kept:
        return done
    more = f"等 {len(kept)} 格" if len(kept) > _NAMED else ""
    return f"{done}您手工输入的内容不受影响：{'、'.join(kept[:_NAMED])}{more}在那之后改过，没有动。"
