"""Reading what was filled in under 报告要素."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from toolkit.core.facts.catalogue import Fact, FactKind, find_fact, find_table
from toolkit.core.form import Cell
from toolkit.core.values import Moment

TICKED = ("是", "√", "✓", "☑", "Y", "y")
"""What stands for 是."""
STATE_COLUMN = "状态"
"""Column of a table that says what is still to be done about a row."""
UNCONFIRMED = "上年沿用，请确认"
"""State of a row taken over from last year's form: until it is changed the row counts for nothing."""
_LINES = re.compile(r"[\n；;]+")
_NAMES = re.compile(r"[\n、，,；;]+")
_LEADING_NUMBER = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．]|[一二三四五六七八九十]是|[①-⑳])\s*")
_DOCUMENT = re.compile(r"[^\s〔〕\d]{2,20}〔(?:19|20)\d{2}〕\d{1,4}号")


Facts = Mapping[str, Cell]
"""What was filled in, by the name of the fact."""
Tables = Mapping[str, tuple[Mapping[str, Cell], ...]]
"""The rows of the tables, by the name of the table."""


def facts_of_unit(facts: Facts, tables: Tables) -> tuple[Facts, Tables]:
    """Return those facts and tables that hold for all projects of a unit."""
    return (
        {name: cell for name, cell in facts.items() if (fact := find_fact(name)) and fact[0].of_unit},
        {name: rows for name, rows in tables.items() if (table := find_table(name)) and table[0].of_unit},
    )


def confirmed_rows(rows: Iterable[Mapping[str, Cell]]) -> tuple[Mapping[str, Cell], ...]:
    """Return the rows of a table that hold something and are not waiting to be confirmed."""
    return tuple(row for row in rows if any(not cell.blank for cell in row.values()) and not is_unconfirmed(row))


def is_unconfirmed(row: Mapping[str, Cell]) -> bool:
    """Tell whether a row was taken over from last year's form and nobody has confirmed it yet."""
    return STATE_COLUMN in row and row[STATE_COLUMN].text.strip() == UNCONFIRMED


def is_ticked(cell: Cell | None) -> bool:
    """Tell whether a statement was ticked 是; 否, 不适用 and blank are not."""
    return cell is not None and cell.text.strip() in TICKED


def fact_items(cell: Cell | None, kind: FactKind = FactKind.ITEMS) -> tuple[str, ...]:
    """Return the items of a 条目 (one a line) or a 名单 (also divided by 、), numbers in front of them left out."""
    if cell is None or cell.blank:
        return ()
    pieces = (_NAMES if kind is FactKind.NAMES else _LINES).split(cell.text)
    return tuple(item for piece in pieces if (item := _LEADING_NUMBER.sub("", piece).strip()))


def problem_of(fact: Fact, cell: Cell) -> str:
    """Say in Chinese what is wrong with a filled-in fact, following 填“…”，; "" where nothing is."""
    text = cell.text.strip()
    if not text:
        return ""
    if fact.choices and text not in fact.choices and not (fact.kind is FactKind.TICK and text in TICKED):
        return f"应为{'、'.join(fact.choices)}之一"
    if fact.kind in (FactKind.COUNT, FactKind.NUMBER, FactKind.AMOUNT):
        return _number_problem(fact, cell)
    if fact.kind is FactKind.DATE and not isinstance(cell.value, Moment):
        return "不是一个日期，例如 2022年3月15日"
    if fact.kind is FactKind.DOCUMENT and not _DOCUMENT.fullmatch(text):
        return "文号应写成机关代字〔年份〕序号号，例如 河财社〔2022〕38号"
    return ""


def _number_problem(fact: Fact, cell: Cell) -> str:
    number = cell.number
    if number is None:
        return "不是一个确定的数"
    if number < 0 and not fact.signed:
        return "不应小于 0"
    if fact.kind is FactKind.COUNT and number != number.to_integral_value():
        return "应为整数"
    return ""
