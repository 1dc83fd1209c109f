"""Right of the form, outside the print area: optional fields, the live check strip, sums by 一级指标."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from toolkit.core.form import FUND_COLUMNS
from toolkit.core.layout import INDICATOR_HEADINGS, LEVEL_COLUMNS, SECTION_COLUMNS, SIDE_NAMES
from toolkit.core.money import YUAN_PER_WAN
from toolkit.workbook.template import formulas, messages
from toolkit.workbook.template.funds import source_places
from toolkit.workbook.template.parameters import RIGHT, WRONG

if TYPE_CHECKING:
    from toolkit.workbook.template.form_sheet import FormSheet

_FULL = Decimal(100)
_STRIP = {"font_color": "#1F1F1F", "font_size": 10}
_NEEDED = ("年度指标值", "实际完成值", "分值", "得分")


class SideZone:
    """Writes what stands beside the form."""

    def __init__(self, host: FormSheet) -> None:
        """Write onto the sheet of ``host``."""
        self._host = host
        self._layout = host.layout
        self._rows = f"{self._layout.indicator_first}:{{c}}{self._layout.indicator_last}"

    def write(self) -> None:
        """Write everything."""
        self._fields()
        self._strip()
        self._sections()
        sheet = self._host.sheet
        sheet.set_column("K:K", 11)
        sheet.set_column("L:O", 9)
        sheet.set_column("P:P", 3)
        sheet.set_column("Q:AU", 9)
        side = self._host.styles.side(bold=True)
        row = self._layout.fund_heading_row
        for column, text in (("L", "应得分"), ("N", "应有执行率"), ("O", "标记")):
            self._host.text(f"{column}{row}", text, side)
        self._in_ten_thousands()
        for row, text in ((self._layout.total_row, "应为总分"), (self._layout.sign_row + 1, "应为等级")):
            self._host.text(f"K{row}", text, side)

    def _in_ten_thousands(self) -> None:
        """Show the amounts of a form in 元 in 万元 too, so that a slip of ten thousand is seen while typing."""
        host, row = self._host, self._layout.fund_heading_row
        if host.form.currency_unit != "元":
            return
        for column, source, heading, key in (("K", "E", "预算·万元", "annual_budget"), ("M", "F", "执行·万元", "executed")):
            host.text(f"{column}{row}", heading, host.styles.side(bold=True))
            for at, line in enumerate(host.form.funds, self._layout.fund_first):
                number = getattr(line, key).number
                if number is None and at == self._layout.fund_first:
                    number = host.results.part_sum(source)
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
        for name, area in SIDE_NAMES.items():
            at = area.replace("$", "")
            host.text(f"K{at[1:]}", name, host.styles.side(bold=True))
            fixed = name == "目标已批复" and host.approved
            host.text(at, values[name], host.styles.text_input(fixed, font_size=9, text_wrap=False, align="left"))
            rule = {"validate": "list", "source": "=是否表"} if name == "目标已批复" else {}
            host.message(at, messages.HEADER[name], **rule)

    def _strip(self) -> None:
        """Write the check strip: what a glance must tell before any button is pressed."""
        host, total = self._host, self._layout.total_row
        side, label = host.styles.side(**_STRIP), host.styles.side(**_STRIP, bold=True)
        results = host.results
        whole = results.total("G")
        entries: tuple[tuple[str, str, str, object, str], ...] = (
            ("N1", "分值合计", f"=G{total}", self._shown_weight(), "General"),
            ("N2", "得分合计", f"=L{total}", results.total("H"), "0.00"),
            ("N4", "等级", f"=B{self._layout.sign_row + 1}", host.form.grade.text or results.grade(), "@"),
            ("Q1", "未填", self._missing_formula(), self._missing(), '0" 项"'),
            ("Q2", "待说明", self._unexplained_formula(), self._unexplained(), '0" 项"'),
            ("Q3", "距上一级", self._to_next_formula(), self._to_next(), '0.00" 分"'),
            ("Q4", "高出本级", self._above_formula(), self._above(), '0.00" 分"'),
        )
        for at, text, formula, result, shape in entries:
            host.text(at, text, label)
            host.formula(f"{chr(ord(at[0]) + 1)}{at[1:]}", formula, result, host.styles.side(**_STRIP, num_format=shape))
        right = RIGHT if whole == _FULL else WRONG
        stated = f"G{total}"
        host.formula("P1", f"=IF(ROUND({stated}-满分,比较精度)=0,符合字,不符字)", self._weight_mark(right), side)
        host.text("N3", "资金合计", label)
        host.formula("O3", self._funds_formula(), RIGHT if self._funds_hold() else WRONG, side)
        alarm = host.book.add_format({"bg_color": "#FFC7CE", "font_color": "#9C0006", "bold": True})
        for at in ("P1", "O3"):
            host.sheet.conditional_format(at, {"type": "formula", "criteria": f"=${at[0]}${at[1]}=不符字", "format": alarm})
        host.sheet.conditional_format("R1:R2", {"type": "formula", "criteria": "=R1>0", "format": alarm})

    def _shown_weight(self) -> object:
        cell = self._host.form.total_weight
        return self._host.results.total("G") if cell.blank else (cell.number if cell.number is not None else cell.text)

    def _weight_mark(self, mark: str) -> str:
        shown = self._shown_weight()
        if isinstance(shown, Decimal):
            return RIGHT if shown == _FULL else WRONG
        return mark

    def _funds_formula(self) -> str:
        first, last = self._layout.fund_first, self._layout.fund_last
        if first == last:
            return "=符合字"
        rows = [first + place for place in source_places(self._host.form)]
        tests = ",".join(formulas.total_holds_test(column, first, rows) for column in "DEF")
        return f"=IF(AND({tests}),符合字,不符字)"

    def _funds_hold(self) -> bool:
        total = self._host.form.fund_total
        if total is None or not self._host.form.fund_parts:
            return True
        return all(self._host.results.total_holds(column) for column in FUND_COLUMNS)

    def _missing_formula(self) -> str:
        names = self._range("D")
        blanks = "+".join(f'({self._range(INDICATOR_HEADINGS[heading])}="")' for heading in _NEEDED)
        first, last = self._layout.fund_first, self._layout.fund_last
        header = f'COUNTBLANK(B{self._layout.project_row})+COUNTBLANK(B{self._layout.department_row})'
        goals = f"COUNTBLANK(B{self._layout.goal_row})+COUNTBLANK(F{self._layout.goal_row})"
        return f'=SUMPRODUCT(({names}<>"")*({blanks}))+COUNTBLANK(D{first}:F{last})+{header}+{goals}'

    def _missing(self) -> int:
        form = self._host.form
        cells = [form.project_name, form.department, form.expected_goal, form.achieved_goal]
        count = sum(cell.blank for cell in cells)
        for index, line in enumerate(form.funds):
            for column, (_, cell) in zip("DEF", line.amounts(), strict=True):
                summed = index == 0 and form.fund_parts and self._host.results.part_sum(column) is not None
                count += cell.blank and not summed
        for row in self._host.results.rows:
            if not row.row.level3.blank:
                count += row.row.target.blank + row.row.actual.blank + row.row.weight.blank + (row.filled == "")
        return count

    def _unexplained_formula(self) -> str:
        deductions, reasons = self._range("M"), self._range("I")
        return f'=SUMPRODUCT(ISNUMBER({deductions})*({deductions}>0)*({reasons}=""))'

    def _unexplained(self) -> int:
        rows = self._host.results.rows
        return sum(isinstance(row.deduction, Decimal) and row.deduction > 0 and row.row.deviation.blank for row in rows)

    def _to_next_formula(self) -> str:
        total, place = f"H{self._layout.total_row}", formulas.grade_place(f"H{self._layout.total_row}")
        higher = f"INDEX(等级下限,{place}-1)"
        return f'=IF(ISNUMBER({total}),IF({place}=1,"",ROUND({higher}-{total},得分小数位)),"")'

    def _above_formula(self) -> str:
        total = f"H{self._layout.total_row}"
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
        host = self._host
        columns = list(SECTION_COLUMNS.values())
        top = self._layout.title_row
        for heading, column in SECTION_COLUMNS.items():
            host.text(f"{column}{top}", heading, host.styles.side(bold=True))
        for row, (name, due, weight, points) in enumerate(self._section_rows(), top + 1):
            host.text(f"{columns[0]}{row}", name, host.styles.side())
            if due is not None:
                host.sheet.write_number(f"{columns[1]}{row}", float(due), host.styles.side())
            for column, source, result in ((columns[2], "G", weight), (columns[3], "H", points)):
                names = self._range(LEVEL_COLUMNS[0])
                formula = f"=SUMPRODUCT(--EXACT({names},{columns[0]}{row}),{self._range(source)})"
                host.formula(f"{column}{row}", formula, result, host.styles.side(num_format="0.00"))

    def _section_rows(self) -> Iterator[tuple[str, Decimal | None, Decimal, Decimal]]:
        host = self._host
        sums = host.results.section_sums()
        due = host.form.declared_weights or host.scheme.sections
        names = dict.fromkeys((*(block.level1 for block in self._layout.blocks), *due))
        for name in names:
            if name:
                weight, points = sums.get(name, (Decimal(0), Decimal(0)))
                yield name, due.get(name), weight, points


