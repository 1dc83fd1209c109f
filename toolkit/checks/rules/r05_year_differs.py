"""R05: the report speaks of another year than the form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.prose.beside import amount_of, has_form, report_of
from toolkit.checks.prose.citations import titles_out
from toolkit.checks.prose.figures import amounts_in
from toolkit.checks.prose.reading import Reading
from toolkit.checks.prose.text import Paragraph
from toolkit.checks.rule import RESULTS, rule
from toolkit.core.form import Cell

_YEAR = re.compile(r"(?<!\d)(20\d{2})(?=年)")
_RESULT = re.compile(r"(?<![前到至])(?<!\d)(?P<year>20\d{2})年(?:度)?(?:的)?部门整体支出(?!绩效目标|预算)")
_SPEND = re.compile(r"支出|支付|执行|使用")
_RIGHTLY_OTHER = re.compile(r"下达|批复|印发|签订|中标|通知|上年|去年|结转|提前|计划|预计|比|较|增长|下降|减少|至20\d{2}|-20\d{2}|往年|以来|起")
_LEAST_TIMES = 3


@rule("R05", title="报告中的年度不一致", severity=Severity.ERROR, source="报告与自评表应为同一年度", stages=RESULTS)
def year_differs(case: Case) -> Iterator[Fault]:
    """报告标题、“××年度部门整体支出”和本年支出前的年份，应与自评表的年度相同。

    为什么：报告多从上年改来，年份漏改，数字就说不清是哪一年的。
    怎么改：改为本年度。文件名称和文号里的年份、资金下达年度、填报日期、与上年比较，本来就可以是别的年份，不在此列。
    """
    report = report_of(case)
    if report is None or (year := case.form.year) is None:
        return
    wrong = [*_titles(report, year), *_results(report, year)]
    if not wrong and has_form(case):
        wrong = [*_spending(case, report, year), *_throughout(report, year)]
    for cell, said in dict(wrong).items():
        yield Fault(
            cells=(cell,),
            fact=f"写 {said} 年，自评表的年度是 {year} 年" if has_form(case) else f"写 {said} 年，报告通篇是 {year} 年",
            found=str(said),
            expected=str(year),
            fix=f"请核对后改为 {year} 年；确指 {said} 年的，在句中写清楚。",
        )


def _titles(report: Reading, year: int) -> Iterator[tuple[Cell, int]]:
    for title in report.titles:
        said = {int(found) for found in _YEAR.findall(title.text)}
        if said and year not in said:
            yield title.cell(), min(said)


def _results(report: Reading, year: int) -> Iterator[tuple[Cell, int]]:
    for paragraph in report.paragraphs:
        if paragraph.row:
            continue
        for sentence in paragraph.sentences():
            text = titles_out(sentence.text)
            for found in _RESULT.finditer(text):
                if int(found["year"]) != year and not _RIGHTLY_OTHER.search(text):
                    yield sentence.cell(found.start()), int(found["year"])


def _spending(case: Case, report: Reading, year: int) -> Iterator[tuple[Cell, int]]:
    """Find this year's spending said of another year: the form's amount behind a wrong year."""
    total = case.form.fund_total
    spent = amount_of(case, total.executed) if total else None
    if spent is None or spent.yuan <= 0:
        return
    for sentence in report.sentences:
        text = titles_out(sentence.text)
        years = {int(found) for found in _YEAR.findall(text)}
        if len(years) != 1 or year in years or _RIGHTLY_OTHER.search(text) or not _SPEND.search(text):
            continue
        if any(amount.agrees(spent.yuan, spent.step) for amount in amounts_in(text)):
            yield sentence.cell(text.index(str(min(years)))), min(years)


def _throughout(report: Reading, year: int) -> Iterator[tuple[Cell, int]]:
    """Find a report that never names the form's year and another one again and again."""
    if report.years[year] or not report.years:
        return
    other, times = report.years.most_common(1)[0]
    if times >= _LEAST_TIMES:
        yield _first(report, other).cell(), other


def _first(report: Reading, year: int) -> Paragraph:
    return next(each for each in report.paragraphs if f"{year}年" in titles_out(each.text))
