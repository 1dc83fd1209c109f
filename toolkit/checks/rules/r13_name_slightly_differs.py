"""R13: the name of an indicator, project or section off by a character or two."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.prose.beside import has_form, report_of, row_names
from toolkit.checks.prose.reading import Reading
from toolkit.checks.prose.text import fold
from toolkit.checks.rule import RESULTS, rule
from toolkit.checks.wording import shorten
from toolkit.core.form import Cell

_PATH = re.compile(r"[\u4e00-\u9fff]{2,10}[-—](?:[\u4e00-\u9fff]{2,14}[-—])?(?P<name>[^-—，。；：、（）\d“”]{5,40})")
_QUOTED = re.compile(r"“(?P<name>[^“”]{6,40})”")
_SECTIONS = re.compile(
    r"从(?P<list>[\u4e00-\u9fff]{2,4}(?:[、和及与][\u4e00-\u9fff]{2,4}){2,4})(?:等?[一二三四五\d]?[个方]?[方面]*)"
    r"[^，。]{0,6}(?:逐项|自评|自查|评价|分析)"
)
_AFTER_LIST = re.compile(r"(?:等|逐项|方面|进行|开展|几个|四个|三个|五个)+$")
_SECTION_TITLE = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,6}?)(?:实现度)?(?:情况)?分析$")
_SHORTEST = 6
_LONG = 10


@rule(
    "R13",
    title="名称差一两个字",
    severity=Severity.INFO,
    source="报告中的名称应与自评表相同",
    stages=RESULTS,
)
def name_slightly_differs(case: Case) -> Iterator[Fault]:
    """报告里的指标名称、项目名称与自评表差一两个字，或者前面列的一级指标与后面分析的标题不同名。

    为什么：多一个“有”、少一个“或”，汇总时按名称就对不上。
    怎么改：照自评表的名称改正。
    """
    report = report_of(case)
    if report is None:
        return
    names = _names(case, report)
    project = fold(case.form.project_name.text)
    for paragraph in report.paragraphs:
        for pattern, known in ((_PATH, names), (_QUOTED, [project] if len(project) >= _SHORTEST else [])):
            for found in pattern.finditer(paragraph.text):
                due = _nearly(found["name"], known)
                if due:
                    yield _fault(paragraph.cell(found.start("name")), found["name"], due)
    yield from _sections(report)


def _names(case: Case, report: Reading) -> list[str]:
    """Return the names there are: those of the form, else those in the list of scores."""
    named = [name for name, _ in row_names(case)] if has_form(case) else []
    listed = [re.split(r"[-—]", item.name)[-1] for item in report.scores.items]
    return [name for name in dict.fromkeys(named or listed) if len(name) >= _SHORTEST]


def _nearly(said: str, known: list[str]) -> str:
    """Return the only known name that ``said`` misses by a character or two, "" where it is right or another."""
    if any(said.startswith(name) for name in known):
        return ""
    near = [name for name in known if 0 < distance(said, name) <= (2 if len(name) >= _LONG else 1)]
    return near[0] if len(near) == 1 else ""


def distance(one: str, other: str) -> int:
    """Return how many characters must be put in, left out or changed to make ``other`` of ``one``."""
    row = list(range(len(other) + 1))
    for at, character in enumerate(one, 1):
        before, row = row, [at]
        for place, wanted in enumerate(other, 1):
            row.append(min(before[place] + 1, row[-1] + 1, before[place - 1] + (character != wanted)))
    return row[-1]


def _sections(report: Reading) -> Iterator[Fault]:
    """Compare the list of 一级指标 in the conclusion with the headings of the analysis, one by one."""
    for paragraph in report.paragraphs:
        found = _SECTIONS.search(paragraph.text)
        if found is None:
            continue
        said = _AFTER_LIST.sub("", found["list"])
        listed = re.split(r"[、和及与]", said)
        titles = _analysed(report)
        apart = [(name, title) for name, title in zip(listed, titles, strict=False) if name not in title and title not in name]
        if len(listed) == len(titles) and len(apart) == 1:
            name, title = apart[0]
            yield Fault(
                cells=(paragraph.cell(found.start()),),
                fact=f"列的是“{shorten(said)}”，后面分析的标题是“{'、'.join(titles)}”，“{name}”与“{title}”不同名",
                found=name,
                expected=title,
                fix="请按评分表统一一级指标的名称。",
            )


def _analysed(report: Reading) -> list[str]:
    """Return the names in headings （一）××分析 of one chapter."""
    chapters: dict[str, list[str]] = {}
    for heading in report.headings:
        found = _SECTION_TITLE.fullmatch(heading.title)
        if found and heading.level == 2 and heading.trail:
            chapters.setdefault(heading.trail[-1].title, []).append(found["name"])
    return max(chapters.values(), key=len, default=[])


def _fault(cell: Cell, said: str, due: str) -> Fault:
    return Fault(
        cells=(cell,),
        fact=f"写“{shorten(said)}”，别处和表内是“{shorten(due)}”",
        found=said,
        expected=due,
        fix=f"请改为“{due}”。",
    )
