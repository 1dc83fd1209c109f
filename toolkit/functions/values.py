"""Reading a text as a number with a unit."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.core.form import Cell
from toolkit.core.values import Change, Measure, Span, Unreadable, Value, Words, format_value, plain_digits
from toolkit.functions.area import Area
from toolkit.functions.lines import Answer, Table, each

_TEXT = "文本"


def se_number(text: Area) -> Table:
    """Give the number that a text states, 万, 亿 multiplied out: 约46万人次 gives 460000, ≥95% gives 0.95."""
    return each({_TEXT: text}, _number, (_TEXT,))


def se_unit(text: Area) -> Table:
    """Give the unit that a text states: 约46万人次 gives 人次; blank where there is none."""
    return each({_TEXT: text}, _unit, (_TEXT,))


def se_read(text: Area) -> Table:
    """Tell how a text is understood: 不少于3.5万户 is ≥35000户, 约46万人次 is 约460000人次（455000 至 464999.99…）."""
    return each({_TEXT: text}, _told, (_TEXT,))


def _number(cells: Mapping[str, Cell]) -> Answer:
    value = _goal(cells[_TEXT].value)
    if not isinstance(value, Measure):
        return _not_a_number(cells[_TEXT])
    return value.number / 100 if value.unit == "%" else value.number


def _unit(cells: Mapping[str, Cell]) -> Answer:
    value = _goal(cells[_TEXT].value)
    return value.unit if isinstance(value, Measure | Span) else ""


def _told(cells: Mapping[str, Cell]) -> Answer:
    value = cells[_TEXT].value
    if isinstance(value, Unreadable):
        return _not_a_number(cells[_TEXT])
    if isinstance(value, Words):
        return f"文字：{value.words}"
    usual = format_value(value)
    if isinstance(value, Measure) and value.approximate:
        return f"{usual}（{plain_digits(value.low)} 至 {plain_digits(value.high)}）"
    return usual


def _goal(value: Value) -> Value:
    """Return where a change leads to: 由7天缩短为3天 states 3天."""
    return value.after if isinstance(value, Change) else value


def _not_a_number(cell: Cell) -> str:
    value = cell.value
    if isinstance(value, Unreadable):
        return f"“{value.part}”看不懂：{value.reason}；请填一个数"
    return f"“{cell.text.strip()}”不是一个数"
