"""Heads and details as texts for the store, and back."""

from __future__ import annotations

import json
from dataclasses import fields
from sys import intern
from typing import Any

from toolkit.collect.model import Amount, Details, Head, Line, Told

_LONG = 60
_AMOUNTS = [place for place, field in enumerate(fields(Head)) if field.name in ("amounts", "carried")]
_TUPLES = ("bounds", "tally", "waiting", "answers")
_PLACES = [place for place, field in enumerate(fields(Head)) if field.name in _TUPLES]


def head_text(head: Head) -> str:
    """Return a head as a text."""
    values = _values(head)
    for place in _AMOUNTS:
        values[place] = [_values(amount) for amount in values[place]]
    return _text(values)


def head_from(text: str) -> Head:
    """Return the head that a text holds.

    Raises:
        ValueError: the text holds none; so do ``TypeError`` and ``IndexError``.
    """
    values = _shared(json.loads(text))
    for place in _AMOUNTS:
        values[place] = tuple([Amount(*_shared(amount)) for amount in values[place]])
    for place in _PLACES:
        values[place] = tuple([tuple(_shared(each)) if isinstance(each, list) else each for each in _shared(values[place])])
    return Head(*values)


def _shared(values: list[Any]) -> list[Any]:
    """Put the one copy of a text that stands in thousands of forms in the place of each."""
    return [intern(each) if type(each) is str and len(each) < _LONG else each for each in values]


def details_text(details: Details) -> str:
    """Return details as a text."""
    return _text([[_values(each) for each in part] for part in (details.findings, details.lines)])


def details_from(text: str) -> Details:
    """Return the details that a text holds."""
    findings, lines = json.loads(text)
    return Details(tuple(Told(*each) for each in findings), tuple(Line(*each) for each in lines))


def _values(record: Any) -> list[Any]:
    return [getattr(record, field.name) for field in fields(record)]


def _text(values: list[Any]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
