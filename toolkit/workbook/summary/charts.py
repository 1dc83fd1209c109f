"""The charts of the summary, native ones, with the figures they show beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from toolkit.collect.collected import Collected
from toolkit.collect.pieces import RATE, SCORE
from toolkit.collect.sheets import SUMMARY, SUMMARY_COLUMNS
from toolkit.collect.tables import frequent_findings, grade_counts
from toolkit.workbook.styles import GREY_TAB, TITLE_FONT, Styles

_NAME = "图表"
_COLOUR = "#5B9BD5"
_SIZE = {"width": 620, "height": 300}
_FONT = {"name": "宋体", "size": 9}
_COLUMN = {heading.heading: place for place, heading in enumerate(SUMMARY_COLUMNS)}


def write_charts(book: Any, styles: Styles, found: Collected) -> None:
    """Add the sheet of charts: grades, score against execution rate, most frequent findings."""
    sheet = book.add_worksheet(_NAME)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 10)
    sheet.set_column(2, 2, 4)
    sheet.write_string(0, 0, _NAME, styles.get(font_name=TITLE_FONT, font_size=16))
    grades, findings = grade_counts(found), frequent_findings(found)
    first, second = _figures(sheet, styles, 2, ("等级", "项目数"), grades), 0
    second = _figures(sheet, styles, first + 2, ("最常见的问题", "涉及表数"), findings)
    charts = []
    if grades:
        year = f"（{found.years[-1]} 年）" if len(found.years) > 1 else ""
        charts.append(_columns(book, f"自评等级分布{year}", 3, first))
    if found.projects:
        charts.append(_scatter(book, first_row_of(found), len(found.projects)))
    if findings:
        charts.append(_bars(book, "最常见的问题（涉及表数）", first + 3, second))
    for place, chart in enumerate(charts):
        chart.set_size(_SIZE)
        sheet.insert_chart(1 + place * 16, 3, chart)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.set_tab_color(GREY_TAB)


def first_row_of(found: Collected) -> int:
    """Return the first row of projects on 汇总表, counted from 0: below title, notes and headings."""
    return 4 + (found.roll is not None)


def _figures(sheet: Any, styles: Styles, row: int, headings: tuple[str, str], rows: Sequence[tuple[str, int]]) -> int:
    """Write a little table and return the row below it."""
    for place, text in enumerate(headings):
        sheet.write_string(row, place, text, styles.label(bold=True, bg_color="#F2F2F2"))
    for number, (name, count) in enumerate(rows, row + 1):
        sheet.write_string(number, 0, name, styles.label(align="left"))
        sheet.write_number(number, 1, count, styles.label())
    return row + 1 + len(rows)


def _columns(book: Any, title: str, first: int, end: int) -> Any:
    return _counted(book, "column", title, first, end)


def _bars(book: Any, title: str, first: int, end: int) -> Any:
    chart = _counted(book, "bar", title, first, end)
    chart.set_y_axis({"reverse": True, "num_font": _FONT})
    return chart


def _counted(book: Any, kind: str, title: str, first: int, end: int) -> Any:
    chart = book.add_chart({"type": kind})
    chart.add_series(
        {
            "categories": [_NAME, first, 0, end - 1, 0],
            "values": [_NAME, first, 1, end - 1, 1],
            "fill": {"color": _COLOUR},
            "data_labels": {"value": True, "font": _FONT},
            "gap": 80,
        }
    )
    return _titled(chart, title)


def _scatter(book: Any, first: int, count: int) -> Any:
    chart = book.add_chart({"type": "scatter"})
    rates, scores = _COLUMN[RATE], _COLUMN[SCORE]
    chart.add_series(
        {
            "categories": [SUMMARY, first, rates, first + count - 1, rates],
            "values": [SUMMARY, first, scores, first + count - 1, scores],
            "marker": {"type": "circle", "size": 6, "fill": {"color": _COLOUR}, "border": {"color": "white"}},
        }
    )
    chart.set_x_axis({"name": RATE, "num_format": "0%", "min": 0, "name_font": _FONT, "num_font": _FONT})
    chart.set_y_axis({"name": SCORE, "max": 100, "name_font": _FONT, "num_font": _FONT})
    return _titled(chart, "得分与执行率（每点一个项目）")


def _titled(chart: Any, title: str) -> Any:
    chart.set_title({"name": title, "name_font": {"name": TITLE_FONT, "size": 12, "bold": False}})
    chart.set_legend({"none": True})
    return chart
