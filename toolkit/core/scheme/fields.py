"""What a scheme file may contain: one line per key, with its kind and what is allowed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from toolkit.core.columns import OWN_COLUMNS

SEVERITY_WORDS = {"错误": "error", "提醒": "warning", "留意下年": "next_year", "说明": "info", "不检查": "off"}
"""Words for a severity in [severities] and what they mean."""


class SchemeError(Exception):
    """A scheme file breaks a rule; the text is one Chinese sentence naming file, key and what is allowed."""

    def __init__(self, file: str, key: str, remedy: str) -> None:
        """Say what is wrong where: ``file`` and ``key`` as the author wrote them, ``remedy`` in Chinese."""
        place = f"评分标准 {file}" + (f" 的 {key}" if key else "")
        super().__init__(f"{place}：{remedy}")
        self.file = file
        self.key = key
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value: a test, and in Chinese what is allowed."""

    allowed: str
    test: Callable[[Any], bool]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_shares(value: Any) -> bool:
    numbers = isinstance(value, list) and all(_is_number(item) and 0 <= item <= 1 for item in value)
    return numbers and sorted(value, reverse=True) == value


def _columns_of(known: tuple[str, ...]) -> Kind:
    return Kind(
        "应为栏目的列表，栏目只能是 " + "、".join(known),
        lambda value: _is_texts(value) and len(set(value)) == len(value) > 0 and all(item in known for item in value),
    )


def _one_of(*choices: str) -> Kind:
    return Kind("只能是 " + " 或 ".join(choices), lambda value: value in choices)


TEXT = Kind("应为文字", lambda value: isinstance(value, str) and value != "")
ANY_TEXT = Kind("应为文字，可以是空的 \"\"", lambda value: isinstance(value, str))
TEXTS = Kind("应为文字的列表，例如 [\"甲\", \"乙\"]", _is_texts)
SWITCH = Kind("只能是 true 或 false", lambda value: isinstance(value, bool))
POINTS = Kind("应为 0 至 100 的数", lambda value: _is_number(value) and 0 <= value <= 100)
SHARE = Kind("应为 0 至 1 的小数", lambda value: _is_number(value) and 0 <= value <= 1)
FACTOR = Kind("应为不小于 0 的数", lambda value: _is_number(value) and value >= 0)
PLACES = Kind("应为 0 至 6 的整数", lambda value: type(value) is int and 0 <= value <= 6)
YEAR = Kind("应为年份，例如 2021", lambda value: type(value) is int and 1990 <= value <= 2200)
COUNT = Kind("应为 1 至 60 的整数", lambda value: type(value) is int and 1 <= value <= 60)
WEIGHTS = Kind(
    "应为一级指标及其分值，例如 { \"产出指标\" = 50 }",
    lambda value: isinstance(value, dict) and all(POINTS.test(item) for item in value.values()),
)
TABLE = Kind(
    "应为名称及其印出的写法，例如 { \"年度指标值\" = \"年初目标值\" }",
    lambda value: isinstance(value, dict) and all(isinstance(item, str) and item for item in value.values()),
)
SHARES = Kind("应为 0 至 1 的小数的列表，从大到小，例如 [0.8, 0.6]", lambda value: _is_shares(value))
SEVERITIES = Kind(
    "应为检查代码及其级别，级别只能是 " + "、".join(SEVERITY_WORDS),
    lambda value: isinstance(value, dict) and all(item in SEVERITY_WORDS for item in value.values()),
)
WORDS = Kind(
    "应为词表，每个词表是文字的列表",
    lambda value: isinstance(value, dict) and all(_is_texts(item) for item in value.values()),
)

INDICATOR_COLUMNS = (
    *("一级指标", "二级指标", "三级指标", "四级指标", "指标说明", "年度指标值", "指标性质", "指标值", "度量单位"),
    *("实际完成值", "分值", "得分", "评分依据", "偏差原因分析及改进措施"),
    *OWN_COLUMNS,
)
"""Columns that the indicator table of a form may print; 指标性质, 指标值 and 度量单位 together are 年度指标值.

A 自设栏 needs the form's own heading in form.headings; it is printed and filled in, and never computed with.
"""
FUND_TABLE_COLUMNS = ("年初预算数", "全年预算数", "到位金额", "到位率", "全年执行数", "分值", "执行率", "得分")
"""Columns that 项目资金 may print."""

FIELDS: dict[str, Kind] = {
    "id": TEXT,
    "extends": TEXT,
    "title": TEXT,
    "source": TEXT,
    "applies_to.regions": TEXTS,
    "applies_to.forms": TEXTS,
    "applies_to.first_year": YEAR,
    "applies_to.last_year": YEAR,
    "form.title": TEXT,
    "form.currency_unit": _one_of("元", "万元"),
    "form.project_amount": SWITCH,
    "form.fund_rows": TEXTS,
    "form.tree[].level1": TEXT,
    "form.tree[].level2": ANY_TEXT,
    "form.tree[].rows": COUNT,
    "form.tree[].leaves[].level3": TEXT,
    "form.tree[].leaves[].level4": ANY_TEXT,
    "form.tree[].leaves[].weight": POINTS,
    "form.tree[].leaves[].note": ANY_TEXT,
    "form.goals": SWITCH,
    "form.columns": _columns_of(INDICATOR_COLUMNS),
    "form.headings": TABLE,
    "form.fund_columns": _columns_of(FUND_TABLE_COLUMNS),
    "form.fund_headings": TABLE,
    "form.labels": TABLE,
    "weights.execution": POINTS,
    "weights.fixed": SWITCH,
    "weights.required": TEXTS,
    "weights.sections": WEIGHTS,
    "weights.equal": TEXTS,
    "rate.basis": _one_of("exact", "printed"),
    "rate.decimals": PLACES,
    "rate.fixed_decimals": SWITCH,
    "rate.percent": SWITCH,
    "scoring.decimals": PLACES,
    "scoring.ceiling": _one_of("ratio", "linear"),
    "scoring.not_applicable": _one_of("zero", "rebase"),
    "scoring.percent_is_completion": SWITCH,
    "scoring.completion_bands": SHARES,
    "scoring.leaf_rules[].names": TEXTS,
    "scoring.leaf_rules[].rule": _one_of("execution", "projects", "hand"),
    "scoring.leaf_rules[].reason": ANY_TEXT,
    "scoring.bands[].name": TEXT,
    "scoring.bands[].words": TEXTS,
    "scoring.bands[].low": SHARE,
    "scoring.bands[].high": SHARE,
    "grades[].name": TEXT,
    "grades[].least": POINTS,
    "thresholds.execution_floor": SHARE,
    "thresholds.low_execution": SHARE,
    "thresholds.over_achievement": FACTOR,
    "thresholds.evidence_weight": POINTS,
    "thresholds.over_deduction": POINTS,
    "thresholds.large_deviation": SHARE,
    "report.outline": TEXT,
    "caps[].rate": SHARE,
    "caps[].total": POINTS,
    "scales[].names": TEXTS,
    "scales[].steps[].from": SHARE,
    "scales[].steps[].share": SHARE,
    "scales[].per": FACTOR,
    "scales[].points": FACTOR,
    "severities": SEVERITIES,
    "words": WORDS,
    "readings[].label": TEXT,
    "readings[].value": ANY_TEXT,
    "readings[].how": ANY_TEXT,
    "readings[].place": ANY_TEXT,
}
"""Every key a scheme file may have; ``[]`` stands for each table of a list."""

_REQUIRED = {
    "form.tree[]": ("level1", "level2"),
    "form.tree[].leaves[]": ("level3",),
    "scoring.leaf_rules[]": ("names", "rule"),
    "scoring.bands[]": ("name", "words", "low", "high"),
    "grades[]": ("name", "least"),
    "caps[]": ("rate", "total"),
    "scales[]": ("names",),
    "scales[].steps[]": ("from", "share"),
    "readings[]": ("label", "value"),
}
_TABLES = {path[: path.rindex(".")] for path in FIELDS if "." in path}


def check_table(file: str, table: dict[str, Any], path: str = "") -> None:
    """Check every key of a parsed scheme file.

    Raises:
        SchemeError: a key is unknown, or its value is not of the kind allowed.
    """
    for key, value in table.items():
        full = f"{path}.{key}" if path else key
        if full in FIELDS:
            if not FIELDS[full].test(value):
                raise SchemeError(file, full, f"写的是 {_shown(value)}，{FIELDS[full].allowed}")
        elif f"{full}[]" in _TABLES:
            _check_list(file, value, full)
        elif isinstance(value, dict) and any(name == full or name.startswith(f"{full}.") for name in _TABLES):
            check_table(file, value, full)
        else:
            raise SchemeError(file, full, f"没有这个设置，这里可以写的有：{'、'.join(_siblings(path))}")


def _check_list(file: str, value: Any, path: str) -> None:
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise SchemeError(file, path, f"应写成 [[{path.replace('[]', '')}]] 的表，一项一个")
    needed = _REQUIRED.get(f"{path}[]", ())
    for item in value:
        check_table(file, item, f"{path}[]")
        missing = [key for key in needed if key not in item]
        if missing:
            raise SchemeError(file, f"{path}.{missing[0]}", f"没有写；这里每一项都要写 {'、'.join(needed)}")


def _siblings(path: str) -> list[str]:
    start = f"{path}." if path else ""
    names = [name[len(start) :].split(".")[0] for name in FIELDS if name.startswith(start)]
    return [name.removesuffix("[]") for name in dict.fromkeys(names)]


def _shown(value: Any) -> str:
    return f"“{value}”" if isinstance(value, str) else str(value)
