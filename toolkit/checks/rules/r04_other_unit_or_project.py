"""R04: the name of another unit or project in the report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.prose.beside import has_form, report_of
from toolkit.checks.prose.citations import titles_out
from toolkit.checks.prose.reading import Reading
from toolkit.checks.prose.text import fold
from toolkit.checks.rows import bare
from toolkit.checks.rule import RESULTS, rule
from toolkit.checks.wording import shorten
from toolkit.core.form import Cell

_UNIT_LABEL = re.compile(r"(?:部门|单位|预算部门|主管部门)(?:（单位）)?(?:名称)?$")
_PROJECT_LABEL = ("项目名称",)
_PLACED = re.compile(r"(?P<place>(?:[\u4e00-\u9fff]{2,6}省)?[\u4e00-\u9fff]{2,6}?[市县区州盟旗])(?P<body>[\u4e00-\u9fff]{4,})")
_BOUND = r"(?:^|(?<=[，。；、：（）“”\s由在为是与和对向于]))"
_OTHERS = re.compile(r"学习|借鉴|考察|调研|交流|联合|会同|协同|合作|通办|协查|来函|赴|对口|相邻|周边|与[^，。]{0,20}(?:签|共|互|对接)|等")
_NO_PLACE = set("全各本我该上下级地省外他年月日一两三多跨辖")
_SAME = 0.5
_SHORTEST = 4


@rule(
    "R04",
    title="报告中有别的单位或项目的名称",
    severity=Severity.ERROR,
    source="报告与自评表应为同一单位、同一项目",
    stages=RESULTS,
)
def other_unit_or_project(case: Case) -> Iterator[Fault]:
    """报告封面的项目名称、单位名称应是本表的；正文里不应出现外地同类单位的名称。

    为什么：报告多从往年或别的单位改来，名称漏改，一眼就看得出是照抄。
    怎么改：改成本项目、本单位的名称；确实说的是别的单位（如学习考察），可不改，写一句说明。
    """
    report = report_of(case)
    if report is None:
        return
    if has_form(case):
        yield from _cover(case, report)
    yield from _elsewhere(case, report)


def _cover(case: Case, report: Reading) -> Iterator[Fault]:
    form = case.form
    for label, (value, cell) in report.cover.items():
        if label.endswith(_PROJECT_LABEL):
            yield from _differs(label, value, cell, [form.project_name])
        elif _UNIT_LABEL.search(label):
            short = [form.facts["单位简称"]] if "单位简称" in form.facts else []
            if "主管部门" in label and form.department.empty and not _same_kind(value, form.organisation):
                # A form may name the unit and not the department above it.
                continue
            yield from _differs(label, value, cell, [form.organisation, form.implementing_unit, form.department, *short])


def _same_kind(value: str, organisation: Cell) -> bool:
    """Tell whether a name is of the same kind of unit as the form's, wherever it is."""
    one, other = _PLACED.match(bare(value)), _PLACED.match(bare(organisation.text))
    return one is not None and other is not None and one["body"] == other["body"]


def _differs(label: str, value: str, cell: Cell, known: list[Cell]) -> Iterator[Fault]:
    names = [bare(fold(each.text)) for each in known if not each.empty]
    said = bare(value)
    if len(said) < _SHORTEST or not names or any(said in name or name in said or _alike(said, name) for name in names):
        return
    due = next(each for each in known if not each.empty)
    yield Fault(
        cells=(cell,),
        fact=f"{label}写“{shorten(value)}”，自评表为“{shorten(due.text)}”",
        found=value,
        expected=due.text,
        fix=f"请改为“{due.text}”；本表填错的，改正自评表。",
    )


def _alike(said: str, name: str) -> bool:
    """Tell whether two names may be one written in two ways; what differs by place is two."""
    one, other = _PLACED.match(said), _PLACED.match(name)
    if one and other and one["place"] != other["place"] and not one["place"].endswith(other["place"]):
        return other["place"].endswith(one["place"])
    return SequenceMatcher(None, said, name, autojunk=False).ratio() > _SAME


def _elsewhere(case: Case, report: Reading) -> Iterator[Fault]:
    """Find units of the same kind in another place: 惠州市… in a report of 河源市…."""
    own = _PLACED.match(fold(case.form.organisation.text))
    if own is None:
        return
    level = own["place"][-1]
    pattern = re.compile(rf"{_BOUND}(?P<place>[\u4e00-\u9fff]{{2,4}}{level}){re.escape(own['body'])}")
    covered = {cell.line for _, cell in report.cover.values()}
    for sentence in report.sentences:
        if sentence.cell().line in covered:
            continue
        text = titles_out(sentence.text)
        for found in pattern.finditer(text):
            place = found["place"]
            if own["place"].endswith(place) or place.endswith(own["place"]) or _NO_PLACE & set(place) or _OTHERS.search(text):
                continue
            yield Fault(
                cells=(sentence.cell(found.start()),),
                fact=f"写“{found[0]}”，本单位是“{shorten(case.form.organisation.text)}”",
                found=found[0],
                expected=case.form.organisation.text,
                fix="请核对是不是从别的报告抄来的，改为本单位名称；确实指别的单位的，写一句说明。",
            )
