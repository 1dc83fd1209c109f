"""The rows of the summary that a form gives by itself, whatever else was collected; they can be made when it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from toolkit.collect.figures import percent
from toolkit.collect.model import Details, Entry, Head, Told
from toolkit.collect.rules import own_findings
from toolkit.collect.table import HERE, Column, Kind, Link, Row, Value
from toolkit.core.form import FUND_COLUMNS
from toolkit.core.money import money, quotient, read_figure

INDICATORS, FINDINGS, SOURCES = "指标明细", "问题清单", "溯源"
NAME, RATE, SCORE = "项目名称", "执行率", "自评得分"
_STEPS = 4
_UNIT = Column("填报单位", 20, Kind.LONG)
_PROJECT = Column(NAME, 26, Kind.LONG)
INDICATOR_COLUMNS = (
    _UNIT,
    _PROJECT,
    *(Column(name, 14, Kind.LONG) for name in ("一级指标", "二级指标")),
    *(Column(name, 22, Kind.LONG) for name in ("三级指标", "四级指标", "年度指标值", "实际完成值")),
    *(Column(name, 8, Kind.POINTS) for name in ("分值", "得分", "测算得分")),
    Column("偏差原因分析及改进措施", 34, Kind.LONG),
    Column("佐证", 18, Kind.LONG),
    Column("单元格", 24, Kind.LONG),
)
FINDING_COLUMNS = (
    Column("级别", 9),
    Column("代码", 6),
    _UNIT,
    _PROJECT,
    Column("位置", 16),
    Column("问题", 48, Kind.LONG),
    Column("算式", 30, Kind.LONG),
    Column("改法", 36, Kind.LONG),
    Column("说明", 24, Kind.LONG),
    Column("依据", 24, Kind.LONG),
    Column("文件", 34, Kind.LONG),
)
SOURCE_COLUMNS = (
    Column("单位或项目", 34, Kind.LONG),
    Column("数据", 20),
    Column("数值", 20),
    Column("算式", 56, Kind.LONG),
    Column("单元格", 22, Kind.LONG),
    Column("文件", 40, Kind.LONG),
)


def link_to(entry: Entry, text: str = "", cell: str = "", sheet: str = "") -> Link:
    """Return a link to the form, or to one of its cells."""
    return Link(text or entry.file, entry.link, sheet or entry.head.sheet, cell)


def indicator_rows(entry: Entry, details: Details) -> Iterator[Row]:
    """Yield a row an indicator."""
    for line in details.lines:
        levels = (line.level1, line.level2, line.level3, line.level4, line.target, line.actual)
        points = (_number(text) for text in (line.weight, line.score, line.computed))
        where = link_to(entry, f"{entry.head.sheet} {line.cell}".strip() or entry.file, line.cell)
        yield (entry.head.unit, entry.name, *levels, *points, line.deviation, line.evidence, where)


def _number(text: str) -> Value:
    figure = read_figure(text)
    return text if figure is None or figure.unit else figure.number


def finding_rows(entry: Entry, findings: Iterable[Told]) -> Iterator[Row]:
    """Yield a row a finding."""
    for told in findings:
        place = " ".join(filter(None, (told.sheet, told.cell)))
        where: Value = link_to(entry, place, told.cell, told.sheet) if place else ""
        words = (told.message, told.working, told.fix, told.explained, told.source)
        yield (told.word, told.code, entry.head.unit, entry.name, where, *words, link_to(entry))


def source_rows(entry: Entry) -> Iterator[Row]:
    """Yield every figure of the form with its cell and arithmetic."""
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


def _source(entry: Entry, name: str, shown: str, step: str, cell: str) -> Row:
    where: Value = link_to(entry, f"{entry.head.sheet} {cell}".strip(), cell) if cell else ""
    return entry.name, name, shown, step, where, link_to(entry)


@dataclass(frozen=True, slots=True)
class Piece:
    """What a form gives to one sheet."""

    columns: tuple[Column, ...]
    rows: Callable[[Entry, Details], Iterator[Row]]


PIECES: Mapping[str, Piece] = {
    INDICATORS: Piece(INDICATOR_COLUMNS, indicator_rows),
    FINDINGS: Piece(FINDING_COLUMNS, lambda entry, details: finding_rows(entry, details.findings)),
    SOURCES: Piece(SOURCE_COLUMNS, lambda entry, _: source_rows(entry)),
}
"""By sheet; the findings of the details include those that only who collects is told of."""


def rows_by_sheet(head: Head, details: Details) -> Iterator[tuple[str, Piece, Iterator[Row]]]:
    """Yield what a form gives to every sheet, wherever its file lies: ``HERE`` stands for that."""
    entry = Entry(HERE, HERE, "", 0, "", head)
    whole = replace(details, findings=own_findings(entry, details))
    for sheet, piece in PIECES.items():
        yield sheet, piece, piece.rows(entry, whole)
