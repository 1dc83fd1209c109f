"""The sheet 自评报告, blank: page, headings, the looks a report is written in, and the charts that wait beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from toolkit.core.form import Form
from toolkit.core.layout import FormLayout
from toolkit.core.scheme import Scheme
from toolkit.workbook.report.layout import (
    FIRST_COLUMN,
    FIRST_ROW,
    HEADING_ROW,
    HEADINGS,
    LAST_COLUMN,
    LOOKS,
    LOOKS_FROM,
    NOTE_ROW,
    SHEET,
    WIDTHS,
)
from toolkit.workbook.template.report_charts import add_charts
from toolkit.workbook.template.styles import FONT, GREY, GREY_TAB, TITLE_FONT, Styles

_HINT = "还没有生成。填好“自评表”和“报告要素”后运行 selfeval report 本文件.xlsx -o 新文件.xlsx；您改过的段落以后不会被覆盖。"
_SIDE_WIDTHS = {"建议稿": 60.0, "状态": 10.0, "段落": 18.0, "校验": 10.0, "生成记录": 10.0}
_GAP_WIDTH = 2.0
_SONG, _KAI, _FANG = FONT, "楷体", "仿宋"
"""Fonts that come with Windows and WPS; elsewhere the system's own of the kind stand in."""
_PENDING_FILL = "#FFF8E1"
_TEXT = {"text_wrap": True, "valign": "vdistributed", "num_format": "@"}
_TABLE = {"font_name": _FANG, "font_size": 12, "border": 1, "text_wrap": True, "num_format": "@"}
_LOOKS: dict[str, dict[str, Any]] = {
    "标题": {"font_name": _SONG, "font_size": 22, "bold": True, "align": "center", "text_wrap": True, "num_format": "@"},
    "封面": {"font_name": _FANG, "font_size": 16, "text_wrap": True, "num_format": "@"},
    "一级标题": {"font_name": TITLE_FONT, "font_size": 16, "text_wrap": True, "num_format": "@"},
    "二级标题": {"font_name": _KAI, "font_size": 16, "text_wrap": True, "num_format": "@"},
    "三级标题": {"font_name": _FANG, "font_size": 16, "bold": True, "text_wrap": True, "num_format": "@"},
    "正文": {"font_name": _FANG, "font_size": 16} | _TEXT,
    "待完善": {"font_name": _FANG, "font_size": 16, "bg_color": _PENDING_FILL} | _TEXT,
    "表名": {"font_name": TITLE_FONT, "font_size": 14, "align": "center", "text_wrap": True, "num_format": "@"},
    "表头": _TABLE | {"font_name": TITLE_FONT, "align": "center"},
    "表内文字": _TABLE | {"align": "left", "indent": 0},
    "表内数字": _TABLE | {"align": "center"},
    "图名": {"font_name": TITLE_FONT, "font_size": 14, "align": "center", "valign": "bottom", "num_format": "@"},
    "建议稿": {"font_name": _FANG, "font_size": 10.5, "text_wrap": True, "valign": "top", "bg_color": _PENDING_FILL},
    "状态": {"font_size": 9, "font_color": GREY, "valign": "top"},
    "段落": {"font_size": 8, "font_color": GREY, "valign": "top", "align": "fill"},
}


def write_report_sheet(
    book: Any, styles: Styles, placed: Sequence[tuple[str, FormLayout, Form]], scheme: Scheme
) -> None:
    """Write 自评报告 without a report; it may be edited and given rows anywhere, so it is not protected.

    Args:
        book: the XlsxWriter workbook.
        styles: of the workbook.
        placed: the forms with the names of their sheets and their layouts, for the charts.
        scheme: by which the forms are scored.
    """
    sheet = book.add_worksheet(SHEET)
    sheet.set_tab_color(GREY_TAB)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_column(LAST_COLUMN, LAST_COLUMN, _GAP_WIDTH)
    small = styles.get(font_size=9, font_color=GREY)
    for heading, column in HEADINGS.items():
        sheet.set_column(column - 1, column - 1, _SIDE_WIDTHS[heading])
        sheet.write_string(HEADING_ROW - 1, column - 1, heading, styles.label(bold=True))
    for column, look in enumerate(LOOKS, LOOKS_FROM - 1):
        sheet.set_column(column, column, 11)
        sheet.write_string(HEADING_ROW - 1, column, look, styles.get(**_LOOKS[look]))
    sheet.write_string(NOTE_ROW - 1, HEADINGS["建议稿"] - 1, _HINT, styles.get(font_size=9, font_color=GREY, text_wrap=True))
    sheet.write_blank(NOTE_ROW - 1, HEADINGS["生成记录"] - 1, None, small)
    sheet.set_row(HEADING_ROW - 1, 18)
    sheet.set_row(NOTE_ROW - 1, 26)
    add_charts(book, sheet, placed, scheme)
    _set_page(sheet)


def _set_page(sheet: Any) -> None:
    sheet.freeze_panes(FIRST_ROW - 1, 0)
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    sheet.set_portrait()
    sheet.fit_to_pages(1, 0)
    # The margins of an official document, in inches; the two rows above the report belong to the one at the top.
    sheet.set_margins(left=1.1, right=1.02, top=1.0, bottom=1.2)
    sheet.print_area(0, FIRST_COLUMN - 1, 1_048_575, LAST_COLUMN - 1)
    sheet.set_start_page(1)
    sheet.set_footer('&C&"宋体,常规"&14— &P —', {"margin": 0.9})
