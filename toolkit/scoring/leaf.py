"""Scores of rows for which the scheme has a rule of its own: by 执行率, by the department's projects, or by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from toolkit.core.form import Cell, Form, Indicator
from toolkit.core.money import fixed, plain, quotient, round_half_up
from toolkit.core.scheme import LeafRule, Scheme
from toolkit.scoring.compare import Comparison, Direction, Outcome
from toolkit.scoring.fund import score_execution

PROJECTS = "项目清单"
"""The table of 报告要素 with the department's projects."""
ZERO, HUNDRED = Decimal(0), Decimal(100)
_LISTED = 4
"""Projects up to which a working names each of them."""
_NO_PROJECTS = f"报告要素“{PROJECTS}”没有填，无法按 Σ(自评得分×资金)÷Σ资金 计算"


@dataclass(frozen=True, slots=True)
class Ruled:
    """What the scheme's rule for a row gives.

    Attributes:
        computed: points, ``None`` where the rule cannot be applied or leaves the score to the officer.
        working: the arithmetic, or why there is none.
    """

    comparison: Comparison
    computed: Decimal | None
    working: str


def rule_for(row: Indicator, scheme: Scheme) -> LeafRule | None:
    """Return the scheme's rule for a row; a 计算方式 that the officer chose goes before it."""
    if not row.method.blank:
        return None
    return scheme.rule_of(*(cell.text.strip() for cell in (row.level4, row.level3) if not cell.blank))


def score_by_rule(rule: LeafRule, found: Comparison, weight: Decimal, form: Form, scheme: Scheme) -> Ruled:
    """Apply a scheme's rule to a row of ``weight`` points whose target and result compare as ``found``."""
    if rule.rule == "execution":
        return _by_execution(found, weight, form, scheme)
    if rule.rule == "projects":
        return _by_projects(found, weight, form, scheme)
    return _undecided(found, rule.reason or "由填报人评分")


def _undecided(found: Comparison, reason: str) -> Ruled:
    # Words beside a score are still judged by the band they state; all other causes are nobody's business here.
    cause = found.cause if found.cause == "kind" else "manual"
    left = replace(found, outcome=Outcome.UNDECIDED, target=None, actual=None, reason=reason, cause=cause)
    return Ruled(left, None, reason)


def _decided(target: Decimal, actual: Decimal) -> Comparison:
    outcome = Outcome.MET if actual >= target else Outcome.MISSED
    return Comparison(outcome, Direction.FORWARD, target, actual, cause="rule")


def _by_execution(found: Comparison, weight: Decimal, form: Form, scheme: Scheme) -> Ruled:
    line = form.fund_total
    budget = form.amount(line.annual_budget) if line else None
    executed = form.amount(line.executed) if line else None
    if line is None or budget is None or executed is None:
        return _undecided(found, "全年预算数或全年执行数没有填，无法计算执行率")
    _, points, working = score_execution(line, budget, executed, weight, scheme)
    if budget <= 0:
        return Ruled(_decided(HUNDRED, ZERO), points, working)
    return Ruled(_decided(budget, min(executed, budget)), points, working)


def _by_projects(found: Comparison, weight: Decimal, form: Form, scheme: Scheme) -> Ruled:
    rows = [row for row in form.tables.get(PROJECTS, ()) if any(not cell.blank for cell in row.values())]
    if not rows:
        return _undecided(found, _NO_PROJECTS)
    pairs: list[tuple[Decimal, Decimal]] = []
    for number, row in enumerate(rows, 1):
        funds, score = _amount(form, row.get("资金")), _number(row.get("自评得分"))
        if funds is None or funds < 0 or score is None or not ZERO <= score <= HUNDRED:
            name = row["项目名称"].text.strip() if "项目名称" in row else f"第 {number} 行"
            wrong = "资金" if funds is None or funds < 0 else "自评得分"
            return _undecided(found, f"报告要素“{PROJECTS}”中“{name}”的{wrong}没有填或不能用，无法加权计算")
        pairs.append((score, funds))
    whole = sum((funds for _, funds in pairs), ZERO)
    if not whole:
        return _undecided(found, f"报告要素“{PROJECTS}”的资金合计为 0，无法加权计算")
    earned = sum((score * funds for score, funds in pairs), ZERO)
    points = round_half_up(weight * earned / (whole * HUNDRED), scheme.score_decimals)
    return Ruled(_decided(whole * HUNDRED, earned), points, _weighing(pairs, earned, whole, weight, points, scheme))


def _weighing(
    pairs: list[tuple[Decimal, Decimal]], earned: Decimal, whole: Decimal, weight: Decimal, points: Decimal, scheme: Scheme
) -> str:
    steps = "＋".join(f"{plain(score)}×{plain(funds)}" for score, funds in pairs[:_LISTED])
    more = f"＋……（共 {len(pairs)} 个项目）" if len(pairs) > _LISTED else ""
    mean = f"（{steps}{more}）÷ {plain(whole)} = {quotient(earned, whole)}"
    return f"加权平均得分 {mean}；{plain(weight)} × {plain(earned)} ÷ {plain(whole)} ÷ 100 → {fixed(points, scheme.score_decimals)}"


def _amount(form: Form, cell: Cell | None) -> Decimal | None:
    return None if cell is None else form.amount(cell)


def _number(cell: Cell | None) -> Decimal | None:
    return None if cell is None else cell.number
