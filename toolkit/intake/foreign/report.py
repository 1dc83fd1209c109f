"""What the officer is told about a foreign form: what was recognised how, and what was left."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.core.form import Form
from toolkit.intake.foreign.model import FUND_ROW, ForeignForms, How, Leftover, Recognised

_LISTED = 12
_HOW = {
    How.EXACT: "与国家表同名的栏目",
    How.ALIAS: "按别名认出",
    How.SUGGESTED: "名称相近、请核对的",
    How.SHIFTED: "错位、按次序读的行",
}
_LONGEST = 16


def remarks(found: ForeignForms) -> Iterator[str]:
    """Yield the sentences about a reading."""
    rows = sum(len(form.indicators) for form in found.forms)
    yield f"不是本工具的自评表，按栏目名称读取：{len(found.forms)} 张表，指标 {rows} 行，{_counts(found)}。请核对后使用。"
    several = len(found.forms) > 1
    for form, recognised in zip(found.forms, found.recognised, strict=True):
        yield from _doubtful(form, recognised, several)
    yield from (f"{note}。" for note in found.notes)
    if found.leftovers:
        yield f"没有采用 {len(found.leftovers)} 处：{_listed(found.leftovers)}。"


def _counts(found: ForeignForms) -> str:
    each = [one for recognised in found.recognised for one in recognised]
    counts = [(words, sum(one.how is how for one in each)) for how, words in _HOW.items()]
    return "，".join(f"{words} {count} 处" for words, count in counts if count)


def _doubtful(form: Form, recognised: tuple[Recognised, ...], several: bool) -> Iterator[str]:
    """Yield what was taken by an alias, by likeness or by order."""
    named = f"“{form.project_name.text}”" if several else ""
    aliases = [f"“{_short(one.text)}”作“{one.field}”" for one in recognised if one.how is How.ALIAS and one.text != one.field]
    if aliases:
        least = min(one.confidence for one in recognised if one.how is How.ALIAS)
        yield f"{named}按别名认出（把握 {least:.0%} 以上）：{'、'.join(dict.fromkeys(aliases))}。"
    near = [one for one in recognised if one.how is How.SUGGESTED]
    headings = [f"“{_short(one.text)}”（{one.place}）当作“{one.field}”，把握 {one.confidence:.0%}" for one in near if one.field != FUND_ROW]
    if headings:
        yield f"{named}名称只是相近，请核对：{'；'.join(headings)}。"
    rows = [f"“{_short(one.text)}”（{one.place}）" for one in near if one.field == FUND_ROW]
    if rows:
        yield f"{named}资金来源的名称少见，按所在位置读作一行资金，请核对：{'、'.join(rows)}。"
    moved = [f"{one.place}“{_short(one.text)}”" for one in recognised if one.how is How.SHIFTED]
    if moved:
        yield f"{named}格子错位、按次序读取的行，请核对：{'、'.join(moved)}。"


def _listed(leftovers: tuple[Leftover, ...]) -> str:
    """Name what was left by its reason: how many cells, and the first of them."""
    by_reason: dict[str, list[Leftover]] = {}
    for each in leftovers:
        by_reason.setdefault(each.reason, []).append(each)
    shown = []
    for reason, found in list(by_reason.items())[:_LISTED]:
        first = f"{found[0].place}“{_short(found[0].text)}”"
        shown.append(f"{reason} {len(found)} 处（{first}{'等' if len(found) > 1 else ''}）")
    return "；".join(shown) + ("；等" if len(by_reason) > _LISTED else "")


def _short(text: str) -> str:
    bare = "".join(text.split())
    return bare if len(bare) <= _LONGEST else bare[: _LONGEST - 1] + "…"
