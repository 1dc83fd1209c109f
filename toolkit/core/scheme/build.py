"""From a checked and merged TOML table to a :class:`Scheme`."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from typing import Any

from toolkit.core.columns import OWN_COLUMNS
from toolkit.core.scheme.fields import INDICATOR_COLUMNS, SEVERITY_WORDS, SchemeError
from toolkit.core.scheme.model import AppliesTo, Band, Block, Cap, Column, Grade, Leaf, LeafRule, Reading, Scale, Scheme

Table = dict[str, Any]
_BESIDE_WORDS = re.compile(r"[（(\[【].*?[）)\]】]|[\s:：/、]+")
"""What a heading is read without."""


class _Source:
    """A merged table that names file and key when something required is missing."""

    def __init__(self, file: str, table: Table) -> None:
        self._file = file
        self._table = table

    def get(self, path: str) -> Any:
        """Return the value at a dotted path, or say that it is missing."""
        value: Any = self._table
        for key in path.split("."):
            if not isinstance(value, dict) or key not in value:
                raise SchemeError(self._file, path, "没有写；请写出来，或用 extends 继承一个写了它的标准")
            value = value[key]
        return value

    def number(self, path: str) -> Decimal:
        """Return a number as Decimal."""
        return Decimal(self.get(path))

    def rows(self, path: str) -> list[Table]:
        """Return a list of tables; an absent list is empty."""
        value: Any = self._table
        for key in path.split("."):
            value = value.get(key, {})
        return list(value)


def build_scheme(file: str, table: Table) -> Scheme:
    """Build a scheme from a merged table.

    Raises:
        SchemeError: a required key is missing, or the parts contradict one another.
    """
    source = _Source(file, table)
    scheme = Scheme(
        id=source.get("id"),
        title=source.get("title"),
        source=source.get("source"),
        applies_to=_applies_to(source),
        execution_weight=source.number("weights.execution"),
        sections={name: Decimal(points) for name, points in source.get("weights.sections").items()},
        sections_fixed=source.get("weights.fixed"),
        required_sections=tuple(source.get("weights.required")),
        execution_floor=source.number("thresholds.execution_floor"),
        low_execution=source.number("thresholds.low_execution"),
        over_achievement=source.number("thresholds.over_achievement"),
        evidence_weight=source.number("thresholds.evidence_weight"),
        over_deduction=source.number("thresholds.over_deduction"),
        equal_sections=tuple(source.get("weights.equal")),
        large_deviation=source.number("thresholds.large_deviation"),
        outline=source.get("report.outline"),
        severities={code: SEVERITY_WORDS[word] for code, word in table.get("severities", {}).items()},
        words={name: tuple(words) for name, words in source.get("words").items()},
        base=table.get("extends", ""),
        readings=tuple(
            Reading(row["label"], row["value"], row.get("how", ""), row.get("place", "")) for row in source.rows("readings")
        ),
        **_form_parts(file, source),
        **_scoring_parts(file, source),
    )
    _check_weights(file, scheme)
    _check_columns(file, scheme)
    _check_tree(file, scheme)
    return scheme


def _form_parts(file: str, source: _Source) -> dict[str, Any]:
    return {
        "form_title": source.get("form.title"),
        "currency_unit": source.get("form.currency_unit"),
        "has_project_amount": source.get("form.project_amount"),
        "fund_rows": tuple(source.get("form.fund_rows")),
        "tree": tuple(_block(file, row) for row in source.rows("form.tree")),
        "columns": _columns(source, "form.columns", "form.headings"),
        "fund_columns": _columns(source, "form.fund_columns", "form.fund_headings"),
        "labels": source.get("form.labels"),
        "has_goals": source.get("form.goals"),
    }


def _scoring_parts(file: str, source: _Source) -> dict[str, Any]:
    return {
        "rate_basis": source.get("rate.basis"),
        "rate_decimals": source.get("rate.decimals"),
        "rate_fixed_decimals": source.get("rate.fixed_decimals"),
        "rate_percent": source.get("rate.percent"),
        "score_decimals": source.get("scoring.decimals"),
        "ceiling": source.get("scoring.ceiling"),
        "not_applicable": source.get("scoring.not_applicable"),
        "bands": tuple(_band(row) for row in source.rows("scoring.bands")),
        "grades": _grades(file, source),
        "caps": tuple(Cap(Decimal(row["rate"]), Decimal(row["total"])) for row in source.rows("caps")),
        "scales": tuple(_scale(row) for row in source.rows("scales")),
        "leaf_rules": tuple(
            LeafRule(tuple(row["names"]), row["rule"], row.get("reason", "")) for row in source.rows("scoring.leaf_rules")
        ),
        "completion_bands": tuple(Decimal(bound) for bound in source.get("scoring.completion_bands")),
        "percent_is_completion": source.get("scoring.percent_is_completion"),
    }


def _applies_to(source: _Source) -> AppliesTo:
    return AppliesTo(
        regions=tuple(source.get("applies_to.regions")),
        forms=tuple(source.get("applies_to.forms")),
        first_year=source.get("applies_to.first_year"),
        last_year=source.get("applies_to.last_year"),
    )


def _band(row: Table) -> Band:
    return Band(row["name"], tuple(row["words"]), Decimal(row["low"]), Decimal(row["high"]))


def _columns(source: _Source, fields: str, headings: str) -> tuple[Column, ...]:
    printed = source.get(headings)
    return tuple(Column(name, printed.get(name, name)) for name in source.get(fields))


def _block(file: str, row: Table) -> Block:
    leaves = tuple(
        Leaf(leaf["level3"], leaf.get("level4", ""), _points(leaf), leaf.get("note", "")) for leaf in row.get("leaves", ())
    )
    rows = row.get("rows", len(leaves))
    if rows < max(1, len(leaves)):
        raise SchemeError(file, "form.tree[].rows", f"“{row['level2'] or row['level1']}”应写出行数，不少于所列指标数")
    return Block(row["level1"], row["level2"], rows, leaves)


def _points(leaf: Table) -> Decimal | None:
    return Decimal(leaf["weight"]) if "weight" in leaf else None


def _scale(row: Table) -> Scale:
    steps = tuple((Decimal(step["from"]), Decimal(step["share"])) for step in row.get("steps", []))
    return Scale(tuple(row["names"]), steps, Decimal(row.get("per", 0)), Decimal(row.get("points", 0)))


def _grades(file: str, source: _Source) -> tuple[Grade, ...]:
    grades = tuple(Grade(row["name"], Decimal(row["least"])) for row in source.get("grades"))
    if not grades or grades[-1].least != 0 or sorted(grades, key=lambda grade: -grade.least) != list(grades):
        raise SchemeError(file, "grades", "应从高到低排列，最后一级的 least 为 0")
    return grades


def _check_columns(file: str, scheme: Scheme) -> None:
    target = [name for name in ("指标性质", "指标值", "度量单位") if scheme.prints(name)]
    if target and (len(target) < 3 or scheme.prints("年度指标值")):
        raise SchemeError(file, "form.columns", "指标性质、指标值、度量单位要一起写，且不再写年度指标值")
    missing = [name for name in ("一级指标", "三级指标", "得分") if not scheme.prints(name)]
    if missing:
        raise SchemeError(file, "form.columns", f"少了{'、'.join(missing)}")
    _check_own_columns(file, scheme)


def _check_own_columns(file: str, scheme: Scheme) -> None:
    """Refuse a 自设栏 whose heading is missing or could be taken for that of another column."""
    headings = Counter(_BESIDE_WORDS.sub("", column.heading) for column in scheme.columns)
    for column in scheme.own_columns:
        if column.heading in OWN_COLUMNS:
            raise SchemeError(file, "form.headings", f"“{column.field}”要写出表上的叫法，例如 {{ \"{column.field}\" = \"复核分\" }}")
        if headings[_BESIDE_WORDS.sub("", column.heading)] > 1 or column.heading in INDICATOR_COLUMNS:
            told = f"“{column.field}”写的是“{column.heading}”，与别的栏目重名，应改成不同的叫法"
            raise SchemeError(file, "form.headings", told)


def _check_tree(file: str, scheme: Scheme) -> None:
    known = list(dict.fromkeys(block.level1 for block in scheme.tree))
    for name in scheme.equal_sections:
        if name not in known:
            raise SchemeError(file, "weights.equal", f"form.tree 里没有一级指标“{name}”，有的是 {'、'.join(known)}")
    for name, due in scheme.sections.items():
        blocks = [block for block in scheme.tree if block.level1 == name]
        leaves = [leaf.weight for block in blocks for leaf in block.leaves if leaf.weight is not None]
        if len(leaves) == sum(block.rows for block in blocks) and leaves and sum(leaves, Decimal(0)) != due:
            told = f"“{name}”各指标的 weight 相加是 {sum(leaves, Decimal(0))}，weights.sections 写的是 {due}，两处应一致"
            raise SchemeError(file, "form.tree[].leaves", told)


def _check_weights(file: str, scheme: Scheme) -> None:
    total = scheme.execution_weight + sum(scheme.sections.values(), Decimal(0))
    # A scheme may leave the sections to each project; what it states must be whole.
    if scheme.sections and total != 100:
        raise SchemeError(file, "weights", f"execution 与 sections 相加是 {total}，应为 100")
