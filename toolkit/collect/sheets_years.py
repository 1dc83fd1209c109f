"""The sheet 历年对照: one project in several years, how it moved, and what the chief must confirm."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from toolkit.collect.collected import Collected
from toolkit.collect.figures import HUNDRED
from toolkit.collect.model import Head
from toolkit.collect.pieces import NAME, RATE, SCORE, link_to
from toolkit.collect.sheets import BUDGET, GRADE, SPENT, UNIT
from toolkit.collect.table import Column, Kind, Table, Value
from toolkit.collect.versions import Project
from toolkit.collect.years import Likely, Lineage, carried_over, likely_pairs, line_up
from toolkit.core.money import plain, round_half_up

YEARS = "历年对照"
_COLUMNS = (
    Column("填报单位", 20, Kind.LONG),
    Column(NAME, 28, Kind.LONG),
    Column("年度", 6),
    Column(BUDGET, 16, Kind.MONEY),
    Column(SPENT, 16, Kind.MONEY),
    Column(RATE, 9, Kind.RATE),
    Column(SCORE, 8, Kind.SCORE),
    Column(GRADE, 6),
    Column("得分比上年", 9),
    Column("执行率比上年", 12),
    Column("资金比上年", 10),
    Column("说明", 56, Kind.LONG),
    Column("文件", 34, Kind.LONG),
    Column("是否同一项目", 10, Kind.OWN),
)


def years_table(found: Collected) -> Table:
    """Return 历年对照: a row a project and year, the years of a project below each other."""
    own = [each for unit in found.units for each in unit.projects]
    lineages = line_up(own)
    years = "、".join(map(str, found.years))
    notes = (
        f"{UNIT}　　{years} 年度。项目编码相同，或单位和项目名称都相同的，列为同一项目；只是名称相近的，不合并，列在说明里请您确认。",
        "百分点 = 本年执行率 － 上年执行率；上年结转资金与上年全年预算数减全年执行数不符的（F19），写在说明里。",
    )
    rows = _rows(lineages, _hints(likely_pairs(lineages)), found.years)
    return Table(YEARS, _COLUMNS, rows, notes)


def _rows(lineages: list[Lineage], hints: Mapping[int, str], years: list[int]) -> Iterator[tuple[Value, ...]]:
    for lineage in sorted(lineages, key=lambda each: (each.last.unit, each.last.project, each.first.year or 0)):
        before: Head | None = None
        for project in lineage.forms:
            told = list(_told(lineage, project, before, years))
            hint = hints.get(id(project), "")
            yield (
                *_figures(project),
                *_movement(before, project.chosen.head),
                "；".join(filter(None, [*told, hint])),
                link_to(project.chosen),
                "",
            )
            before = project.chosen.head


def _figures(project: Project) -> tuple[Value, ...]:
    head = project.chosen.head
    rate = None if head.rate is None else round_half_up(head.rate, 4)
    return (head.unit, project.chosen.name, str(head.year), head.yuan(1), head.yuan(2), rate, head.score, head.grade)


def _movement(before: Head | None, now: Head) -> tuple[str, str, str]:
    """Return how score, rate and funds moved against the year before, "" where there is no form of it."""
    if before is None or before.year is None or now.year != before.year + 1:
        return "", "", ""
    scores = "" if before.score is None or now.score is None else _signed(now.score - before.score, " 分")
    rates = (
        ""
        if before.rate is None or now.rate is None
        else _signed(round_half_up((now.rate - before.rate) * HUNDRED, 2), " 个百分点")
    )
    budgets = before.yuan(1), now.yuan(1)
    funds = ""
    if budgets[0] and budgets[1] is not None:
        funds = _signed(round_half_up((budgets[1] - budgets[0]) / budgets[0] * HUNDRED, 1), "%")
    return scores, rates, funds


def _signed(number: Decimal, unit: str) -> str:
    if not number:
        return "持平"
    return f"{'＋' if number > 0 else '－'}{plain(abs(number))}{unit}"


def _told(lineage: Lineage, project: Project, before: Head | None, years: list[int]) -> Iterator[str]:
    head = project.chosen.head
    if before is not None:
        if head.project != before.project:
            yield f"名称由“{before.project}”改为“{head.project}”（{lineage.basis}）"
        yield carried_over(before, head)
        skipped = [year for year in years if (before.year or 0) < year < (head.year or 0)]
        if skipped:
            yield f"没有收到 {'、'.join(map(str, skipped))} 年度的表"
    elif head.year != years[0]:
        yield "往年没有收到，是新项目的不用处理"
    if project is lineage.forms[-1] and head.year != years[-1]:
        following = years[years.index(head.year or 0) + 1]
        yield f"{following} 年度没有收到，已完成的不用处理"


def _hints(pairs: list[Likely]) -> dict[int, str]:
    """Return what the chief is asked about a form, by the identity of the project."""
    hints: dict[int, list[str]] = {}
    for pair in pairs:
        earlier, later = pair.earlier.last, pair.later.first
        for project, other in ((pair.earlier.forms[-1], later), (pair.later.forms[0], earlier)):
            told = f"可能与 {other.year} 年度“{other.unit}”的“{other.project}”是同一项目（{pair.reason}），请确认"
            hints.setdefault(id(project), []).append(told)
    return {key: "；".join(told) for key, told in hints.items()}
