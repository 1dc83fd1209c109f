"""The word lists agree with one another."""

import subprocess
import sys
import tomllib
from collections import Counter
from importlib.resources import files

from toolkit.core.values import vocabulary
from toolkit.core.values.units import split_unit

WORDS = vocabulary()


def test_every_spelling_of_a_unit_stands_once() -> None:
    table = tomllib.loads(files("toolkit.core.values").joinpath("vocabulary.toml").read_text(encoding="utf-8"))["units"]
    spellings = Counter(word for usual, others in table.items() for word in {usual.lower(), *map(str.lower, others)})
    assert [word for word, times in spellings.items() if times > 1] == []


def test_every_spelling_of_a_unit_is_read_as_that_unit() -> None:
    assert {word: split_unit(word)[0] for word in WORDS.units if word != "%"} == {
        word: usual for word, usual in WORDS.units.items() if word != "%"
    }


def test_no_unit_starts_with_a_multiplier_that_would_be_taken_off() -> None:
    taken = [unit for unit in WORDS.units if unit.startswith(tuple(WORDS.multipliers))]
    assert [unit for unit in taken if not unit.startswith(WORDS.not_multipliers)] == []


def test_native_formulas_need_no_folding() -> None:
    # Native formulas see the text as typed, so every width of a stop must be a stop.
    folded = {chr(code) for code, usual in WORDS.fold.items() if usual in WORDS.tail_stops}
    assert folded - {"％"} <= set(WORDS.tail_stops)
    assert {stop for stop in WORDS.tail_stops if not stop} == set()


def test_plain_signs_have_one_kind_each() -> None:
    signs = [sign for sign, _ in WORDS.plain_signs]
    assert len(signs) == len(set(signs))
    assert {kind for _, kind in WORDS.plain_signs} == {"正向", "反向", "等于"}
    assert not any(mark in sign for sign in signs for mark in "*?~0123456789")


def test_reading_chinese_numerals_is_not_paid_for_at_start() -> None:
    code = "import sys, toolkit.core.values as v; v.read_value('≥95%'); v.read_value('十二个'); print('cn2an' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
