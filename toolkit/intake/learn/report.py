"""What the officer is shown of a blank form that was learned, to be confirmed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from toolkit.intake.foreign import How
from toolkit.intake.learn.model import Learned
from toolkit.intake.learn.table import how_text

_LONGEST = 46


def summary(learned: Learned) -> str:
    """Return in one sentence how much was understood and how."""
    counts = Counter(claim.how for claim in learned.claims)
    ways = "，".join(f"{how.value} {counts[how]} 项" for how in How if counts[how])
    parts = [f"读懂 {len(learned.claims)} 项（{ways}）"]
    if learned.assumed:
        parts.append(f"表上没有写、另取的 {len(learned.assumed)} 项")
    if learned.unread:
        parts.append(f"没有读懂或没有采用 {len(learned.unread)} 处")
    if learned.contradictions:
        parts.append(f"前后矛盾 {len(learned.contradictions)} 处")
    return "；".join(parts) + "。"


def report_lines(learned: Learned) -> Iterator[str]:
    """Yield the lines that show everything: what was read where and how, what was not."""
    yield "【读懂的】参数：值　（出处；怎样认出）"
    for claim in learned.claims:
        yield f"　{claim.label}：{_short(claim.value)}　（{claim.place}；{_short(how_text(claim))}）"
    for claim in learned.confirmed:
        yield f"　与本工具的算法相同：{claim.value}　（{claim.place}；“{_short(claim.text)}”）"
    if learned.assumed:
        yield "【表上没有写的】参数：值　（怎样取的）"
        yield from (f"　{label}：{_short(value)}　（{reason}）" for label, (value, reason) in learned.assumed.items())
    if learned.contradictions:
        yield "【前后矛盾，请核对】"
        yield from (f"　{sentence}" for sentence in learned.contradictions)
    if learned.unread:
        yield "【没有读懂或没有采用的】"
        yield from (f"　{each.place}“{_short(each.text)}”：{each.reason}" for each in learned.unread)
    if learned.notes:
        yield "【说明】"
        yield from (f"　{note}" for note in learned.notes)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
