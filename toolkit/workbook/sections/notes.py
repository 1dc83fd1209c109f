"""合并说明: for every indicator what came from whom, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from toolkit.collect.table import Column, Kind, Table
from toolkit.sections import Decision, Merged
from toolkit.sections.merge import told_values
from toolkit.workbook.save import write_atomically
from toolkit.workbook.summary.assemble import write_tables

TITLE = "合并说明"
_COLUMNS = (
    Column("项目名称", 18, Kind.LONG),
    Column("序号", 6, Kind.COUNT),
    Column("指标", 24, Kind.LONG),
    Column("年度指标值", 14),
    Column("结果", 16),
    Column("填入", 16),
    Column("原来的值", 14),
    Column("各股室的答复", 28, Kind.LONG),
    Column("依据和佐证材料", 26, Kind.LONG),
    Column("经办人", 9),
    Column("取数日期", 13),
    Column("来自文件", 28, Kind.LONG),
    Column("说明", 36, Kind.LONG),
    Column("请做", 30, Kind.LONG),
)
_LEFT_OVER = (Column("来自文件", 40, Kind.LONG), Column("位置", 16), Column("指标", 30, Kind.LONG), Column("答复", 20), Column("为什么没有采用", 60, Kind.LONG))


def write_notes(path: Path, merged: Merged, notes: Sequence[str], unread: Sequence[str]) -> None:
    """Write 合并说明; the same content gives the same bytes.

    Args:
        path: where to; replaced as a whole or not at all.
        merged: what was decided.
        notes: sentences above the list.
        unread: files that could not be read, a sentence each.

    Raises:
        Unwritable: the file cannot be written.
    """
    tables = [Table(TITLE, _COLUMNS, map(_row, merged.decisions), tuple(notes), urgent=not merged.settled)]
    rest = [*_left_over(merged), *((None, None, None, None, text) for text in unread)]
    if rest:
        tables.append(Table("没有采用的", _LEFT_OVER, rest, urgent=True))
    write_atomically(path, lambda temporary: write_tables(temporary, TITLE, tables))


def _row(decision: Decision) -> tuple[str | int | None, ...]:
    item, taken = decision.item, decision.taken
    answer = taken.answer if taken else None
    files = dict.fromkeys(row.file for row in decision.answers)
    return (
        item.project,
        item.number,
        item.name,
        item.target,
        str(decision.state),
        decision.value,
        decision.replaced or item.current.text.strip(),
        "\n".join(told_values(decision)),
        answer.basis if answer else "",
        answer.person if answer else "",
        answer.day if answer else "",
        "\n".join(files),
        decision.note,
        decision.fix,
    )


def _left_over(merged: Merged) -> Iterator[tuple[str | None, ...]]:
    for file, why in merged.refused:
        yield file, None, None, None, why
    for row in merged.strays:
        yield row.file, row.answer.cell, row.answer.name, row.answer.value, row.note
