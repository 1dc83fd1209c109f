"""系统录入表: what is typed into the province's system, values only, in the order of its pages, one sheet a project."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from toolkit.checks.case import Case
from toolkit.core.columns import OWN_COLUMNS, SPLIT_TARGET
from toolkit.core.form import Cell, Indicator
from toolkit.core.layout import FUND_ATTRIBUTES, own_texts
from toolkit.core.scheme import Column
from toolkit.core.targets import split_target
from toolkit.submission.figures import grade_of
from toolkit.submission.model import Project, Submission
from toolkit.submission.sheets import HEAD, Page, sheet_name, workbook
from toolkit.workbook.template.styles import Styles

TITLE = "系统录入表"
_HEADER = (
    ("填报单位", "organisation"),
    ("项目名称", "project_name"),
    ("项目编码", "project_code"),
    ("项目金额", "project_amount"),
    ("主管部门", "department"),
    ("实施单位", "implementing_unit"),
)
_INDICATOR: Mapping[str, tuple[str, int]] = {
    "一级指标": ("level1", 18),
    "二级指标": ("level2", 16),
    "三级指标": ("level3", 30),
    "四级指标": ("level4", 20),
    "指标性质": ("target", 10),
    "指标值": ("target", 18),
    "度量单位": ("target", 10),
    "年度指标值": ("target", 18),
    "实际完成值": ("actual", 18),
    "分值": ("weight", 10),
    "得分": ("score", 10),
    "评分依据": ("basis", 30),
    "偏差原因分析及改进措施": ("deviation", 44),
}
"""Attribute and width of a column, by its field."""
_WIDTHS: Mapping[str, int] = {field: width for field, (_, width) in _INDICATOR.items()} | dict.fromkeys(OWN_COLUMNS, 18)
_FIGURES = ("分值", "得分")


def write_entry(path: Path, submission: Submission) -> None:
    """Write the sheet of every project.

    Raises:
        Unwritable: the file cannot be written.
    """
    with workbook(path, TITLE) as book:
        styles = Styles(book)
        for project in submission.projects:
            shown = _shown(project.review.case)
            widths = [_WIDTHS[column.field] for column in shown]
            page = Page(book, styles, sheet_name(project.number, project.name), widths)
            _write(page, project, shown)
            page.printed(landscape=True)


def _shown(case: Case) -> list[Column]:
    """Return the columns of the indicators: those of the form in its order and words, then what it holds besides."""
    columns = [column for column in case.scheme.columns if column.field in _WIDTHS]
    shown = {_INDICATOR[column.field][0] for column in columns if column.field in _INDICATOR}
    for field, (key, _) in _INDICATOR.items():
        if key not in shown and field not in SPLIT_TARGET and any(not getattr(row, key).blank for row in case.form.indicators):
            columns.append(Column(field, field))
    return columns


def _write(page: Page, project: Project, shown: Sequence[Column]) -> None:
    case = project.review.case
    page.across(f"{TITLE}（{case.form.year or ''}年度，金额单位：{case.form.currency_unit}）", bold=True)
    _header(page, case)
    _funds(page, case)
    _goals(page, case)
    _indicators(page, case, shown)
    _section(page, "总分和等级")
    for name, cell in (("总分", case.form.total_score), ("等级", Cell("等级", grade_of(case)))):
        _pair(page, name, cell)


def _section(page: Page, title: str) -> None:
    page.across(title, 22, bold=True, bg_color=HEAD)


def _pair(page: Page, name: str, cell: Cell) -> None:
    page.text(0, name, page.styles.label())
    page.sheet.merge_range(page.row, 1, page.row, 2, None, page.styles.label())
    page.value(1, cell, align="left")
    page.end_row(page.height([(cell.text, page.widths[1] + page.widths[2])]))


def _header(page: Page, case: Case) -> None:
    _section(page, "一、基本信息")
    for name, attribute in _HEADER:
        cell: Cell = getattr(case.form, attribute)
        if not cell.blank:
            _pair(page, case.scheme.label(name), cell)


def _funds(page: Page, case: Case) -> None:
    _section(page, "二、项目资金")
    fields = [column.field for column in case.scheme.fund_columns]
    page.cells(["资金来源", *(column.heading for column in case.scheme.fund_columns)], bold=True)
    for line in case.form.funds:
        page.text(0, line.name, page.styles.label(align="left"))
        for column, field in enumerate(fields, 1):
            page.value(column, getattr(line, FUND_ATTRIBUTES[field]))
        page.end_row()


def _goals(page: Page, case: Case) -> None:
    form = case.form
    if form.expected_goal.blank and form.achieved_goal.blank:
        return
    _section(page, "三、年度总体目标")
    for name, cell in (("预期目标", form.expected_goal), ("实际完成情况", form.achieved_goal)):
        page.spans(
            (0, 0, case.scheme.label(name), {"border": 1, "align": "center"}),
            (1, len(page.widths) - 1, cell.text.strip(), {"border": 1, "align": "left"}),
        )


def _indicators(page: Page, case: Case, shown: Sequence[Column]) -> None:
    _section(page, "四、年度绩效指标")
    page.cells([column.heading for column in shown], bold=True)
    for row, level1, level2 in _filled_down(case):
        cells = {field: getattr(row, key) for field, (key, _) in _INDICATOR.items()} | {"一级指标": level1, "二级指标": level2}
        texts = {field: cell.text.strip() for field, cell in cells.items()}
        texts |= dict(zip(SPLIT_TARGET, split_target(texts["年度指标值"]), strict=True)) | own_texts(case.scheme, row)
        for place, column in enumerate(shown):
            if column.field in _FIGURES:
                page.value(place, cells[column.field])
            else:
                page.text(place, texts[column.field], page.styles.label(num_format="@", align="left"))
        page.end_row(page.height([(texts[column.field], float(_WIDTHS[column.field])) for column in shown]))


def _filled_down(case: Case) -> Iterator[tuple[Indicator, Cell, Cell]]:
    """Yield the indicators with 一级 and 二级指标 in every row: systems ask for them each time."""
    level1, level2 = Cell(), Cell()
    for row in case.form.indicators:
        if not row.level1.blank:
            level1, level2 = row.level1, Cell()
        if not row.level2.blank:
            level2 = row.level2
        yield row, level1, level2
