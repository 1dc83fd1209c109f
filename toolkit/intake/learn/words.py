"""The words and patterns of words.toml, compiled once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Pattern:
    """A sentence that says something.

    Attributes:
        label: the setting, "" for none.
        value: what it is, with the named groups in braces; for advice and confirmation the text to show.
        several: whether a form may say it several times, each for itself.
    """

    label: str
    value: str
    several: bool
    expressions: tuple[re.Pattern[str], ...]

    def found(self, text: str) -> Iterator[re.Match[str]]:
        """Yield where the text says it."""
        for expression in self.expressions:
            yield from expression.finditer(text)


@cache
def data() -> Mapping[str, Any]:
    """Return the data as they stand in the file."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


@cache
def settings() -> tuple[Pattern, ...]:
    """Return the sentences that give a setting."""
    return tuple(_pattern(each, each["label"], each["value"]) for each in data()["settings"])


@cache
def same() -> tuple[Pattern, ...]:
    """Return the sentences that say what is computed anyway."""
    return tuple(_pattern(each, "", each["what"]) for each in data()["same"])


@cache
def advice() -> tuple[Pattern, ...]:
    """Return the sentences that ask the officer to do something."""
    return tuple(_pattern(each, "", each["reason"]) for each in data()["advice"])


def _pattern(row: Mapping[str, Any], label: str, value: str) -> Pattern:
    return Pattern(label, value, row.get("several", False), tuple(re.compile(each) for each in row["patterns"]))


@cache
def _whole(group: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{each})" for each in data()[group]["patterns"]))


def is_placeholder(text: str) -> bool:
    """Tell whether a text under 三级指标 names no indicator: 指标1：, ……, （请填写）."""
    return _whole("placeholders").fullmatch(text) is not None


def is_ellipsis(text: str) -> bool:
    """Tell whether a text is only dots."""
    return re.fullmatch(data()["placeholders"]["ellipsis"], text) is not None


def is_benign(text: str) -> bool:
    """Tell whether a text is a label to be filled in, or only marks."""
    return _whole("benign").fullmatch(text) is not None


def is_empty_value(text: str) -> bool:
    """Tell whether a text in a cell for values is only a hint."""
    return _whole("empty_value").fullmatch(text) is not None
