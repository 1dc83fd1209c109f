"""The sheets of the summary about what was sent: 未报送, 版本与重复, 未能读取, 资金核对, 抽查建议, 相似文本."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.collect.collected import Changes, Collected
from toolkit.collect.ledger import Difference, against_ledger, within_units
from toolkit.collect.model import Entry
from toolkit.collect.pieces import link_to
from toolkit.collect.roster import Roll, sent_twice
from toolkit.collect.samples import RULES, samples_of
from toolkit.collect.table import Column, Kind, Link, Table, Value
from toolkit.collect.texts import same_texts
from toolkit.collect.versions import Project

_LONGEST = 1000
_UNIT, _PROJECT, _FILE = (
    Column("填报单位", 26, Kind.LONG),
    Column("项目名称", 32, Kind.LONG),
    Column("文件", 40, Kind.LONG),
)


def roll_table(found: Collected) -> Table:
    """Return 未报送: who is missing, who is not on the list, who sent twice; with the sentence of coverage."""
    columns = (Column("情况", 12), _UNIT, _PROJECT, Column("说明", 56, Kind.LONG), _FILE)
    if found.roll is None:
        note = (
            "没有用 --expected 给出项目名单，无法列出未报送的项目。名单可以是 .xlsx、.csv 或 .txt，写明单位和项目名称。"
        )
        return Table("未报送", columns, (), (note,), empty="")
    rows = tuple(_roll_rows(found.roll))
    return Table(
        "未报送",
        columns,
        rows,
        (found.roll.coverage,),
        "应报的都已收到，没有名单以外的，也没有重复报送。",
        bool(found.roll.missing),
    )


def _roll_rows(roll: Roll) -> Iterator[tuple[Value, ...]]:
    for line, likely in roll.missing:
        hint = f"；收到的“{likely.chosen.name}”名称相近，请核对是否同一项目" if likely else ""
        yield "未报送", line.unit, line.project or "（全部项目）", f"名单{line.at}，没有收到自评表{hint}", ""
    for project in roll.unexpected:
        entry = project.chosen
        yield "不在名单", entry.head.unit, entry.name, "收到自评表，名单上没有", link_to(entry)
    for _, project in sent_twice(roll):
        entry = project.chosen
        yield (
            "重复报送",
            entry.head.unit,
            entry.name,
            f"收到 {project.received} 份，采用的见“版本与重复”",
            link_to(entry),
        )


def versions_table(found: Collected, changes: Changes) -> Table:
    """Return 版本与重复: what was sent more than once, which one counts and why, what changed."""
    columns = (
        _UNIT,
        _PROJECT,
        Column("处理", 10),
        _FILE,
        Column("校验码", 12),
        Column("采用的理由", 40, Kind.LONG),
        Column("与采用稿相比（该稿 → 采用稿）", 70, Kind.LONG),
    )
    several = [project for project in found.projects if project.received > 1]
    note = "同一项目收到几份的，只有“采用”的一份计入汇总；要换一份，重新汇总时用 --keep 写出要采用的文件。"
    unsure = any(project.unsure for project in several)
    return Table("版本与重复", columns, _version_rows(several, changes), (note,), "没有重复报送的项目。", unsure)


def _version_rows(projects: list[Project], changes: Changes) -> Iterator[tuple[Value, ...]]:
    for project in projects:
        yield _version(project.chosen, "采用", project.reason, "")
        for other in project.others:
            yield _version(other, "未采用", "", _changed(other, project.chosen, changes))
        for copy in project.copies:
            yield _version(copy, "内容相同", "", "校验码一致，内容没有差别")


def _version(entry: Entry, what: str, reason: str, changed: str) -> tuple[Value, ...]:
    head = entry.head
    return head.unit, entry.name, what, link_to(entry, entry.place), head.fingerprint, reason, changed


def _changed(old: Entry, new: Entry, changes: Changes) -> str:
    found = changes.get((old.place, new.place))
    if found is None:
        return "没有比较"
    lines = [f"{change.item}：{change.before} → {change.after}" for change in found]
    text = f"共 {len(lines)} 处：{'；'.join(lines)}" if lines else "表内没有差别（评分标准或模板版本不同）"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}……（全部差别用 selfeval compare 列出）"


def failures_table(found: Collected) -> Table:
    """Return 未能读取: file, reason, what to ask of the sender; then what was not taken for a form."""
    columns = (
        Column("类别", 12),
        Column("文件", 50, Kind.LONG),
        Column("原因", 56, Kind.LONG),
        Column("请发送人做什么", 50, Kind.LONG),
    )
    rows = tuple(
        ("未能读取" if each.counted else "不是自评表", Link(each.file, each.link), each.reason, each.ask)
        for each in found.failures
    )
    bad = any(each.counted for each in found.failures)
    return Table("未能读取", columns, rows, (), "全部文件都已读取。", bad)


def ledger_table(found: Collected) -> Table:
    """Return 资金核对: F14 within the units, F17 and K02 against the ledger."""
    columns = (
        Column("结果", 10),
        Column("代码", 6),
        _UNIT,
        _PROJECT,
        Column("情况", 56, Kind.LONG),
        Column("算式", 44, Kind.LONG),
        Column("改法", 40, Kind.LONG),
        Column("位置", 16),
        _FILE,
    )
    told = list(within_units(found.projects, found.schemes))
    notes: tuple[str, ...] = ()
    if found.beside.ledger is None:
        notes = ("没有用 --ledger 给出台账或决算，只核对单位内部的预算调剂。",)
    else:
        told = [*against_ledger(found.latest, found.beside.ledger, found.schemes), *told]
        notes = _only_latest(found, "核对")
    bad = any(each.result == "错误" for each in told)
    return Table("资金核对", columns, map(_difference, told), notes, "没有需要核对的。", bad)


def _difference(each: Difference) -> tuple[Value, ...]:
    entry = each.entry
    where: Value = link_to(entry, f"{entry.head.sheet} {each.cell}".strip(), each.cell) if entry and each.cell else ""
    file: Value = link_to(entry) if entry else ""
    return each.result, each.code, each.unit, each.project, each.told, each.working, each.fix, where, file


def samples_table(found: Collected) -> Table:
    """Return 抽查建议."""
    columns = (
        Column("序号", 6, Kind.COUNT),
        _UNIT,
        _PROJECT,
        Column("符合条件", 9, Kind.COUNT),
        Column("理由", 70, Kind.LONG),
        _FILE,
        Column("抽查结果", 24, Kind.OWN),
    )
    rows = (
        (
            number,
            each.project.chosen.head.unit,
            each.project.chosen.name,
            len(each.reasons),
            "；".join(each.reasons),
            link_to(each.project.chosen),
            "",
        )
        for number, each in enumerate(samples_of(found.latest), 1)
    )
    return Table("抽查建议", columns, rows, (RULES, *_only_latest(found, "抽查")))


def _only_latest(found: Collected, what: str) -> tuple[str, ...]:
    """Return the sentence that only the newest of several years counts here, nothing where there is but one."""
    return (f"收到几个年度的表，这里只{what} {found.years[-1]} 年度的。",) if len(found.years) > 1 else ()


def texts_table(found: Collected) -> Table:
    """Return 相似文本: projects whose 存在问题 are the same."""
    columns = (
        Column("组", 6, Kind.COUNT),
        Column("项目数", 8, Kind.COUNT),
        _UNIT,
        _PROJECT,
        Column("存在问题", 70, Kind.LONG),
        _FILE,
    )
    groups = same_texts([project.chosen for project in found.projects])
    rows = (
        (number, len(group.entries), entry.head.unit, entry.name, group.text[:_LONGEST], link_to(entry))
        for number, group in enumerate(groups, 1)
        for entry in group.entries
    )
    note = "“存在问题”除空格、标点外完全相同的项目；可能确是共性问题，也可能是照抄，请核对。"
    return Table("相似文本", columns, rows, (note,))
