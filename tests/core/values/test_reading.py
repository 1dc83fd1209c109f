"""Value texts in officers' notation, each with the one thing it means."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from toolkit.core.values import (
    Blank,
    CellError,
    Change,
    Dash,
    Measure,
    Moment,
    NotApplicable,
    Sign,
    Span,
    Unreadable,
    Value,
    Words,
    format_value,
    read_value,
)

TEXTS: dict[str, list[Any]] = tomllib.loads((Path(__file__).parent / "texts.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "number", "unit", "sign"), TEXTS["measures"])
def test_number_with_unit(text: str, number: str, unit: str, sign: str) -> None:
    assert read_value(text) == Measure(Decimal(number), unit, Sign(sign))


@pytest.mark.parametrize(("text", "number", "unit"), TEXTS["falling"])
def test_number_that_counts_downwards(text: str, number: str, unit: str) -> None:
    assert read_value(text) == Measure(Decimal(number), unit, falling=True)


@pytest.mark.parametrize(("text", "number", "low", "high", "unit"), TEXTS["approximate"])
def test_approximate_number(text: str, number: str, low: str, high: str, unit: str) -> None:
    assert read_value(text) == Measure(Decimal(number), unit, low=Decimal(low), high=Decimal(high))


@pytest.mark.parametrize(("text", "low", "high", "unit"), TEXTS["spans"])
def test_range(text: str, low: str, high: str, unit: str) -> None:
    assert read_value(text) == Span(Decimal(low), Decimal(high), unit)


@pytest.mark.parametrize(("text", "date", "by"), TEXTS["moments"])
def test_date(text: str, date: str, by: bool) -> None:
    year, month, day = (None if part == "?" else int(part) for part in date.split("-"))
    assert read_value(text) == Moment(year, month, day, by)


@pytest.mark.parametrize(("text", "before", "after"), TEXTS["changes"])
def test_change(text: str, before: str, after: str) -> None:
    first, second = read_value(before), read_value(after)
    assert isinstance(first, Measure) and isinstance(second, Measure)
    assert read_value(text) == Change(first, second)


@pytest.mark.parametrize("text", TEXTS["words"])
def test_words(text: str) -> None:
    assert read_value(text) == Words(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *((text, Blank()) for text in TEXTS["blanks"]),
        *((text, Dash()) for text in TEXTS["dashes"]),
        *((text, NotApplicable()) for text in TEXTS["not_applicable"]),
        *((text, CellError(text.strip().replace("n/a", "N/A"))) for text in TEXTS["errors"]),
    ],
)
def test_text_without_a_value(text: str, value: Value) -> None:
    assert read_value(text) == value


@pytest.mark.parametrize(("text", "part", "reason"), TEXTS["unreadable"])
def test_unclear_text_names_the_part_and_the_reason(text: str, part: str, reason: str) -> None:
    value = read_value(text)
    assert isinstance(value, Unreadable)
    assert (value.part, value.text) == (part, text)
    assert reason in value.reason


def test_blank_zero_not_applicable_dash_and_error_are_five_things() -> None:
    assert len({read_value(text) for text in ["", "0", "不适用", "—", "#DIV/0!", "无"]}) == 6
    assert read_value(None) == Blank()


def test_ninety_percent_is_not_ninety() -> None:
    assert read_value("90%") != read_value("90")
    assert read_value("90%") == read_value("９０ ％") == read_value("百分之九十") == read_value("90.00%")


@pytest.mark.parametrize(
    ("text", "step"),
    [("30.5万份", "1000"), ("100.00%", "0.01"), ("8676", "1"), ("四十六万", "10000"), ("3.0‰", "0.01")],
)
def test_step_is_one_unit_in_the_last_digit_typed(text: str, step: str) -> None:
    value = read_value(text)
    assert isinstance(value, Measure) and value.step == Decimal(step)


@pytest.mark.parametrize(
    ("text", "usual"),
    [
        ("‹=5300.00元/户", "≤5300元/户"),
        ("约46万人次", "约460000人次"),
        ("30%～50%", "30至50%"),
        ("2021年底前完成", "2021年12月31日前"),
        ("由5天压缩至2天", "由5天变为2天"),
        ("减少5件", "下降5件"),
        ("——", "—"),
        ("n/a", "不适用"),
        ("约两千年", "约2,000年"),
    ],
)
def test_usual_spelling(text: str, usual: str) -> None:
    assert format_value(read_value(text)) == usual
