"""The form that a report without one states in words: its indicators with their scores, its total and grade."""

from __future__ import annotations

from toolkit.checks.case import STATED
from toolkit.checks.prose.reading import Reading, read_report
from toolkit.checks.prose.scores import Points, Scored
from toolkit.core.document import Document
from toolkit.core.form import Cell, Form, Indicator

_UNITS = ("部门名称", "单位名称", "填报单位", "实施单位", "项目单位", "预算单位", "主管部门", "预算部门", "用款单位", "部门（单位）名称")


def stated_form(document: Document) -> Form:
    """Return a form with what the report states; its cells are lines of the report.

    Scores are taken only where the items listed are meant to be all there are, and total and grade only where the
    report states one.
    """
    report = read_report(document)
    book = report.scores
    totals = {points.number: points for points in book.totals}
    grades = {grade.name: grade for grade in book.grades}
    first = next(iter(totals.values())) if len(totals) == 1 else None
    total = _cell(first, "总分") if first else _place_of_total(report, stated=bool(totals))
    grade = next(iter(grades.values())) if len(grades) == 1 and not _own_bands(report) else None
    project = report.cover.get("项目名称", ("", Cell()))
    unit = next((found for label, found in report.cover.items() if label.endswith(_UNITS)), ("", Cell()))
    return Form(
        year=report.year,
        organisation=Cell(unit[1].field, unit[0], line=unit[1].line),
        project_name=Cell(project[1].field, project[0], line=project[1].line),
        project_code=Cell(),
        project_amount=Cell(),
        department=Cell(),
        implementing_unit=Cell(),
        currency_unit="元",
        funds=(),
        expected_goal=Cell(),
        achieved_goal=Cell(),
        indicators=tuple(map(_indicator, book.top)) if book.complete and len(totals) < 2 else (),
        total_weight=Cell(total.field.replace("总分", "分值"), "", line=total.line),
        total_score=total,
        grade=Cell(f"{grade.cell.field}·等级", grade.name, line=grade.cell.line) if grade else Cell(),
        kind=STATED,
    )


def _cell(points: Points, column: str) -> Cell:
    return Cell(f"{points.cell.field}·{column}", points.text, line=points.cell.line)


def _place_of_total(report: Reading, *, stated: bool) -> Cell:
    """Return where the total should stand: below 自评结论, else the first line."""
    found = [each.paragraph for each in report.placed if each.under("结论", "自评结果", "总体")]
    line = (found or list(report.paragraphs))[0].cell()
    return Cell(f"{line.field}·总分", "—" if stated else "", line=line.line)


def _indicator(item: Scored) -> Indicator:
    weight = item.weight or item.score
    blank = Cell(item.score.cell.field, "", line=item.score.cell.line)
    name = Cell(blank.field, item.name, line=blank.line)
    return Indicator(blank, blank, name, blank, blank, _cell(weight, "分值"), _cell(item.score, "得分"), blank)


def _own_bands(report: Reading) -> bool:
    """Tell whether the report explains grades by other bounds than 90, 80 and 60."""
    for sentence in report.sentences:
        text = sentence.text
        if "优" in text and "良" in text and "中" in text and "分" in text and any(mark.isdigit() for mark in text):
            return not ("90" in text and "80" in text)
    return False
