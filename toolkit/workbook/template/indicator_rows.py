"""The rows of 年度绩效指标: inputs on the form, what the rules give and the steps of reading beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from toolkit.core.columns import NATIONAL_INDICATOR, OWN_COLUMNS, SPLIT_TARGET, UNPRINTED, Span
from toolkit.core.form import Cell, Indicator, Line
from toolkit.core.layout import LevelBlock, own_texts
from toolkit.core.targets import split_target
from toolkit.workbook.template import formulas, leaf_formulas, messages
from toolkit.workbook.template.filled import name_of
from toolkit.workbook.template.leaves import leaf_of, own_leaves
from toolkit.workbook.template.results import RowResults
from toolkit.workbook.template.steps import Reading, read_steps
from toolkit.workbook.template.styles import lines_of
from toolkit.workbook.template.told import told_formula

if TYPE_CHECKING:
    from toolkit.workbook.template.form_sheet import FormSheet

_LEFT = ("三级指标", "四级指标", "指标说明", "评分依据", "偏差原因分析及改进措施", *OWN_COLUMNS)
_APPROVED = ("一级指标", "二级指标", "三级指标", "四级指标", "指标说明", "年度指标值", *SPLIT_TARGET, "分值", "计算方式")
"""What 目标已批复 locks."""
_OF_LEAVES = ("三级指标", "四级指标", "指标说明", "分值")
"""What is locked in the row of an indicator that the scheme names."""
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
        self._at = host.columns.at
        self._helpers = host.layout.helpers
        self._compared = formulas.is_compared(host.layout)
        self._switch = self._helpers.side_names()["目标已批复"]
        self._section_row: dict[int, int] = {}
        """First row of the 一级指标, by the first row of each block."""
        beside = {field: Span(number, number) for field, number in host.columns.beside.items()}
        self._spans = {**host.columns.indicator, **beside}
        self._levels_of: dict[str, str] = {field: self._spans[field].letters for field in ("一级指标", "二级指标") if field in self._spans}

    def write(self) -> None:
        """Write headings, levels and rows."""
        self._headings()
        placed = dict(zip(self._layout.used_rows(), self._host.results.rows, strict=False))
        order = {row: index for index, row in enumerate(self._layout.used_rows())}
        self._levels()
        number = 0
        for block, rows in self._layout.block_rows():
            for row in rows:
                found = placed.get(row)
                number += found is not None and bool(name_of(found.row).strip())
                self._row(row, block, found, number, order.get(row, -1))
                self._repeated_levels(row, self._section_row[rows[0]], rows[0], (block.level1, block.level2))
                self._names(row, found, (block.level1, block.level2))
                self._look(row, found, hidden=row - rows[0] >= block.used)
        self._repeats()
        self._validate()

    def _headings(self) -> None:
        row = self._layout.indicator_heading_row
        label = self._styles.label(bold=True)
        name = self._host.scheme.label("年度绩效指标")
        self._host.merged(f"A{row}:A{self._layout.indicator_last}", name, self._styles.label())
        for column in self._host.scheme.columns:
            self._host.put(self._spans[column.field], row, column.heading, label)
        side = self._styles.side(bold=True, text_wrap=True)
        headings = {letters: heading for heading, letters in self._helpers.rules.items()} | self._step_headings()
        headings |= {self._at(field): field + UNPRINTED for field in self._host.columns.beside}
        for letters, text in headings.items():
            self._host.text(f"{letters}{row}", text, side)
        self._host.sheet.set_row(row - 1, 32)

    def _step_headings(self) -> dict[str, str]:
        """Return the headings of the steps that this form needs, by column."""
        helpers, scheme = self._helpers, self._host.scheme
        named: dict[str, str] = dict(zip(("一级", "二级"), helpers.levels, strict=True))
        named |= {"序号": helpers.count, **helpers.names}
        if self._compared:
            named |= {f"指标值·{step}": column for step, column in helpers.target.items()}
            named |= {f"完成值·{step}": column for step, column in helpers.actual.items()}
            named |= {**helpers.decision, "可比": helpers.comparable}
            named |= dict(zip(("指标值·千位", "完成值·千位"), helpers.separators, strict=True))
            if leaf_formulas.takes_target(self._layout, scheme):
                named |= {"指标值·取用": helpers.taken["指标值·取用"]}
            if formulas.states_completion(self._layout, scheme):
                named |= {"自报完成率": helpers.taken["自报完成率"]}
        if scheme.leaf_rules:
            named |= helpers.leaf
        return {column: heading for heading, column in named.items()}

    def _levels(self) -> None:
        """Merge 一级 and 二级指标 over their rows, spare ones included, so that they stay whole when rows are shown."""
        blocks = list(self._layout.block_rows())
        if "二级指标" in self._levels_of:
            for block, rows in blocks:
                self._level("二级指标", rows[0], rows[-1], block.level2, own_leaves(self._host.scheme, block))
        start = 0
        for index in range(1, len(blocks) + 1):
            if index == len(blocks) or blocks[index][0].level1 != blocks[start][0].level1:
                run = blocks[start:index]
                named = any(own_leaves(self._host.scheme, block) for block, _ in run)
                self._level("一级指标", run[0][1][0], run[-1][1][-1], run[0][0].level1, named)
                for _, rows in run:
                    self._section_row[rows[0]] = run[0][1][0]
                start = index

    def _level(self, heading: str, first: int, last: int, text: str, named: bool) -> None:
        column = self._levels_of[heading]
        look = self._styles.text_input(self._host.approved or named)
        if first == last:
            self._host.text(f"{column}{first}", text, look)
        else:
            self._host.merged(f"{column}{first}:{column}{last}", text, look)
        free = {"validate": "custom", "value": f"={self._switch}<>是字", "ignore_blank": False}
        stop = {"error_title": messages.APPROVED_STOP[0], "error_message": messages.APPROVED_STOP[1]}
        self._host.message(f"{column}{first}", messages.INDICATOR[heading], **free, **stop)

    def _row(self, row: int, block: LevelBlock, found: RowResults | None, number: int, place: int) -> None:
        given = self._host.form.indicators
        indicator = given[place] if 0 <= place < len(given) else blank_indicator()
        leaf = leaf_of(self._host.scheme, block, indicator)
        locked = {field for field in _OF_LEAVES if leaf is not None}
        if leaf is not None and indicator.weight.number != leaf.weight:
            # A weight that differs from the scheme's must be open to be put right.
            locked -= {"分值"}
        texts = self._texts(indicator)
        texts["指标说明"] = leaf.note if leaf is not None else ""
        for field, text in texts.items():
            if field in self._spans:
                look = {"align": "left"} if field in _LEFT else {}
                style = self._styles.text_input(self._locked(field) or field in locked, **look)
                self._host.put(self._spans[field], row, text, style)
        self._weight(row, block, indicator, found, self._locked("分值") or "分值" in locked)
        self._score(row, indicator, found)
        self._rules(row, indicator, found)
        self._steps(row, found, number)

    def _texts(self, indicator: Indicator) -> dict[str, str]:
        texts = {
            "三级指标": indicator.level3.text,
            "四级指标": indicator.level4.text,
            "年度指标值": indicator.target.text,
            "实际完成值": indicator.actual.text,
            "评分依据": indicator.basis.text,
            "偏差原因分析及改进措施": indicator.deviation.text,
        }
        texts |= dict(zip(SPLIT_TARGET, split_target(indicator.target.text), strict=True))
        return texts | own_texts(self._host.scheme, indicator)

    def _locked(self, heading: str) -> bool:
        return self._host.approved and heading in _APPROVED

    def _framed(self, field: str, row: int) -> str:
        return self._host.framed(self._spans[field], row, self._styles.input())

    def _weight(self, row: int, block: LevelBlock, indicator: Indicator, found: RowResults | None, locked: bool) -> None:
        at = self._framed("分值", row)
        if self._shares(block) and indicator.weight.blank:
            shared = found.row.weight.number if found else None
            look = self._styles.input(locked, num_format="0.00", **({} if locked else {"bg_color": "#FFFFFF"}))
            formula = leaf_formulas.shared_weight_formula(self._layout, block.level1, row)
            self._host.formula(at, formula, "" if shared is None else shared, look)
        else:
            self._host.figure(at, indicator.weight, "General", locked=locked)

    def _shares(self, block: LevelBlock) -> bool:
        due = self._host.form.declared_weights or self._host.scheme.sections
        return block.level1 in self._host.scheme.equal_sections and block.level1 in due

    def _score(self, row: int, indicator: Indicator, found: RowResults | None) -> None:
        at = self._framed("得分", row)
        if indicator.score.blank:
            look = self._styles.input(num_format="0.00", bg_color="#FFFFFF")
            self._host.formula(at, f"={self._helpers.rules['测算得分']}{row}", found.proposal if found else "", look)
        else:
            self._host.figure(at, indicator.score, "0.00", bold=True)

    def _rules(self, row: int, indicator: Indicator, found: RowResults | None) -> None:
        host, layout, side = self._host, self._layout, self._styles.side
        at = {name: f"{column}{row}" for name, column in self._helpers.rules.items()}
        if indicator.method.blank and self._compared:
            look = self._styles.side(locked=self._locked("计算方式"))
            formula = formulas.method_formula(layout, row, host.scheme)
            host.formula(at["计算方式"], formula, found.method if found else "", look)
        else:
            host.text(at["计算方式"], indicator.method.text, side(locked=self._locked("计算方式"), bold=True))
        points = side(num_format="0.00")
        host.formula(at["测算得分"], formulas.proposal_formula(layout, row, host.scheme), found.proposal if found else "", points)
        host.formula(at["扣分"], formulas.deduction_formula(layout, row), found.deduction if found else "", points)
        if self._compared:
            completion = found.completion if found else ""
            host.formula(at["完成率"], formulas.completion_formula(layout, row), completion, side(num_format="0.00%"))
        mark = host.results.mark(not indicator.score.blank)
        typed = formulas.typed_formula(f"{self._at('得分')}{row}", at["测算得分"])
        if host.with_macros and self._compared:
            typed = formulas.either_typed_formula(typed, told_formula(layout, row, host.scheme))
        host.formula(at["标记"], typed, mark, side())

    def _steps(self, row: int, found: RowResults | None, number: int) -> None:
        if self._compared:
            self._compared_steps(row, found)
        side, scheme = self._styles.side(), self._host.scheme
        if scheme.leaf_rules:
            results = (found.rule, found.ruled_points) if found else ("", "")
            for (column, formula), result in zip(
                leaf_formulas.rule_formulas(self._layout, row, scheme), results, strict=True
            ):
                self._host.formula(f"{column}{row}", formula, result, side)
        count = self._helpers.count
        above = f"{count}{row - 1}+" if row > self._layout.indicator_first else ""
        named = "&".join(formulas.name_cells(self._layout, row))
        self._host.formula(f"{count}{row}", f'={above}IF({named}="",0,1)', number, side)

    def _compared_steps(self, row: int, found: RowResults | None) -> None:
        target, actual = (found.target, found.actual) if found else (read_steps(""), read_steps(""))
        host, layout, helpers, side = self._host, self._layout, self._helpers, self._styles.side()
        source = host.columns.target_cell or ""
        if leaf_formulas.takes_target(layout, host.scheme):
            source = helpers.taken["指标值·取用"]
            taken = {helpers.taken["自报完成率"]: found.stated if found else 0, source: found.taken_target if found else ""}
            for column, formula in leaf_formulas.target_formulas(layout, row, host.scheme):
                host.formula(f"{column}{row}", formula, taken[column], side)
        self._reading(source, helpers.target, helpers.separators[0], row, target)
        self._reading(self._at("实际完成值"), helpers.actual, helpers.separators[1], row, actual)
        comparable = found.comparable if found else 0
        host.formula(f"{helpers.comparable}{row}", formulas.comparable_formula(layout, row), comparable, side)
        decided = dict(zip(helpers.decision.values(), _decision(found), strict=True))
        for column, formula in formulas.decision_formulas(layout, row, host.scheme):
            host.formula(f"{column}{row}", formula, decided[column], side)

    def _repeated_levels(self, row: int, level1_row: int, level2_row: int, levels: tuple[str, str]) -> None:
        repeated = formulas.level_formulas(self._layout, level1_row, level2_row)
        for column, formula, text in zip(self._helpers.levels, repeated, levels, strict=True):
            self._host.formula(f"{column}{row}", formula, text, self._styles.side())

    def _names(self, row: int, found: RowResults | None, levels: tuple[str, str]) -> None:
        cost = int(any(word in "".join(levels) for word in self._host.scheme.words["cost_levels"]))
        results = (found.bare_name, found.cost) if found else ("", cost)
        for (column, formula), result in zip(formulas.name_formulas(self._layout, row), results, strict=True):
            self._host.formula(f"{column}{row}", formula, result, self._styles.side())

    def _reading(self, source: str, columns: Mapping[str, str], separators: str, row: int, reading: Reading) -> None:
        results = {column: reading.steps[step] for step, column in columns.items()} | {separators: reading.separated}
        for column, formula in formulas.reading_formulas(source, columns, separators, row):
            self._host.formula(f"{column}{row}", formula, results[column], self._styles.side())

    def _look(self, row: int, found: RowResults | None, *, hidden: bool) -> None:
        height = self._height(row, found.row) if found else _LEAST_HEIGHT
        self._host.sheet.set_row(row - 1, height, None, {"hidden": hidden})

    def _height(self, row: int, indicator: Indicator) -> float:
        block = next(block for block, rows in self._layout.block_rows() if row in rows)
        leaf = leaf_of(self._host.scheme, block, indicator)
        texts = self._texts(indicator) | {"指标说明": leaf.note if leaf else ""}
        spans = self._host.columns.indicator
        lines = max(
            lines_of(text, self._host.columns.width(spans[field])) for field, text in texts.items() if field in spans
        )
        return min(400.0, max(_LEAST_HEIGHT, lines * _LINE + 4))

    def _repeats(self) -> None:
        """Print a 三级指标 once where rows below it differ by 四级指标 only."""
        if "四级指标" not in self._host.columns.indicator:
            return
        first, last = self._layout.indicator_first, self._layout.indicator_last
        name, lower = self._at("三级指标"), self._at("四级指标")
        same = f'=AND(${name}{first + 1}=${name}{first},${name}{first + 1}<>"",${lower}{first + 1}<>"")'
        blank = self._host.book.add_format({"num_format": ";;;"})
        area = f"{name}{first + 1}:{name}{last}"
        self._host.sheet.conditional_format(area, {"type": "formula", "criteria": same, "format": blank})

    def _validate(self) -> None:
        first, last = self._layout.indicator_first, self._layout.indicator_last
        own = {column.field: messages.own_message(column.heading) for column in self._host.scheme.own_columns}
        for heading, message in {**messages.INDICATOR, **own}.items():
            column = self._spans[heading].letters if heading in self._spans else self._helpers.rules.get(heading)
            if column is not None and heading not in ("一级指标", "二级指标"):
                self._host.message(f"{column}{first}:{column}{last}", message, **self._rule(heading, first))

    def _rule(self, heading: str, row: int) -> dict[str, Any]:
        stop = {"error_title": messages.APPROVED_STOP[0], "error_message": messages.APPROVED_STOP[1]}
        free = f"{self._switch}<>是字"
        weight, score = f"{self._at('分值')}{row}", f"{self._at('得分')}{row}"
        if heading == "计算方式":
            own = f"${self._helpers.rules['计算方式']}{row}"
            return {"validate": "list", "source": f"=IF({self._switch}=是字,{own},计算方式表)", **stop}
        if heading == "分值":
            test = f"=AND({free},ISNUMBER({weight}),{weight}>=0,{weight}<=满分)"
            return {"validate": "custom", "value": test, "ignore_blank": False, **stop}
        if heading in ("三级指标", "四级指标", "年度指标值", *SPLIT_TARGET):
            return {"validate": "custom", "value": f"={free}", "ignore_blank": False, **stop}
        if heading == "得分":
            number = {"error_title": messages.SCORE_STOP[0], "error_message": messages.SCORE_STOP[1]}
            return {"validate": "custom", "value": f"=AND(ISNUMBER({score}),{score}>=0,{score}<={weight})", **number}
        return {}


def _decision(found: RowResults | None) -> tuple[object, ...]:
    """Return the results of the steps to 测算得分, in the order of their columns."""
    if found is None:
        return 0, 0, "", 0, ""
    return found.outside, found.decidable, found.met, found.taken, found.missed_points


def blank_indicator() -> Indicator:
    """Return a row in which nothing is filled."""
    return Indicator(*(Cell(heading, line=Line.INDICATORS) for heading in NATIONAL_INDICATOR))


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
