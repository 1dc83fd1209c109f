"""Percentages and counts in the text that the text's own figures give otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.checks.case import Case
from toolkit.checks.prose.beside import known_amounts
from toolkit.checks.prose.figures import Amount, Count, Percent, amounts_in, clause_before, counts_in, percents_in
from toolkit.checks.prose.reading import Reading
from toolkit.checks.prose.text import Paragraph, Sentence
from toolkit.core.form import Cell
from toolkit.core.money import money, plain, round_half_up

_RATE = re.compile(r"(?:执行|支出|支付|使用|到位|完成|拨付)率(?:[为是：]|达到?|高达|仅)*$")
_SPENT = re.compile(r"(?:支出|支付|执行|使用|到位|拨付|付款)[^，]*$")
_BUDGET = re.compile(r"(?:预算|下达|安排|批复|计划|总投资|应到位)[^，]*$")
_TOTAL = re.compile(r"共(?:设[立置]|有|计|安排|涉及|下达)?(?:了)?[^，。；、\d]{0,12}?(?P<number>\d{1,4})(?P<unit>[个项条])")
_DONE = re.compile(r"(?<![未没不尚])(?<!没有)(?<!未能)(?<!未按期)完成(?!率)[^，。；、\d（]{0,12}?(?P<number>\d{1,4})(?P<unit>[个项条])")
_UNDONE = re.compile(r"(?:未|没有|未能|未按期)(?:全部)?完成(?!率)[^，。；、\d（]{0,12}?(?P<number>\d{1,4})(?P<unit>[个项条])")
_SHARE = re.compile(r"占(?:比|总|全部|所有)[^，。；\d]{0,10}$|占[^，。；\d]{0,4}(?:总数|目标数|指标数|总目标数)的?$")
_GOALS = re.compile(r"目标|指标|任务|重点工作")
_MONEY = re.compile(r"投资|资金|支出|预算|工程量")
_NEAR = 10
_DONE_RATE = re.compile(r"完成率(?:[为是：]|达到?)*$")
_COVERAGE = re.compile(r"(?:自评|评价)(?:工作)?覆盖率(?:[为是：]|达到?)*$")
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Miscount:
    """A figure that the others give otherwise.

    Attributes:
        said: the figure with its name, as written.
        expected: what the others give.
        cut: it was cut off, not rounded.
    """

    cell: Cell
    said: str
    expected: str
    working: str
    cut: bool = False


def wrong_rates(case: Case, report: Reading) -> Iterator[Miscount]:
    """Yield rates that are not what the amounts beside them give."""
    for sentence in report.sentences:
        amounts = [amount for amount in amounts_in(sentence.text) if amount.exact]
        for percent in percents_in(sentence.text):
            named = _RATE.search(clause_before(sentence.text, percent.start))
            before = [amount for amount in amounts if amount.start < percent.start]
            if named is not None and percent.exact and len(before) > 1:
                yield from _rate(case, sentence, percent, before)


def wrong_counts(report: Reading) -> Iterator[Miscount]:
    """Yield counts that do not add up, and shares that no count gives."""
    for each in report.placed:
        if not each.paragraph.row:
            yield from _counted(each.paragraph)
            yield from _covered(each.paragraph)


def wrong_groups(report: Reading) -> Iterator[Miscount]:
    """Yield groups of indicators whose score is not the sum of what stands below them."""
    book, headings = report.scores, report.headings
    for group in book.items:
        parts = book.below(group)
        children = [heading for heading in headings if group.heading and heading.trail[-1:] == (group.heading,)]
        scored = {id(part.heading) for part in parts}
        if len(parts) < 2 or group.disputed or any(id(child) not in scored for child in children):
            continue
        weights = [part.weight.number for part in parts if part.weight]
        if weights and (len(weights) < len(parts) or group.weight is None or sum(weights) != group.weight.number):
            continue
        added = sum((part.score.number for part in parts), Decimal(0))
        if added != group.score.number:
            working = f"{'＋'.join(part.score.text for part in parts)}＝{plain(added)}"
            yield Miscount(group.score.cell, f"“{group.name}”得分 {group.score.text}", plain(added), working)


def _rate(case: Case, sentence: Sentence, percent: Percent, before: Sequence[Amount]) -> Iterator[Miscount]:
    pairs = [(one, other) for one in before for other in before if one is not other and percent.divides(one, other)]
    text, cell = sentence.text, sentence.cell(percent.start)
    if pairs:
        exact = [one.yuan / other.yuan for one, other in pairs]
        if all(percent.cuts(share) and not percent.rounds(share) for share in exact):
            one, other = pairs[0]
            due = round_half_up(one.yuan / other.yuan * 100, -int(percent.step.as_tuple().exponent))
            yield Miscount(cell, percent.text, f"{due}%", _working(one, other, due), cut=True)
        return
    spent = [amount for amount in before if _SPENT.search(clause_before(text, amount.start))]
    budget = [amount for amount in before if amount not in spent and _BUDGET.search(clause_before(text, amount.start))]
    if len(spent) != 1 or len(budget) != 1 or budget[0].yuan <= 0 or _given_elsewhere(case, sentence, percent, spent[0]):
        return
    places = max(2, -int(percent.step.as_tuple().exponent))
    due = round_half_up(spent[0].yuan / budget[0].yuan * 100, places)
    yield Miscount(cell, percent.text, f"{plain(due)}%", _working(spent[0], budget[0], due))


def _given_elsewhere(case: Case, sentence: Sentence, percent: Percent, spent: Amount) -> bool:
    """Tell whether the rate follows from an amount elsewhere in the paragraph or in the form."""
    others = [amount for amount in amounts_in(sentence.paragraph.text) if amount.exact]
    others.remove(next(amount for amount in others if amount.yuan == spent.yuan))
    if any(percent.divides(one, other) for one in (*others, spent) for other in others if one is not other):
        return True
    return any(known.yuan > 0 and percent.prints(spent.yuan / known.yuan) for known in known_amounts(case))


def _working(above: Amount, below: Amount, due: Decimal) -> str:
    return f"{money(above.yuan)} ÷ {money(below.yuan)} = {plain(due)}%"


def _counted(paragraph: Paragraph) -> Iterator[Miscount]:
    text = paragraph.text
    for total in _TOTAL.finditer(text):
        end = next((place for place in (text.find("。", total.end()),) if place >= 0), len(text))
        said = text[total.end() : end]
        done, undone = list(_DONE.finditer(said)), list(_UNDONE.finditer(said))
        whole, unit = int(total["number"]), total["unit"]
        about = text[total.start() : total.end() + _NEAR]
        if len(done) != 1 or whole == 0 or not _GOALS.search(about) or done[0]["unit"] != unit or len(undone) > 1:
            continue
        k = int(done[0]["number"])
        m = int(undone[0]["number"]) if undone else None
        at = total.end() + done[0].start("number")
        if m is not None and k + m != whole:
            yield Miscount(paragraph.cell(at), f"共 {whole} {unit}、完成 {k} {unit}、未完成 {m} {unit}", f"{k + m}", f"{k}＋{m}＝{k + m}")
            continue
        if m is None and k > whole:
            yield Miscount(paragraph.cell(at), f"共 {whole} {unit}、完成 {k} {unit}", f"不超过 {whole}", "")
            continue
        for percent in percents_in(said):
            yield from _share(paragraph, total.end(), said, percent, whole, k, m)


def _share(
    paragraph: Paragraph, base: int, said: str, percent: Percent, whole: int, done: int, undone: int | None
) -> Iterator[Miscount]:
    before = clause_before(said, percent.start)
    if _DONE_RATE.search(before) and not _MONEY.search(before):
        possible = [done]
    elif not _SHARE.search(before):
        return
    elif undone is not None and re.match(r"未|没有", before):
        possible = [undone]
    else:
        possible = list(range(whole + 1))
    if not any(percent.prints(Decimal(count) / whole) for count in possible):
        nearest = min(possible, key=lambda count: abs(Decimal(count) * 100 / whole - percent.points))
        due = plain(round_half_up(Decimal(nearest) * 100 / whole, 2))
        yield Miscount(paragraph.cell(base + percent.start), percent.text, f"{due}%", f"{nearest} ÷ {whole} = {due}%")


def _covered(paragraph: Paragraph) -> Iterator[Miscount]:
    text = paragraph.text
    for percent in percents_in(text):
        if not _COVERAGE.search(clause_before(text, percent.start)) or not percent.exact:
            continue
        counts: list[Count] = [count for count in counts_in(text[: percent.start]) if count.unit in "个项"][-2:]
        # Two counts close by, of one kind: all of them, and those that were reached.
        if len(counts) == 2 and counts[0].unit == counts[1].unit and percent.start - counts[0].start < 80:
            low, high = sorted(count.number for count in counts)
            known = text[counts[0].end : percent.start]
            if high and not percent.prints(Decimal(low) / high) and "项目" in known:
                due = plain(round_half_up(Decimal(low) * _HUNDRED / high, 2))
                yield Miscount(paragraph.cell(percent.start), f"覆盖率 {percent.text}", f"{due}%", f"{low} ÷ {high} = {due}%")
