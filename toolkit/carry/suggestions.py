"""下年度目标调整建议: what this year shows about the targets themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit.checks import Finding, Severity
from toolkit.core.form import Form
from toolkit.core.money import fixed, money, plain
from toolkit.core.scheme import Scheme
from toolkit.scoring import IndicatorScore, Outcome, Scores
from toolkit.scoring.indicator import is_over_achieved

_GOALS = ("G01", "G02")
_FIRST_ESTIMATE = "一上申报数"
_SHOWN = 4
"""Places that are named one by one."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing to consider when next year's goals are set.

    Attributes:
        subject: what it concerns, in the form's own words.
        last_year: the fact of the year that ends, with its arithmetic.
        advice: what to consider.
    """

    subject: str
    last_year: str
    advice: str


def suggestions(form: Form, scores: Scores, findings: Sequence[Finding], scheme: Scheme) -> tuple[Suggestion, ...]:
    """Return what should be considered: targets far from the results, targets set for other funds, then 留意下年.

    Args:
        form: this year's form.
        scores: its scores.
        findings: what the checks found on it; those about the target itself are taken over.
        scheme: says what is far above (超额须说明) and far below (低执行率) a target.
    """
    return (*_by_results(scores, scheme), *_by_funds(form), *_by_findings(findings))


def _by_results(scores: Scores, scheme: Scheme) -> Iterator[Suggestion]:
    for score in scores.rows:
        found = score.comparison
        if found.completion is None or score.weight is None or score.weight <= 0:
            continue
        if is_over_achieved(found, scheme):
            yield _apart(score, "请按实际任务量核定指标值；确因一次性任务超额的，可不调整")
        elif found.outcome is Outcome.MISSED and found.completion < scheme.low_execution:
            yield _apart(score, "请核对指标值与批复的资金、任务是否相配")


def _apart(score: IndicatorScore, advice: str) -> Suggestion:
    row, found = score.row, score.comparison
    target, actual = found.target, found.actual
    assert target is not None and actual is not None
    share = f"{plain(actual)} ÷ {plain(target)} = {fixed(actual * 100 / target)}%"
    return Suggestion(
        f"{row.name}·年度指标值",
        f"去年完成 {row.actual.text}，指标值 {row.target.text or '未填'}（{share}）",
        f"本年指标值仍为 {row.target.text or '空白'}，{advice}。",
    )


def _by_funds(form: Form) -> Iterator[Suggestion]:
    total, asked = form.fund_total, form.facts.get(_FIRST_ESTIMATE)
    if total is None or asked is None:
        return
    wanted, approved = form.amount(asked), form.amount(total.annual_budget)
    if wanted is not None and approved is not None and wanted != approved:
        unit = form.currency_unit
        yield Suggestion(
            "年度指标值",
            f"去年“一上”按 {money(wanted)} {unit}申报，批复 {money(approved)} {unit}",
            "指标值如按申报数测算，批复后请同步调整，一并报批。",
        )


def _by_findings(findings: Sequence[Finding]) -> Iterator[Suggestion]:
    for found in findings:
        if found.severity is Severity.NEXT_YEAR or found.code in _GOALS:
            places = list(dict.fromkeys(cell.field.rpartition("·")[0] or cell.field for cell in found.cells))
            rest = f"等 {len(places)} 处" if len(places) > _SHOWN else ""
            yield Suggestion("、".join(places[:_SHOWN]) + rest, f"{_fact(found)}（{found.code}）", _advice(found.fix))


def _fact(found: Finding) -> str:
    """Return what was found without this year's cells, which mean nothing in next year's workbook."""
    fact = found.message.removeprefix(found.cells[0].address or "").partition("涉及：")[0]
    return fact.rstrip("。")


def _advice(fix: str) -> str:
    """Return a remedy as it reads once next year has come: 本年无须修改；建议下年改为… is 建议改为…."""
    _, wait, later = fix.partition("建议下年")
    return f"建议{later}" if wait else fix
