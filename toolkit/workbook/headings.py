"""What forms call their columns and labels: the national words, other places' words, a scheme's own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from toolkit.core.scheme import Scheme

_GROUPS = ("label", "indicator", "fund")
_SKIPPED = ("other", "total_score")
"""Fields that are none of the template's, or whose words another one has too."""
_BRACKETS = re.compile(r"[（(\[【].*?[）)\]】]|[\s:：/、]+|^其中")


@cache
def known_words() -> Mapping[str, Any]:
    """Return the words that forms use, by group and field, with what tells them apart (``headings.toml``)."""
    return tomllib.loads(Path(__file__).with_name("headings.toml").read_text(encoding="utf-8"))


@cache
def _synonyms() -> Mapping[str, str]:
    """Return the national word for each word that another place prints, both without blanks and brackets."""
    fields = [words for group in _GROUPS for name, words in known_words()[group].items() if name not in _SKIPPED]
    national = {words[0] for words in fields}
    apart = set(known_words()["only_foreign"]["words"])
    found: dict[str, str] = {}
    for words in fields:
        for word in words:
            if word not in apart:
                found.setdefault(bare_heading(word), word if word in national else words[0])
    return found


@lru_cache(maxsize=2048)
def heading_of(text: str) -> str:
    """Return a heading as the template writes it: 全年预算数(A) and 调整后 预算数 are 全年预算数."""
    bare = bare_heading(text)
    return _synonyms().get(bare, bare)


@lru_cache(maxsize=2048)
def bare_heading(text: str) -> str:
    """Return a heading without blanks, brackets and what stands in them."""
    return _BRACKETS.sub("", text)


class Headings:
    """The words of one scheme's form: those of its columns, of its funds, and of its labels."""

    def __init__(self, columns: Mapping[str, str], funds: Mapping[str, str], labels: Mapping[str, str]) -> None:
        """Take what the form prints, by field."""
        self._columns = _by_heading(columns)
        self._funds = _by_heading(funds)
        self._labels = _by_heading(labels)

    def indicator(self, text: str) -> str:
        """Return the field of a heading of 年度绩效指标; 指标值 stays what it is, see the columns beside it."""
        bare = bare_heading(text)
        return self._columns.get(bare) or ("指标值" if bare == "指标值" else heading_of(text))

    def fund(self, text: str) -> str:
        """Return the field of a heading of 项目资金."""
        return self._funds.get(bare_heading(text)) or heading_of(text)

    def label(self, text: str) -> str:
        """Return the field of a label above or below the tables."""
        return self._labels.get(bare_heading(text)) or heading_of(text)


def headings_of(scheme: Scheme) -> Headings:
    """Return the words of a scheme's form."""
    columns = {column.field: column.heading for column in scheme.columns}
    return Headings(columns, {column.field: column.heading for column in scheme.fund_columns}, scheme.labels)


def _by_heading(words: Mapping[str, str]) -> Mapping[str, str]:
    return {bare_heading(heading): field for field, heading in words.items()}


NATIONAL = Headings({}, {}, {})
"""The words of the national form."""
