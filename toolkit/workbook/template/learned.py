"""评分参数 of a scheme made from a blank form: every setting open to be corrected, with where it was read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from toolkit.core.scheme import Scheme
from toolkit.core.scheme import statement as at
from toolkit.core.scheme.carried import is_stated
from toolkit.core.scheme.fields import FUND_TABLE_COLUMNS, INDICATOR_COLUMNS
from toolkit.core.scheme.model import Reading

LEARNED_HEAD = "以下读自空白表"
LEARNED_HEAD_NOTE = "逐项核对，读错的直接在“值”里改（蓝色格）；改好后运行 selfeval scheme learn 本文件 -o 标准.toml，重新生成评分标准和模板。"
LEARNED_HINT = "读错的在这里改。栏目、指标树、叫法改了以后，用 selfeval scheme learn 本文件 -o 标准.toml 重新生成模板。"
_SPARE = ((at.COLUMN, len(INDICATOR_COLUMNS)), (at.FUND_COLUMN, len(FUND_TABLE_COLUMNS)))
_SPARE_ROWS = 3
_FILLS: Mapping[str, str] = {"矛盾·": "#FFC7CE", "未读懂·": "#FFEB9C"}
_NOTES: Mapping[str, str] = {
    at.NAME: "可以改名",
    at.ORIGIN: "请补上文号",
    at.BASE: "表上没有写的，按这个标准",
    at.REGIONS: "填了地区，没有注明标准的表也会按它匹配；几个地区用、隔开",
    at.YEARS: "例如 2024-2026，或 2024年起",
    at.FUND_ROWS: "一行一个，用；隔开",
    at.COLUMN: "一栏一个，照次序；表上叫法不同的写成 年度指标值＝年初目标值；照印、不参与计算的写成 自设栏一＝复核分；空着的不印",
    at.FUND_COLUMN: "写法同指标栏目",
    at.LABEL: "表上的叫法",
    at.TREE: "一级指标｜二级指标｜行数，或 一级指标｜二级指标｜三级指标｜四级指标｜分值｜说明",
    at.SECTION: "与预算执行率合计应为 100",
    at.BAND: "名称｜分值区间｜实际完成值里算这一档的词",
    at.SCALE: "指标名称里的字｜每差 3% 扣 1 分，或 ｜≥95% 得 100%｜≥85% 得 80%",
    at.RULE: "指标名称｜执行率、项目加权或人工评分｜理由",
    at.CAP: "执行率低于 60%｜79 分",
}


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting with what is said beside it.

    Attributes:
        value: as the officer sees and changes it.
        note: how to write it.
        shown: how and where it was read.
    """

    value: str
    note: str
    shown: str


def learned_settings(scheme: Scheme) -> dict[str, Setting]:
    """Return the settings of a scheme made from a blank form by label; none for one written by hand."""
    if not scheme.readings:
        return {}
    read = {reading.label: reading for reading in scheme.readings}
    stated = at.stated(scheme)
    # What was read and could not be taken stays in sight, to be corrected.
    values = stated | {
        label: reading.value for label, reading in read.items() if is_stated(label) and label not in stated
    }
    values |= dict.fromkeys(_spare(values), "")
    groups = list(dict.fromkeys(map(_group, values)))
    ordered = sorted(values, key=lambda label: (groups.index(_group(label)), _number(label)))
    # How to write a setting is said once for each group, above its rows.
    heads = {_group(label): label for label in reversed(ordered)}
    noted = {label: _note(label) if heads[_group(label)] == label else "" for label in ordered}
    return {label: Setting(values[label], noted[label], _shown(read.get(label))) for label in ordered}


def fill_of(label: str) -> str:
    """Return the fill of a row that needs a look: a contradiction, something not understood; "" for any other."""
    return next((fill for start, fill in _FILLS.items() if label.startswith(start)), "")


def unset_readings(scheme: Scheme) -> Iterator[Reading]:
    """Yield what was read and sets nothing: contradictions, confirmations, what was not understood."""
    yield from (
        reading
        for reading in scheme.readings
        if not is_stated(reading.label) and reading.label not in at.stated(scheme)
    )


def _spare(values: Mapping[str, str]) -> Iterator[str]:
    for label, most in _SPARE:
        used = sum(key.startswith(label) for key in values)
        yield from (f"{label}{number}" for number in range(used + 1, min(most, used + _SPARE_ROWS) + 1))
    rows = sum(key.startswith(at.TREE) for key in values)
    yield from (f"{at.TREE}{number}" for number in range(rows + 1, rows + _SPARE_ROWS + 1))


def _note(label: str) -> str:
    return next((text for start, text in _NOTES.items() if label.startswith(start)), "")


def _shown(reading: Reading | None) -> str:
    if reading is None:
        return ""
    return f"{reading.place}　{reading.how}" if reading.place else reading.how


def _group(label: str) -> str:
    return label[: label.index("·") + 1] if "·" in label else label


def _number(label: str) -> int:
    digits = label.rpartition("·")[2]
    return int(digits) if digits.isdigit() else 0
