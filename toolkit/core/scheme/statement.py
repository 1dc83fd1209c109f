"""A scheme as settings that an officer can read and change: one label, one short text, the way 评分参数 shows them.

:func:`stated` writes a scheme down, :func:`toolkit.core.scheme.restate.table_of` takes the settings back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from toolkit.core.money import plain
from toolkit.core.scheme.adjust import CEILING, CEILINGS, editable
from toolkit.core.scheme.model import Block, Column, Leaf, Scale, Scheme

BAR = "｜"
"""Divides the parts of a setting that has several."""
LISTED = "、"
"""Divides names in a list."""
LINES = "；"
"""Divides names that may themselves hold 、."""
RENAMED = "＝"
"""Stands between the usual name of a column and the heading of this form."""
EXECUTION = "预算执行率分值"
SECTION = "标准分值·"
NAME, ORIGIN, BASE = "标准名称", "标准来源", "基准标准"
REGIONS, FORMS, YEARS = "适用地区", "适用表名", "适用年度"
TITLE, UNIT, AMOUNT, GOALS = "表名", "金额单位", "项目金额", "年度总体目标"
FUND_ROWS, FUND_COLUMN, COLUMN, LABEL, TREE = "资金行", "资金栏目·", "指标栏目·", "叫法·", "指标树·"
FREE_WEIGHTS, EQUAL = "分值可调整", "平均分配"
BASIS, DECIMALS, SHOWN, FIXED = "执行率得分依据", "执行率小数位", "执行率写法", "执行率位数"
SCORE_DECIMALS, NOT_APPLICABLE, SELF_STATED = "得分小数位", "不适用指标", "完成值为完成率"
BAND, CAP, SCALE, RULE, OUTLINE = "定性·", "总分上限·", "分档扣分·", "评分规则·", "报告提纲"
MARK = BASE
"""The label by which a workbook shows that it carries its scheme whole."""
MARKED = "表内评分参数"
"""Where a setting comes from that a workbook carries."""
YES, NO = "是", "否"
THERE, NONE = "有", "无"
BASES: Mapping[str, str] = {"未取整的执行率": "exact", "印出的执行率": "printed"}
ABSENT: Mapping[str, str] = {"分值为 0": "zero", "其余折算为 100 分": "rebase"}
RULES: Mapping[str, str] = {"执行率": "execution", "项目加权": "projects", "人工评分": "hand"}
PERCENT, FRACTION = "百分数", "小数"
CHOICES: Mapping[str, tuple[str, ...]] = {
    UNIT: ("元", "万元"),
    AMOUNT: (THERE, NONE),
    GOALS: (THERE, NONE),
    FREE_WEIGHTS: (YES, NO),
    BASIS: tuple(BASES),
    SHOWN: (PERCENT, FRACTION),
    FIXED: (YES, NO),
    NOT_APPLICABLE: tuple(ABSENT),
    SELF_STATED: (YES, NO),
    CEILING: tuple(CEILINGS),
}
"""Settings that only take some words."""
HUNDRED = Decimal(100)


def stated(scheme: Scheme) -> dict[str, str]:
    """Return what a scheme says as settings by label, in the order in which a form is read."""
    rule = scheme.applies_to
    settings = {
        NAME: scheme.title,
        ORIGIN: scheme.source,
        BASE: scheme.base,
        REGIONS: LISTED.join(rule.regions),
        FORMS: LISTED.join(rule.forms),
        YEARS: f"{rule.first_year}-{rule.last_year}",
        TITLE: scheme.form_title,
        UNIT: scheme.currency_unit,
        AMOUNT: THERE if scheme.has_project_amount else NONE,
        GOALS: THERE if scheme.has_goals else NONE,
        FUND_ROWS: LINES.join(scheme.fund_rows),
    }
    settings |= _numbered(FUND_COLUMN, map(column_text, scheme.fund_columns))
    settings |= _numbered(COLUMN, map(column_text, scheme.columns))
    settings |= {f"{LABEL}{name}": text for name, text in scheme.labels.items()}
    settings |= _numbered(TREE, _tree(scheme))
    return settings | _scoring(scheme)


def _scoring(scheme: Scheme) -> dict[str, str]:
    bases = {kind: word for word, kind in BASES.items()}
    settings = {EXECUTION: plain(scheme.execution_weight)}
    settings |= {f"{SECTION}{name}": plain(points) for name, points in scheme.sections.items()}
    settings |= {
        FREE_WEIGHTS: NO if scheme.sections_fixed else YES,
        EQUAL: LISTED.join(scheme.equal_sections),
        BASIS: bases[scheme.rate_basis],
        DECIMALS: str(scheme.rate_decimals),
        SHOWN: PERCENT if scheme.rate_percent else FRACTION,
        FIXED: YES if scheme.rate_fixed_decimals else NO,
        SCORE_DECIMALS: str(scheme.score_decimals),
        NOT_APPLICABLE: next(word for word, kind in ABSENT.items() if kind == scheme.not_applicable),
        SELF_STATED: YES if scheme.percent_is_completion else NO,
    }
    settings |= _numbered(BAND, (band_text(band.name, band.low, band.high, band.words) for band in scheme.bands))
    settings |= editable(scheme)
    settings |= _numbered(CAP, (f"执行率低于 {percent(cap.rate)}{BAR}{plain(cap.total)} 分" for cap in scheme.caps))
    settings |= _numbered(SCALE, map(scale_text, scheme.scales))
    words = {kind: word for word, kind in RULES.items()}
    rules = (
        BAR.join((LINES.join(rule.names), words[rule.rule], rule.reason)).rstrip(BAR) for rule in scheme.leaf_rules
    )
    return settings | _numbered(RULE, rules) | {OUTLINE: scheme.outline}


def column_text(column: Column) -> str:
    """Write a column: its usual name, and the heading of this form where it is another."""
    return column.field if column.heading == column.field else f"{column.field}{RENAMED}{column.heading}"


def band_text(name: str, low: Decimal, high: Decimal, words: tuple[str, ...]) -> str:
    """Write a band of qualitative results; ``low`` and ``high`` are shares of 分值, 0 to 1."""
    return BAR.join((name, f"{percent(high)}-{percent(low)}", LISTED.join(words)))


def scale_text(scale: Scale) -> str:
    """Write a step scale or a deduction scale."""
    names = LINES.join(scale.names)
    if scale.steps:
        return BAR.join((names, *(f"≥{percent(least)} 得 {percent(share)}" for least, share in scale.steps)))
    return BAR.join((names, f"每差 {plain(scale.per)}% 扣 {plain(scale.points)} 分"))


def tree_text(block: Block, leaf: Leaf | None = None) -> str:
    """Write a 二级指标 with its number of rows, or one indicator that the scheme names."""
    if leaf is None:
        return BAR.join((block.level1, block.level2, f"{block.rows} 行"))
    weight = "" if leaf.weight is None else f"{plain(leaf.weight)} 分"
    return BAR.join((block.level1, block.level2, leaf.level3, leaf.level4, weight, leaf.note)).rstrip(BAR)


def percent(share: Decimal) -> str:
    """Write a share as a percentage: 0.8 is 80%."""
    return f"{plain(share * HUNDRED)}%"


def _tree(scheme: Scheme) -> Iterator[str]:
    for block in scheme.tree:
        yield from (tree_text(block, leaf) for leaf in block.leaves)
        if block.rows > len(block.leaves):
            yield tree_text(block)


def _numbered(label: str, texts: Iterator[str]) -> dict[str, str]:
    return {f"{label}{number}": text for number, text in enumerate(texts, 1)}
