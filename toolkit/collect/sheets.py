"""The sheets of the summary about the projects themselves: 汇总表, 指标明细, 问题清单, 按单位, 溯源."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from toolkit.checks import Severity
from toolkit.collect.collected import Collected
from toolkit.collect.model import Entry, Told
from toolkit.collect.rules import full_units
from toolkit.collect.table import Column, Kind, Link, Table, Value
from toolkit.collect.units import Unit, percent
from toolkit.collect.versions import Project, draft_of
from toolkit.core.form import FUND_COLUMNS
from toolkit.core.money import money, plain, quotient, read_figure, round_half_up

SUMMARY, RATE, SCORE, GRADE = "汇总表", "执行率", "自评得分", "自评等级"
NAME, BUDGET, SPENT = "项目名称", "全年预算数", "全年执行数"
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
_STEPS = 4


def link_to(entry: Entry, text: str = "", cell: str = "", sheet: str = "") -> Link:
    """Return a link to the form, or to one of its cells."""
    return Link(text or entry.file, entry.link, sheet or entry.head.sheet, cell)


def summary_table(found: Collected) -> Table:
    """Return 汇总表: a row a project, 复核得分 and 复核意见 left to the chief."""
    whole, count = found.whole, sum(len(unit.projects) for unit in found.units)
    notes = [f"{UNIT}　　共 {count} 个项目、{len(found.units)} 个单位；{_sums(whole)}"]
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
        counts = (head.count(severity) for severity in (Severity.WARNING, Severity.NEXT_YEAR, Severity.INFO))
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
            head.count(Severity.ERROR),
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
    columns = (
        Column("填报单位", 20, Kind.LONG),
        Column(NAME, 26, Kind.LONG),
        *(Column(name, 14, Kind.LONG) for name in ("一级指标", "二级指标")),
        *(Column(name, 22, Kind.LONG) for name in ("三级指标", "四级指标", "年度指标值", "实际完成值")),
        *(Column(name, 8, Kind.SCORE) for name in ("分值", "得分", "测算得分")),
        Column("偏差原因分析及改进措施", 34, Kind.LONG),
        Column("佐证", 18, Kind.LONG),
        Column("单元格", 24, Kind.LONG),
    )
    return Table("指标明细", columns, _row_rows(found), ("只列计入汇总的那一份；点“单元格”打开原表。",))


def _row_rows(found: Collected) -> Iterator[tuple[Value, ...]]:
    for project in found.projects:
        entry = project.chosen
        for line in found.details(entry).lines:
            levels = (line.level1, line.level2, line.level3, line.level4, line.target, line.actual)
            points = (_number(text) for text in (line.weight, line.score, line.computed))
            where = link_to(entry, f"{entry.head.sheet} {line.cell}".strip() or entry.file, line.cell)
            yield (entry.head.unit, entry.name, *levels, *points, line.deviation, line.evidence, where)


def _number(text: str) -> Value:
    figure = read_figure(text)
    return text if figure is None or figure.unit else figure.number


def findings_table(found: Collected) -> Table:
    """Return 问题清单: a row a finding, with links to file and cell."""
    columns = (
        Column("级别", 9),
        Column("代码", 6),
        Column("填报单位", 20, Kind.LONG),
        Column(NAME, 26, Kind.LONG),
        Column("位置", 16),
        Column("问题", 48, Kind.LONG),
        Column("算式", 30, Kind.LONG),
        Column("改法", 36, Kind.LONG),
        Column("说明", 24, Kind.LONG),
        Column("依据", 24, Kind.LONG),
        Column("文件", 34, Kind.LONG),
    )
    return Table("问题清单", columns, _finding_rows(found), ("只列计入汇总的那一份。错误必须改正；提醒改正或写明说明；点“位置”打开原表的单元格。",))


def _finding_rows(found: Collected) -> Iterator[tuple[Value, ...]]:
    units = {id(entry): told for entry, told in full_units(found.projects)}
    for project in found.projects:
        entry = project.chosen
        for told in found.details(entry).findings:
            yield _finding_row(entry, told)
        if id(entry) in units:
            yield _finding_row(entry, units[id(entry)])


def _finding_row(entry: Entry, told: Told) -> tuple[Value, ...]:
    place = " ".join(filter(None, (told.sheet, told.cell)))
    where: Value = link_to(entry, place, told.cell, told.sheet) if place else ""
    words = (told.message, told.working, told.fix, told.explained, told.source)
    return (told.word, told.code, entry.head.unit, entry.name, where, *words, link_to(entry))


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
    rows = (_unit_row(unit, grades) for unit in ((*found.units, found.whole) if found.units else ()))
    return Table("按单位", columns, rows, notes)


def _unit_row(unit: Unit, grades: tuple[str, ...]) -> tuple[Value, ...]:
    counts = dict(unit.grades)
    return (
        unit.name,
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
    columns = (
        Column("单位或项目", 34, Kind.LONG),
        Column("数据", 20),
        Column("数值", 20),
        Column("算式", 56, Kind.LONG),
        Column("单元格", 22, Kind.LONG),
        Column("文件", 40, Kind.LONG),
    )
    return Table("溯源", columns, _source_rows(found), ("汇总表和按单位的每个数从哪里来；部门报告引用的数，按此答复。",))


def _source_rows(found: Collected) -> Iterator[tuple[Value, ...]]:
    for project in found.projects:
        yield from _project_sources(project.chosen)
    for unit in (*found.units, found.whole) if found.units else ():
        yield from _unit_sources(unit)


def _project_sources(entry: Entry) -> Iterator[tuple[Value, ...]]:
    head = entry.head
    for name, amount in zip(FUND_COLUMNS, head.amounts, strict=False):
        if amount.yuan:
            step = f"{amount.text} 万元 × 10000" if head.currency == "万元" else amount.text
            yield _source(entry, name, f"{money(Decimal(amount.yuan))} 元", step, amount.cell)
    budget, spent = head.yuan(1), head.yuan(2)
    if head.rate is not None and budget and spent is not None:
        step = f"{money(spent)} ÷ {money(budget)} = {quotient(spent, budget, _STEPS)}"
        yield _source(entry, RATE, percent(head.rate), step, head.amounts[2].cell)
    if head.filled:
        yield _source(entry, SCORE, head.filled, "总分，填报数", head.score_cell)
    if head.computed:
        yield _source(entry, "测算得分", head.computed, f"按评分标准 {head.scheme} 重算，逐项见“指标明细”", "")


def _source(entry: Entry, name: str, shown: str, step: str, cell: str) -> tuple[Value, ...]:
    where: Value = link_to(entry, f"{entry.head.sheet} {cell}".strip(), cell) if cell else ""
    return entry.name, name, shown, step, where, link_to(entry)


def _unit_sources(unit: Unit) -> Iterator[tuple[Value, ...]]:
    places = f"汇总表中{unit.name}的各行" if unit.name != "合计" else "汇总表各行"
    for name, amount in zip(FUND_COLUMNS, unit.amounts, strict=True):
        if amount is not None:
            yield unit.name, f"{name}合计", f"{money(amount)} 元", f"{len(unit.projects)} 个项目相加", places, ""
    if unit.rate is not None:
        yield unit.name, RATE, percent(unit.rate), "Σ全年执行数 ÷ Σ全年预算数（两数都有的项目）", places, ""
    if unit.mean is not None:
        yield unit.name, "加权平均得分", plain(round_half_up(unit.mean, 2)), unit.working, places, ""
        step = f"{quotient(unit.mean, Decimal(1))} ÷ 100"
        yield unit.name, "项目绩效目标完成率", percent(unit.completion or Decimal(0)), step, places, ""
    for grade, count in unit.grades:
        yield unit.name, f"等级“{grade}”", f"{count} 个", f"{len(unit.projects)} 个项目中等级为“{grade}”的", places, ""
