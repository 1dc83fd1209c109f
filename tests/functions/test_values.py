"""Texts read as number and unit, called as Excel calls."""

from __future__ import annotations

import pytest

from tests.excel.com.books import Excel
from tests.functions.calls import Sheet, column
from toolkit.functions.catalogue import FUNCTIONS

READ = [
    ("约46万人次", 460000.0, "人次", "约460000人次（437000 至 483000）"),
    ("不少于3.5万户", 35000.0, "户", "≥35000户"),
    ("≥95%", 0.95, "%", "≥95%"),
    ("百分之九十五以上", 0.95, "%", "≥95%"),
    ("249,379.00 元", 249379.0, "元", "249379元"),
    ("由原来的7个工作日缩短为3个工作日", 3.0, "工作日", "由7工作日变为3工作日"),
    ("30.68万份", 306800.0, "份", "306800份"),
    ("约四十多万", *["“四十多万”看不懂：没有确定的数；请填一个数", "", "“四十多万”看不懂：没有确定的数；请填一个数"]),
    ("3-5天", "“3-5天”不是一个数", "天", "3至5天"),
    ("2021年12月底前", "“2021年12月底前”不是一个数", "", "2021年12月31日前"),
    ("有效保障", "“有效保障”不是一个数", "", "文字：有效保障"),
    ("不适用", "“不适用”不是一个数", "", "不适用"),
    ("0", 0.0, "", "0"),
]


def test_a_column_of_texts(excel: Excel) -> None:
    sheet, last = Sheet(excel), len(READ)
    sheet.put(f"A1:A{last}", column(text for text, *_ in READ))
    answers = [sheet.call(name, f"&A1:A{last}") for name in ("SE_NUMBER", "SE_UNIT", "SE_READ")]
    assert [list(row) for row in zip(*(map(first, answer) for answer in answers), strict=True)] == [list(row[1:]) for row in READ]
    assert sheet.calls == 3


def first(row: list[object]) -> object:
    (value,) = row
    return value


@pytest.mark.parametrize(
    ("value", "number_format", "number", "read"),
    [
        (0.955, "0.0%", 0.955, "95.5%"),
        (0.95, "0%", 0.95, "95%"),
        (1234.5, "#,##0.00", 1234.5, "1234.5"),
        (12.0, '0"个"', 12.0, "12个"),
        (44561.0, 'yyyy"年"m"月"d"日"', "“2021年12月31日”不是一个数", "2021年12月31日"),
        (True, "General", "“TRUE”不是一个数", "文字：TRUE"),
        (-2146826281, "General", "“#DIV/0!”不是一个数", "#DIV/0!"),
        (-2146826246, "General", "“#N/A”不是一个数", "#N/A"),
    ],
)
def test_a_cell_counts_as_it_is_printed(excel: Excel, value: object, number_format: str, number: object, read: str) -> None:
    sheet = Sheet(excel)
    if isinstance(value, int) and not isinstance(value, bool):
        assert [sheet.call(name, value) for name in ("SE_NUMBER", "SE_READ")] == [number, read]
        return
    sheet.put("A1", value, number_format)
    assert [sheet.call(name, "&A1") for name in ("SE_NUMBER", "SE_READ")] == [number, read]


def test_formats_are_asked_once_where_all_cells_have_the_same(excel: Excel) -> None:
    sheet = Sheet(excel)
    sheet.put("A1:A9", column([0.5] * 9), "0%")
    with excel.counted() as log:
        assert sheet.call("SE_READ", "&A1:A9") == [["50%"]] * 9
    assert log.count("get Range.NumberFormat") == 1
    sheet.put("A9", 0.5, "0.00")
    with excel.counted() as log:
        assert sheet.call("SE_READ", "&A1:A9") == [["50%"]] * 8 + [["0.5"]]
    assert log.count("get Range.NumberFormat") == 1 + 9


@pytest.mark.parametrize("each", [f for f in FUNCTIONS if f.name != "SE_FINDINGS"], ids=lambda each: each.name)
def test_examples_give_what_the_manual_says(excel: Excel, each: object) -> None:
    example, gives = getattr(each, "example", ""), getattr(each, "gives", "")
    name, _, inside = example.removeprefix("=").rstrip(")").partition("(")
    array = inside[inside.find("{") + 1 : inside.find("}")] if "{" in inside else ""
    given = [tuple((float(part),) for part in array.split(";"))] if array else [literal(part) for part in inside.split(",")]
    answer = Sheet(excel).call(name, *given)
    assert (f"{answer:g}" if isinstance(answer, float) else answer) == gives


def literal(part: str) -> object:
    return part[1:-1] if part.startswith('"') else float(part)
