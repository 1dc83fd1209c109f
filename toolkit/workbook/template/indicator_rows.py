"""The rows of 年度绩效指标: inputs on the form, what the rules give and the steps of reading beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from toolkit.core.form import Cell, Indicator, Line
from toolkit.core.layout import (
    ACTUAL_COLUMNS,
    COMPARABLE_COLUMN,
    COUNT_COLUMN,
    DECISION_COLUMNS,
    INDICATOR_HEADINGS,
    LEVEL_COLUMNS,
    NAME_COLUMNS,
    RULE_HEADINGS,
    SEPARATOR_COLUMNS,
    SIDE_NAMES,
    TARGET_COLUMNS,
)
from toolkit.workbook.template import formulas, messages
from toolkit.workbook.template.results import RowResults
from toolkit.workbook.template.steps import Reading, read_steps

if TYPE_CHECKING:
    from toolkit.workbook.template.form_sheet import FormSheet

_LEFT = ("三级指标", "偏差原因分析及改进措施")
_APPROVED = ("一级指标", "二级指标", "三级指标", "年度指标值", "分值", "计算方式")
"""What 目标已批复 locks."""
_LEAST_HEIGHT = 30.0
_LINE = 14.5


class IndicatorRows:
    """Writes all indicator rows of a form, spare ones hidden."""

    def __init__(self, host: FormSheet) -> None:
        """Write onto the sheet of ``host``."""
        self._host = host
        self._layout = host.layout
        self._styles = host.styles
        self._sheet = host.sheet
        self._switch = SIDE_NAMES["目标已批复"]
        self._section_row: dict[int, int] = {}
        """First row of the 一级指标, by the first row of each block."""

    def write(self) -> None:
        """Write headings, levels and rows."""
        self._headings()
        placed = dict(zip(self._layout.used_rows(), self._host.results.rows, strict=False))
        self._levels()
        number = 0
        for block, rows in self._layout.block_rows():
            for row in rows:
                found = placed.get(row)
                number += found is not None and not found.row.level3.blank
                self._row(row, found, number)
                self._repeated_levels(row, self._section_row[rows[0]], rows[0], (block.level1, block.level2))
                self._names(row, found, (block.level1, block.level2))
                self._look(row, found, hidden=row - rows[0] >= block.used)
        self._validate()

    def _headings(self) -> None:
        row = self._layout.indicator_heading_row
        label = self._styles.label(bold=True)
        self._host.merged(f"A{row}:A{self._layout.indicator_last}", "年度绩效指标", self._styles.label())
        for heading, column in INDICATOR_HEADINGS.items():
            self._host.text(f"{column}{row}", heading, label)
        side = self._styles.side(bold=True, text_wrap=True)
        steps = {column: f"指标值·{step}" for step, column in TARGET_COLUMNS.items()}
        steps |= {column: f"完成值·{step}" for step, column in ACTUAL_COLUMNS.items()}
        steps |= {column: step for step, column in {**DECISION_COLUMNS, **NAME_COLUMNS}.items()}
        steps |= dict(zip(SEPARATOR_COLUMNS, ("指标值·千位", "完成值·千位"), strict=True))
        steps |= {COMPARABLE_COLUMN: "可比", LEVEL_COLUMNS[0]: "一级", LEVEL_COLUMNS[1]: "二级", COUNT_COLUMN: "序号"}
        for column, text in ({column: heading for heading, column in RULE_HEADINGS.items()} | steps).items():
            self._host.text(f"{column}{row}", text, side)
        self._sheet.set_row(row - 1, 32)

    def _levels(self) -> None:
        """Merge 一级 and 二级指标 over their rows, spare ones included, so that they stay whole when rows are shown."""
        blocks = list(self._layout.block_rows())
        for block, rows in blocks:
            self._level("C", rows[0], rows[-1], block.level2, "二级指标")
        start = 0
        for index in range(1, len(blocks) + 1):
            if index == len(blocks) or blocks[index][0].level1 != blocks[start][0].level1:
                self._level("B", blocks[start][1][0], blocks[index - 1][1][-1], blocks[start][0].level1, "一级指标")
                for _, rows in blocks[start:index]:
                    self._section_row[rows[0]] = blocks[start][1][0]
                start = index

    def _level(self, column: str, first: int, last: int, text: str, heading: str) -> None:
        look = self._styles.text_input(self._host.approved)
        if first == last:
            self._host.text(f"{column}{first}", text, look)
        else:
            self._host.merged(f"{column}{first}:{column}{last}", text, look)
        free = {"validate": "custom", "value": f"={self._switch}<>是字", "ignore_blank": False}
        stop = {"error_title": messages.APPROVED_STOP[0], "error_message": messages.APPROVED_STOP[1]}
        self._host.message(f"{column}{first}", messages.INDICATOR[heading], **free, **stop)

    def _row(self, row: int, found: RowResults | None, number: int) -> None:
        indicator = found.row if found else blank_indicator()
        for heading, cell in (
            ("三级指标", indicator.level3),
            ("年度指标值", indicator.target),
            ("实际完成值", indicator.actual),
            ("偏差原因分析及改进措施", indicator.deviation),
        ):
            look = {"align": "left"} if heading in _LEFT else {}
            style = self._styles.text_input(self._locked(heading), **look)
            self._host.text(f"{INDICATOR_HEADINGS[heading]}{row}", cell.text, style)
        self._host.figure(f"G{row}", indicator.weight, "General", locked=self._locked("分值"))
        self._score(row, indicator, found)
        self._rules(row, indicator, found)
        self._steps(row, found, number)

    def _locked(self, heading: str) -> bool:
        return self._host.approved and heading in _APPROVED

    def _score(self, row: int, indicator: Indicator, found: RowResults | None) -> None:
        if indicator.score.blank:
            look = self._styles.input(num_format="0.00", bg_color="#FFFFFF")
            self._host.formula(f"H{row}", f"=L{row}", found.proposal if found else "", look)
        else:
            self._host.figure(f"H{row}", indicator.score, "0.00", bold=True)

    def _rules(self, row: int, indicator: Indicator, found: RowResults | None) -> None:
        side = self._styles.side
        if indicator.method.blank:
            look = self._styles.side(locked=self._locked("计算方式"))
            self._host.formula(f"K{row}", formulas.method_formula(row), found.method if found else "", look)
        else:
            self._host.text(f"K{row}", indicator.method.text, side(locked=self._locked("计算方式"), bold=True))
        self._host.formula(
            f"L{row}", formulas.proposal_formula(row), found.proposal if found else "", side(num_format="0.00")
        )
        self._host.formula(
            f"M{row}", formulas.deduction_formula(row), found.deduction if found else "", side(num_format="0.00")
        )
        self._host.formula(
            f"N{row}", formulas.completion_formula(row), found.completion if found else "", side(num_format="0.00%")
        )
        mark = self._host.results.mark(not indicator.score.blank)
        self._host.formula(f"O{row}", formulas.typed_formula(f"H{row}", f"L{row}"), mark, side())

    def _steps(self, row: int, found: RowResults | None, number: int) -> None:
        target, actual = (found.target, found.actual) if found else (read_steps(""), read_steps(""))
        self._reading("E", TARGET_COLUMNS, SEPARATOR_COLUMNS[0], row, target)
        self._reading("F", ACTUAL_COLUMNS, SEPARATOR_COLUMNS[1], row, actual)
        side = self._styles.side()
        self._host.formula(
            f"{COMPARABLE_COLUMN}{row}", formulas.comparable_formula(row), found.comparable if found else 0, side
        )
        decided = dict(zip(DECISION_COLUMNS.values(), _decision(found), strict=True))
        for column, formula in formulas.decision_formulas(row, self._host.scheme):
            self._host.formula(f"{column}{row}", formula, decided[column], side)
        above = f"{COUNT_COLUMN}{row - 1}+" if row > self._layout.indicator_first else ""
        self._host.formula(f"{COUNT_COLUMN}{row}", f'={above}IF(D{row}="",0,1)', number, side)

    def _repeated_levels(self, row: int, level1_row: int, level2_row: int, levels: tuple[str, str]) -> None:
        repeated = formulas.level_formulas(level1_row, level2_row)
        for column, formula, text in zip(LEVEL_COLUMNS, repeated, levels, strict=True):
            self._host.formula(f"{column}{row}", formula, text, self._styles.side())

    def _names(self, row: int, found: RowResults | None, levels: tuple[str, str]) -> None:
        cost = int(any(word in "".join(levels) for word in self._host.scheme.words["cost_levels"]))
        results = (found.bare_name, found.cost) if found else ("", cost)
        for (column, formula), result in zip(formulas.name_formulas(row), results, strict=True):
            self._host.formula(f"{column}{row}", formula, result, self._styles.side())

    def _reading(self, source: str, columns: Mapping[str, str], separators: str, row: int, reading: Reading) -> None:
        results = {column: reading.steps[step] for step, column in columns.items()} | {separators: reading.separated}
        for column, formula in formulas.reading_formulas(source, columns, separators, row):
            self._host.formula(f"{column}{row}", formula, results[column], self._styles.side())

    def _look(self, row: int, found: RowResults | None, *, hidden: bool) -> None:
        self._sheet.set_row(row - 1, _height(found.row) if found else _LEAST_HEIGHT, None, {"hidden": hidden})

    def _validate(self) -> None:
        first, last = self._layout.indicator_first, self._layout.indicator_last
        for heading, message in messages.INDICATOR.items():
            column = INDICATOR_HEADINGS.get(heading) or RULE_HEADINGS.get(heading)
            if heading not in ("一级指标", "二级指标"):
                self._host.message(f"{column}{first}:{column}{last}", message, **self._rule(heading, first))

    def _rule(self, heading: str, row: int) -> dict[str, Any]:
        stop = {"error_title": messages.APPROVED_STOP[0], "error_message": messages.APPROVED_STOP[1]}
        free = f"{self._switch}<>是字"
        if heading == "计算方式":
            return {"validate": "list", "source": f"=IF({self._switch}=是字,$K{row},计算方式表)", **stop}
        if heading == "分值":
            test = f"=AND({free},ISNUMBER(G{row}),G{row}>=0,G{row}<=满分)"
            return {"validate": "custom", "value": test, "ignore_blank": False, **stop}
        if heading in ("三级指标", "年度指标值"):
            return {"validate": "custom", "value": f"={free}", "ignore_blank": False, **stop}
        if heading == "得分":
            number = {"error_title": messages.SCORE_STOP[0], "error_message": messages.SCORE_STOP[1]}
            return {"validate": "custom", "value": f"=AND(ISNUMBER(H{row}),H{row}>=0,H{row}<=G{row})", **number}
        return {}


def _decision(found: RowResults | None) -> tuple[object, ...]:
    """Return the results of the steps to 测算得分, in the order of their columns."""
    if found is None:
        return 0, 0, "", 0, ""
    return found.outside, found.decidable, found.met, found.taken, found.missed_points


def blank_indicator() -> Indicator:
    """Return a row in which nothing is filled."""
    return Indicator(*(Cell(heading, line=Line.INDICATORS) for heading in INDICATOR_HEADINGS))


def groups_of(rows: tuple[Indicator, ...]) -> Iterator[tuple[str, str, int]]:
    """Yield (一级指标, 二级指标, rows) for rows that follow one another under the same names."""
    count, names = 0, ("", "")
    for row in rows:
        own = row.level1.text, row.level2.text
        if count and own != names:
            yield *names, count
            count = 0
        names, count = own, count + 1
    if count:
        yield *names, count


def _height(row: Indicator) -> float:
    from toolkit.workbook.template.form_sheet import WIDTHS, lines_of

    texts = (("D", row.level3), ("E", row.target), ("F", row.actual), ("I", row.deviation))
    lines = max(lines_of(cell.text, WIDTHS[column]) for column, cell in texts)
    return min(400.0, max(_LEAST_HEIGHT, lines * _LINE + 4))
