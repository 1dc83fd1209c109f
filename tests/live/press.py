"""Buttons pressed on open workbooks, and the workbooks they are pressed on."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlwings as xw

from tests.excel.scripted import Scripted
from toolkit.cli.sources import find_schemes
from toolkit.excel.run import run_action
from toolkit.excel.work import Places
from toolkit.intake.interchange import parse_interchange
from toolkit.workbook.template import build_workbook

CASES = Path(__file__).parents[1] / "cases"
GOLDEN = sorted(path.stem for path in CASES.glob("*.json"))
TEMPLATES = Path(__file__).parents[2] / "workbook_templates"
SCHEMES = sorted(path.stem for path in TEMPLATES.glob("*.xlsx"))
AWKWARD = "2024年 河源=社保局(终稿)【第2稿】"
"""The name of a file as officers give it."""
AT_REST = {
    "screen_updating": True,
    "display_alerts": True,
    "enable_events": True,
    "interactive": True,
    "status_bar": False,
    "calculation": "automatic",
}
"""The switches of a program that no action has left in disorder."""

_NAMES = ("培训人数", "办结率", "到岗率", "资金支付及时率", "服务对象满意度", "5G基站数", "预计完成43万人次业务")
_GROUPS = (
    ("产出指标", "数量指标"),
    ("产出指标", "质量指标"),
    ("效益指标", "社会效益指标"),
    ("满意度指标", "服务对象满意度指标"),
)
_VALUES = (("27人", "25人"), ("≥95%", "92.5%"), ("100%", "100%"), ("1.2万亩", "12000亩"), ("及时", "及时"))


def press(book: xw.Book, action: str, folder: Path, *answers: Any) -> Scripted:
    """Press a button as the macros do, and return what was asked and told; copies go below ``folder``."""
    dialogs = Scripted(*answers)
    run_action(action, book, dialogs, Places(folder / "数据"))
    return dialogs


def golden(case: str) -> dict[str, Any]:
    """Return a published form as interchange data."""
    data: dict[str, Any] = json.loads((CASES / f"{case}.json").read_text(encoding="utf-8"), parse_float=Decimal)
    return data


def workbook(path: Path, forms: Sequence[Mapping[str, Any]], scheme: str | None = None) -> Path:
    """Write a workbook of forms given as interchange data, a sheet each, as ``selfeval fill`` does."""
    read = [parse_interchange(dict(data), path.with_suffix(".json")).form for data in forms]
    chosen, _ = find_schemes(scheme).choose(read[0])
    build_workbook(path, read, chosen)
    return path


def form_of(rows: int, scheme: str = "guangdong-2024", **changes: Any) -> dict[str, Any]:
    """Return a form of so many indicator rows with something to find in it."""
    indicators = []
    for number in range(rows):
        level1, level2 = _GROUPS[number * len(_GROUPS) // rows]
        target, actual = _VALUES[number % len(_VALUES)]
        row = {"level1": level1, "level2": level2, "level3": f"{_NAMES[number % len(_NAMES)]}{number + 1}"}
        row |= {"target": target, "actual": actual, "weight": f"{Decimal(90) / rows:.2f}", "score": "1.5"}
        indicators.append(row | {"deviation": "", "basis": ""})
    money = {"initial_budget": "100", "annual_budget": "100", "executed": "87.5"}
    return {
        "scheme": scheme,
        "year": 2024,
        "project_name": f"有{rows}项指标的项目",
        "organisation": "市社保局",
        "department": "市人社局",
        "currency_unit": "万元",
        "funds": [{"kind": "年度资金总额", "weight": "10", "rate": "0.88", "score": "8.75"} | money],
        "goal": {"expected": "完成4项工作。", "actual": "完成3项"},
        "indicators": indicators,
        "stated_total": {"weight": "100", "score": "90"},
        "stated_grade": "优",
    } | changes


FORM = "自评表"
ROW = "第3项"


def select(book: xw.Book, text: str = ROW) -> None:
    """Select the cell of the form that holds a text, as an officer clicks it."""
    sheet = book.sheets[FORM]
    rows = sheet.used_range.raw_value
    top, left = sheet.used_range.row, sheet.used_range.column
    row, column = next((r, c) for r, line in enumerate(rows) for c, value in enumerate(line) if value == text)
    sheet.activate()
    sheet.range((top + row, left + column)).select()


def at_the_front(book: xw.Book) -> None:
    """Select a cell that is none of the form's."""
    book.sheets[0].activate()
    book.sheets[0].range("A1").select()


# Per button that changes the workbook: what is selected, what the officer answers, what is told at the end.
CHANGING: list[tuple[str, Callable[[xw.Book], None], tuple[Any, ...], str]] = [
    ("check", at_the_front, (), "发现 "),
    ("adopt", at_the_front, ([0, 1],), "已采纳 2 行测算得分"),
    ("report", at_the_front, (), "自评报告已写入"),
    ("add-rows", select, (), "已在第 "),
    ("delete-rows", select, ("删除",), "已删除 1 行指标"),
    ("add-project", at_the_front, (), f"已新增“{FORM} (2)”"),
]


def form_with_row(scheme: str) -> dict[str, Any]:
    """Return a form of a scheme with a row that is easily found."""
    data = form_of(10, scheme)
    data["indicators"][2]["level3"] = ROW
    return data
