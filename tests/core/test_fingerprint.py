"""The canonical form behind 校验码: what counts as the same value, and what does not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from toolkit.core.fingerprint import canonical, short_mark
from toolkit.core.form import Cell


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("10", "10.00"),
        ("-0", "0"),
        (" 42 ", "42"),
        (".5", "0.50"),
        ("+5", "5"),
        ("0.333333333333333", "0.3333333333333"),
        ("123456789012345000", "123456789012345000.0"),
        ("第一行\r\n第二行", "第一行\n第二行\n"),
        ("\u0065\u0301", "\u00e9"),
    ],
)
def test_the_same_value_has_one_canonical_form(one: str, other: str) -> None:
    assert canonical(Cell(text=one)) == canonical(Cell(text=other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("007", "7"),
        ("0012", "012"),
        ("12E5", "1200000"),
        ("1_000", "1000"),
        ("4403002021001", "4403002021002"),
        ("440300202100112345", "440300202100112346"),
        ("440300202100112345678", "440300202100112345679"),
        ("\u0661\u0662", "12"),
        ("", "0"),
        ("10", "10%"),
    ],
)
def test_codes_and_other_values_stay_apart(one: str, other: str) -> None:
    assert canonical(Cell(text=one)) != canonical(Cell(text=other))


def test_the_number_behind_the_print_counts() -> None:
    assert canonical(Cell(text="0.33", exact=Decimal(1) / 3)) == "0.333333333333"
    assert canonical(Cell(text="7", exact=Decimal(7))) == canonical(Cell(text="7"))


def test_marks_are_the_first_bits_of_sha_256_in_crockfords_alphabet() -> None:
    # sha256("abc") begins with ba7816bf8f: 10111 01001 11100 00001 01101 01111 11100 01111.
    assert short_mark("abc", 8) == "Q9W1DFWF"
    assert short_mark("abc", 4) == "Q9W1"
