"""From settings as an officer reads and changes them back to what a scheme file says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from itertools import groupby
from typing import Any

from toolkit.core.columns import OWN_COLUMNS
from toolkit.core.scheme import statement as at
from toolkit.core.scheme.adjust import CEILING, CEILINGS, GRADE, THRESHOLDS
from toolkit.core.scheme.fields import FUND_TABLE_COLUMNS, INDICATOR_COLUMNS
from toolkit.core.scheme.load import built_in_schemes, scheme_of_table
from toolkit.core.scheme.model import Scheme

Table = dict[str, Any]
_USUAL = "national-2020"
_BARS = re.compile(r"\s*[｜|]\s*")
_LIST = re.compile(r"\s*[、，,]\s*")
_LINES = re.compile(r"\s*[；;\n]\s*")
_YEARS = re.compile(r"(\d{4})\s*(?:[-—–~至到]\s*(\d{4})|年?起)?\s*年?")
_ROWS = re.compile(r"(\d{1,2})\s*行")
_SHARES = re.compile(r"(\d+(?:\.\d+)?)%\s*[-—–~至到]\s*(\d+(?:\.\d+)?)%")
_CAP = re.compile(r"\D*(\d+(?:\.\d+)?)%\D*")
_STEP = re.compile(r"\D*(\d+(?:\.\d+)?)%\s*得\s*(\d+(?:\.\d+)?)%\D*")
_PER = re.compile(r"每\D*(\d+(?:\.\d+)?)%\s*扣\s*(\d+(?:\.\d+)?)\s*分")
_LAST_YEAR = 2099
_KEPT = ("id", "extends", "title", "source", "readings")
"""Keys that are written even where the base says the same."""


class _Unusable(Exception):
    """A setting cannot be used; the text says in Chinese what it should be."""


def scheme_of_settings(settings: Mapping[str, str], identity: str) -> tuple[Scheme, tuple[str, ...]]:
    """Build the scheme that a workbook carries in its 评分参数.

    Returns:
        The scheme, and in Chinese the settings that cannot be used; those stay as the base has them.

    Raises:
        SchemeError: the settings contradict one another.
    """
    table, problems = table_of(settings, identity)
    # A workbook made by this scheme carries it on, and says where each setting comes from.
    readings = [{"label": label, "value": text, "how": at.MARKED} for label, text in settings.items()]
    return scheme_of_table(at.MARK, {**table, "readings": readings}), problems


def table_of(settings: Mapping[str, str], identity: str) -> tuple[Table, tuple[str, ...]]:
    """Return what a scheme file says for these settings: only what its base does not say already.

    Returns:
        The table, and in Chinese the settings that cannot be used.
    """
    base = base_of(settings)
    problems: list[str] = []
    whole = _whole(settings, problems)
    same = _whole(at.stated(base), [])
    table = {"id": identity, "extends": base.id, **_differences(whole, same, _KEPT)}
    problems.extend(_sum_problem(table, base))
    return table, tuple(dict.fromkeys(problems))


def base_of(settings: Mapping[str, str]) -> Scheme:
    """Return the built-in scheme that says what the settings do not say, the national one where theirs is none of them."""
    known = built_in_schemes()
    return known.get(settings.get(at.BASE, ""), known[_USUAL])


def _whole(settings: Mapping[str, str], problems: list[str]) -> Table:
    table: Table = {}
    for path, label, read in _SINGLE:
        if label in settings:
            _put(table, path, _tried(label, settings[label], read, problems))
    for path, label, read in _SEVERAL:
        found = [
            _tried(key, text, read, problems)
            for key, text in settings.items()
            if key.startswith(label) and text.strip()
        ]
        if any(key.startswith(label) for key in settings):
            _put(table, path, [each for each in found if each is not None])
    _put_columns(table, settings, problems)
    _put_tables(table, settings, problems)
    return table


def _tried(label: str, text: str, read: Callable[[str], Any], problems: list[str]) -> Any:
    try:
        return read(text.strip())
    except _Unusable as reason:
        problems.append(f"“{label}”填的“{text.strip()}”不能用，{reason}")
        return None


def _put(table: Table, path: str, value: Any) -> None:
    if value is None:
        return
    *above, last = path.split(".")
    for key in above:
        table = table.setdefault(key, {})
    table[last] = value


def _put_columns(table: Table, settings: Mapping[str, str], problems: list[str]) -> None:
    kinds = (
        (at.COLUMN, "columns", "headings", INDICATOR_COLUMNS),
        (at.FUND_COLUMN, "fund_columns", "fund_headings", FUND_TABLE_COLUMNS),
    )
    for label, fields, headings, known in kinds:
        texts = {key: text for key, text in settings.items() if key.startswith(label)}
        found: dict[str, str] = {}
        for key, text in texts.items():
            name, _, heading = (part.strip() for part in text.replace("=", at.RENAMED).partition(at.RENAMED))
            if name and (name not in known or name in found):
                why = "已经写过" if name in found else f"“{at.RENAMED}”前面只能是 {'、'.join(known)}"
                problems.append(f"“{key}”填的“{text}”不能用，{why}")
            elif name in OWN_COLUMNS and (heading in known or heading in ("", *found.values())):
                why = f"要写出表上的叫法，与别的栏目不同，例如 {name}{at.RENAMED}复核分"
                problems.append(f"“{key}”填的“{text}”不能用，{why}")
            elif name:
                found[name] = heading or name
        if texts:
            _put(table, f"form.{fields}", list(found))
            _put(table, f"form.{headings}", {name: text for name, text in found.items() if text != name})


def _put_tables(table: Table, settings: Mapping[str, str], problems: list[str]) -> None:
    if any(key == at.EXECUTION or key.startswith(at.SECTION) for key in settings):
        read = {
            key.removeprefix(at.SECTION): _tried(key, text, _points, problems)
            for key, text in settings.items()
            if key.startswith(at.SECTION) and text.strip()
        }
        _put(table, "weights.sections", {name: points for name, points in read.items() if points is not None})
    if at.BASE in settings:
        labels = {
            key.removeprefix(at.LABEL): text.strip() for key, text in settings.items() if key.startswith(at.LABEL)
        }
        _put(table, "form.labels", {name: text for name, text in labels.items() if text})
    grades = [
        {"name": key.removeprefix(GRADE), "least": least}
        for key, text in settings.items()
        if key.startswith(GRADE) and (least := _tried(key, text, _points, problems)) is not None
    ]
    if grades:
        _put(table, "grades", sorted(grades, key=lambda grade: -grade["least"]))
    tree = [
        part
        for key, text in settings.items()
        if key.startswith(at.TREE) and text.strip() and (part := _tried(key, text, _tree_row, problems))
    ]
    if tree:
        _put(table, "form.tree", list(_blocks(tree)))


def _sum_problem(table: Table, base: Scheme) -> Iterator[str]:
    """Leave the sections out where they are not whole or not those of the tree: such a scheme could not be loaded."""
    weights = table.get("weights", {})
    sections = weights.get("sections", dict(base.sections))
    execution = weights.get("execution", base.execution_weight)
    total = execution + sum(sections.values())
    told = ""
    if sections and total != at.HUNDRED:
        parts = "＋".join(
            f"{name} {points}" for name, points in (("预算执行率", execution), *sections.items()) if points
        )
        told = f"分值相加不是 100：{parts}＝{total}；各一级指标的分值没有采用，请改正“{at.EXECUTION}”和“{at.SECTION}…”"
    else:
        sums = dict(_leaf_sums(table.get("form", {}).get("tree", [])))
        name = next((name for name, due in sections.items() if sums.get(name, due) != due), None)
        if name is not None:
            told = f"“{name}”各指标的分值相加是 {sums[name]}，“{at.SECTION}{name}”是 {sections[name]}；各一级指标的分值没有采用，请改正其中一处"
    if told:
        table["weights"] = {**weights, "sections": {}}
        yield told


def _leaf_sums(tree: list[Table]) -> Iterator[tuple[str, int | Decimal]]:
    """Yield the sum of the points in each 一级指标 all of whose rows are named with their points."""
    for name in dict.fromkeys(block["level1"] for block in tree):
        blocks = [block for block in tree if block["level1"] == name]
        leaves = [leaf for block in blocks for leaf in block.get("leaves", ())]
        rows = sum(block.get("rows", len(block.get("leaves", ()))) for block in blocks)
        points = [leaf["weight"] for leaf in leaves if "weight" in leaf]
        if points and len(points) == rows:
            yield name, sum(points)


def _differences(whole: Table, same: Table, kept: tuple[str, ...] = ()) -> Table:
    found: Table = {}
    for key, value in whole.items():
        other = same.get(key)
        # A table of names and words is replaced as a whole by the file that extends another.
        if (
            isinstance(value, dict)
            and isinstance(other, dict)
            and key not in ("sections", "headings", "fund_headings", "labels")
        ):
            inner = _differences(value, other)
            found |= {key: inner} if inner else {}
        elif value != other or key in kept:
            found[key] = value
    return found


def _text(text: str) -> str:
    if not text:
        raise _Unusable("不能空着")
    return text


def _list(text: str) -> list[str]:
    return [part for part in _LIST.split(text) if part]


def _lines(text: str) -> list[str]:
    return [part for part in _LINES.split(text) if part]


def _one_of(words: Mapping[str, Any]) -> Callable[[str], Any]:
    bare = {"".join(word.split()): value for word, value in words.items()}

    def read(text: str) -> Any:
        if "".join(text.split()) not in bare:
            raise _Unusable(f"只能是 {' 或 '.join(words)}")
        return bare["".join(text.split())]

    return read


def _decimal(text: str, wanted: str) -> int | Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise _Unusable(wanted) from error
    if not number.is_finite():
        raise _Unusable(wanted)
    return int(number) if number == number.to_integral_value() else number.normalize()


def _points(text: str) -> int | Decimal:
    number = _decimal(text.removesuffix("分").strip(), "应为 0 至 100 的数")
    if not 0 <= number <= 100:
        raise _Unusable("应为 0 至 100 的数")
    return number


def _factor(text: str) -> int | Decimal:
    share = text.endswith("%")
    number = _decimal(text.removesuffix("%"), "应为数，例如 0.9")
    if number < 0:
        raise _Unusable("不能小于 0")
    return _decimal(str(Decimal(number) / at.HUNDRED), "") if share else number


def _places(text: str) -> int:
    if not re.fullmatch("[0-6]", text):
        raise _Unusable("应为 0 至 6 的整数")
    return int(text)


def _tree_row(text: str) -> tuple[str, str, Table]:
    parts = _BARS.split(text)
    level1, level2, level3, level4, weight, note = (*parts, *[""] * 6)[:6]
    if not level1 or not level3:
        raise _Unusable(
            f"应写成 一级指标{at.BAR}二级指标{at.BAR}2 行，或 一级指标{at.BAR}二级指标{at.BAR}三级指标{at.BAR}{at.BAR}5 分"
        )
    if rows := _ROWS.fullmatch(level3):
        return level1, level2, {"rows": max(1, int(rows[1]))}
    leaf: Table = {"level3": level3} | ({"level4": level4} if level4 else {})
    leaf |= {"weight": _points(weight)} if weight else {}
    return level1, level2, leaf | ({"note": note} if note else {})


def _blocks(rows: list[tuple[str, str, Table]]) -> Iterator[Table]:
    for (level1, level2), group in groupby(rows, key=lambda row: row[:2]):
        found = [each for _, _, each in group]
        leaves = [each for each in found if "level3" in each]
        count = max([len(leaves), *(each["rows"] for each in found if "rows" in each)])
        block: Table = {"level1": level1, "level2": level2}
        yield (
            block
            | ({"rows": count} if count > len(leaves) or not leaves else {})
            | ({"leaves": leaves} if leaves else {})
        )


def _band(text: str) -> Table:
    name, shares, words = (*_BARS.split(text), "", "")[:3]
    found = _SHARES.fullmatch(shares)
    if not name or found is None:
        raise _Unusable(f"应写成 名称{at.BAR}100%-80%{at.BAR}词、词")
    first, second = (_factor(f"{part}%") for part in found.groups())
    low, high = sorted((first, second))
    return {"name": name, "words": _list(words) or [name], "low": low, "high": high}


def _cap(text: str) -> Table:
    rate, total = (*_BARS.split(text), "")[:2]
    found = _CAP.fullmatch(rate)
    if found is None:
        raise _Unusable(f"应写成 执行率低于 60%{at.BAR}79 分")
    return {"rate": _factor(f"{found[1]}%"), "total": _points(total)}


def _scale(text: str) -> Table:
    names, *rest = _BARS.split(text)
    if len(rest) == 1 and (per := _PER.fullmatch(rest[0])):
        return {"names": _lines(names), "per": _decimal(per[1], ""), "points": _decimal(per[2], "")}
    steps = [found for part in rest if (found := _STEP.fullmatch(part))]
    if not names or not rest or len(steps) != len(rest):
        raise _Unusable(f"应写成 名称{at.BAR}≥95% 得 100%{at.BAR}≥85% 得 80%，或 名称{at.BAR}每差 3% 扣 1 分")
    pairs = [{"from": _factor(f"{step[1]}%"), "share": _factor(f"{step[2]}%")} for step in steps]
    return {"names": _lines(names), "steps": sorted(pairs, key=lambda step: -step["from"])}


def _rule(text: str) -> Table:
    names, rule, reason = (*_BARS.split(text), "", "")[:3]
    found: Table = {"names": _lines(names), "rule": _one_of(at.RULES)(rule)}
    return found | ({"reason": reason} if reason else {})


def _first_year(text: str) -> int:
    return _years(text)[0]


def _last_year(text: str) -> int:
    return _years(text)[1]


def _years(text: str) -> tuple[int, int]:
    found = _YEARS.fullmatch(text)
    if found is None:
        raise _Unusable("应写成 2024-2026 或 2024年起")
    first = int(found[1])
    return first, int(found[2]) if found[2] else _LAST_YEAR if "起" in text else first


_SWITCH = {at.YES: True, at.NO: False}
_THERE = {at.THERE: True, at.NONE: False}
_SINGLE: tuple[tuple[str, str, Callable[[str], Any]], ...] = (
    ("title", at.NAME, _text),
    ("source", at.ORIGIN, _text),
    ("applies_to.regions", at.REGIONS, _list),
    ("applies_to.forms", at.FORMS, _list),
    ("applies_to.first_year", at.YEARS, _first_year),
    ("applies_to.last_year", at.YEARS, _last_year),
    ("form.title", at.TITLE, _text),
    ("form.currency_unit", at.UNIT, _one_of({"元": "元", "万元": "万元"})),
    ("form.project_amount", at.AMOUNT, _one_of(_THERE)),
    ("form.goals", at.GOALS, _one_of(_THERE)),
    ("form.fund_rows", at.FUND_ROWS, _lines),
    ("weights.execution", at.EXECUTION, _points),
    ("weights.fixed", at.FREE_WEIGHTS, _one_of({at.YES: False, at.NO: True})),
    ("weights.equal", at.EQUAL, _list),
    ("rate.basis", at.BASIS, _one_of(at.BASES)),
    ("rate.decimals", at.DECIMALS, _places),
    ("rate.percent", at.SHOWN, _one_of({at.PERCENT: True, at.FRACTION: False})),
    ("rate.fixed_decimals", at.FIXED, _one_of(_SWITCH)),
    ("scoring.decimals", at.SCORE_DECIMALS, _places),
    ("scoring.not_applicable", at.NOT_APPLICABLE, _one_of(at.ABSENT)),
    ("scoring.percent_is_completion", at.SELF_STATED, _one_of(_SWITCH)),
    ("scoring.ceiling", CEILING, _one_of(CEILINGS)),
    *((f"thresholds.{name}", label, _factor) for label, name in THRESHOLDS.items()),
    ("report.outline", at.OUTLINE, _text),
)
_SEVERAL: tuple[tuple[str, str, Callable[[str], Any]], ...] = (
    ("scoring.bands", at.BAND, _band),
    ("caps", at.CAP, _cap),
    ("scales", at.SCALE, _scale),
    ("scoring.leaf_rules", at.RULE, _rule),
)
