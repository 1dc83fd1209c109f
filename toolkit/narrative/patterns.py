"""Filling sentence patterns: jinja2 in its sandbox, with filters in the words of reports."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, TemplateError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from toolkit.narrative.outline import OutlineError
from toolkit.narrative.value import Missing, MissingFactError, Value
from toolkit.narrative.wording import bare_sentence, chinese_number, quoted, short_name

_GAPS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_STOPS = re.compile(r"[。；;]\s*")
_FIGURE = re.compile(r"[≥≤＞＜>=<≧≦═=±约近不低高少多超大小于过至以于]*\s*\d")
_LONGEST = 48

Names = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Item:
    """One of a list that a part is written for: 项 in a pattern, with its place (序) and how many there are (共)."""

    value: Any
    place: int = 1
    count: int = 1


def _documents(names: Iterable[Value | str]) -> str:
    return "".join(_in_marks(name) for name in names)


def _in_marks(name: Value | Missing | str) -> str:
    return str(name.with_text(quoted(name.text))) if isinstance(name, Value) else quoted(str(name))


def _sentence(value: Value | Missing | str) -> str:
    if isinstance(value, Value):
        return str(value.with_text(bare_sentence(value.text)))
    return bare_sentence(str(value))


def _clause(value: Value | Missing | str) -> str:
    """Return a text as one item of a list in a sentence: no full stop inside, no semicolon."""
    if not isinstance(value, Value):
        return bare_sentence(str(value))
    return str(value.with_text(_STOPS.sub("，", bare_sentence(value.text))))


def _as_quoted(value: Value | Missing) -> str:
    """Return a target or result in quotation marks where it is words, as it stands where it is a figure."""
    if not isinstance(value, Value) or _FIGURE.match(value.text):
        return str(value)
    return f"“{value}”"


def _numbered(values: Sequence[Value | str]) -> str:
    items = [_clause(value) for value in values]
    if len(items) == 1:
        return items[0]
    return "；".join(f"{chinese_number(place)}是{item}" for place, item in enumerate(items, 1))


def _short(value: Value | Missing) -> str:
    return str(value.with_text(short_name(value.text))) if isinstance(value, Value) else str(value)


def _bare_amount(value: Value | Missing) -> str:
    """Return an amount without its unit, for a table whose heading names it."""
    if not isinstance(value, Value):
        return str(value)
    return str(value.with_text(value.text.removesuffix("元").removesuffix("万")))


def _said(value: Value | Missing, text: Value | Missing) -> bool:
    """Tell whether a text of the officer already states a figure: it need not be said twice."""
    if not isinstance(value, Value) or not isinstance(text, Value):
        return False
    figure = re.search(r"[\d,.]*\d%?", value.text)
    return figure is not None and figure[0].replace(",", "") in text.text.replace(",", "")


def _duties(values: Iterable[Value | str]) -> str:
    """Return duties in one sentence, whatever verb each begins with."""
    return "；".join(_duty(value) for value in values)


def _duty(value: Value | str) -> str:
    bare = bare_sentence(value.text if isinstance(value, Value) else value).removeprefix("负责")
    return str(value.with_text(bare)) if isinstance(value, Value) else bare


def _unsigned(value: Value | Missing) -> str:
    return str(value.with_text(value.text.lstrip("-"))) if isinstance(value, Value) else str(value)


def _listed(values: Iterable[Value | str], attribute: str = "") -> str:
    return "、".join(str(value[attribute] if attribute else value) for value in values)  # type: ignore[index]  # a view, as the pattern says


def _environment() -> ImmutableSandboxedEnvironment:
    made = ImmutableSandboxedEnvironment(undefined=StrictUndefined, keep_trailing_newline=False)
    made.filters.update(
        {
            "书名": _documents,
            "句": _sentence,
            "一是": _numbered,
            "短": _short,
            "顿号": _listed,
            "数": _bare_amount,
            "绝对": _unsigned,
            "职能": _duties,
            "已述": _said,
            "引": _as_quoted,
            "中文": chinese_number,
        }
    )
    return made


_ENVIRONMENT = _environment()


class Patterns:
    """Fills the patterns of one outline for one project."""

    def __init__(self, file: str, names: Names, project: str) -> None:
        """Take the names that patterns may use; ``project`` decides which wordings are chosen."""
        self._file = file
        self._names = names
        self._project = project

    def holds(self, condition: str, key: str, item: Item | None = None) -> bool:
        """Tell whether a condition holds; an empty one does."""
        return not condition or bool(self.value(condition, key, item))

    def value(self, expression: str, key: str, item: Item | None = None) -> Any:
        """Return what an expression means, such as a list to go through."""
        try:
            return _expression(expression)(**self._known(item))
        except MissingFactError:
            return None
        except UndefinedError as error:
            raise self._unknown(key, error) from error
        except TemplateError as error:
            raise OutlineError(self._file, key, f"表达式“{expression}”有误：{error}") from error

    def fill(self, pattern: str, key: str, item: Item | None = None) -> str:
        """Return the marked text of a pattern.

        Raises:
            MissingFactError: it prints something that nobody filled in.
            OutlineError: it uses a name that does not exist, or is no pattern.
        """
        try:
            return str(_template(pattern).render(**self._known(item))).strip()
        except UndefinedError as error:
            raise self._unknown(key, error) from error
        except TemplateError as error:
            raise OutlineError(self._file, key, f"句式“{about(pattern)}”有误：{error}") from error

    def choose(self, variants: Sequence[str], key: str) -> str:
        """Return the wording of this project: always the same one for the same project and key."""
        if len(variants) == 1:
            return variants[0]
        digest = hashlib.sha256(f"{self._project}\n{key}".encode()).digest()
        return variants[int.from_bytes(digest[:4]) % len(variants)]

    def _known(self, item: Item | None) -> dict[str, Any]:
        own = {"项": None, "序": 1, "共": 1} if item is None else {"项": item.value, "序": item.place, "共": item.count}
        return {**self._names, **own}

    def _unknown(self, key: str, error: UndefinedError) -> OutlineError:
        names = "、".join(sorted(self._names))
        return OutlineError(self._file, key, f"用了没有的量（{error.message}），可用的有：项、序、共、{names}")


def about(pattern: str) -> str:
    """Return a pattern with its gaps as …, shortened, for people to know which sentence is meant."""
    text = re.sub("…+", "…", _GAPS.sub("…", pattern)).strip()
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


@lru_cache(maxsize=2048)
def _template(pattern: str) -> Any:
    return _ENVIRONMENT.from_string(pattern)


@lru_cache(maxsize=2048)
def _expression(expression: str) -> Any:
    return _ENVIRONMENT.compile_expression(expression, undefined_to_none=False)
