"""Right of the form, outside the print area: optional fields, the live check strip, sums by 一级指标."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from toolkit.core.layout import PROJECT_ROW
from toolkit.core.letters import column_number
from toolkit.core.money import YUAN_PER_WAN, cut
from toolkit.workbook.template import formulas, leaf_formulas, messages
from toolkit.workbook.template.filled import SUMMED, fund_cell
from toolkit.workbook.template.funds import source_places
from toolkit.workbook.template.last_year import write_last_year
from toolkit.workbook.template.parameters import RIGHT, WRONG

if TYPE_CHECKING:
    from toolkit.workbook.template.form_sheet import FormSheet

_FULL = Decimal(100)
_STRIP = {"font_color": "#1F1F1F", "font_size": 10}
_NEEDED = ("年度指标值", "实际完成值", "分值", "得分")
_HELPERS_FROM = "Q"
"""The first of the columns that hold steps of formulas, on the national form."""


class SideZone:
    """Writes what stands beside the form."""

    def __init__(self, host: FormSheet) -> None:
        """Write onto the sheet of ``host``."""
        self._host = host
        self._layout = host.layout
        self._columns = host.columns
        self._helpers = host.layout.helpers

    def write(self) -> None:
        """Write everything."""
        self._fields()
        self._strip()
        self._sections()
        self._projects()
        sheet, at = self._host.sheet, self._helpers.at
        sheet.set_column(f"{at('K')}:{at('K')}", 11)
        sheet.set_column(f"{at('L')}:{at('O')}", 9)
        sheet.set_column(f"{at('P')}:{at('P')}", 3)
        sheet.set_column(f"{at(_HELPERS_FROM)}:{self._last()}", 9)
        side = self._host.styles.side(bold=True)
        row, rules = self._layout.fund_heading_row, self._helpers.rules
        scored = self._columns.find_fund("得分") is not None
        named = ("测算得分", "应得分") if scored else ("", ""), ("完成率", "应有执行率"), ("标记", "标记")
        for column, text in named:
            if column:
                self._host.text(f"{rules[column]}{row}", text, side)
        self._in_ten_thousands()
        write_last_year(self._host)
        for row, text in ((self._layout.total_row, "应为总分"), (self._layout.sign_row + 1, "应为等级")):
            self._host.text(f"{rules['计算方式']}{row}", text, side)

    def _last(self) -> str:
        """Return the last column that formulas of this form use."""
        helpers, scheme = self._helpers, self._host.scheme
        last = list(helpers.names.values())[-1]
        if leaf_formulas.takes_target(self._layout, scheme):
            last = list(helpers.taken.values())[-1]
        return list(helpers.leaf.values())[-1] if scheme.leaf_rules else last

    def _in_ten_thousands(self) -> None:
        """Show the amounts of a form in 元 in 万元 too, so that a slip of ten thousand is seen while typing."""
        host, row, rules = self._host, self._layout.fund_heading_row, self._helpers.rules
        if host.form.currency_unit != "元":
            return
        for column, heading, field in ((rules["计算方式"], "预算·万元", "全年预算数"), (rules["扣分"], "执行·万元", "全年执行数")):
            source = self._columns.fund_at(field)
            host.text(f"{column}{row}", heading, host.styles.side(bold=True))
            for at, line in enumerate(host.results.form.funds, self._layout.fund_first):
                number = fund_cell(line, field).number
                shown = "" if number is None else number / YUAN_PER_WAN
                formula = f'=IF(ISNUMBER({source}{at}),{source}{at}/万元换算,"")'
                host.formula(f"{column}{at}", formula, shown, host.styles.side(num_format="0.00"))

    def _range(self, column: str) -> str:
        return f"{column}{self._layout.indicator_first}:{column}{self._layout.indicator_last}"

    def _fields(self) -> None:
        host = self._host
        values = {
            "填报单位": host.form.organisation.text,
            "项目编码": host.form.project_code.text,
            "目标已批复": "是" if host.approved else "否",
        }
        label = self._helpers.at("K")
        for name, area in self._helpers.side_names().items():
            at = area.replace("$", "")
            host.text(f"{label}{area[-1]}", name, host.styles.side(bold=True))
            fixed = name == "目标已批复" and host.approved
            host.text(at, values[name], host.styles.text_input(fixed, font_size=9, text_wrap=False, align="left"))
            rule = {"validate": "list", "source": "=是否表"} if name == "目标已批复" else {}
            host.message(at, messages.HEADER[name], **rule)

    def _strip(self) -> None:
        """Write the check strip: what a glance must tell before any button is pressed."""
        host, total = self._host, self._layout.total_row
        side, label = host.styles.side(**_STRIP), host.styles.side(**_STRIP, bold=True)
        results, weight = host.results, f"{self._columns.at('分值')}{total}"
        computed, grade = f"{self._helpers.rules['测算得分']}{total}", self._columns.signatures[0].letters
        whole = results.total("分值")
        entries: tuple[tuple[str, int, str, str, object, str], ...] = (
            ("N", 1, "分值合计", f"={weight}", self._shown_weight(), "General"),
            ("N", 2, "得分合计", f"={computed}", results.total("得分"), "0.00"),
            ("N", 4, "等级", f"={grade}{self._layout.sign_row + 1}", host.form.grade.text or results.grade(), "@"),
            ("Q", 1, "未填", self._missing_formula(), self._missing(), '0" 项"'),
            ("Q", 2, "待说明", self._unexplained_formula(), self._unexplained(), '0" 项"'),
            ("Q", 3, "距上一级", self._to_next_formula(), self._to_next(), '0.00" 分"'),
            ("Q", 4, "高出本级", self._above_formula(), self._above(), '0.00" 分"'),
        )
        following, at = {"N": "O", "Q": "R"}, self._helpers.at
        for column, row, text, formula, result, shape in entries:
            host.text(f"{at(column)}{row}", text, label)
            host.formula(f"{at(following[column])}{row}", formula, result, host.styles.side(**_STRIP, num_format=shape))
        right = RIGHT if whole == _FULL else WRONG
        mark, held, count = f"{at('P')}1", f"{at('O')}3", f"{at('R')}1"
        host.formula(mark, f"=IF(ROUND({weight}-满分,比较精度)=0,符合字,不符字)", self._weight_mark(right), side)
        host.text(f"{at('N')}3", "资金合计", label)
        host.formula(held, self._funds_formula(), RIGHT if self._funds_hold() else WRONG, side)
        alarm = host.book.add_format({"bg_color": "#FFC7CE", "font_color": "#9C0006", "bold": True})
        for cell in (mark, held):
            host.sheet.conditional_format(
                cell, {"type": "formula", "criteria": f"=${cell[:-1]}${cell[-1]}=不符字", "format": alarm}
            )
        host.sheet.conditional_format(f"{count}:{count[:-1]}2", {"type": "formula", "criteria": f"={count}>0", "format": alarm})

    def _shown_weight(self) -> object:
        cell = self._host.form.total_weight
        return self._host.results.total("分值") if cell.blank else (cell.number if cell.number is not None else cell.text)

    def _weight_mark(self, mark: str) -> str:
        shown = self._shown_weight()
        if isinstance(shown, Decimal):
            return RIGHT if shown == _FULL else WRONG
        return mark

    def _amounts(self) -> dict[str, str]:
        """Return the printed columns of amounts that are added up, by field."""
        return {field: letters for field in SUMMED if (letters := self._columns.find_fund(field)) is not None}

    def _funds_formula(self) -> str:
        first, last = self._layout.fund_first, self._layout.fund_last
        if first == last:
            return "=符合字"
        rows = [first + place for place in source_places(self._host.form)]
        tests = ",".join(formulas.total_holds_test(column, first, rows) for column in self._amounts().values())
        return f"=IF(AND({tests}),符合字,不符字)"

    def _funds_hold(self) -> bool:
        total = self._host.form.fund_total
        if total is None or not self._host.form.fund_parts:
            return True
        return all(self._host.results.total_holds(field) for field in self._amounts())

    def _needed(self) -> tuple[str, ...]:
        """Return the columns that a row in use must have filled in; a result that may state a 完成率 needs no target."""
        percent = self._host.scheme.percent_is_completion
        return tuple(field for field in _NEEDED if not (percent and field == "年度指标值") and self._letters(field))

    def _letters(self, field: str) -> str | None:
        return self._columns.target_cell if field == "年度指标值" else self._columns.find(field)

    def _missing_formula(self) -> str:
        names, layout = self._range(self._columns.at("三级指标")), self._layout
        ruled = f'*({self._range(self._helpers.leaf["评分规则"])}="")' if self._host.scheme.leaf_rules else ""
        blanks = []
        for field in self._needed():
            by_rule = ruled if field in ("年度指标值", "实际完成值") else ""
            blanks.append(f'({self._range(self._letters(field) or "")}=""){by_rule}')
        amounts = list(self._amounts().values())
        funds = [f"{a}{layout.fund_first}:{b}{layout.fund_last}" for a, b in _runs(amounts)]
        first = self._columns.header[0].letters
        cells = [*funds, f"{first}{layout.project_row}", f"{first}{layout.department_row}"]
        if layout.has_goals:
            cells += [f"{span.letters}{layout.goal_row}" for span in self._columns.goals]
        counted = "".join(f"+COUNTBLANK({area})" for area in cells)
        return f'=SUMPRODUCT(({names}<>"")*({"+".join(blanks)})){counted}'

    def _missing(self) -> int:
        form = self._host.results.form
        cells = [form.project_name, form.department]
        if self._layout.has_goals:
            cells += [form.expected_goal, form.achieved_goal]
        cells += [fund_cell(line, field) for line in form.funds for field in self._amounts()]
        count = sum(cell.blank for cell in cells)
        needed = self._needed()
        for row in self._host.results.rows:
            if not row.row.level3.blank:
                texts = {"年度指标值": row.row.target, "实际完成值": row.row.actual, "分值": row.row.weight}
                skipped = ("年度指标值", "实际完成值") if row.rule else ()
                count += sum(cell.blank for field, cell in texts.items() if field in needed and field not in skipped)
                count += row.filled == ""
        return count

    def _unexplained_formula(self) -> str:
        deductions, column = self._range(self._helpers.rules["扣分"]), self._columns.find("偏差原因分析及改进措施")
        blank = f'*({self._range(column)}="")' if column else ""
        return f"=SUMPRODUCT(ISNUMBER({deductions})*({deductions}>0){blank})"

    def _unexplained(self) -> int:
        rows, told = self._host.results.rows, self._columns.find("偏差原因分析及改进措施") is not None
        return sum(
            isinstance(row.deduction, Decimal) and row.deduction > 0 and (row.row.deviation.blank or not told) for row in rows
        )

    def _total_score(self) -> str:
        return f"{self._columns.at('得分')}{self._layout.total_row}"

    def _to_next_formula(self) -> str:
        total = self._total_score()
        place = formulas.grade_place(total)
        higher = f"INDEX(等级下限,{place}-1)"
        return f'=IF(ISNUMBER({total}),IF({place}=1,"",ROUND({higher}-{total},得分小数位)),"")'

    def _above_formula(self) -> str:
        total = self._total_score()
        return f'=IF(ISNUMBER({total}),ROUND({total}-INDEX(等级下限,{formulas.grade_place(total)}),得分小数位),"")'

    def _to_next(self) -> object:
        total = self._host.results.stated_total()
        if not isinstance(total, Decimal):
            return ""
        higher = [grade.least for grade in self._host.scheme.grades if grade.least > total]
        return min(higher) - total if higher else ""

    def _above(self) -> object:
        total = self._host.results.stated_total()
        return total - self._host.scheme.grade_of(total).least if isinstance(total, Decimal) else ""

    def _sections(self) -> None:
        host, layout, columns = self._host, self._layout, self._helpers.sections
        side = host.styles.side()
        for heading, column in columns.items():
            host.text(f"{column}{layout.title_row}", heading, host.styles.side(bold=True))
        shared = [name for name in host.scheme.equal_sections if name in layout.section_names and name in self._due()]
        if shared:
            for heading, column in self._helpers.shares.items():
                host.text(f"{column}{layout.title_row}", heading, host.styles.side(bold=True))
        for row, (name, due, weight, points) in enumerate(self._section_rows(), layout.title_row + 1):
            host.text(f"{columns['一级指标合计']}{row}", name, side)
            if due is not None:
                host.sheet.write_number(f"{columns['应有分值']}{row}", float(due), side)
            for heading, field, result in (("分值合计", "分值", weight), ("得分合计", "得分", points)):
                names = self._range(self._helpers.levels[0])
                same = f"--EXACT({names},{columns['一级指标合计']}{row})"
                formula = f"=SUMPRODUCT({same},{self._range(self._columns.at(field))})"
                host.formula(f"{columns[heading]}{row}", formula, result, host.styles.side(num_format="0.00"))
            if name in shared:
                self._share(name, row)

    def _share(self, name: str, row: int) -> None:
        rows = [each for each in self._host.form.indicators if each.level1.text == name and not each.level3.blank]
        each = cut(self._due()[name] / len(rows), self._host.scheme.score_decimals) if rows else Decimal(0)
        formulas_of = leaf_formulas.share_formulas(self._layout, name)
        for (column, formula), result in zip(formulas_of, (len(rows), each), strict=True):
            self._host.formula(f"{column}{row}", formula, result, self._host.styles.side())

    def _projects(self) -> None:
        """Add up 项目清单 where a rule of the scheme needs it."""
        host, columns = self._host, self._helpers.projects
        if not any(rule.rule == "projects" for rule in host.scheme.leaf_rules):
            return
        for heading, column in columns.items():
            host.text(f"{column}{PROJECT_ROW - 1}", heading, host.styles.side(bold=True))
        for (column, formula), result in zip(
            leaf_formulas.project_formulas(self._layout, host.facts_sheet), host.results.points.projects, strict=True
        ):
            host.formula(f"{column}{PROJECT_ROW}", formula, result, host.styles.side())

    def _due(self) -> Mapping[str, Decimal]:
        return self._host.form.declared_weights or self._host.scheme.sections

    def _section_rows(self) -> Iterator[tuple[str, Decimal | None, Decimal, Decimal]]:
        sums, due = self._host.results.section_sums(), self._due()
        for name in dict.fromkeys((*self._layout.section_names, *due)):
            if name:
                weight, points = sums.get(name, (Decimal(0), Decimal(0)))
                yield name, due.get(name), weight, points


def _runs(columns: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the first and last of columns that follow one another."""
    start = previous = columns[0]
    for column in columns[1:]:
        if column_number(column) != column_number(previous) + 1:
            yield start, previous
            start = column
        previous = column
    yield start, previous
