"""Which indicator a row of a 取数表 answers: by its code, else by its name; never by its place on the sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from toolkit.sections.model import Answer, Item, Returned, squeezed
from toolkit.sections.plan import Plan

_CODE = re.compile(r"([0-9A-Z]{4})-(\d{2,})-([0-9A-Z]{4})")
_DASHES = str.maketrans(dict.fromkeys("—–－‐−―", "-"))


class Doubt(StrEnum):
    """Why a row that was found is not simply taken."""

    NONE = ""
    CHANGED = "改动"
    """The section changed the name, the target or the definition."""
    OUTDATED = "旧稿"
    """The form has changed since the sheet was sent out."""


@dataclass(frozen=True, slots=True)
class Found:
    """A row of a 取数表 and the indicator it answers.

    Attributes:
        item: ``None`` where the form has no such indicator.
        doubt: why it is not simply taken.
        note: what was noticed, Chinese clauses.
    """

    file: str
    answer: Answer
    item: Item | None
    doubt: Doubt = Doubt.NONE
    note: str = ""


def identify(plan: Plan, returned: Returned) -> tuple[Found, ...]:
    """Find the indicator of every row of a file."""
    return tuple(_Search(plan, returned).found(answer) for answer in returned.answers)


def wrong_file(plan: Plan, returned: Returned, found: Sequence[Found]) -> str:
    """Say why a file is not one of this workbook at all, "" where a row of it is."""
    if any(each.item for each in found):
        return ""
    if not found:
        return "里面没有任何指标行"
    stated = _stated(returned.year, returned.project)
    own = "；".join(_stated(str(form.year or ""), form.project_name.text.strip()) for form in plan.forms)
    return f"是{stated}的取数表，不是本表（{own}）的"


def _stated(year: str, project: str) -> str:
    return f"{year + ' 年度' if year else '没有写年度'}“{project or '没有写项目名称'}”"


class _Search:
    """Searches the items of one plan for the rows of one file."""

    def __init__(self, plan: Plan, returned: Returned) -> None:
        self._plan = plan
        self._returned = returned
        self._projects = {item.code.partition("-")[0] for item in plan.items}

    def found(self, answer: Answer) -> Found:
        code = _CODE.search(squeezed(answer.code).upper().translate(_DASHES))
        if code is None:
            return self._by_name(answer, self._same_project(answer), "没有编号")
        exact = self._plan.by_code.get(code[0])
        if exact is not None:
            return self._compared(answer, exact)
        if code[1] not in self._projects:
            return self._nothing(answer, "编号不是本表的（另一个项目、另一年度，或发出后项目名称、年度改过）")
        own = [item for item in self._plan.items if item.code.startswith(code[1])]
        moved = [item for item in own if item.code.endswith(code[3])]
        if len(moved) == 1:
            return self._compared(answer, moved[0])
        return self._by_name(answer, own, "发出后本表改过")

    def _same_project(self, answer: Answer) -> list[Item]:
        """Return the items of the project that a row without a code can belong to."""
        year, project = self._returned.year, squeezed(answer.project)
        return [
            item
            for item in self._plan.items
            if (not year or not item.form.year or year == str(item.form.year))
            and (not project or squeezed(item.project) in ("", project))
        ]

    def _by_name(self, answer: Answer, items: Sequence[Item], why: str) -> Found:
        named = [item for item in items if squeezed(item.name) == squeezed(answer.name)]
        if len(named) > 1:
            named = [item for item in named if _same_target(item, answer)]
        if len(named) != 1:
            reason = "本表没有这个指标" if not named else "本表有几个同名的指标，分不清是哪一个"
            return self._nothing(answer, f"{why}，{reason}")
        item = named[0]
        if not _same_target(item, answer):
            return Found(self._returned.file, answer, item, Doubt.OUTDATED, f"指标值在取数表上是“{answer.target}”，本表是“{item.target}”")
        return Found(self._returned.file, answer, item, note=f"{why}，按指标名称对上")

    def _compared(self, answer: Answer, item: Item) -> Found:
        """Return an item that the code names, with what the section changed in its row."""
        changed = "；".join(_changes(answer, item))
        return Found(self._returned.file, answer, item, Doubt.CHANGED if changed else Doubt.NONE, changed)

    def _nothing(self, answer: Answer, why: str) -> Found:
        return Found(self._returned.file, answer, None, note=why)


def _same_target(item: Item, answer: Answer) -> bool:
    return answer.target is None or squeezed(answer.target) == squeezed(item.target)


def _changes(answer: Answer, item: Item) -> Iterator[str]:
    for what, sent, now in (
        ("指标名称", item.name, answer.name),
        ("年度指标值", item.target, answer.target),
        ("取数口径", item.definition, answer.definition),
    ):
        if now is not None and squeezed(sent) != squeezed(now):
            yield f"{what}由“{sent}”改成了“{now}”"
