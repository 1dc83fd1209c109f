"""V02: text of the template left where the officer's own should stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.rule import rule
from toolkit.checks.wording import shorten
from toolkit.core.form import Cell, Form

_ALONE = re.compile(r"[*＊]+|[….]{2,}|指标\s*\d+\s*[:：]?|[（(]\s*\d+\s*字(?:以内|左右)\s*[)）]")
_INSIDE = re.compile(
    r"指标\s*\d+\s*[:：]|[（(]\s*\d+\s*字(?:以内|左右)\s*[)）]|(?<![0-9A-Za-z*＊])[*＊]{2,}(?![0-9A-Za-z*＊])"
)
_MARKED = ("*", "＊", "…", "..", "字以内", "字左右")
_NUMBERED = re.compile(r"指标\s*\d")
_MARKS = re.compile(r"[\s，,。；;：:、（）()]+")


@rule("V02", title="模板文字没有删改", severity=Severity.ERROR, source="空白表的示例文字应换成实际内容")
def template_text_left_in(case: Case) -> Iterator[Fault]:
    """模板里的“****”“XX”“……”“指标2：”“（100字以内）”等示例文字，应换成实际内容或删去。

    为什么：示例文字留在表里，等于这一格没有填；公开后也最容易被人看见。
    怎么改：填写实际内容；本来就不用的行删去。夹在句中、确要保留的，在说明中写明。
    """
    words = case.scheme.words["placeholders"]
    cells = list(_texts(case.form))
    if not _suspect("\n".join([cell.text for cell in cells]), words):
        return
    kinds = [(cell, _kind(cell.text, words)) for cell in cells]
    alone = tuple(cell for cell, kind in kinds if kind == "alone")
    inside = tuple(cell for cell, kind in kinds if kind == "inside")
    if alone:
        yield _fault(alone, "还是模板的示例文字", Severity.ERROR, "请填写实际内容；不用的行请删去。")
    if inside:
        remedy = "请换成实际内容或删去；确要保留的，在说明中写明。"
        yield _fault(inside, "夹有模板的示例文字", Severity.WARNING, remedy)


def _texts(form: Form) -> Iterator[Cell]:
    yield from (form.organisation, form.project_name, form.department, form.implementing_unit)
    yield from (form.expected_goal, form.achieved_goal)
    for row in form.indicators:
        yield from (row.level1, row.level2, row.level3, row.target, row.actual, row.deviation)


def _suspect(text: str, words: tuple[str, ...]) -> bool:
    """Tell at little cost whether a form's whole text may hold any; most forms hold none."""
    return any(mark in text for mark in (*_MARKED, *words)) or _NUMBERED.search(text) is not None


@lru_cache(maxsize=8192)
def _kind(text: str, words: tuple[str, ...]) -> str:
    bare = text.strip()
    if _ALONE.fullmatch(bare) or any(bare.startswith(word) for word in words if word[0] >= "\u4e00"):
        return "alone"
    pattern = _pattern(words)
    if not pattern.search(bare) and not _INSIDE.search(bare):
        return ""
    return "inside" if _MARKS.sub("", _INSIDE.sub("", pattern.sub("", bare))) else "alone"


@lru_cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for the words, which inside Latin words (XXL) and masked numbers (4403****12) mean nothing."""
    any_word = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![0-9A-Za-z*])(?:{any_word})+(?![0-9A-Za-z*])")


def _fault(cells: tuple[Cell, ...], fact: str, severity: Severity, fix: str) -> Fault:
    quoted = f"填“{shorten(cells[0].text)}”，{fact}"
    return Fault(
        cells=cells,
        fact=quoted if len(cells) == 1 else f"有的单元格{fact}（如“{shorten(cells[0].text)}”）",
        found="；".join(dict.fromkeys(cell.text for cell in cells)),
        fix=fix,
        severity=severity,
    )
