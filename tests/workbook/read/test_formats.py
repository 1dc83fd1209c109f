"""The digits a cell prints, by number format."""

from decimal import Decimal

import pytest

from toolkit.workbook.formats import BUILT_IN, printed, read_format

PRINTED = [
    ("General", "14389280", "14389280", None),
    ("General", "0.1159", "0.1159", None),
    ("0", "15", "15", None),
    ("0", "15.5", "16", "15.5"),
    ("0.0", "15", "15.0", None),
    ("0.00", "2.7586", "2.76", "2.7586"),
    ("0.00", "2.76", "2.76", None),
    ("0.00", "-0.001", "0.00", "-0.001"),
    ("0.00", "2.675", "2.68", "2.675"),
    ("#,##0.00", "4448000", "4448000.00", None),
    ("#,##0", "4448000", "4448000", None),
    ("¥#,##0.00", "249379", "249379.00", None),
    ('#,##0.00"万元"', "1.5", "1.50万元", None),
    ("#,##0.00_ ", "12", "12.00", None),
    ("#,##0.00_);[Red](#,##0.00)", "-12.3", "-12.30", None),
    ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "0", "0.00", None),
    ("0%", "0.86", "86%", None),
    ("0%", "0.8693", "87%", "0.8693"),
    ("0.00%", "0.8693", "86.93%", None),
    ("0.##", "2.5", "2.5", None),
    ("0.##", "2", "2", None),
    ("#.00", "0.5", "0.50", None),
    ('"（"0"年度）"', "2021", "（2021年度）", None),
    ('General"年度"', "2021", "2021年度", None),
    ("@", "95", "95", None),
    ("# ?/?", "0.5", "0.5", None),
    ("0.00E+00", "1234.5", "1234.5", None),
    ("yyyy/m/d", "44561", "2021年12月31日", None),
    ('yyyy"年"m"月"', "44561", "2021年12月", None),
    ("[$-804]m\"月\"d\"日\"", "44440", "9月1日", None),
]


@pytest.mark.parametrize(("code", "number", "text", "exact"), PRINTED)
def test_a_number_is_read_as_it_is_printed(code: str, number: str, text: str, exact: str | None) -> None:
    assert printed(Decimal(number), read_format(code)) == (text, None if exact is None else Decimal(exact))


def test_dates_of_the_1904_calendar() -> None:
    assert printed(Decimal(43099), read_format("yyyy/m/d"), since_1904=True) == ("2021年12月31日", None)


@pytest.mark.parametrize("code", BUILT_IN.values())
def test_formats_known_by_number_can_be_printed(code: str) -> None:
    text, _ = printed(Decimal(44561), read_format(code))
    assert text.startswith(("44561", "2021年", "12月", "4456100"))
