"""What the officer is told about a foreign form: what was recognised how, and what was left."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.core.form import Form
from toolkit.intake.foreign.model import ForeignForms, How, Leftover, Recognised

_LISTED = 6
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
    counts = [(how, sum(one.how is how for one in each)) for how in How]
    return "，".join(f"{how.value} {count} 处" for how, count in counts if count)


def _doubtful(form: Form, recognised: tuple[Recognised, ...], several: bool) -> Iterator[str]:
    """Yield what was taken by an alias, by likeness or by order."""
    named = f"“{form.project_name.text}”" if several else ""
    aliases = [f"“{_short(one.text)}”作“{one.field}”" for one in recognised if one.how is How.ALIAS and one.text != one.field]
    if aliases:
        yield f"{named}按别名认出：{'、'.join(dict.fromkeys(aliases))}。"
    near = [f"“{_short(one.text)}”（{one.place}）当作“{one.field}”，把握 {one.confidence:.0%}" for one in recognised if one.how is How.SUGGESTED]
    if near:
        yield f"{named}名称只是相近，请核对：{'；'.join(near)}。"
    moved = [f"{one.place}“{_short(one.text)}”" for one in recognised if one.how is How.SHIFTED]
    if moved:
        yield f"{named}格子错位、按次序读取的行，请核对：{'、'.join(moved)}。"


def _listed(leftovers: tuple[Leftover, ...]) -> str:
    shown = [f"{each.place}“{_short(each.text)}”（{each.reason}）" for each in leftovers[:_LISTED]]
    return "；".join(shown) + (f"；等 {len(leftovers)} 处" if len(leftovers) > _LISTED else "")


def _short(text: str) -> str:
    bare = "".join(text.split())
    return bare if len(bare) <= _LONGEST else bare[: _LONGEST - 1] + "…"
