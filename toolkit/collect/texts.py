"""存在问题 as a form or its report tells it, and texts that are the same after folding."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from toolkit.checks.rows import bare
from toolkit.collect.model import Entry
from toolkit.core.document import Document
from toolkit.core.form import Form

_FACT = "存在问题"
_LEAST = 10
"""Characters below which a text says too little to be called the same."""
_HEADING = re.compile(r"[（(]?[一二三四五六七八九十\d]+[）)、.．]\s*[^。；]{0,20}$")
_ABOUT = re.compile(r"问题")


@dataclass(frozen=True, slots=True)
class Same:
    """Forms whose 存在问题 are the same."""

    text: str
    entries: tuple[Entry, ...]


def problems_of(form: Form, report: Document | None) -> str:
    """Return 存在问题: from 报告要素, else the paragraphs below the heading of the report that names them."""
    fact = form.facts.get(_FACT)
    if fact is not None and not fact.blank:
        return fact.text.strip()
    return "" if report is None else "\n".join(_below_heading(cell.text.strip() for cell in report.paragraphs))


def _below_heading(paragraphs: Iterable[str]) -> Iterator[str]:
    inside = False
    for text in paragraphs:
        if _HEADING.match(text):
            inside = _ABOUT.search(text) is not None
        elif inside and text:
            yield text


def same_texts(entries: Sequence[Entry]) -> list[Same]:
    """Return the groups of projects whose 存在问题 are the same but for blanks, punctuation and full-width characters."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        folded = bare(entry.head.problems)
        if len(folded) >= _LEAST:
            groups.setdefault(folded, []).append(entry)
    return [Same(group[0].head.problems, tuple(group)) for group in groups.values() if len(group) > 1]
