"""R03: words in the report that the figures contradict."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.prose.beside import amount_of, has_form, report_of, whole_project
from toolkit.checks.prose.citations import titles_out
from toolkit.checks.prose.figures import amounts_in, clause_before
from toolkit.checks.prose.reading import Reading
from toolkit.checks.prose.text import Sentence
from toolkit.checks.rows import is_missed, scored_rows
from toolkit.checks.rule import RESULTS, rule
from toolkit.checks.wording import shorten
from toolkit.core.money import money

_ALL_DONE = re.compile(
    r"(?:各项|所有|全部|全年|年度|绩效|工作|任务|目标|指标)(?:[^，。；]{0,8}(?:目标|指标|任务))?(?:值)?(?:已|均已|都已|均|都)?"
    r"(?:全部|全面|圆满|如期全部|100%)(?:完成|达成|实现|达标)(?!的|率|后|时|情况)"
    r"|(?:各项|所有|全部)(?:绩效)?(?:目标|指标|任务)(?:值)?(?:均|都|已|全部|均已|都已)(?:按?[时期])?(?:完成|达成|实现|达标)(?!的|率|后|时|情况)"
)
_ALL_SPENT = re.compile(r"(?:资金|经费|预算|款项)?(?:已|均已)?(?:全部|全额|足额)(?:支出|支付|使用|执行|拨付)(?:完毕|完成|到位)?(?=[，。；、]|$)")
_ALL_RECEIVED = re.compile(r"(?:资金|经费|款项)(?:已|均已|均)?(?:全部|全额|足额)(?:及时)?(?:到位|下达)(?=[，。；、]|$)")
_NO_REST = re.compile(r"(?:无|没有|未产生|不存在)(?:资金|项目|预算|任何)?(?:结余|结转|剩余)(?:资金|结转)?(?=[，。；、]|$)")
_REST = re.compile(r"(?:结余|剩余)(?:资金|金额)?(?:为|共|：)?$")
_WISH = re.compile(r"力争|争取|确保|将|要求|应|建议|希望|推动|促进|努力|未能?|没有|尚未|不能|是否|如果|预计|计划|下一步|今后|为了|保证|督促")
_NEAR = 40
"""Characters within which a wish governs what follows."""
_UNDONE = re.compile(r"(?:未|没有|未能)(?:全部)?完成(?:的)?(?:绩效)?(?:目标|指标|项目|任务)[^，。；\d]{0,8}(?P<number>[1-9]\d*)[个项]")


@rule(
    "R03",
    title="报告前后矛盾，或与表内数字矛盾",
    severity=Severity.WARNING,
    source="报告的结论应与数字一致",
    stages=RESULTS,
)
def report_contradicts_itself(case: Case) -> Iterator[Fault]:
    """写“全部完成”而有指标没有完成，写“全部支付”“足额到位”而数字不足，写“无结余”而有结余。

    为什么：一句套话与旁边的数字相反，看的人会怀疑整份报告是照抄的。
    怎么改：按数字改写这一句；确属两回事的，写清指什么，或写一句说明。
    """
    report = report_of(case)
    if report is None:
        return
    for sentence in report.sentences:
        for found in _claims(_ALL_DONE, sentence):
            yield from _undone(case, report, sentence, found)
        for found in _claims(_NO_REST, sentence):
            yield from _rest(case, report, sentence, found)
        if has_form(case) and whole_project(case, sentence):
            yield from _less(case, sentence)


def _claims(pattern: re.Pattern[str], sentence: Sentence) -> Iterator[re.Match[str]]:
    for found in pattern.finditer(sentence.text):
        if not _WISH.search(titles_out(sentence.text)[max(0, found.start() - _NEAR) : found.start()]):
            yield found


def _undone(case: Case, report: Reading, sentence: Sentence, found: re.Match[str]) -> Iterator[Fault]:
    missed = [score.row for score in scored_rows(case) if is_missed(score)] if has_form(case) else []
    counted = [other for other in report.sentences if _UNDONE.search(other.text)]
    if missed:
        beside = f"表内“{shorten(missed[0].name)}”等 {len(missed)} 项没有完成" if len(missed) > 1 else f"表内“{shorten(missed[0].name)}”没有完成"
    elif counted:
        at = counted[0]
        beside = f"{at.cell().field}写有没有完成的指标"
    else:
        return
    yield _fault(sentence, found, beside)


def _rest(case: Case, report: Reading, sentence: Sentence, found: re.Match[str]) -> Iterator[Fault]:
    rest = _rest_of(case)
    if rest is not None and rest > 0:
        if whole_project(case, sentence):
            yield _fault(sentence, found, f"表内全年预算数比全年执行数多 {money(rest)}")
        return
    for other in report.sentences:
        for amount in amounts_in(other.text):
            if amount.yuan > 0 and _REST.search(clause_before(other.text, amount.start)) and rest is None:
                yield _fault(sentence, found, f"{other.cell(amount.start).field}写结余 {amount.text}")
                return


def _rest_of(case: Case) -> Decimal | None:
    total = case.form.fund_total
    budget = case.form.amount(total.annual_budget) if total else None
    spent = case.form.amount(total.executed) if total else None
    return None if budget is None or spent is None else budget - spent


def _less(case: Case, sentence: Sentence) -> Iterator[Fault]:
    total, rest = case.form.fund_total, _rest_of(case)
    if total is None:
        return
    for found in _claims(_ALL_SPENT, sentence):
        if rest is not None and rest > 0:
            yield _fault(sentence, found, f"表内全年预算数比全年执行数多 {money(rest)}")
    received, budget = amount_of(case, total.received), amount_of(case, total.annual_budget)
    for found in _claims(_ALL_RECEIVED, sentence):
        if received and budget and received.yuan < budget.yuan:
            yield _fault(sentence, found, f"表内到位 {total.received.text}，少于全年预算数 {total.annual_budget.text}")


def _fault(sentence: Sentence, found: re.Match[str], beside: str) -> Fault:
    return Fault(
        cells=(sentence.cell(found.start()),),
        fact=f"写“{shorten(found[0])}”，而{beside}",
        found=found[0],
        fix="请按数字改写这一句；指的是两回事的，写清楚各指什么。",
    )
