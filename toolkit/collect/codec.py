"""Heads and details as texts for the store, and back."""

from __future__ import annotations

import json
from sys import intern
from typing import Any

from toolkit.collect.model import Amount, Details, Head, Line, Told

_LONG = 60
_AMOUNTS = [Head._fields.index(name) for name in ("amounts", "carried")]
_TUPLES = [Head._fields.index(name) for name in ("bounds", "tally", "waiting", "answers")]


def head_text(head: Head) -> str:
    """Return a head as a text."""
    return _text(head)


def head_from(text: str) -> Head:
    """Return the head that a text holds.

    Raises:
        ValueError: the text holds none; so do ``TypeError`` and ``IndexError``.
    """
    values = _shared(json.loads(text))
    for place in _AMOUNTS:
        values[place] = tuple([Amount(*_shared(amount)) for amount in values[place]])
    for place in _TUPLES:
        values[place] = tuple([tuple(_shared(each)) if isinstance(each, list) else each for each in _shared(values[place])])
    return Head(*values)


def _shared(values: list[Any]) -> list[Any]:
    """Put the one copy of a text that stands in thousands of forms in the place of each."""
    return [intern(each) if type(each) is str and len(each) < _LONG else each for each in values]


def details_text(details: Details) -> str:
    """Return details as a text."""
    return _text((details.findings, details.lines))


def details_from(text: str) -> Details:
    """Return the details that a text holds."""
    findings, lines = json.loads(text)
    return Details(tuple(Told(*each) for each in findings), tuple(Line(*each) for each in lines))


def _text(values: tuple[Any, ...]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
