"""A workbook as an officer has it, small enough to see at a glance, made by XlsxWriter after the project's layout."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from toolkit.core.layout import FUND_HEADINGS, INDICATOR_HEADINGS, FormLayout, make_layout
from toolkit.workbook.results.layout import HEADINGS

FUNDS = [
    ["年度资金总额", 4478000, 4448000, "3866689.10", "10", "0.86", "8.60"],
    ["当年财政拨款", 0, 4448000, "3866689.10", "", "0.86", ""],
]
INDICATORS = [
    ["产出指标", "数量指标", "劳务派遣人员到岗率", "27人", "25人", "15", "13.89", "人员辞职，未及时补充。"],
    ["产出指标", "数量指标", "办理业务量", "≥30.68万份", "30.5万份", "15", "15", ""],
    ["产出指标", "质量指标", "劳务服务合格率", "100%", "100%", "20", "20", ""],
    ["效益指标", "社会效益指标", "窗口正常运转", "有效保障", "100%", "20", "20", ""],
    ["满意度指标", "", "参保对象满意度", "≥95%", "95%", "20", "20", ""],
]
GROUPS = [
    ("产出指标", "数量指标", 2),
    ("产出指标", "质量指标", 1),
    ("效益指标", "社会效益指标", 1),
    ("满意度指标", "", 1),
]
LAYOUT = make_layout(len(FUNDS), GROUPS, capacity=10)

Cells = Mapping[str, Any]
"""Cells written instead of the usual ones: a text, a number, or a formula as (formula, stored result)."""


class OfficerForm:
    """Writes the workbook; ``instead`` replaces cells of the form by address."""

    def __init__(self, path: Path, instead: Cells | None = None, scheme: str = "shenzhen-2021") -> None:
        """Open the file to be written."""
        self._book = xlsxwriter.Workbook(path)
        self._instead = dict(instead or {})
        self._scheme = scheme
        self._formats: dict[str, Any] = {}

    def write(self, sheets: Sequence[str] = ("自评表",), named: bool = True) -> None:
        """Write all sheets and close the file."""
        for name in sheets:
            self._form_sheet(name, named)
        self._results_sheet()
        settings = self._book.add_worksheet("评分参数")
        settings.write_row("A1", ["标准编号", self._scheme])
        settings.write_row("A2", ["模板版本", "2026.1"])
        settings.write_row("A3", ["地区", "广东省深圳市"])
        self._book.close()

    def _form_sheet(self, name: str, named: bool) -> None:
        sheet = self._book.add_worksheet(name)
        layout = LAYOUT
        sheet.merge_range("A1:I1", "项目支出绩效自评表")
        sheet.merge_range("A2:I2", None)
        sheet.write_number("A2", 2021, self._format('"（"0"年度）"'))
        sheet.write_row("K1", ["填报单位", "深圳市社会保险基金管理局"])
        sheet.write_row("K2", ["项目编码", ""])
        sheet.write_row("K3", ["目标已批复", "否"])
        self._heading(sheet, layout)
        self._funds(sheet, layout)
        self._goals(sheet, layout)
        self._indicators(sheet, layout)
        self._total(sheet, layout)
        for address, value in self._instead.items():
            self._cell(sheet, address, value)
        if named:
            for key, area in layout.names().items():
                self._book.define_name(f"'{name}'!{key}", f"='{name}'!{area}")

    def _heading(self, sheet: Any, layout: FormLayout) -> None:
        for row, texts in (
            (layout.project_row, ["项目名称", "社保业务公众服务经费", "项目金额", 14389280]),
            (layout.department_row, ["主管部门", "深圳市社会保险基金管理局", "实施单位", "本级"]),
        ):
            sheet.write(f"A{row}", texts[0])
            sheet.merge_range(f"B{row}:E{row}", texts[1])
            sheet.write(f"F{row}", texts[2])
            sheet.merge_range(f"G{row}:I{row}", texts[3])

    def _funds(self, sheet: Any, layout: FormLayout) -> None:
        top = layout.fund_heading_row
        sheet.merge_range(f"A{top}:A{layout.fund_last}", "项目资金\n（元）")
        for heading, column in FUND_HEADINGS.items():
            sheet.write(f"{column}{top}", heading)
        for row, (kind, *values) in enumerate(FUNDS, layout.fund_first):
            sheet.merge_range(f"B{row}:C{row}", kind)
            for column, value in zip(FUND_HEADINGS.values(), values, strict=True):
                self._cell(sheet, f"{column}{row}", value, "0.00")

    def _goals(self, sheet: Any, layout: FormLayout) -> None:
        row = layout.goal_heading_row
        sheet.merge_range(f"A{row}:A{row + 1}", "年度总体目标")
        for area, heading, text in (("B{}:E{}", "预期目标", "完成外包服务。"), ("F{}:I{}", "实际完成情况", "已完成。")):
            sheet.merge_range(area.format(row, row), heading)
            sheet.merge_range(area.format(row + 1, row + 1), text)

    def _indicators(self, sheet: Any, layout: FormLayout) -> None:
        row = layout.indicator_heading_row
        sheet.merge_range(f"A{row}:A{layout.indicator_last}", "年度绩效指标")
        for heading, column in {**INDICATOR_HEADINGS, "计算方式": "K", "测算得分": "L", "扣分": "M"}.items():
            sheet.write(f"{column}{row}", heading)
        values = iter(INDICATORS)
        for block, rows in layout.block_rows():
            for column, level in (("B", block.level1), ("C", block.level2)):
                if len(rows) > 1:
                    sheet.merge_range(f"{column}{rows[0]}:{column}{rows[-1]}", level)
                else:
                    sheet.write(f"{column}{rows[0]}", level)
            for number, line in enumerate(rows):
                if number < block.used:
                    self._indicator(sheet, line, next(values)[2:])
                else:
                    sheet.write_formula(f"H{line}", f'=IF(L{line}="","",L{line})', None, "")
                    sheet.set_row(line - 1, None, None, {"hidden": True})
                sheet.write_formula(f"L{line}", f'=IF(T{line}="","",G{line})', None, "")

    def _indicator(self, sheet: Any, row: int, values: list[Any]) -> None:
        for column, value in zip("DEFGHI", values, strict=True):
            self._cell(sheet, f"{column}{row}", value, "@" if column in "DEFI" else "General")

    def _total(self, sheet: Any, layout: FormLayout) -> None:
        row, sign = layout.total_row, layout.sign_row
        sheet.merge_range(f"A{row}:F{row}", "总分")
        sheet.write_number(f"G{row}", 100)
        sheet.write_number(f"H{row}", 97.49, self._format("0.0"))
        sheet.write_row(f"A{sign}", ["填表人", "", "", "负责人", "", "联系电话"])
        sheet.write_row(f"A{sign + 1}", ["等级", "优", "", "填报日期"])

    def _results_sheet(self) -> None:
        sheet = self._book.add_worksheet("检查结果")
        sheet.set_column("A:L", 12)
        sheet.merge_range("A1:L1", "检查结果　还没有检查", self._book.add_format({"text_wrap": True}))
        sheet.write_row("A3", HEADINGS)
        link = self._book.add_format({"font_color": "blue", "underline": 1, "text_wrap": True})
        for column in range(len(HEADINGS)):
            shape = link if column == 2 else self._book.add_format({"text_wrap": True, "locked": column not in (9, 10)})
            sheet.write_blank(3, column, None, shape)
        red = self._book.add_format({"bg_color": "#FFC7CE"})
        sheet.conditional_format("B4:B500", {"type": "cell", "criteria": "==", "value": '"错误"', "format": red})
        sheet.data_validation("K4:K500", {"validate": "list", "source": ["本处", "本表同类", "本单位同类"]})
        sheet.protect()
        sheet.print_area(0, 0, 1_048_575, 11)
        sheet.repeat_rows(2)

    def _cell(self, sheet: Any, address: str, value: Any, shape: str = "General") -> None:
        if isinstance(value, tuple):
            sheet.write_formula(address, value[0], self._format(shape), value[1])
        elif isinstance(value, str) and not re.fullmatch(r"-?\d+(\.\d+)?", value):
            (sheet.write_string if value else sheet.write_blank)(address, value, self._format("@"))
        else:
            decimals = len(value.partition(".")[2]) if isinstance(value, str) else 0
            shown = f"0.{'0' * decimals}" if decimals else ("0" if shape == "@" else shape)
            sheet.write_number(address, float(value), self._format(shown))

    def _format(self, code: str) -> Any:
        if code not in self._formats:
            self._formats[code] = self._book.add_format({"num_format": code})
        return self._formats[code]


def write_form(path: Path, instead: Cells | None = None, **options: Any) -> Path:
    """Write the workbook to ``path`` and return it."""
    OfficerForm(path, instead).write(**options)
    return path
