"""The charts of the report, native ones; until a report is written they wait right of it, where nothing prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toolkit.core.facts import find_table
from toolkit.core.form import Form
from toolkit.core.layout import FACTS_SHEET, FormLayout
from toolkit.core.scheme import Scheme
from toolkit.workbook.address import Area, read_area, read_reference
from toolkit.workbook.report.layout import FIRST_ROW, LOOKS, LOOKS_FROM
from toolkit.workbook.template.styles import FONT

PARKED_COLUMN = LOOKS_FROM + len(LOOKS)
"""Column, counted from 0, where charts wait."""
PARKED_ROWS = 16
_PROJECTS = "项目清单"
_LETTERS = {"name": FONT, "size": 10}
_AXIS = {"num_font": _LETTERS, "major_tick_mark": "none"}
_GRID = {"visible": True, "line": {"color": "#D9D9D9"}}
_VALUES = {"num_font": _LETTERS, "min": 0, "num_format": "General", "major_gridlines": _GRID}
_DUE, _REACHED = "#BFBFBF", "#2F75B5"
"""Grey for what could be had, blue for what was: they differ in print without colour, too."""


def add_charts(book: Any, sheet: Any, placed: Sequence[tuple[str, FormLayout, Form]], scheme: Scheme) -> None:
    """Put the charts of each form beside the report."""
    row = FIRST_ROW
    for number, (name, layout, form) in enumerate(placed, 1):
        facts = FACTS_SHEET if number == 1 else f"{FACTS_SHEET} ({number})"
        for chart in (_sections(book, name, layout), _projects(book, facts, scheme, form.currency_unit)):
            if chart is not None:
                sheet.insert_chart(row, PARKED_COLUMN, chart, {"object_position": 1})
                row += PARKED_ROWS


def _sections(book: Any, name: str, layout: FormLayout) -> Any:
    """Return 各一级指标得分与分值."""
    areas = {heading: _range(name, area) for heading, area in layout.section_areas().items()}
    chart = book.add_chart({"type": "column"})
    return _drawn(chart, areas["一级指标合计"], {"分值": areas["分值合计"], "得分": areas["得分合计"]}, "分")


def _projects(book: Any, facts: str, scheme: Scheme, unit: str) -> Any:
    """Return 各项目资金与支出, ``None`` where the form has no list of projects."""
    group = find_table(_PROJECTS)
    if group is None or group[0].meant_for not in scheme.form_title:
        return None
    areas = _named_areas(book, facts)
    columns = [areas.get(f"{_PROJECTS}_{column}") for column in ("项目名称", "资金", "支出")]
    if any(area is None for area in columns):
        return None
    names, funds, spent = columns
    chart = _drawn(book.add_chart({"type": "bar"}), names, {"资金": funds, "支出": spent}, unit)
    # The first project stands at the top, as in the list, and the amounts below the last.
    chart.set_y_axis(_AXIS | {"reverse": True, "crossing": "max"})
    chart.set_x_axis(_VALUES | {"name": unit, "name_font": _LETTERS})
    return chart


def _drawn(chart: Any, categories: Any, series: Mapping[str, Any], unit: str) -> Any:
    for (title, values), colour in zip(series.items(), (_DUE, _REACHED), strict=True):
        chart.add_series(
            {
                "name": title,
                "categories": categories,
                "values": values,
                "fill": {"color": colour},
                "border": {"none": True},
                "gap": 80,
                "data_labels": {"value": True, "font": {"name": FONT, "size": 9}, "num_format": "0.00"},
            }
        )
    chart.set_legend({"position": "bottom", "font": _LETTERS})
    chart.set_x_axis(_AXIS)
    chart.set_y_axis(_VALUES | {"name": unit, "name_font": _LETTERS})
    chart.set_chartarea({"border": {"none": True}})
    chart.set_size({"width": 590, "height": 300})
    return chart


def _named_areas(book: Any, sheet: str) -> dict[str, list[Any]]:
    """Return the ranges that are named on a sheet."""
    areas = {}
    for name, _, reference, *_ in book.defined_names:
        found = read_reference(str(reference))
        if found is not None and found[0] == sheet:
            areas[str(name)] = _corners(sheet, found[1])
    return areas


def _range(sheet: str, corners: str) -> list[Any]:
    area = read_area(corners.replace("$", ""))
    assert area is not None
    return _corners(sheet, area)


def _corners(sheet: str, area: Area) -> list[Any]:
    """Return a range as XlsxWriter takes it: counted from 0."""
    return [sheet, area.top - 1, area.left - 1, area.bottom - 1, area.right - 1]
