"""The form as an annex laid across the page: 项目资金, 年度总体目标, 年度绩效指标, 总分, 等级 and the signatures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate, pairwise

from toolkit.checks import Case
from toolkit.core.columns import OWN_COLUMNS, SPLIT_TARGET, FormColumns, Span
from toolkit.core.form import Cell, Form, FundLine, Indicator
from toolkit.core.layout import FUND_ATTRIBUTES, form_columns, own_texts
from toolkit.core.money import plain
from toolkit.core.targets import split_target
from toolkit.word.page import LANDSCAPE
from toolkit.word.paging import NEW_PAGE, height_of, shared_out
from toolkit.word.stated import stated_grade, stated_total, stated_weight
from toolkit.word.styles import STYLES
from toolkit.word.tables import Box, Frame, Merge, Row, fitted_widths, table_xml
from toolkit.word.text import clean, paragraph

_LEVELS = ("一级指标", "二级指标")
_LEFT = ("三级指标", "四级指标", "指标说明", "评分依据", "偏差原因分析及改进措施", *OWN_COLUMNS)
_TEXT, _HEAD = "FormText", "FormHead"
_LEAST = 340
_TITLE_HEIGHT = sum(STYLES[name].line + STYLES[name].after for name in ("Mark", "FormTitle", "FormYear"))
_SAFE = Decimal("0.94")
"""Share of a page that is filled: faces of other machines may break a line more."""
_LABEL = 980
"""Width of the column of labels in twips: four characters."""


def annex_xml(case: Case) -> str:
    """Return the form as tables one below the other, as wide as each other.

    The headings of 年度绩效指标 stand first in a table of their own, so that they repeat on every page; where the
    indicators take several, each has a table, so that merged levels are named on every page.

    Args:
        case: the form with its scheme, which says what is printed, and its scores, which fill what is blank.
    """
    annex = _Annex(case)
    rows, widths = annex.indicators()
    upper = annex.upper()
    head, body = rows[:1], rows[1:]
    room = int(LANDSCAPE.text_height * _SAFE) - height_of(head, widths)
    used = (_TITLE_HEIGHT + height_of(*upper)) % LANDSCAPE.text_height
    pages = [table_xml([*head, *page], widths) for page in shared_out(body, widths, room - used, room)]
    # 总分 and the signatures are one table, which stays whole: nobody signs a page that shows nothing of the form.
    last = _joined(([annex.total()], widths), annex.signatures())
    tie = paragraph("", "Tie")
    return table_xml(*upper) + tie + NEW_PAGE.join(pages or [table_xml(head, widths)]) + tie + table_xml(*last) + tie


def annex_title_xml(form: Form, title: str) -> str:
    """Return the title of the form with its year below."""
    year = paragraph(f"（{form.year}年度）", "FormYear") if form.year else ""
    return paragraph(clean(title), "FormTitle") + year


class _Annex:
    def __init__(self, case: Case) -> None:
        self.case = case
        self.form, self.scheme, self.scores = case.form, case.scheme, case.scores
        self.columns: FormColumns = form_columns(case.scheme, case.form)

    def upper(self) -> tuple[list[Row], list[int]]:
        """Return the head, the funds and the goals, and the widths of their columns."""
        form = self.form
        rows = [
            self._head_row("项目名称", form.project_name, "项目金额", form.project_amount),
            self._head_row("主管部门", form.department, "实施单位", form.implementing_unit),
        ]
        grid = self.columns.widths[1:]
        room = LANDSCAPE.text_width - _LABEL
        widths = [_LABEL, *(int(width * room / sum(grid)) for width in grid)]
        widths[-1] += LANDSCAPE.text_width - sum(widths)
        return [*rows, *self._funds(), *self._goals()], widths

    def indicators(self) -> tuple[list[Row], list[int]]:
        """Return the indicators, and widths that fit what stands in them."""
        rows = list(self._indicators())
        texts = [[box.text for box in row.boxes[1:]] for row in rows]
        widths = fitted_widths(texts, LANDSCAPE.text_width - _LABEL, STYLES[_TEXT].size)
        return rows, [_LABEL, *widths]

    def signatures(self) -> tuple[list[Row], list[int]]:
        """Return 填表人, 负责人, 联系电话, 等级, 填报日期 and the place of the seal."""
        first = ("填表人：", "", "负责人：", "", "联系电话：", "")
        second = ("等级：", stated_grade(self.case), "填报日期：", "", "单位（盖章）：", "")
        frames: tuple[Frame, Frame] = ("none", "below")
        rows = [
            Row(tuple(Box(text, _HEAD, frame=frames[place % 2]) for place, text in enumerate(texts)), least=480)
            for texts in (first, second)
        ]
        width = LANDSCAPE.text_width // 6
        widths = [width - 400, width + 400] * 3
        widths[-1] += LANDSCAPE.text_width - sum(widths)
        return rows, widths

    def _head_row(self, left: str, first: Cell, right: str, second: Cell) -> Row:
        value, label, other = self.columns.header
        boxes = [Box(self.scheme.label(left), _HEAD)]
        if right == "项目金额" and not self.scheme.has_project_amount and second.blank:
            boxes.append(Box(first.text, _TEXT, _count(value) + _count(label) + _count(other), left=True))
        else:
            boxes += [Box(first.text, _TEXT, _count(value), left=True), Box(self.scheme.label(right), _HEAD, _count(label))]
            boxes.append(Box(second.text, _TEXT, _count(other), left=True))
        return Row(tuple(boxes), least=_LEAST)

    def _funds(self) -> Iterator[Row]:
        name = f"{self.scheme.label('项目资金')}\n（{self.form.currency_unit}）"
        kind, spans = _count(self.columns.kind), self.columns.fund
        headings = [Box(column.heading, _HEAD, _count(spans[column.field])) for column in self.scheme.fund_columns]
        first = Box(self.scheme.labels.get("资金来源", ""), _HEAD, kind)
        yield Row((Box(name, _HEAD, merge="restart"), first, *headings), least=_LEAST)
        for place, line in enumerate(self.form.funds):
            values = [Box(self._fund_text(line, field), _TEXT, _count(span)) for field, span in spans.items()]
            shown = Box(self._kind(line, place), _TEXT, kind, left=True)
            yield Row((Box("", _HEAD, merge="continue"), shown, *values), least=_LEAST)

    def _kind(self, line: FundLine, place: int) -> str:
        """Return a fund row's name, 其中： before the first source unless the rows' own names say it."""
        text = line.kind.text
        named = any(each.kind.text.startswith("其中") for each in self.form.funds)
        first = line is self.form.fund_parts[0] if self.form.fund_parts else False
        return f"其中：{text}" if first and place and not named else text

    def _fund_text(self, line: FundLine, field: str) -> str:
        cell: Cell = getattr(line, FUND_ATTRIBUTES[field])
        if not cell.blank:
            return cell.text
        if line is not self.form.fund_total:
            return "—" if field in ("分值", "得分") else ""
        computed = self.scores.fund.computed
        return plain(computed) if field == "得分" and computed is not None else ""

    def _goals(self) -> Iterator[Row]:
        form = self.form
        if not self.scheme.has_goals and form.expected_goal.blank and form.achieved_goal.blank:
            return
        left, right = map(_count, self.columns.goals)
        label = self.scheme.label
        headings = (Box(label("预期目标"), _HEAD, left), Box(label("实际完成情况"), _HEAD, right))
        yield Row((Box(label("年度总体目标"), _HEAD, merge="restart"), *headings), least=_LEAST)
        texts = (Box(form.expected_goal.text, _TEXT, left, left=True), Box(form.achieved_goal.text, _TEXT, right, left=True))
        yield Row((Box("", _HEAD, merge="continue"), *texts), least=2 * _LEAST)

    def _indicators(self) -> Iterator[Row]:
        headings = [Box(column.heading, _HEAD) for column in self.scheme.columns]
        name = Box(self.scheme.label("年度绩效指标"), _HEAD)
        yield Row((name, *headings), head=True, least=_LEAST)
        notes = {(leaf.level3, leaf.level4): leaf.note for block in self.scheme.tree for leaf in block.leaves}
        levels = _filled_down(self.form.indicators)
        for place, row in enumerate(self.form.indicators):
            texts = self._texts(row, place, notes)
            above = levels[place - 1] if place else None
            boxes = [Box("", _TEXT, merge="continue" if place else "restart")]
            for field in self.columns.indicator:
                merge = _merge(field, levels[place], above)
                text = dict(zip(_LEVELS, levels[place], strict=True)).get(field) or texts[field]
                boxes.append(Box(text, _TEXT, left=field in _LEFT, merge=merge))
            yield Row(tuple(boxes), least=_LEAST)

    def _texts(self, row: Indicator, place: int, notes: dict[tuple[str, str], str]) -> dict[str, str]:
        computed = self.scores.rows[place].computed
        scored = plain(computed) if row.score.blank and computed is not None else row.score.text
        return {
            **dict(zip(SPLIT_TARGET, split_target(row.target.text), strict=True)),
            "一级指标": row.level1.text,
            "二级指标": row.level2.text,
            "三级指标": row.level3.text,
            "四级指标": row.level4.text,
            "指标说明": notes.get((row.level3.text, row.level4.text), ""),
            "年度指标值": row.target.text,
            "实际完成值": row.actual.text,
            "分值": row.weight.text,
            "得分": scored,
            "评分依据": row.basis.text,
            "偏差原因分析及改进措施": row.deviation.text,
            **own_texts(self.scheme, row),
        }

    def total(self) -> Row:
        """Return the row 总分, in the columns of the indicators."""
        fields = list(self.columns.indicator)
        texts = {"分值": stated_weight(self.case), "得分": stated_total(self.case)}
        first = min(fields.index(field) for field in texts if field in fields)
        boxes = [Box(self.scheme.label("总分"), _HEAD, first + 1)]
        return Row((*boxes, *(Box(texts.get(field, "—"), _HEAD) for field in fields[first:])), least=400)


def _joined(upper: tuple[list[Row], list[int]], lower: tuple[list[Row], list[int]]) -> tuple[list[Row], list[int]]:
    """Lay two groups of rows over one grid, which has an edge wherever either has one."""
    edges = sorted({0, *accumulate(upper[1]), *accumulate(lower[1])})
    rows = [_laid(row, widths, edges) for group, widths in (upper, lower) for row in group]
    return rows, [right - left for left, right in pairwise(edges)]


def _laid(row: Row, widths: Sequence[int], edges: Sequence[int]) -> Row:
    ends = [0, *accumulate(widths)]
    boxes, at = [], 0
    for box in row.boxes:
        span = edges.index(ends[at + box.span]) - edges.index(ends[at])
        boxes.append(replace(box, span=span))
        at += box.span
    return replace(row, boxes=tuple(boxes))


def _count(span: Span) -> int:
    return span.last - span.first + 1


def _filled_down(rows: Sequence[Indicator]) -> list[tuple[str, str]]:
    """Return 一级 and 二级指标 of every row; a blank one is that of the row above."""
    filled: list[tuple[str, str]] = []
    for row in rows:
        above = filled[-1] if filled else ("", "")
        level1 = row.level1.text.strip() or above[0]
        level2 = row.level2.text.strip() or (above[1] if level1 == above[0] and row.level1.blank else "")
        filled.append((level1, level2))
    return filled


def _merge(field: str, levels: tuple[str, str], above: tuple[str, str] | None) -> Merge:
    if field not in _LEVELS:
        return ""
    depth = _LEVELS.index(field) + 1
    if not levels[depth - 1]:
        return ""
    return "continue" if above is not None and levels[:depth] == above[:depth] else "restart"
