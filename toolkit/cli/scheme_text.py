"""What a scheme says, in Chinese, point by point: for selfeval schemes and for the page in the manual."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from toolkit.core.money import plain
from toolkit.core.scheme import Block, Column, Leaf, Scheme

HUNDRED = Decimal(100)
_BASIS = {"exact": "按未取整的执行率计算，最后取整一次", "printed": "按印出的执行率计算"}
_CEILING = {"ratio": "分值 × 指标值 ÷ 完成值", "linear": "分值 ×（1 －（完成值 － 指标值）÷ 指标值），达到两倍为 0"}
_RULES = {"execution": "分值 × 执行率，不超过分值", "projects": "分值 × Σ(自评得分 × 资金) ÷ Σ资金 ÷ 100", "hand": "人工评分"}
_SEVERITIES = {"error": "错误", "warning": "提醒", "next_year": "留意下年", "info": "说明", "off": "不检查"}


def points(scheme: Scheme) -> Iterator[tuple[str, str]]:
    """Yield what a scheme says as (heading, text), in the order in which a reader asks."""
    yield "来源", scheme.source
    yield "适用", _applies_to(scheme)
    yield "表名", f"{scheme.form_title}（{scheme.currency_unit}）"
    yield "分值", weights(scheme)
    yield "指标栏目", "、".join(map(_heading, scheme.columns))
    yield "资金栏目", "、".join(map(_heading, scheme.fund_columns))
    yield "资金行", "、".join(scheme.fund_rows)
    if scheme.labels:
        yield "本地叫法", "，".join(f"{name}：{label}" for name, label in scheme.labels.items())
    if not scheme.has_goals:
        yield "年度总体目标", "表内没有这一栏"
    yield from _scoring(scheme)
    yield "等级", grades(scheme)
    yield "须说明", f"执行率低于 {_percent(scheme.execution_floor)}，完成率高于 {_percent(scheme.over_achievement)}"
    if scheme.severities:
        changed = (f"{code} 改为{_SEVERITIES[level]}" for code, level in scheme.severities.items())
        yield "检查级别", "，".join(changed)


def weights(scheme: Scheme) -> str:
    """Return the points of 预算执行率 and of each 一级指标, or what stands in their place."""
    parts = [f"预算执行率 {plain(scheme.execution_weight)}"] if scheme.execution_weight else []
    parts += [f"{name} {plain(due)}" for name, due in scheme.sections.items()]
    if scheme.sections:
        return "、".join(parts)
    listed = _listed_sections(scheme)
    parts += [f"{name} {plain(due)}" for name, due in listed.items()]
    gap = HUNDRED - scheme.execution_weight - sum(listed.values(), Decimal(0))
    return "、".join([*parts, f"其余 {plain(gap)} 分标准没有写明"] if gap > 0 else parts)


def grades(scheme: Scheme) -> str:
    """Return the grades with the least total of each."""
    return "，".join(f"{grade.name} ≥ {plain(grade.least)}" for grade in scheme.grades)


def leaves(scheme: Scheme) -> Iterator[tuple[Block, Leaf]]:
    """Yield the indicators that the scheme itself names, in order, each with its block."""
    for block in scheme.tree:
        for leaf in block.leaves:
            yield block, leaf


def outline(scheme: Scheme) -> Iterator[str]:
    """Yield the tree of indicators, a line for each 二级指标: 决策·项目立项：论证决策 4、目标设置·完整性 2."""
    for block in scheme.tree:
        name = "·".join(filter(None, (block.level1, block.level2)))
        own = "、".join(map(_leaf, block.leaves))
        yield f"{name}：{own}" if own else f"{name}（由项目自定）"


def _leaf(leaf: Leaf) -> str:
    name = "·".join(filter(None, (leaf.level3, leaf.level4)))
    return name if leaf.weight is None else f"{name} {plain(leaf.weight)}"


def _listed_sections(scheme: Scheme) -> Mapping[str, Decimal]:
    """Add up the weights of the indicators that the scheme names, by 一级指标."""
    sums: dict[str, Decimal] = {}
    for block, leaf in leaves(scheme):
        if leaf.weight is not None:
            sums[block.level1] = sums.get(block.level1, Decimal(0)) + leaf.weight
    return sums


def _applies_to(scheme: Scheme) -> str:
    rule = scheme.applies_to
    years = f"{rule.first_year} 年起" if rule.last_year >= 2099 else f"{rule.first_year} 至 {rule.last_year} 年"
    if rule.first_year == rule.last_year:
        years = f"{rule.first_year} 年"
    if not rule.regions:
        return f"{years}，没有地方标准可用的表"
    return f"{'、'.join(rule.regions)}，{years}，表名含{'或'.join(f'“{name}”' for name in rule.forms)}"


def _heading(column: Column) -> str:
    return column.field if column.heading == column.field else f"{column.heading}（{column.field}）"


def _scoring(scheme: Scheme) -> Iterator[tuple[str, str]]:
    if scheme.execution_weight:
        rounding = f"{_BASIS[scheme.rate_basis]}；执行率保留 {scheme.rate_decimals} 位小数，四舍五入"
        yield "执行率得分", rounding
    else:
        yield "执行率得分", "资金栏不计分"
    for rule in scheme.leaf_rules:
        reason = f"：{rule.reason}" if rule.reason else ""
        yield "、".join(rule.names), f"{_RULES[rule.rule]}{reason}"
    if scheme.equal_sections:
        yield "平均分配", f"{'、'.join(scheme.equal_sections)}的分值由本项目各指标平均分配，余数归第一个"
    if scheme.percent_is_completion:
        yield "完成率", "没有指标值时，实际完成值写的百分数就是完成率（满意度除外）"
    yield "上限指标超出时", _CEILING[scheme.ceiling]
    bands = (f"{band.name} {_percent(band.low)}–{_percent(band.high)}" for band in scheme.bands)
    yield "定性指标", "；".join(bands)
    yield "完成率分档", "、".join(_completion_bands(scheme))


def _completion_bands(scheme: Scheme) -> Iterator[str]:
    bounds = scheme.completion_bands
    if not bounds:
        yield "不分档"
        return
    yield f"{_percent(bounds[0])} 以上"
    for high, low in pairwise(bounds):
        yield f"{_percent(low)}–{_percent(high)}"
    yield f"{_percent(bounds[-1])} 以下"


def _percent(share: Decimal) -> str:
    return f"{plain(share * HUNDRED)}%"
