"""Amounts that stand beside labels of their own (预算数：420万元), outside any table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from toolkit.intake.foreign.model import Piece
from toolkit.intake.foreign.parts import Part
from toolkit.intake.foreign.words import bare, find_word

_FIELDS = ("initial_budget", "annual_budget", "executed", "rate", "score")
_AMOUNTS = _FIELDS[:3]
_GLUED = re.compile(r"^([^:：]{2,16})[:：]\s*(\S.*)$")
_AMOUNT = re.compile(r"[¥￥]?[-－]?\d[\d,，]*(?:\.\d+)?\s*(?:%|％|万?元)?(?:\s*[（(][^（）()]*[）)])?")
"""A remark in brackets may stand behind it; such an amount is kept as it is printed."""
_LEAD = re.compile(r"^其中\s*[:：]?\s*")

Line = tuple[Piece, dict[str, Piece]]
"""The cell that names a row, and its amounts by field."""
Labelled = tuple[Piece, str, Piece]
"""The cell of a label, what it says, and the cell of its amount."""


def read_amounts(part: Part, last: int) -> Iterator[Line]:
    """Yield the total named by its labels (预算数/执行数), then the sources; nothing where only one amount is labelled."""
    found = list(_labelled(part, last))
    of_sources = {label.row for label, _, _ in found if _begins_with_source(part, label.row)}
    total: dict[str, tuple[Piece, str, Piece]] = {}
    for label, text, value in found:
        match = find_word(text, "fund")
        if match is not None and match.field in _FIELDS and match.field not in total and label.row not in of_sources:
            total[match.field] = (label, text, value)
    amounts = [field for field in _AMOUNTS if field in total]
    if len(amounts) < 2:
        return
    name = "/".join(bare(total[field][1]) for field in amounts)
    yield replace(total[amounts[0]][0], text=name), {field: value for field, (_, _, value) in total.items()}
    yield from _sources(found, amounts, [total[field][0] for field in amounts])


def _begins_with_source(part: Part, row: int) -> bool:
    """Tell whether a row is that of a source: 其中：财政拨款 stands before its amounts."""
    first = part.grid.row(row)[0].text
    source = find_word(_LEAD.sub("", first), "kind")
    return source is not None and (source.field != "total" or _LEAD.match(first) is not None)


def _sources(found: list[Labelled], fields: list[str], labels: list[Piece]) -> Iterator[Line]:
    """Yield the sources; which amount a source is of is told by the label before it in its row, or by their order."""
    by_name: dict[str, list[Labelled]] = {}
    for label, text, value in found:
        if find_word(text, "kind") is not None and find_word(text, "fund") is None:
            by_name.setdefault(bare(text), []).append((label, text, value))
    for each in by_name.values():
        label, text, _ = each[0]
        if len(each) == len(fields):
            yield replace(label, text=text), {field: value for field, (_, _, value) in zip(fields, each, strict=True)}
            continue
        beside = [(field, head) for field, head in zip(fields, labels, strict=True) if head.row == label.row]
        before = [field for field, head in beside if head.column < label.column]
        if len(each) == 1 and before:
            yield replace(label, text=text), {before[-1]: each[0][2]}


def _labelled(part: Part, last: int) -> Iterator[Labelled]:
    """Yield labels with their amounts, beside them or in the same cell."""
    for piece in part.grid.between(part.first, last):
        glued = _GLUED.match(_LEAD.sub("", piece.text))
        if glued and _AMOUNT.fullmatch(glued[2].strip()):
            yield piece, glued[1], replace(piece, text=glued[2].strip())
            continue
        name = _LEAD.sub("", piece.text)
        if find_word(name, "fund") is None and find_word(name, "kind") is None:
            continue
        value = part.grid.right_of(piece)
        if value is not None and _AMOUNT.fullmatch(value.text.strip()):
            yield piece, name, value
