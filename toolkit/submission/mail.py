"""The mail to the superior: subject and text, from patterns kept as data."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from toolkit.checks import Finding, Severity
from toolkit.compare.drafts import Comparison
from toolkit.compare.model import Change
from toolkit.core.facts import fact_groups
from toolkit.core.form import Line
from toolkit.narrative.patterns import Item, Patterns
from toolkit.narrative.value import Missing, MissingFactError
from toolkit.narrative.wording import chinese_number, reason_and_measures
from toolkit.submission.figures import (
    BUDGET,
    SPENT,
    Standing,
    is_low,
    rate_reason,
    rate_text,
    standing_of,
    total_amount,
    total_rate,
    wan_text,
)
from toolkit.submission.model import Listed, Project, Submission

_FILE = "mail.toml"
_SELF = "我单位"
_ONLY_PUBLISHED = ("P01",)
_LONGEST = 40
"""Characters of a changed text that the mail quotes."""
ALL_PROJECTS, DONE_PROJECTS = "项目总数", "开展自评项目数"
"""The facts that say how many projects the unit has to evaluate, and did."""
_FEW = 2
"""Up to this many remarks stand in one line; more stand below each other."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as it is drafted."""

    subject: str
    text: str


def write_mail(submission: Submission, attached: Sequence[Listed]) -> Mail:
    """Return the mail that goes with a submission.

    Args:
        submission: what is handed over.
        attached: what goes with the mail, in the order of the list.
    """
    names = _names(submission, attached)
    patterns = Patterns(_FILE, names, submission.unit)
    remarks = list(_remarks(submission, patterns))
    told = {**names, "说明": _laid_out(remarks, _data()["nothing_else" if remarks else "nothing"])}
    filled = Patterns(_FILE, told, submission.unit)
    subject = filled.fill(_data()["subject"], "subject")
    return Mail(subject, "\n".join(_lines(filled)).strip("\n") + "\n")


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(files("toolkit.submission").joinpath(_FILE).read_text(encoding="utf-8"))


def _names(submission: Submission, attached: Sequence[Listed]) -> dict[str, Any]:
    standings = [standing_of(each.review) for each in submission.projects]
    budget, spent, rate = total_amount(standings, BUDGET), total_amount(standings, SPENT), total_rate(standings)
    due, done = due_projects(submission), done_projects(submission)
    changes = [(each, change) for each in submission.compared for change in each.changes]
    return {
        "单位": submission.unit,
        "年度": str(submission.year),
        "自评": submission.title,
        "稿次": str(submission.draft),
        "上一稿": submission.previous,
        "退回": _written(submission.returned),
        "自称": submission.fact_text("自称") or _SELF,
        "要素": {fact.name: submission.fact_text(fact.name) or Missing(fact.name) for group in fact_groups() for fact in group.facts},
        "项目": submission.projects,
        "个数": None if submission.whole else str(len(submission.projects)),
        "应自评": due,
        "已自评": done,
        "覆盖率": rate_text(Decimal(done) / due) if due and done else None,
        "资金": None if budget is None else wan_text(budget),
        "执行": None if spent is None else wan_text(spent),
        "执行率": None if rate is None else rate_text(rate),
        "等级": list(_grades(submission.projects, standings)),
        "修改": changes,
        "新增": [_project(each) for each in submission.compared if each.old is None],
        "减少": [_project(each) for each in submission.compared if each.new is None],
        "表内修改": [_change(each, change) for each, change in changes if change.line < Line.REPORT],
        "报告修改": sum(change.line >= Line.REPORT for _, change in changes),
        "理由": submission.reason,
        "材料": [{"名称": each.name, "校验码": list(each.codes), "注": each.note} for each in attached],
        "日期": _written(submission.day),
    }


def _written(day: date | None) -> str | None:
    return None if day is None else f"{day.year} 年 {day.month} 月 {day.day} 日"


def due_projects(submission: Submission) -> int | None:
    """Return how many projects have to be evaluated: 项目总数 of 报告要素, where it is not given those handed over.

    ``None`` for a unit as a whole that does not say how many projects it has.
    """
    return _count(submission, ALL_PROJECTS) or (None if submission.whole else len(submission.projects))


def done_projects(submission: Submission) -> int | None:
    """Return how many projects were evaluated: those handed over; for a unit as a whole what 报告要素 say."""
    return _count(submission, DONE_PROJECTS) if submission.whole else len(submission.projects)


def _count(submission: Submission, fact: str) -> int | None:
    cell = submission.fact(fact)
    number = None if cell is None else cell.number
    return int(number) if number is not None and number > 0 and number == int(number) else None


def _change(compared: Comparison, change: Change) -> dict[str, str]:
    shown = {"前": change.before, "后": change.after}
    return {"项目": _project(compared), "项": change.item} | {key: _shortened(text) for key, text in shown.items()}


def _project(compared: Comparison) -> str:
    return compared.review.case.form.project_name.text.strip()


def _shortened(text: str) -> str:
    bare = " ".join(text.split())
    return bare if len(bare) <= _LONGEST else bare[: _LONGEST - 1] + "…"


def _grades(projects: Sequence[Project], standings: Sequence[Standing]) -> Iterator[str]:
    """Yield 优 4 个 and so on, in the order of the schemes' grades."""
    counts = Counter(each.grade for each in standings if each.grade)
    order = [grade.name for project in projects for grade in project.review.case.scheme.grades]
    for name in dict.fromkeys([*order, *counts]):
        if counts[name]:
            yield f"{name} {counts[name]} 个"


def _remarks(submission: Submission, patterns: Patterns) -> Iterator[str]:
    """Yield what needs explaining, sentence by sentence."""
    said = [*_of_projects(submission, patterns)]
    if submission.reason:
        said.append(patterns.fill(_data()["reason"], "reason"))
    yield from said


def _laid_out(remarks: Sequence[str], closing: str) -> str:
    """Return the remarks in one line where they are few, else below each other."""
    if len(remarks) <= _FEW:
        return "".join([*remarks, closing])
    numbered = [f"（{number}）{remark}" for number, remark in enumerate(remarks, 1)]
    return "".join(f"\n　　{line}" for line in [*numbered, closing])


def _of_projects(submission: Submission, patterns: Patterns) -> Iterator[str]:
    for project in submission.projects:
        standing = standing_of(project.review)
        if standing.rate is not None and is_low(project.review, standing):
            reason, _ = reason_and_measures(rate_reason(project.review))
            item = {"名称": project.name, "执行率": rate_text(standing.rate), "原因": reason}
            yield patterns.fill(_data()["low_rate"], "low_rate", Item(item))
    for key, found in (("waiting", open_warnings), ("errors", open_errors)):
        for project in submission.projects:
            listed = [_named(each) for each in found(project)]
            if listed:
                counted = {"名称": project.name, "数量": str(len(listed)), "所列": listed}
                yield patterns.fill(_data()[key], key, Item(counted))


def open_warnings(project: Project) -> list[Finding]:
    """Return the 提醒 that wait for an answer, without those that only concern what is published."""
    return [found for found in project.review.findings if found.open and found.code not in _ONLY_PUBLISHED]


def open_errors(project: Project) -> list[Finding]:
    """Return the 错误."""
    findings = project.review.findings
    return [found for found in findings if found.severity is Severity.ERROR and not found.undecidable]


def _named(found: Finding) -> str:
    first = found.cells[0]
    place = first.address or first.field
    return f"{found.title}（{place}）" if place else found.title


def _lines(patterns: Patterns) -> Iterator[str]:
    number = 0
    for place, line in enumerate(_data()["line"]):
        key = f"line {place + 1}"
        if not patterns.holds(line.get("when", ""), key):
            continue
        if line.get("item"):
            number += 1
        lead = f"{chinese_number(number)}、" if line.get("item") else ""
        if "each" not in line:
            yield lead + _filled(patterns, line, key)
            continue
        values = patterns.value(line["each"], key) or ()
        for order, value in enumerate(values, 1):
            # The sandbox strips a line: its indent is put back.
            indent = line["text"][: len(line["text"]) - len(line["text"].lstrip())]
            yield indent + patterns.fill(line["text"], key, Item(value, order, len(values)))


def _filled(patterns: Patterns, line: Mapping[str, Any], key: str) -> str:
    try:
        return patterns.fill(line["text"], key)
    except MissingFactError:
        return str(line.get("otherwise", ""))
