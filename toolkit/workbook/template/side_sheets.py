"""The sheets around the form: 填报说明, 数据来源, 检查结果."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from toolkit.core.form import EVIDENCE, Form, Indicator
from toolkit.core.layout import FormLayout
from toolkit.workbook.results.layout import HEADINGS as RESULT_HEADINGS
from toolkit.workbook.template.styles import BLUE_TAB, GREY, GREY_TAB, TITLE_FONT, Styles
from toolkit.workbook.template.text_results import TextResults

_GUIDE = (
    "① 填蓝色格。白色、灰色格由公式计算：执行率、资金得分、各指标测算得分、总分、等级。",
    "② 看表头右侧核对条：分值合计应为 100，资金合计应为 ✓，“未填”“待说明”应为 0。",
    "③ 重算并检查：selfeval check 本文件.xlsx -o 检查后.xlsx，结果列在“检查结果”，点位置跳到单元格。",
    "④ 改错误、答提醒：错误须改正；提醒改正，或在“说明”列写明原因。留意下年的本年不用改。",
    "⑤ 写“报告要素”“数据来源”：每个数从哪个股室来、有什么佐证，上级来电时十秒答得出。写好提供股室后，selfeval split 按股室发取数表，selfeval merge 收回。",
    "⑥ 写报告：selfeval report 本文件.xlsx -o 有报告.xlsx，补全“自评报告”里待完善的段落；您改过的段落以后一字不动。",
    "⑦ 打印“自评表”（一页宽）和“自评报告”，送审、签字、盖章。",
    "⑧ 报送。第二个项目：右键“自评表”标签，移动或复制，建立副本。",
    "年度指标值、实际完成值是文字格，照原样写“≥95%”“30.68万份”“及时”即可。",
    "要加指标行：选中上下两行的行号，右键“取消隐藏”；空行不打印。",
    "“目标已批复”选“是”后，三级指标、年度指标值、分值不能再改。需改计算方式而单元格锁定的，在“审阅”里撤销保护（没有密码）。",
    "得分、执行率、总分、等级可以直接改写，改写后右侧标“手工填写”，按规则应有的数仍在右侧。",
)
_FREE_ROWS = 60
_SOURCE_HEADINGS = ("序号", "工作表", "三级指标", "提供股室", "取数日期", "取数口径和依据", "佐证材料", "评分依据", "经办人")
_SOURCE_WIDTHS = (6, 14, 30, 14, 14, 34, 30, 30, 10)
_RESULT_WIDTHS = (5, 8, 8, 18, 40, 27, 30, 18, 6, 22, 10, 10)
_LAST_ROW = 1_048_575
"""Whole columns are printed: a list may grow."""
_LISTED = 500
"""Rows of 检查结果 that are prepared for answers."""
SEVERITY_FILLS = {"错误": "#FFC7CE", "提醒": "#FFEB9C", "留意下年": "#DDEBF7", "说明": "#EDEDED", "无法核对": "#EDEDED"}
_SCOPES = ("本处", "本表同类", "本单位同类")


def write_guide(book: Any, styles: Styles) -> None:
    """Write 填报说明: one screen."""
    sheet = book.add_worksheet("填报说明")
    sheet.set_tab_color(GREY_TAB)
    sheet.set_column("A:A", 96)
    sheet.write_string("A1", "项目支出绩效自评表　填报说明", styles.get(font_name=TITLE_FONT, font_size=16, bold=True))
    sheet.set_row(0, 30)
    for row, text in enumerate(_GUIDE, 1):
        sheet.write_string(row, 0, text, styles.get(text_wrap=True, font_size=11))
        sheet.set_row(row, 34)
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def write_sources(book: Any, styles: Styles, layouts: Sequence[tuple[str, FormLayout, Form]]) -> None:
    """Write 数据来源: for each indicator who gave the figure, on what day, by what evidence."""
    sheet = book.add_worksheet("数据来源", TextResults)
    sheet.set_tab_color(BLUE_TAB)
    for column, width in enumerate(_SOURCE_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.merge_range("A1:I1", None, styles.get())
    sheet.write_string("A1", "数据来源（每个指标的数从哪里来、有什么佐证；不打印）", styles.get(font_name=TITLE_FONT, font_size=14))
    sheet.write_row("A3", _SOURCE_HEADINGS, styles.label(bold=True))
    row = 4
    for name, layout, form in layouts:
        rows = layout.indicator_last - layout.indicator_first + 1
        for number in range(1, rows + 1):
            _source_row(sheet, styles, row, number, name, layout, form)
            row += 1
    look = styles.text_input(align="left")
    for free in range(row, row + _FREE_ROWS):
        for column in range(len(_SOURCE_HEADINGS)):
            sheet.write_blank(free - 1, column, None, look)
    _finish_list(sheet, len(_SOURCE_HEADINGS), 2)


def _source_row(sheet: Any, styles: Styles, row: int, number: int, name: str, layout: FormLayout, form: Form) -> None:
    quoted = "'" + name.replace("'", "''") + "'!"
    rows = f"${layout.indicator_first}:${{c}}${layout.indicator_last}"
    names, counts = (f"{quoted}${c}{rows.replace('{c}', c)}" for c in (layout.columns.at("三级指标"), layout.helpers.count))
    used = [each for each in form.indicators if not each.level3.blank]
    found = used[number - 1] if number <= len(used) else None
    sheet.write_number(row - 1, 0, number, styles.label())
    sheet.write_string(row - 1, 1, name, styles.label())
    formula = f'=IFERROR(INDEX({names},MATCH(A{row},{counts},0)),"")'
    sheet.write_formula(row - 1, 2, formula, styles.label(align="left"), found.level3.text if found else "")
    given = _given(found)
    # Where the form has a column for 评分依据 it stands there and nowhere else.
    beside = found is not None and layout.columns.find("评分依据") is None
    given["评分依据"] = found.basis.text if found and beside else ""
    for column, heading in enumerate(_SOURCE_HEADINGS[3:], 3):
        text = given.get(heading, "")
        look = styles.text_input(align="left")
        if text:
            sheet.write_string(row - 1, column, text, look)
        else:
            sheet.write_blank(row - 1, column, None, look)


def _given(row: Indicator | None) -> dict[str, str]:
    """Return what 数据来源 says of a row."""
    if row is None:
        return {}
    given = {"提供股室": row.provider.text, "取数口径和依据": row.grounds.text}
    named = row.evidence is not None and row.evidence.field.endswith(EVIDENCE)
    return given | {EVIDENCE: row.evidence.text if row.evidence is not None and named else ""}


def write_results(book: Any, styles: Styles) -> None:
    """Write 检查结果, empty, with the looks that a check fills."""
    sheet = book.add_worksheet("检查结果")
    sheet.set_tab_color(GREY_TAB)
    for column, width in enumerate(_RESULT_WIDTHS):
        sheet.set_column(column, column, width)
    look = styles.get(text_wrap=True, font_size=11, bold=True)
    sheet.merge_range("A1:L1", None, look)
    sheet.write_string("A1", "还没有检查。用 selfeval check 本文件.xlsx -o 检查后.xlsx 检查。", look)
    sheet.set_row(0, 34)
    sheet.write_row("A3", RESULT_HEADINGS, styles.label(bold=True))
    _sample_row(sheet, styles)
    for word, fill in SEVERITY_FILLS.items():
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": book.add_format({"bg_color": fill})}
        sheet.conditional_format(f"B4:B{_LISTED}", rule)
    sheet.data_validation(f"K4:K{_LISTED}", {"validate": "list", "source": list(_SCOPES)})
    sheet.data_validation(
        f"J4:J{_LISTED}",
        {"validate": "any", "input_title": "说明", "input_message": "写明原因或依据，下次检查仍然有效；所指单元格改了数，会重新提醒。"},
    )
    _finish_list(sheet, 12, 2)


def _sample_row(sheet: Any, styles: Styles) -> None:
    wrap = {"border": 1, "text_wrap": True, "valign": "top", "font_size": 10}
    for column, heading in enumerate(RESULT_HEADINGS):
        if heading == "位置":
            look = styles.get(**wrap, font_color="#0563C1", underline=1)
        elif heading == "当时值":
            # For the program, which compares it at the next check: one line is enough for people.
            look = styles.get(border=1, valign="top", font_size=8, font_color=GREY)
        elif heading in ("说明", "说明范围"):
            look = styles.input(align="left", valign="top", font_size=10, num_format="@")
        else:
            look = styles.get(**wrap)
        sheet.write_blank(3, column, None, look)


def _finish_list(sheet: Any, columns: int, heading: int) -> None:
    sheet.freeze_panes(heading + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, _LAST_ROW, columns - 1)
    sheet.repeat_rows(heading)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    sheet.protect("", {"format_columns": True, "format_rows": True})
