"""What must hold for every value text, whoever typed it."""

from decimal import Decimal
from importlib import import_module
from time import perf_counter

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from toolkit.core.values import Measure, Unreadable, format_value, read_plain, read_value, vocabulary
from toolkit.core.values.grammar import read_grammar
from toolkit.core.values.normalise import compact
from toolkit.core.values.unclear import UnclearError
from toolkit.core.values.vocabulary import FULL_WIDTH_ASCII, KIND_OF_SIGN, WIDTH_GAP

WORDS = vocabulary()
UNITS = sorted(set(WORDS.units))
AFTER = [*WORDS.signs_after, *WORDS.about_after, *WORDS.over_after, *WORDS.unclear_bounds, "(含)", "，合格"]
CONTEXT = [*WORDS.idioms, *WORDS.dates["endings"], "满意度", "每亩"]
WORD_LISTS = [w for group in (WORDS.dates, WORDS.context) for words in group.values() for w in words]
PIECES = [
    *UNITS, *AFTER, *CONTEXT, *WORD_LISTS, *WORDS.signs_before, *WORDS.multipliers, *WORDS.tail_stops,
    *WORDS.range_marks, *WORDS.not_multipliers, *WORDS.not_units, *WORDS.tail_first_stops, *WORDS.latin_units,
    *"0123456789,.%‰/*·每×",
]  # fmt: skip

digits = st.one_of(
    st.integers(0, 10**9).map(str),
    st.integers(0, 10**7).map("{:,}".format),
    st.decimals(0, 10**6, places=2).map("{:f}".format),
)
signs = st.sampled_from(["", *(sign for sign, _ in WORDS.plain_signs)])
powers = st.sampled_from(["", "", "万", "亿", "%", "％"])
tails = st.lists(st.one_of(st.sampled_from(PIECES), st.characters()), max_size=3).map("".join)
unit_tails = st.one_of(st.sampled_from(["", *UNITS]), tails)
officers_texts = st.lists(st.one_of(digits, st.sampled_from(PIECES), st.text(max_size=2)), max_size=7).map("".join)


@given(st.one_of(st.text(), officers_texts))
@example("")
@example("每一6，点十四")
def test_every_text_has_a_reading_that_keeps_the_text(text: str) -> None:
    value = read_value(text)
    assert isinstance(value, Unreadable) or value.text == text
    if isinstance(value, Unreadable):
        assert value.part and value.reason and value.text == text


@given(st.one_of(st.text(), officers_texts))
@settings(max_examples=400)
def test_writing_a_value_and_reading_it_gives_the_value(text: str) -> None:
    value = read_value(text)
    assume(not isinstance(value, Unreadable))
    assert read_value(format_value(value)) == value


@given(signs, digits, powers, unit_tails)
@settings(max_examples=600)
def test_plain_and_full_reading_agree(sign: str, number: str, power: str, tail: str) -> None:
    text = sign + number + power + tail
    plain = read_plain(text)
    assume(plain is not None)
    assert plain is not None
    value = read_value(text)
    assert isinstance(value, Measure) and not value.approximate and not value.falling
    assert KIND_OF_SIGN.get(value.sign, "") == plain.sign_kind
    percent = plain.multiplier == Decimal("0.01")
    assert value.number == (plain.number if percent else plain.value)
    # The full grammar, which native formulas do not have, must come to the same value by its own way.
    try:
        assert read_grammar(compact(text)) == value
    except UnclearError as unclear:
        raise AssertionError(f"full reading declines {text!r}: {unclear}") from unclear


@given(digits, digits, signs, signs, st.sampled_from(["", "万", "亿", "%"]), unit_tails)
def test_one_tail_has_one_unit(first: str, second: str, sign: str, other: str, power: str, tail: str) -> None:
    texts = sign + first + power + tail, other + second + power + tail
    values = [read_value(text) for text in texts if read_plain(text)]
    assert len({value.unit for value in values if isinstance(value, Measure)}) <= 1


full_width = {code - WIDTH_GAP: chr(code) for code in FULL_WIDTH_ASCII}
SPELLINGS = {
    "≥": ["≥", "≧", ">=", "＞=", "不低于", "不少于", "至少"],
    "≤": ["≤", "≦", "<=", "‹=", "不超过", "不高于", "至多"],
    "=": ["=", "＝", "═", "等于"],
    "": [""],
}


@given(
    st.data(),
    st.sampled_from(sorted(SPELLINGS)),
    st.integers(0, 10**7),
    st.sampled_from(["份", "万元", "%", "人次", ""]),
)
def test_spellings_of_one_value_are_equal(data: st.DataObject, sign: str, number: int, tail: str) -> None:
    digits_typed = data.draw(st.sampled_from([str(number), f"{number:,}", f"{number}.0", f"{number:,}.00"]))
    spelling = data.draw(st.sampled_from(SPELLINGS[sign])) + digits_typed + tail
    spaced = data.draw(st.sampled_from(["", " ", "\u3000", "\u00a0", "\n"])).join(["", spelling, ""])
    wide = data.draw(st.sampled_from([spaced, spaced.translate(full_width)]))
    assert read_value(wide) == read_value(f"{sign}{number}{tail}")


@given(st.integers(0, 10**7), st.sampled_from(["个", "元", "人次", ""]))
def test_ten_thousand_may_be_written_out(number: int, unit: str) -> None:
    assert read_value(f"{number}万{unit}") == read_value(f"{number * 10000}{unit}")


@given(st.integers(1, 9999), st.sampled_from(["", "万"]))
def test_chinese_numerals_and_digits_are_equal(number: int, power: str) -> None:
    written = import_module("cn2an").an2cn(number, "low")
    assert read_value(f"{written}{power}人") == read_value(f"{number}{power}人")


def test_a_very_long_text_is_read_in_no_time() -> None:
    started = perf_counter()
    for piece in ["1", "一", "每", "3天", "至", "不超过", "(", "年", "A1", "2021年", " ", "约", ",1", "缩短"]:
        assert read_value(piece * 2000) is not None
    assert perf_counter() - started < 10
