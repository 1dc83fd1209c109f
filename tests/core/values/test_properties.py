"""What must hold for every value text, whoever typed it."""

from decimal import Decimal

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from toolkit.core.values import Measure, Unreadable, format_value, read_plain, read_value, vocabulary
from toolkit.core.values.grammar import read_grammar
from toolkit.core.values.normalise import compact
from toolkit.core.values.unclear import UnclearError
from toolkit.core.values.vocabulary import KIND_OF_SIGN

WORDS = vocabulary()
UNITS = sorted(set(WORDS.units))
AFTER = [*WORDS.signs_after, *WORDS.about_after, *WORDS.over_after, *WORDS.unclear_bounds, "完成", "(含)", "的学校", "，合格"]
CONTEXT = [*WORDS.context["number_leads"], *WORDS.context["falling"], *WORDS.idioms, *WORDS.dates["endings"], "满意度", "每亩"]
WORD_LISTS = [w for group in (WORDS.dates, WORDS.context) for words in group.values() for w in words]
PIECES = [
    *UNITS, *AFTER, *CONTEXT, *WORD_LISTS, *WORDS.signs_before, *WORDS.multipliers, *WORDS.tail_stops, *WORDS.range_marks,
    *WORDS.not_multipliers, *WORDS.not_units, *WORDS.tail_first_stops, *WORDS.latin_units, *"0123456789,.%‰/*·每×",
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
@example("" * 0)
def test_every_text_has_a_reading_that_keeps_the_text(text: str) -> None:
    value = read_value(text)
    assert isinstance(value, Unreadable) or value.text == text
    if isinstance(value, Unreadable):
        assert value.part and value.reason and value.text == text


@given(st.one_of(st.text(), officers_texts))
@settings(max_examples=600)
def test_writing_a_value_and_reading_it_gives_the_value(text: str) -> None:
    value = read_value(text)
    assume(not isinstance(value, Unreadable))
    assert read_value(format_value(value)) == value


@given(signs, digits, powers, unit_tails)
@settings(max_examples=1500)
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
