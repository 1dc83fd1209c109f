"""The sheets of the summary about the projects themselves: 汇总表, 指标明细, 问题清单, 按单位, 溯源."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from toolkit.checks import Severity
from toolkit.collect.collected import Collected
from toolkit.collect.figures import percent
from toolkit.collect.model import Entry
from toolkit.collect.pieces import (
    FINDING_COLUMNS,
    FINDINGS,
    INDICATOR_COLUMNS,
    INDICATORS,
    NAME,
    PIECES,
    RATE,
    SCORE,
    SOURCE_COLUMNS,
    SOURCES,
    finding_rows,
    link_to,
)
from toolkit.collect.rules import full_units
from toolkit.collect.table import Column, Kind, Rows, Table, Value
from toolkit.collect.units import Unit
from toolkit.collect.versions import Project, draft_of
from toolkit.core.form import FUND_COLUMNS
from toolkit.core.money import money, plain, quotient, round_half_up

SUMMARY, GRADE = "汇总表", "自评等级"
BUDGET, SPENT = "全年预算数", "全年执行数"
WHOLE = "（部门整体）"
"""Stands behind the name of a department's own form."""
SUMMARY_COLUMNS = (
    Column("序号", 5, Kind.COUNT),
    Column("填报单位", 18, Kind.LONG),
    Column(NAME, 26, Kind.LONG),
    Column("项目编码", 10),
    Column("年度", 6),
    *(Column(name, 16, Kind.MONEY) for name in FUND_COLUMNS),
    Column(RATE, 9, Kind.RATE),
    *(Column(name, 7.5, Kind.SCORE) for name in (SCORE, "测算得分")),
    *(Column(name, 6) for name in (GRADE, "测算等级")),
    *(Column(name, 5.5, Kind.COUNT) for name in ("错误", "待说明", "提醒", "留意下年", "说明")),
    Column("校验码", 11),
    Column("校验状态", 9),
    Column("稿次", 8),
    Column("文件", 26, Kind.LONG),
    Column("复核得分", 8, Kind.OWN),
    Column("复核意见", 16, Kind.OWN),
)
UNIT = "金额单位：元"


def summary_table(found: Collected) -> Table:
    """Return 汇总表: a row a project, 复核得分 and 复核意见 left to the chief."""
    count, units = len(found.whole.projects), len({unit.name for unit in found.units})
    told = "".join(f"{f'{whole.year} 年：' if whole.year else ''}{_sums(whole)}" for whole in found.wholes)
    notes = [f"{UNIT}　　共 {count} 个项目、{units} 个单位；{told}"]
    notes += [found.roll.coverage] if found.roll else []
    notes.append("得分是填报的自评得分；测算得分由工具按评分标准重算，供复核参考。工具只核对表内数据，不代替复核。")
    return Table(SUMMARY, SUMMARY_COLUMNS, _summary_rows(found), tuple(notes))


def _sums(whole: Unit) -> str:
    budget, spent = whole.amounts[1], whole.amounts[2]
    parts = [f"{name}合计 {money(amount)}" for name, amount in ((BUDGET, budget), (SPENT, spent)) if amount is not None]
    parts += [f"平均执行率 {percent(whole.rate)}"] if whole.rate is not None else []
    parts += [f"等级 {_grades(whole)}"] if whole.grades else []
    return "，".join(parts) + "。" if parts else ""


def _grades(unit: Unit) -> str:
    return "、".join(f"{grade} {count} 个" for grade, count in unit.grades)


def _summary_rows(found: Collected) -> Iterator[tuple[Value, ...]]:
    for number, project in enumerate(found.projects, 1):
        head = project.chosen.head
        counts = (head.number_of(severity) for severity in (Severity.WARNING, Severity.NEXT_YEAR, Severity.INFO))
        yield (
            number,
            head.unit,
            project.chosen.name + (WHOLE if head.whole else ""),
            head.code,
            str(head.year or ""),
            *(head.yuan(place) for place in range(len(FUND_COLUMNS))),
            None if head.rate is None else round_half_up(head.rate, 4),
            head.score,
            Decimal(head.computed) if head.computed else None,
            head.grade,
            head.computed_grade,
            head.number_of(Severity.ERROR),
            found.waiting[id(project)],
            *counts,
            head.fingerprint,
            head.state,
            _draft(project),
            link_to(project.chosen),
            "",
            "",
        )


def _draft(project: Project) -> str:
    number = draft_of(project.chosen.file)
    said = f"第 {number} 稿" if number else ""
    return said + (f"（共 {1 + len(project.others)} 稿）" if project.others else "")


def rows_table(found: Collected) -> Table:
    """Return 指标明细: a row an indicator."""
    notes = ("只列计入汇总的那一份；点“单元格”打开原表。",)
    return Table(INDICATORS, INDICATOR_COLUMNS, _of_forms(found, INDICATORS), notes)


def _of_forms(found: Collected, name: str) -> Rows:
    for _, rows in _by_form(found, name):
        yield from rows


def _by_form(found: Collected, name: str) -> Iterator[tuple[Entry, Rows]]:
    """Yield every form with what it gives to a sheet, as it was made when the form was read where that still holds."""
    entries = [project.chosen for project in found.projects]
    for entry, ready in zip(entries, found.ready(entries, name), strict=True):
        yield entry, (ready,) if ready is not None else PIECES[name].rows(entry, found.details(entry))


def findings_table(found: Collected) -> Table:
    """Return 问题清单: a row a finding, with links to file and cell."""
    notes = ("只列计入汇总的那一份。错误必须改正；提醒改正或写明说明；点“位置”打开原表的单元格。",)
    return Table(FINDINGS, FINDING_COLUMNS, _finding_rows(found), notes)


def _finding_rows(found: Collected) -> Rows:
    units = {id(entry): told for entry, told in full_units(found.projects)}
    for entry, rows in _by_form(found, FINDINGS):
        yield from rows
        if id(entry) in units:
            yield from finding_rows(entry, [units[id(entry)]])


def units_table(found: Collected) -> Table:
    """Return 按单位: sums, weighted means with their arithmetic, grades."""
    grades = tuple(dict.fromkeys(grade for unit in found.units for grade, _ in unit.grades))
    columns = (
        Column("填报单位", 28, Kind.LONG),
        Column("项目数", 8, Kind.COUNT),
        *(Column(name, 17, Kind.MONEY) for name in FUND_COLUMNS),
        Column(RATE, 9, Kind.RATE),
        Column("加权平均得分", 10, Kind.SCORE),
        Column("项目绩效目标完成率", 12, Kind.RATE),
        *(Column(f"{grade}（个）", 7, Kind.COUNT) for grade in grades),
        Column("错误", 7, Kind.COUNT),
        Column("待说明", 8, Kind.COUNT),
        Column("算式", 50, Kind.LONG),
    )
    notes = (
        f"{UNIT}　　执行率 = Σ全年执行数 ÷ Σ全年预算数；加权平均得分 = Σ(自评得分 × 全年预算数) ÷ Σ全年预算数。",
        "项目绩效目标完成率 = 加权平均得分 ÷ 100，部门整体支出自评可直接采用；等级按填报的等级统计。",
    )
    rows = (_unit_row(unit, grades) for unit in ((*found.units, *found.wholes) if found.units else ()))
    return Table("按单位", columns, rows, notes)


def _unit_row(unit: Unit, grades: tuple[str, ...]) -> tuple[Value, ...]:
    counts = dict(unit.grades)
    return (
        unit.label,
        len(unit.projects),
        *unit.amounts,
        None if unit.rate is None else round_half_up(unit.rate, 4),
        None if unit.mean is None else round_half_up(unit.mean, 2),
        None if unit.completion is None else round_half_up(unit.completion, 4),
        *(counts.get(grade, 0) for grade in grades),
        unit.errors,
        unit.waiting,
        unit.working,
    )


def sources_table(found: Collected) -> Table:
    """Return 溯源: every figure of the summary with its file, cell and arithmetic."""
    return Table(
        SOURCES, SOURCE_COLUMNS, _source_rows(found), ("汇总表和按单位的每个数从哪里来；部门报告引用的数，按此答复。",)
    )


def _source_rows(found: Collected) -> Rows:
    yield from _of_forms(found, SOURCES)
    for unit in (*found.units, *found.wholes) if found.units else ():
        yield from _unit_sources(unit)


def _unit_sources(unit: Unit) -> Iterator[tuple[Value, ...]]:
    places = f"汇总表中{unit.label}的各行" if unit.name != "合计" else "汇总表各行"
    for name, amount in zip(FUND_COLUMNS, unit.amounts, strict=True):
        if amount is not None:
            yield unit.label, f"{name}合计", f"{money(amount)} 元", f"{len(unit.projects)} 个项目相加", places, ""
    if unit.rate is not None:
        yield unit.label, RATE, percent(unit.rate), "Σ全年执行数 ÷ Σ全年预算数（两数都有的项目）", places, ""
    if unit.mean is not None:
        yield unit.label, "加权平均得分", plain(round_half_up(unit.mean, 2)), unit.working, places, ""
        step = f"{quotient(unit.mean, Decimal(1))} ÷ 100"
        yield unit.label, "项目绩效目标完成率", percent(unit.completion or Decimal(0)), step, places, ""
    for grade, count in unit.grades:
        yield unit.label, f"等级“{grade}”", f"{count} 个", f"{len(unit.projects)} 个项目中等级为“{grade}”的", places, ""
