"""项目支出绩效自评结果汇总表: one line a project, totals by formulas, ready to print; and reading one of a year before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from toolkit.checks.rows import bare
from toolkit.core.form import FUND_COLUMNS
from toolkit.core.letters import column_letters
from toolkit.core.money import YUAN_PER_WAN, fixed, plain
from toolkit.submission.figures import Standing, deductions, standing_of, total_amount, total_rate
from toolkit.submission.model import LastYear, Project, Submission
from toolkit.submission.sheets import HEAD, Page, workbook
from toolkit.workbook.template.styles import TITLE_FONT, Styles

HEADINGS = ("序号", "项目名称", *FUND_COLUMNS, "执行率", "自评得分", "自评等级", "校验码", "扣分情况")
_WIDTHS = (6, 34, 16, 16, 16, 10, 10, 10, 13, 40)
_HEAD_ROW = 2
_FIRST_ROW = _HEAD_ROW + 1
_AMOUNTS = tuple(HEADINGS.index(name) for name in FUND_COLUMNS)
_RATE, _SCORE, _GRADE = (HEADINGS.index(name) for name in ("执行率", "自评得分", "自评等级"))
_NAME, _LOST = HEADINGS.index("项目名称"), HEADINGS.index("扣分情况")


def summary_title(submission: Submission) -> str:
    """Return the title of the summary, without the year."""
    return f"{submission.title}结果汇总表"


def write_summary(path: Path, submission: Submission) -> None:
    """Write the summary of all projects of a submission.

    Raises:
        Unwritable: the file cannot be written.
    """
    with workbook(path, summary_title(submission)) as book:
        page = Page(book, Styles(book), "汇总表", _WIDTHS)
        unit = _unit(submission)
        page.across(f"{submission.year}年度{summary_title(submission)}", 34, font_name=TITLE_FONT, font_size=16, align="center")
        day = submission.day
        page.across(f"填报单位：{submission.unit}　　金额单位：{unit}　　第 {submission.draft} 稿　　{day.year}年{day.month}月{day.day}日")
        page.cells(HEADINGS, bold=True, bg_color=HEAD)
        standings = [standing_of(each.review) for each in submission.projects]
        for project, standing in zip(submission.projects, standings, strict=True):
            _row(page, project, standing, unit)
        _totals(page, standings, unit)
        page.printed(landscape=True, head=_HEAD_ROW)


def _unit(submission: Submission) -> str:
    """Return the unit of the amounts: that of the forms, 元 where they differ."""
    units = {each.review.case.form.currency_unit for each in submission.projects}
    return units.pop() if len(units) == 1 else "元"


def _in(unit: str, yuan: Decimal) -> Decimal:
    return yuan / YUAN_PER_WAN if unit == "万元" else yuan


def _row(page: Page, project: Project, standing: Standing, unit: str) -> None:
    lost = "；".join(f"{each.row}扣{plain(each.points)}分" for each in deductions(project.review))
    texts = {"序号": str(project.number), "项目名称": project.name, "自评等级": standing.grade, "校验码": project.code, "扣分情况": lost or "未扣分"}
    for column, heading in enumerate(HEADINGS):
        align = "left" if column in (_NAME, _LOST) else "center"
        page.text(column, texts.get(heading, ""), page.styles.label(align=align, num_format="@"))
    page.sheet.write_number(page.row, 0, project.number, page.styles.label())
    for column, amount in zip(_AMOUNTS, standing.amounts, strict=True):
        if amount is not None:
            page.sheet.write_number(page.row, column, _in(unit, amount), _amount_style(page))
    if standing.rate is not None:
        first = page.row + 1
        spent, budget = (f"{column_letters(_AMOUNTS[place] + 1)}{first}" for place in (2, 1))
        page.sheet.write_formula(page.row, _RATE, f"=ROUND({spent}/{budget},4)", _rate_style(page), _rounded(standing.rate))
    if standing.score is not None:
        page.sheet.write_number(page.row, _SCORE, standing.score, page.styles.label(num_format="0.00"))
    page.end_row(page.height([(project.name, _WIDTHS[_NAME]), (texts["扣分情况"], _WIDTHS[_LOST])]))


def _totals(page: Page, standings: Sequence[Standing], unit: str) -> None:
    last, row = page.row, page.row + 1
    for column in range(len(HEADINGS)):
        page.text(column, "", page.styles.label(bold=True))
    page.span(0, 1, f"合计（{len(standings)} 个项目）", border=1, bold=True, align="center")
    for place, column in enumerate(_AMOUNTS):
        total = total_amount(standings, FUND_COLUMNS[place])
        if total is not None:
            letters = column_letters(column + 1)
            formula = f"=SUM({letters}{_FIRST_ROW + 1}:{letters}{last})"
            page.sheet.write_formula(page.row, column, formula, _amount_style(page, bold=True), _in(unit, total))
    rate = total_rate(standings)
    if rate is not None and all(each.rate is not None for each in standings):
        spent, budget = (f"{column_letters(_AMOUNTS[place] + 1)}{row}" for place in (2, 1))
        page.sheet.write_formula(page.row, _RATE, f"=ROUND({spent}/{budget},4)", _rate_style(page, bold=True), _rounded(rate))
    scores = [each.score for each in standings if each.score is not None]
    if scores:
        letters = column_letters(_SCORE + 1)
        mean = Decimal(fixed(sum(scores, Decimal(0)) / len(scores)))
        formula = f"=ROUND(AVERAGE({letters}{_FIRST_ROW + 1}:{letters}{last}),2)"
        page.sheet.write_formula(page.row, _SCORE, formula, page.styles.label(bold=True, num_format='"平均"0.00'), mean)
    counts = Counter(each.grade for each in standings if each.grade)
    page.text(_GRADE, "、".join(f"{grade}{count}个" for grade, count in counts.items()), page.styles.label(bold=True))
    page.end_row(30)


def _amount_style(page: Page, **look: Any) -> Any:
    return page.styles.label(num_format="#,##0.00", align="right", **look)


def _rate_style(page: Page, **look: Any) -> Any:
    return page.styles.label(num_format="0.00%", **look)


def _rounded(rate: Decimal) -> Decimal:
    return Decimal(fixed(rate, 4))


def read_last_year(path: Path) -> Mapping[str, LastYear]:
    """Return score and grade by project, from the summary of a former year; nothing where it cannot be read."""
    from zipfile import BadZipFile

    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (OSError, BadZipFile, KeyError, ValueError):
        return {}
    rows = [["" if cell is None else str(cell) for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]
    book.close()
    return {bare(row[_NAME]): LastYear(row[_SCORE], row[_GRADE]) for row in rows[_FIRST_ROW:] if _is_project(row)}


def _is_project(row: Sequence[str]) -> bool:
    return len(row) >= len(HEADINGS) and row[0].isdigit() and bool(row[_SCORE])
