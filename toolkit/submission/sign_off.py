"""送审单: one A4 a project for whoever signs, with the total, each deduction and its reason, and what is still open."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

from toolkit.core.money import fixed, plain
from toolkit.submission.figures import HUNDRED, deductions, rate_text, standing_of, wan_text
from toolkit.submission.mail import open_errors, open_warnings
from toolkit.submission.model import Project, Submission
from toolkit.submission.sheets import HEAD, Page, sheet_name, workbook
from toolkit.workbook.template.styles import TITLE_FONT, Styles

TITLE = "绩效自评送审单"
_WIDTHS = (26, 9, 9, 9, 44)
_LAST = len(_WIDTHS) - 1
_DEDUCTIONS = ("扣分指标", "分值", "得分", "扣分", "原因")
_SIGNATURES = ("填报人", "财务负责人", "分管领导", "单位负责人")
_OPINION = "意见：　　　　　　　　年　　月　　日"
_NO_REASON = "（表内没有写原因，请补充）"


def write_sign_off(path: Path, submission: Submission) -> None:
    """Write the sheet of every project.

    Raises:
        Unwritable: the file cannot be written.
    """
    with workbook(path, TITLE) as book:
        styles = Styles(book)
        for project in submission.projects:
            page = Page(book, styles, sheet_name(project.number, project.name), _WIDTHS)
            _head(page, submission, project)
            _lost(page, project)
            _list(page, "未改正的错误", list(_errors(submission, project)))
            _list(page, "尚未说明的提醒", [f"{found.code}　{found.message}" for found in open_warnings(project)] or ["无"])
            pending = [block.text for block in project.report.blocks if block.pending]
            _list(page, "报告中待完善的段落", pending)
            _signatures(page)
            page.printed(one_page=True)


def _head(page: Page, submission: Submission, project: Project) -> None:
    form, standing = project.review.case.form, standing_of(project.review)
    page.across(f"{submission.year}年度{TITLE}", 36, font_name=TITLE_FONT, font_size=16, align="center")
    facts = [("项目名称", project.name), ("单位", submission.unit)]
    if not form.department.blank:
        facts.append(("主管部门", form.department.text.strip()))
    budget, spent = standing.amounts[1], standing.amounts[2]
    if budget is not None and spent is not None:
        rate = "" if standing.rate is None else f"，执行率 {rate_text(standing.rate)}"
        facts.append(("资金", f"全年预算 {wan_text(budget)} 万元，全年执行 {wan_text(spent)} 万元{rate}"))
    facts += [("自评总分", _total(project)), ("上年得分", _last_year(project)), ("稿次和校验码", f"第 {submission.draft} 稿　{project.code}")]
    for name, text in facts:
        label = {"border": 1, "align": "center", "bg_color": HEAD}
        page.spans((0, 0, name, label), (1, _LAST, text, {"border": 1, "align": "left", "bold": name == "自评总分"}))


def _total(project: Project) -> str:
    standing = standing_of(project.review)
    if standing.score is None:
        return "还没有打分"
    lost = HUNDRED - standing.score
    shown = f"{fixed(standing.score)} 分，等级“{standing.grade}”"
    return f"{shown}，共扣 {plain(lost)} 分" if lost > 0 else f"{shown}，未扣分"


def _last_year(project: Project) -> str:
    last = project.last_year
    if last is None:
        return "没有上年的报送材料可以对照"
    shown = f"{last.score} 分" + (f"，等级“{last.grade}”" if last.grade else "")
    score = standing_of(project.review).score
    try:
        apart = None if score is None else score - Decimal(last.score)
    except InvalidOperation:
        return shown
    if apart is None:
        return shown
    if not apart:
        return f"{shown}；本年持平"
    return f"{shown}；本年{'高' if apart > 0 else '低'} {plain(abs(apart))} 分"


def _lost(page: Page, project: Project) -> None:
    found = list(deductions(project.review))
    if not found:
        return
    page.cells(_DEDUCTIONS, bold=True, bg_color=HEAD)
    for each in found:
        figures = (plain(each.weight), plain(each.score), plain(each.points))
        middle = {"border": 1, "align": "center"}
        left = {"border": 1, "align": "left"}
        page.spans(
            (0, 0, each.row, left),
            *((column, column, text, middle) for column, text in enumerate(figures, 1)),
            (_LAST, _LAST, each.reason or _NO_REASON, left),
        )


def _errors(submission: Submission, project: Project) -> Iterator[str]:
    errors = [f"{found.code}　{found.message}" for found in open_errors(project)]
    yield from errors
    if errors and submission.reason:
        yield f"未改正而报送的理由：{submission.reason}"


def _list(page: Page, heading: str, lines: list[str]) -> None:
    if not lines:
        return
    page.across(heading, border=1, bold=True, align="left", bg_color=HEAD)
    for line in lines:
        page.across(line, border=1, align="left")


def _signatures(page: Page) -> None:
    page.across("")
    for name in _SIGNATURES:
        label = (0, 0, f"{name}（签字）", {"border": 1, "align": "center"})
        page.spans(label, (1, _LAST - 1, "", {"border": 1}), (_LAST, _LAST, _OPINION, {"border": 1, "align": "left"}))
        page.sheet.set_row(page.row - 1, 34)
