"""The simple notation: what is read, and what is left to the full reading."""

from decimal import Decimal

import pytest

from toolkit.core.values import Measure, read_plain, read_value


@pytest.mark.parametrize(
    ("text", "kind", "number", "multiplier", "tail"),
    [
        ("≥30.68万份", "正向", "30.68", "10000", "份"),
        (" 不少于 12 种 ", "正向", "12", "1", "种"),
        ("＞＝95％", "正向", "95", "0.01", ""),
        ("达到90%", "正向", "90", "0.01", ""),
        ("‹=5300元/户", "反向", "5300", "1", "元/户"),
        ("控制在5%", "反向", "5", "0.01", ""),
        ("═100%", "等于", "100", "0.01", ""),
        ("2.45亿元", "", "2.45", "100000000", "元"),
        ("1,234,567.80", "", "1234567.80", "1", ""),
        (">=530元/人*月", "正向", "530", "1", "元/人*月"),
        ("0起", "", "0", "1", "起"),
        ("37个基层医疗机构", "", "37", "1", "个基层医疗机构"),
        ("12个月", "", "12", "1", "个月"),
        ("29间", "", "29", "1", "间"),
        ("007", "", "7", "1", ""),
        ("1234567890123456789012345", "", "1234567890123456789012345", "1", ""),
    ],
)
def test_simple_notation(text: str, kind: str, number: str, multiplier: str, tail: str) -> None:
    plain = read_plain(text)
    assert plain is not None
    assert (plain.sign_kind, plain.number, plain.multiplier, plain.tail) == (
        kind,
        Decimal(number),
        Decimal(multiplier),
        tail,
    )


@pytest.mark.parametrize(
    "text",
    [
        *["", "及时", "—", "不适用", "#DIV/0!", "无"],
        *["98%以上", "3天以内", "3天内", "80余宗", "约5人", "5人左右", "3-5天", "3~5", "3至5天", "1/2", "1:1"],
        *["2021年", "12月", "30日", "9时", "5点", "95分", "3季度", "5G网络", "5kg", "50㎡(含)", "2台（套）"],
        *["满意度≥95%", "≥约5", "-5", "+5", "±5", "1,20", "1,2000", ",5", "5,", ".5", "5.", "1.2.3", "1e5", "５人"],
        *[
            "5万亿",
            "5万%",
            "5%%",
            "5‰",
            "3百人",
            "四十六万",
            "5人\n",
            "5\t人",
            "¥100",
            "2个未完成",
            "下降3%",
            "5*",
            "5?",
        ],
        *["≥≥5", "＝>=5", "1234567890123456789012345.6", "5超长的单位超长的单位超长的单位超长的单位超长"],
    ],
)
def test_every_other_notation_is_declined(text: str) -> None:
    assert read_plain(text) is None


@pytest.mark.parametrize(
    ("text", "value", "number"),
    [("2.45亿元", "245000000", "245000000"), ("95%", "0.95", "95"), ("0.1万", "1000", "1000")],
)
def test_value_multiplies_out_and_a_percentage_stays_in_points_when_read(text: str, value: str, number: str) -> None:
    plain, full = read_plain(text), read_value(text)
    assert plain is not None and plain.value == Decimal(value)
    assert isinstance(full, Measure) and full.number == Decimal(number)


def test_no_digit_is_lost_to_rounding() -> None:
    plain, full = read_plain("12345678901234567890.1234亿元"), read_value("12345678901234567890.1234亿元")
    assert plain is not None and f"{plain.value:f}" == "1234567890123456789012340000.0000"
    assert isinstance(full, Measure) and full.number == plain.value
