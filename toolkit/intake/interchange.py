"""The interchange form (.json): all values as the strings that were published.

A row of ``indicators`` may have the optional key ``own``: an object with the texts of the columns that only this form
has, by their headings, such as ``{"复核分": "9", "备注": ""}``. They are printed by a scheme with such columns.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from toolkit.core.columns import own_key
from toolkit.core.form import EVIDENCE, Cell, Form, FundLine, Indicator, Line
from toolkit.problem import Unreadable

_DIGITS = re.compile(r"\d{1,6}(\.\d{1,6})?")
_METADATA = {"id", "source_url", "complete", "layout", "notes", "extra", "anomalies_seen"}
_TEXTS = {
    "organisation": "填报单位",
    "project_name": "项目名称",
    "project_code": "项目编码",
    "project_amount": "项目金额",
    "department": "主管部门",
    "implementing_unit": "实施单位",
}
_FUND: dict[str, str] = {
    "kind": "资金来源",
    "initial_budget": "年初预算数",
    "annual_budget": "全年预算数",
    "executed": "全年执行数",
    "weight": "分值",
    "rate": "执行率",
    "score": "得分",
}
_RECEIVED = {"received": "到位金额", "received_rate": "到位率"}
_INDICATOR: dict[str, str] = {
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "三级指标",
    "target": "年度指标值",
    "actual": "实际完成值",
    "weight": "分值",
    "score": "得分",
    "deviation": "偏差原因分析及改进措施",
}
_BESIDE = {
    **{"method": "计算方式", "basis": "评分依据", "level4": "四级指标"},
    **{"provider": "提供股室", "grounds": "取数口径和依据"},
}
_KEPT_ELSEWHERE = ("provider", "grounds")
"""Keys of columns that no form has itself: 数据来源 keeps them."""
_EVIDENCE = "evidence"
"""Key of 佐证材料; a file in which no row has it keeps none."""
_OWN = "own"
"""Key of the columns that only this form has, by their headings."""
_KNOWN = {
    *_TEXTS,
    "region",
    "form",
    "year",
    "currency_unit",
    "funds",
    "goal",
    "indicators",
    "declared_section_weights",
    "stated_total",
    "stated_grade",
    "scheme",
    "facts",
}


@dataclass(frozen=True, slots=True)
class Interchange:
    """A form read from an interchange file, and the keys that were left out because nobody knows them."""

    form: Form
    left_out: tuple[str, ...]


def read_interchange(path: Path) -> Interchange:
    """Read an interchange file.

    Raises:
        Unreadable: the file is not JSON, or a value has the wrong type; the text is a Chinese sentence.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except UnicodeDecodeError as error:
        raise Unreadable(path, "不是 UTF-8 编码的文本", "请另存为 UTF-8 编码的 JSON 文件") from error
    except RecursionError as error:
        raise Unreadable(path, "里的括号层层套得太深", "请检查文件是否由别的程序损坏，或重新导出") from error
    except ValueError as error:
        raise Unreadable(path, f"不是有效的 JSON（{_where(error)}）", "请检查括号、引号和逗号，或重新导出") from error
    return parse_interchange(data, path)


def parse_interchange(data: Any, path: Path) -> Interchange:
    """Turn parsed JSON into a form. Raises :class:`Unreadable` as :func:`read_interchange`."""
    return Interchange(_Reader(path).form(data), tuple(_unknown(data)) if isinstance(data, dict) else ())


def _where(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"第 {error.lineno} 行第 {error.colno} 个字符处"
    return str(error)


def _unknown(data: dict[str, Any]) -> Iterator[str]:
    yield from (key for key in data if key not in _KNOWN | _METADATA)
    for name, allowed in (("funds", _FUND | _RECEIVED), ("indicators", _INDICATOR | _BESIDE | {_EVIDENCE: EVIDENCE, _OWN: ""})):
        seen = dict.fromkeys(key for row in data.get(name) or [] if isinstance(row, dict) for key in row)
        yield from (f"{name}.{key}" for key in seen if key not in allowed)


class _Reader:
    """Reads with types checked, naming the key that is wrong."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def form(self, data: Any) -> Form:
        """Build the form."""
        form = self._form(data)
        facts, tables = self._facts(data)
        return replace(form, facts=facts, tables=tables)

    def _form(self, data: Any) -> Form:
        if not isinstance(data, dict):
            raise self._wrong("最外层", "一个对象 {…}")
        if not {"indicators", "funds", "project_name"} & data.keys():
            raise Unreadable(self._path, "里面没有自评表的内容", "应有 project_name、funds、indicators 等键")
        total, goal = self._object(data, "stated_total"), self._object(data, "goal")
        header = {key: Cell(name, self._text(data, key)) for key, name in _TEXTS.items()}
        return Form(
            organisation=header["organisation"],
            project_name=header["project_name"],
            project_code=header["project_code"],
            project_amount=header["project_amount"],
            department=header["department"],
            implementing_unit=header["implementing_unit"],
            year=self._year(data),
            currency_unit=self._unit(data),
            funds=tuple(self._fund(row, i) for i, row in enumerate(self._rows(data, "funds"))),
            expected_goal=Cell("年度总体目标·预期目标", self._text(goal, "expected"), line=Line.GOALS),
            achieved_goal=Cell("年度总体目标·实际完成情况", self._text(goal, "actual"), line=Line.GOALS),
            indicators=self._indicators(data),
            total_weight=Cell("总分·分值", self._text(total, "weight"), line=Line.TOTAL),
            total_score=Cell("总分·得分", self._text(total, "score"), line=Line.TOTAL),
            grade=Cell("等级", self._text(data, "stated_grade"), line=Line.TOTAL),
            declared_weights=self._weights(data),
            scheme_id=self._text(data, "scheme"),
            region=self._text(data, "region"),
            kind=self._text(data, "form") or "项目支出绩效自评表",
        )

    def _fund(self, row: dict[str, Any], index: int) -> FundLine:
        name = self._text(row, "kind") or f"资金第 {index + 1} 行"
        cells = {
            key: Cell(f"{name}·{column}", self._text(row, key), line=Line.FUNDS + index)
            for key, column in (_FUND | _RECEIVED).items()
        }
        return FundLine(**cells)

    def _indicators(self, data: dict[str, Any]) -> tuple[Indicator, ...]:
        given = self._rows(data, "indicators")
        rows = tuple(self._indicator(row, index) for index, row in enumerate(given))
        if not any(_EVIDENCE in row for row in given):
            return rows
        return tuple(
            replace(row, evidence=replace(row.level3, field=f"{row.name}·{EVIDENCE}", text=self._text(data, _EVIDENCE)))
            for row, data in zip(rows, given, strict=True)
        )

    def _indicator(self, row: dict[str, Any], index: int) -> Indicator:
        name = self._text(row, "level4") or self._text(row, "level3") or f"指标第 {index + 1} 行"
        cells = {
            key: Cell(f"{name}·{column}", self._text(row, key), line=Line.INDICATORS + index)
            for key, column in (_INDICATOR | _BESIDE).items()
            if key in row or key not in _KEPT_ELSEWHERE
        }
        line, given = Line.INDICATORS + index, self._object(row, _OWN)
        texts = {own_key(heading): self._text(given, heading) for heading in given}
        own = {heading: Cell(f"{name}·{heading}", text, line=line) for heading, text in texts.items()}
        return Indicator(**cells, own=own)

    def _facts(self, data: dict[str, Any]) -> tuple[dict[str, Cell], dict[str, tuple[dict[str, Cell], ...]]]:
        """Read 报告要素: a text is a fact, a list of objects a table."""
        given = self._object(data, "facts")
        facts: dict[str, Cell] = {}
        tables: dict[str, tuple[dict[str, Cell], ...]] = {}
        for name, value in given.items():
            line = Line.FACTS + len(facts) + len(tables)
            if isinstance(value, list):
                rows = self._rows(given, name)
                tables[name] = tuple(self._fact_row(name, row, at, line) for at, row in enumerate(rows, 1))
            elif text := self._text(given, name):
                facts[name] = Cell(name, text, line=line)
        return facts, tables

    def _fact_row(self, table: str, row: dict[str, Any], number: int, line: int) -> dict[str, Cell]:
        texts = {column: self._text(row, column) for column in row}
        return {column: Cell(f"{table}第 {number} 行·{column}", text, line=line) for column, text in texts.items() if text}

    def _text(self, data: dict[str, Any], key: str) -> str:
        value = data.get(key)
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
            raise self._wrong(key, "文字，例如 \"10.0\"")
        return f"{value:f}" if isinstance(value, Decimal) else str(value)

    def _year(self, data: dict[str, Any]) -> int | None:
        text = self._text(data, "year").removesuffix("年")
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) == 4):
            raise self._wrong("year", "四位年份，例如 2021")
        return int(text)

    def _unit(self, data: dict[str, Any]) -> str:
        unit = self._text(data, "currency_unit") or "元"
        if unit not in ("元", "万元"):
            raise self._wrong("currency_unit", "元 或 万元")
        return unit

    def _object(self, data: dict[str, Any], key: str) -> dict[str, Any]:
        value = data.get(key)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise self._wrong(key, "一个对象 {…}")
        return value

    def _rows(self, data: dict[str, Any], key: str) -> list[dict[str, Any]]:
        value = data.get(key)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            raise self._wrong(key, "对象的列表 [{…}, …]")
        return value

    def _weights(self, data: dict[str, Any]) -> dict[str, Decimal]:
        weights = {}
        for name, points in self._object(data, "declared_section_weights").items():
            if not _DIGITS.fullmatch(str(points)):
                raise self._wrong(f"declared_section_weights.{name}", "分值，例如 50")
            weights[name] = Decimal(str(points))
        return weights

    def _wrong(self, key: str, allowed: str) -> Unreadable:
        return Unreadable(self._path, f"{key} 的类型不对", f"应为{allowed}")
