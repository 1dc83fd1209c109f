"""What merge prints: what can be filled in, what has to be asked or decided, and how."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toolkit.sections import Decision, Merged, Plan, State
from toolkit.sections.merge import who

_TO_DECIDE = (State.CONFLICT, State.HELD, State.UNCLEAR, State.CHANGED, State.OUTDATED)
_ABSENT = (State.EMPTY, State.MISSING)


def merged_lines(plan: Plan, merged: Merged, unread: Sequence[str]) -> Iterator[str]:
    """Yield the result, form by form, then what was left over."""
    yield from _sections(plan, merged)
    for place, form in enumerate(plan.forms):
        own = [each for each in merged.decisions if each.item.place == place]
        if own:
            yield f"━━ {form.project_name.text.strip() or '（没有项目名称）'}{f'（{form.year} 年度）' if form.year else ''}：{_counted(own)}"
            yield from _form_lines(own)
    yield from _left_over(merged, unread)


def _sections(plan: Plan, merged: Merged) -> Iterator[str]:
    received = merged.received or {}
    got = [name for name in plan.by_section if received.get(name)]
    late = [name for name in plan.by_section if not received.get(name)]
    more = "".join(f"，{name}有 {received[name]} 份" for name in got if received[name] > 1)
    waiting = f"没有收到 {'、'.join(late)}" if late else "已收齐"
    yield f"收到 {'、'.join(got) or '0 个股室'}{more}；{waiting}。"


def _counted(own: Sequence[Decision]) -> str:
    counts = {state: sum(each.state is state for each in own) for state in State}
    return f"{len(own)} 个指标，" + "，".join(f"{state} {count}" for state, count in counts.items() if count)


def _form_lines(own: Sequence[Decision]) -> Iterator[str]:
    for each in own:
        if each.state is State.FILLED and each.taken:
            before = f"（原为“{each.replaced}”）" if each.replaced else ""
            note = f"　{each.note}" if each.note else ""
            yield f"　 【填入】{each.item.shown}　{each.value}{before} ← {who(each.taken)}（{each.taken.file}）{note}"
    for each in own:
        if each.state in _TO_DECIDE:
            yield f"　 【{each.state}】{each.item.shown}：{each.note}。没有填。"
            yield f"　　 改法：{each.fix}"
    for state in _ABSENT:
        yield from _absent([each for each in own if each.state is state])


def _absent(own: Sequence[Decision]) -> Iterator[str]:
    """Yield those that wait for the same section in one line."""
    for note in dict.fromkeys(each.note for each in own):
        alike = [each for each in own if each.note == note]
        yield f"　 【{alike[0].state}】{note}：{'、'.join(each.item.shown for each in alike)}。{alike[0].fix}"


def _left_over(merged: Merged, unread: Sequence[str]) -> Iterator[str]:
    for file, why in merged.refused:
        yield f"【没有采用】{file} {why}。请检查是否放错了文件夹；发出后改过项目名称或年度的，请重新发取数表。"
    for row in merged.strays:
        where = f"{row.file} 的 {row.answer.cell}"
        yield f"【没有采用】{where}“{row.answer.name}”填“{row.answer.value}”：{row.note}。请核对后在自评表里直接填。"
    for sentence in unread:
        yield f"【读不了】{sentence}"
