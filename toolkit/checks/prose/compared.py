"""Scores, rates and results in the text beside those of the form."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from toolkit.checks.amounts import percent as as_percent
from toolkit.checks.case import Case
from toolkit.checks.finding import Severity
from toolkit.checks.funds import exact_rate, rate_working
from toolkit.checks.prose.against import Differing, labelled_rates
from toolkit.checks.prose.beside import plain_name, row_names, whole_project
from toolkit.checks.prose.figures import NUMBER, Percent, amounts_in
from toolkit.checks.prose.reading import Reading
from toolkit.checks.prose.scores import GRADES, Points, Scored
from toolkit.checks.prose.text import Sentence, fold
from toolkit.checks.weights import full_sum, leaves
from toolkit.core.facts import FactKind, find_fact
from toolkit.core.form import Cell, Indicator, section_name
from toolkit.core.money import decimals_of, plain, read_figure, round_half_up
from toolkit.core.values import Measure
from toolkit.scoring import IndicatorScore

_FUND_NAMES = ("预算执行率", "资金执行率", "预算执行", "执行率", "预算执行情况")
_SAID = r"[”」]?(?:（(?!完成率)[^（）\d]{0,10})?(?P<link>为|达到|达|是|：|（完成率为|，?完成率为?|完成率达到?|实际完成|完成了?|实际为)"
_VALUE = rf"(?P<value>(?P<number>{NUMBER})(?P<unit>%|[万亿]?(?:人次|工作日|[个件份次人台套页卷户宗种家天项元]))?)(?![分\d年月个])"
_SHORTEST_NAME = 4
_NEAR = 20
"""Characters within which 上年 or 目标值 speaks of what follows."""
_MOST_TOTALS = 2
_FIGURE_FACTS = (FactKind.COUNT, FactKind.NUMBER, FactKind.AMOUNT)
_NOT_RESULT = re.compile(r"上年|去年|往年|同比|年初(?:目标|计划)|目标值|指标值|原定|下一步|下年")
_ANY_NUMBER = re.compile(NUMBER)


def differing_scores(case: Case, report: Reading) -> Iterator[Differing]:
    """Yield total, grade, and the weights and scores of indicators and sections that are not the form's."""
    yield from _totals(case, report)
    yield from _grades(case, report)
    for item in report.scores.items:
        yield from _item(case, item)
    for name, points in report.scores.parts:
        yield from _section(case, name, points)


def differing_rates(case: Case, report: Reading) -> Iterator[Differing]:
    """Yield the execution rates of the whole project that are neither the form's nor what its amounts give."""
    total, rate = case.form.fund_total, exact_rate(case.form)
    # Where the scheme leaves the rate's own base open (F02 no error), R11 asks for numerator and denominator instead.
    if total is None or rate is None or case.scheme.severities.get("F02", Severity.ERROR) != Severity.ERROR:
        return
    printed = total.rate.figure
    base = case.form.amount(total.initial_budget)
    spent = case.form.amount(total.executed)
    for sentence in report.sentences:
        if not whole_project(case, sentence):
            continue
        for percent, name in labelled_rates(case, sentence):
            if percent.prints(rate) or (printed and percent.points in (printed.number * 100, printed.number)):
                continue
            if _divides_here(sentence, percent):
                continue
            by_initial = bool(base and spent and percent.prints(spent / base))
            cell = sentence.cell(percent.start)
            yield Differing(name, percent.text, cell, total.rate, as_percent(rate), rate_working(case.form), not by_initial)


def differing_values(case: Case, report: Reading) -> Iterator[Differing]:
    """Yield results of indicators, and figures of 报告要素, that the text states otherwise."""
    rows = {score.row.level3.line: score for score in case.scores.rows}
    names: dict[str, list[Indicator]] = defaultdict(list)
    for name, row in row_names(case):
        if len(name) >= _SHORTEST_NAME:
            names[name].append(row)
    for sentence in report.sentences:
        for name, found in names.items():
            if len(found) == 1 and name in sentence.text:
                yield from _value(rows[found[0].level3.line], name, sentence)
        for name, cell in case.form.facts.items():
            if name in sentence.text and _holds_figure(name):
                yield from _fact(case, name, cell, sentence)


def _totals(case: Case, report: Reading) -> Iterator[Differing]:
    form, stated = case.form, report.scores.totals
    added = full_sum(leaves(case))
    due = form.total_score.number if form.total_score.number is not None else added
    numbers = {points.number for points in stated}
    if due is None or len(numbers) > _MOST_TOTALS:
        return
    agreed = any(_prints(points, due) for points in stated)
    for points in stated:
        # What the items add to may be told beside the total; whether the two agree is S01's matter.
        if not _prints(points, due) and points.number != added:
            yield Differing("总分", points.text, points.cell, form.total_score, plain(due), sure=not agreed)


def _grades(case: Case, report: Reading) -> Iterator[Differing]:
    form, stated = case.form, report.scores.grades
    named = [grade.name for grade in case.scheme.grades if grade.name in form.grade.text]
    if len(named) != 1:
        return
    due = GRADES.get(named[0], named[0])
    for grade in stated:
        if grade.name != due:
            yield Differing("等级", f"“{grade.text}”", grade.cell, form.grade, sure=len({each.name for each in stated}) == 1)


def _item(case: Case, item: Scored) -> Iterator[Differing]:
    found = _rows_called(case).get(plain_name(item.name))
    if found is None:
        return
    for column, points, cells in (("分值", item.weight, found[0]), ("得分", item.score, found[1])):
        numbers = [cell.number for cell in cells]
        if points is None or any(number is None for number in numbers) or item.disputed:
            continue
        due = sum((number for number in numbers if number is not None), Decimal(0))
        if not _prints(points, due):
            working = "＋".join(plain(number) for number in numbers if number is not None)
            name = f"“{item.name}”{column}"
            yield Differing(name, points.text, points.cell, cells[0], plain(due), f"{working}＝{plain(due)}" if len(cells) > 1 else "")


Called = Mapping[str, tuple[list[Cell], list[Cell]]]


def _rows_called(case: Case) -> Called:
    """Return the weights and scores of rows and of groups of rows by name; names that mean several things are left out."""
    levels: dict[str, dict[tuple[str, ...], list[Indicator]]] = defaultdict(lambda: defaultdict(list))
    for row in case.form.indicators:
        path = tuple(fold(text) for text in row.path)
        for depth in range(1, len(path) + 1):
            levels[plain_name(section_name(path[depth - 1]))][path[:depth]].append(row)
    called = {
        name: ([row.weight for row in rows], [row.score for row in rows])
        for name, groups in levels.items()
        for rows in groups.values()
        if len({tuple(id(row) for row in other) for other in groups.values()}) == 1
    }
    total = case.form.fund_total
    if total is not None and not total.weight.empty:
        called |= {name: ([total.weight], [total.score]) for name in _FUND_NAMES if name not in called}
    return called


def _section(case: Case, name: str, points: Points) -> Iterator[Differing]:
    names = dict.fromkeys(section_name(row.level1.text) for row in case.form.indicators if not row.level1.blank)
    meant = [each for each in names if each.removesuffix("指标") in name]
    rows = [row for row in case.form.indicators if section_name(row.level1.text) in meant]
    numbers = [row.score.number for row in rows if not row.score.empty]
    if not rows or len(numbers) != len([row for row in rows if (row.weight.number or 0) > 0]) or None in numbers:
        return
    due = sum((number for number in numbers if number is not None), Decimal(0))
    weight = sum((row.weight.number or Decimal(0) for row in rows), Decimal(0))
    if not _prints(points, due) and points.number != weight:
        working = "＋".join(plain(number) for number in numbers if number)
        yield Differing(f"“{name}”得分", points.text, points.cell, rows[0].score, plain(due), f"{working}＝{plain(due)}")


def _prints(points: Points, due: Decimal) -> bool:
    """Tell whether points as printed are ``due``, rounded to the digits printed."""
    figure = read_figure(points.text)
    return points.number == due or (figure is not None and round_half_up(due, decimals_of(figure.step)) == points.number)


def _divides_here(sentence: Sentence, percent: Percent) -> bool:
    amounts = amounts_in(sentence.text)
    return any(percent.divides(one, other) for one in amounts for other in amounts if one is not other)


def _value(score: IndicatorScore, name: str, sentence: Sentence) -> Iterator[Differing]:
    row = score.row
    actual = row.actual.value
    for found in re.finditer(re.escape(name) + _SAID + _VALUE, sentence.text):
        said = Cell(text=found["value"]).value
        earlier = _NOT_RESULT.search(sentence.text[max(0, found.start() - _NEAR) : found.start()])
        if earlier or not isinstance(said, Measure) or said.approximate:
            continue
        if "完成率" in found["link"]:
            due = score.comparison.completion
            if due is None or said.unit != "%" or Percent(said.number, said.step, "", 0, True).prints(due):
                continue
            expected = as_percent(due)
        elif not isinstance(actual, Measure) or said.unit != actual.unit or _is_known(said, row, score):
            continue
        else:
            expected = row.actual.text
        yield Differing(f"“{name}”", found["value"], sentence.cell(found.start("value")), row.actual, expected)


def _is_known(said: Measure, row: Indicator, score: IndicatorScore) -> bool:
    """Tell whether a figure stands in the row: as target, result, completion, or in the reason."""
    numbers = {cell.value.number for cell in (row.target, row.actual) if isinstance(cell.value, Measure)}
    if score.comparison.completion is not None:
        numbers |= {round_half_up(score.comparison.completion * 100, places) for places in range(3)}
    written = {Decimal(text.replace(",", "")) for text in _ANY_NUMBER.findall(fold(f"{row.deviation.text} {row.basis.text} {row.actual.text}"))}
    return any(said.low <= number <= said.high for number in numbers | written) or said.number in written


def _holds_figure(name: str) -> bool:
    fact = find_fact(name)
    return fact is not None and fact[1].kind in _FIGURE_FACTS


def _fact(case: Case, name: str, cell: Cell, sentence: Sentence) -> Iterator[Differing]:
    due = cell.number
    for found in re.finditer(rf"{re.escape(name)}(?:为|共计?|是|：)?(?P<value>{NUMBER}(?:[万亿]?元)?)", sentence.text):
        amounts = amounts_in(found["value"])
        said = amounts[0].yuan if amounts else Decimal(found["value"].rstrip("万亿元").replace(",", ""))
        if due is None or said in (due, due * case.yuan) or (amounts and amounts[0].agrees(due * case.yuan)):
            continue
        yield Differing(name, found["value"], sentence.cell(found.start("value")), cell)
