"""From drafts to blocks: headings without content go, those that stay are numbered without gaps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from toolkit.narrative.model import Block, BlockKind
from toolkit.narrative.value import Ledger
from toolkit.narrative.wording import chinese_number

_TO_COMPLETE = "【本节请填写】"
"""What stands under a chapter for which nothing is known."""
TO_FILL = "【请"
"""How every request to the officer begins that stands in a text."""
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(frozen=True, slots=True)
class Draft:
    """A block with marked texts, not yet numbered.

    Attributes:
        texts: one for each cell.
        inline: a heading that begins the paragraph below it.
        blank: what a chapter says that has nothing to say.
        kept: a heading that says something itself and stays with nothing below it.
    """

    key: str
    kind: BlockKind
    texts: tuple[str, ...]
    level: int = 0
    pending: bool = False
    head: bool = False
    inline: bool = False
    blank: str = ""
    kept: bool = False


def arrange(drafts: Sequence[Draft], numbering: Sequence[str], ledger: Ledger) -> Iterator[Block]:
    """Yield the blocks of a report in order."""
    for draft in _joined(_numbered(list(_with_content(drafts)), numbering)):
        cells = tuple(ledger.runs(text) for text in draft.texts)
        pending = draft.pending or any(TO_FILL in text for text in draft.texts)
        yield Block(draft.key, draft.kind, cells, draft.level, pending, draft.head)


def _with_content(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Leave out headings below which nothing stands; a chapter gets a text to be completed instead."""
    for place, draft in enumerate(drafts):
        if draft.kind is not BlockKind.HEADING or draft.kept:
            yield draft
            continue
        below = _below(drafts, place)
        if below or draft.level == 1:
            yield draft
        if not below and draft.level == 1:
            text = draft.blank or _TO_COMPLETE
            yield Draft(f"{draft.key}·补", BlockKind.PARAGRAPH, (text,), pending=not draft.blank)


def _below(drafts: Sequence[Draft], place: int) -> bool:
    """Tell whether something stands below the heading at ``place``, before one of its level or above."""
    for draft in drafts[place + 1 :]:
        if draft.kind is not BlockKind.HEADING:
            return True
        if draft.level <= drafts[place].level:
            return False
        if draft.kept:
            return True
    return False


def _numbered(drafts: Sequence[Draft], numbering: Sequence[str]) -> Iterator[Draft]:
    counts = [0] * (len(numbering) + 1)
    for draft in drafts:
        if draft.kind is not BlockKind.HEADING:
            yield draft
            continue
        counts[draft.level] += 1
        counts[draft.level + 1 :] = [0] * (len(counts) - draft.level - 1)
        number = _number(numbering[draft.level - 1], counts[draft.level])
        yield replace(draft, texts=(number + draft.texts[0],))


def _number(pattern: str, count: int) -> str:
    """Return the number as the outline writes its first: 一、 is 二、 for 2, （1） is （2）, ① is ②."""
    if "①" in pattern:
        return pattern.replace("①", _CIRCLED[count - 1] if count <= len(_CIRCLED) else f"（{count}）")
    if "一" in pattern:
        return pattern.replace("一", chinese_number(count))
    return pattern.replace("1", str(count))


def _joined(drafts: Iterator[Draft]) -> Iterator[Draft]:
    """Let an inline heading begin the paragraph below it."""
    waiting: Draft | None = None
    for draft in drafts:
        if waiting is not None:
            if draft.kind is BlockKind.PARAGRAPH:
                draft = replace(draft, texts=(f"{waiting.texts[0]}。{draft.texts[0]}",))
            else:
                yield waiting
            waiting = None
        if draft.inline and draft.kind is BlockKind.HEADING:
            waiting = draft
        else:
            yield draft
    if waiting is not None:
        yield waiting
