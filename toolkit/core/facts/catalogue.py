"""Which facts 报告要素 asks for, as data."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

BASIS = "·依据"
"""Ending of the fact that names the ground of a ticked statement: 专款专用·依据."""


class FactKind(StrEnum):
    """What a fact may hold."""

    TEXT = "文字"
    LONG = "长文"
    ITEMS = "条目"
    NAMES = "名单"
    COUNT = "整数"
    NUMBER = "数"
    AMOUNT = "金额"
    DATE = "日期"
    DOCUMENT = "文号"
    TICK = "勾选"
    CHOICE = "选择"


@dataclass(frozen=True, slots=True)
class Fact:
    """One field of 报告要素, or one column of a table.

    Attributes:
        choices: what may be chosen, for 勾选 and 选择.
        example: shown beside the field; never printed.
        used: in which chapters and checks it is used.
        signed: the number may be below zero: a document that takes money back (调减).
        personal: it names or reaches a person: left out of what is published.
    """

    name: str
    kind: FactKind
    example: str = ""
    used: str = ""
    choices: tuple[str, ...] = ()
    signed: bool = False
    personal: bool = False


@dataclass(frozen=True, slots=True)
class FactTable:
    """A table of 报告要素, such as 资金依据 with a row for each document.

    Attributes:
        rows: rows shown on a blank sheet.
    """

    name: str
    columns: tuple[Fact, ...]
    rows: int
    used: str


@dataclass(frozen=True, slots=True)
class FactGroup:
    """Facts that belong together.

    Attributes:
        of_unit: the same for all projects of the unit; else of one project.
        carried: taken over into next year's form, to be confirmed there.
        meant_for: word in the title of the forms it is meant for, "" where all may need it.
        last_year: what last year's form says, written when it is carried over; shown only where it is given.
    """

    id: str
    title: str
    of_unit: bool
    carried: bool
    facts: tuple[Fact, ...]
    tables: tuple[FactTable, ...]
    meant_for: str = ""
    last_year: bool = False


@cache
def fact_groups() -> tuple[FactGroup, ...]:
    """Return all groups in the order of the sheet."""
    text = files("toolkit.core.facts").joinpath("facts.toml").read_text(encoding="utf-8")
    return tuple(_group(row) for row in tomllib.loads(text)["group"])


def find_fact(name: str) -> tuple[FactGroup, Fact] | None:
    """Return the field called ``name`` with its group, ``None`` where there is none."""
    return _fields().get(name.removesuffix(BASIS))


def find_table(name: str) -> tuple[FactGroup, FactTable] | None:
    """Return the table called ``name`` with its group, ``None`` where there is none."""
    return _tables().get(name)


@cache
def _fields() -> Mapping[str, tuple[FactGroup, Fact]]:
    return {fact.name: (group, fact) for group in fact_groups() for fact in group.facts}


@cache
def _tables() -> Mapping[str, tuple[FactGroup, FactTable]]:
    return {table.name: (group, table) for group in fact_groups() for table in group.tables}


def _group(row: Mapping[str, Any]) -> FactGroup:
    return FactGroup(
        id=row["id"],
        title=row["title"],
        of_unit=row["scope"] == "单位",
        carried=row["carried"],
        facts=tuple(_facts(row.get("facts", ()))),
        tables=tuple(
            FactTable(table["name"], tuple(_facts(table["columns"])), table["rows"], table["used"])
            for table in row.get("table", ())
        ),
        meant_for=row.get("meant_for", ""),
        last_year=row.get("last_year", False),
    )


def _facts(rows: list[Mapping[str, Any]]) -> Iterator[Fact]:
    for row in rows:
        kind = FactKind(row["kind"])
        choices = ("是", "否", "不适用") if kind is FactKind.TICK else tuple(row.get("choices", ()))
        marks = {mark: row.get(mark, False) for mark in ("signed", "personal")}
        yield Fact(row["name"], kind, row.get("example", ""), row.get("used", ""), choices, **marks)
