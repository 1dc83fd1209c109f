"""Whether an answer can be read as a value against its target."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from toolkit.core.form import Cell
from toolkit.core.scheme import Scheme
from toolkit.core.values import Blank, CellError, Dash, Measure, NotApplicable, Unreadable, Words, read_value
from toolkit.scoring.compare import compare
from toolkit.sections.model import ACTUAL, Item

_NEAR = Decimal(10)
"""A bare number in the target's unit is believed up to this many times the target, and down to that part of it."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What can be said of an answer.

    Attributes:
        problem: why it is not filled in, a Chinese clause; "" where it can be.
        fix: what to do about it, a Chinese sentence.
        with_unit: the answer with the unit of the target behind it, where only the unit is missing; else "".
    """

    problem: str = ""
    fix: str = ""
    with_unit: str = ""


def judge(item: Item, text: str, scheme: Scheme) -> Judgement:
    """Judge an answer; what goes to 评分依据 is free text."""
    if item.field != ACTUAL:
        return Judgement()
    value = read_value(text)
    example = f"例：{item.target}" if isinstance(item.indicator.target.value, Measure) else "例：95%、30.68万份、已完成"
    # What a result in words says cannot be judged here; numbers in it need not be definite.
    if isinstance(value, Unreadable) and not isinstance(item.indicator.target.value, Words | Blank):
        return Judgement(f"“{text}”看不懂：“{value.part}”{value.reason}", f"请股室改成一个确定的数或文字（{example}）。")
    if isinstance(value, CellError):
        return Judgement(f"是错误值 {value.code}", "请股室改成数值后再发回。")
    # A row without points may well be given as 不适用.
    if isinstance(value, Dash | NotApplicable) and item.indicator.weight.number != 0:
        return Judgement(f"“{text}”不是完成值", "确实没有发生的写 0 或“无”；指标不适用的，请在自评表里处理。")
    found = compare(replace(item.indicator, actual=Cell(item.current.field, text)), scheme)
    return _units(item, text, value) if found.cause == "unit" else Judgement()


def _units(item: Item, text: str, value: object) -> Judgement:
    target = item.indicator.target.value
    # A target in a range (3至5天) has a unit, too.
    unit = getattr(target, "unit", "") or "没有单位"
    if not isinstance(value, Measure):
        return Judgement()
    if value.unit:
        return Judgement(
            f"“{text}”的单位是“{value.unit}”，指标值“{item.target}”的单位是“{unit}”",
            "请股室换算成指标值的单位；单位其实相同的，请在自评表里直接填写。",
        )
    whole = _with_unit(target, text)
    how = f"是“{whole}”的，加 --add-units 补上单位" if whole else f"数也与指标值相差 {_NEAR} 倍以上，请核对"
    return Judgement(f"“{text}”没有写单位，指标值是“{item.target}”", f"请股室连单位写（单位：{unit}）；{how}。", whole)


def _with_unit(target: object, text: str) -> str:
    """Return a bare number with the target's unit behind it, where that gives a believable value."""
    if not isinstance(target, Measure) or not target.number:
        return ""
    whole = text.strip() + target.unit
    read = read_value(whole)
    if not isinstance(read, Measure) or read.unit != target.unit:
        return ""
    return whole if abs(target.number) / _NEAR <= abs(read.number) <= abs(target.number) * _NEAR else ""
