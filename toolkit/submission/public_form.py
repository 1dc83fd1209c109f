"""The form alone, for the website: what is printed and nothing else, as values.

It is written anew from what was read, so that nothing of the officer's workbook can come along: no other sheet, no
name, no comment, no formula, no property.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from toolkit.checks.case import Case
from toolkit.core.columns import SPLIT_TARGET, Span
from toolkit.core.form import Cell
from toolkit.core.layout import FORM_SHEET, FUND_ATTRIBUTES, form_columns, own_texts
from toolkit.core.targets import split_target
from toolkit.submission.figures import grade_of
from toolkit.submission.sheets import Page, workbook
from toolkit.workbook.template.styles import TITLE_FONT, Styles

_CELLS = {
    "三级指标": "level3",
    "四级指标": "level4",
    "年度指标值": "target",
    "实际完成值": "actual",
    "分值": "weight",
    "得分": "score",
    "评分依据": "basis",
    "偏差原因分析及改进措施": "deviation",
}
_FIGURES = ("分值", "得分")
_LEVELS = ("一级指标", "二级指标")
_LABEL: dict[str, Any] = {"border": 1, "align": "center"}
_HEAD: dict[str, Any] = {"border": 1, "align": "center", "bold": True}
_LEFT: dict[str, Any] = {"border": 1, "align": "left"}


def write_public_forms(path: Path, cases: Sequence[Case]) -> None:
    """Write a workbook with one sheet for each form.

    Raises:
        Unwritable: the file cannot be written.
    """
    with workbook(path, cases[0].scheme.form_title) as book:
        styles = Styles(book)
        for number, case in enumerate(cases, 1):
            name = FORM_SHEET if number == 1 else f"{FORM_SHEET} ({number})"
            _Form(Page(book, styles, name, form_columns(case.scheme, case.form).widths), case).write()


class _Form:
    def __init__(self, page: Page, case: Case) -> None:
        self.page, self.case, self.form, self.scheme = page, case, case.form, case.scheme
        self.columns = form_columns(case.scheme, case.form)
        self.last = len(self.columns.widths) - 1

    def write(self) -> None:
        page = self.page
        page.across(self.scheme.form_title, 30, font_name=TITLE_FONT, font_size=16, align="center")
        if self.form.year:
            page.across(f"（{self.form.year}年度）", align="center")
        self._header()
        self._funds()
        self._goals()
        self._indicators()
        self._total()
        page.printed(landscape=self.columns.landscape)

    def _header(self) -> None:
        value, label, other = self.columns.header
        for left, first, right, second in (
            ("项目名称", self.form.project_name, "项目金额", self.form.project_amount),
            ("主管部门", self.form.department, "实施单位", self.form.implementing_unit),
        ):
            name = (0, 0, self.scheme.label(left), _LABEL)
            if right == "项目金额" and not self.scheme.has_project_amount and second.blank:
                self.page.spans(name, (value.first - 1, self.last, first.text, _LEFT))
                continue
            self.page.spans(
                name,
                (*_at(value), first.text, _LEFT),
                (*_at(label), self.scheme.label(right), _LABEL),
                (*_at(other), second.text, _LEFT),
            )

    def _funds(self) -> None:
        if not self.form.funds:
            return
        top, spans = self.page.row, self.columns.fund
        headings = [(*_at(spans[column.field]), column.heading, _HEAD) for column in self.scheme.fund_columns]
        first = (*_at(self.columns.kind), self.scheme.labels.get("资金来源", ""), _HEAD)
        self.page.spans(first, *headings)
        for line in self.form.funds:
            self.page.span(*_at(self.columns.kind), line.kind.text, **_LEFT)
            for field, span in spans.items():
                self._figure(span, getattr(line, FUND_ATTRIBUTES[field]))
            self.page.end_row(22)
        self._side(top, f"{self.scheme.label('项目资金')}（{self.form.currency_unit}）")

    def _goals(self) -> None:
        form, label = self.form, self.scheme.label
        if not self.scheme.has_goals and form.expected_goal.blank and form.achieved_goal.blank:
            return
        top = self.page.row
        left, right = map(_at, self.columns.goals)
        self.page.spans((*left, label("预期目标"), _HEAD), (*right, label("实际完成情况"), _HEAD))
        self.page.spans((*left, form.expected_goal.text, _LEFT), (*right, form.achieved_goal.text, _LEFT))
        self._side(top, label("年度总体目标"))

    def _indicators(self) -> None:
        top, spans = self.page.row, self.columns.indicator
        self.page.spans(*((*_at(spans[column.field]), column.heading, _HEAD) for column in self.scheme.columns))
        first = self.page.row
        levels = list(self._levels())
        notes = {(leaf.level3, leaf.level4): leaf.note for block in self.scheme.tree for leaf in block.leaves}
        for row in self.form.indicators:
            texts = dict(zip(SPLIT_TARGET, split_target(row.target.text), strict=True))
            texts["指标说明"] = notes.get((row.level3.text, row.level4.text), "")
            texts |= {field: getattr(row, name).text for field, name in _CELLS.items()} | own_texts(self.scheme, row)
            sizes = []
            for field, span in spans.items():
                if field in _FIGURES:
                    self._figure(span, getattr(row, _CELLS[field]))
                elif field not in _LEVELS:
                    look = _LABEL if field in (*SPLIT_TARGET, "年度指标值", "实际完成值") else _LEFT
                    self.page.span(*_at(span), texts[field], **look)
                    sizes.append((texts[field], self.columns.width(span)))
            self.page.end_row(self.page.height(sizes))
        for depth, field in enumerate(_LEVELS, 1):
            if field in spans:
                self._groups(first, spans[field], [row[:depth] for row in levels])
        self._side(top, self.scheme.label("年度绩效指标"))

    def _levels(self) -> Iterator[tuple[str, str]]:
        level1 = level2 = ""
        for row in self.form.indicators:
            if not row.level1.blank and row.level1.text.strip() != level1:
                level1, level2 = row.level1.text.strip(), ""
            level2 = row.level2.text.strip() or level2
            yield level1, level2

    def _groups(self, first: int, span: Span, levels: Sequence[tuple[str, ...]]) -> None:
        """Write a level once over all the rows it holds for."""
        start = 0
        for place in range(1, len(levels) + 1):
            if place == len(levels) or levels[place] != levels[start]:
                self._block(first + start, first + place - 1, span, levels[start][-1])
                start = place

    def _block(self, top: int, bottom: int, span: Span, text: str) -> None:
        left, right = _at(span)
        style = self.page.styles.get(text_wrap=True, **_LABEL)
        if bottom > top or right > left:
            self.page.sheet.merge_range(top, left, bottom, right, None, style)
        self.page.sheet.write_string(top, left, text, style)

    def _side(self, top: int, text: str) -> None:
        self._block(top, self.page.row - 1, Span(1, 1), text)

    def _figure(self, span: Span, cell: Cell) -> None:
        first, last = _at(span)
        if last > first:
            self.page.sheet.merge_range(self.page.row, first, self.page.row, last, None, self.page.styles.label())
        self.page.value(first, cell)

    def _total(self) -> None:
        fields, spans = list(self.columns.indicator), self.columns.indicator
        cells = {"分值": self.form.total_weight, "得分": self.form.total_score}
        first = min((fields.index(field) for field in cells if field in fields), default=len(fields))
        edge = spans[fields[first]].first - 2 if first < len(fields) else self.last
        self.page.span(0, edge, self.scheme.label("总分"), **_HEAD)
        for field in fields[first:]:
            if field in cells:
                self._figure(spans[field], cells[field])
            else:
                self.page.span(*_at(spans[field]), "", **_LABEL)
        self.page.end_row(22)
        self.page.across(f"等级：{grade_of(self.case)}", 24, border=1, align="left")


def _at(span: Span) -> tuple[int, int]:
    return span.first - 1, span.last - 1
