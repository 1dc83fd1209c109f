"""Words of the value readers in the form in which native formulas search for them."""

from __future__ import annotations

from toolkit.core.values.vocabulary import WIDTH_GAP, vocabulary


def other_numerals() -> list[str]:
    """Return the numerals that formulas do not read: Chinese, full-width, fractions."""
    words = vocabulary()
    wide = {chr(ord(digit) + WIDTH_GAP) for digit in "0123456789"}
    fractions = {stop for stop in words.tail_stops if stop.isnumeric() and not stop.isascii()}
    return sorted({*words.chinese_digits, *words.chinese_powers, words.half} | wide | fractions)


def not_applicable_words() -> list[str]:
    """Return the Chinese words that mark a row as 不适用, those left out that contain another one."""
    chinese = (word for word in vocabulary().not_applicable if not word.isascii())
    words = sorted(chinese, key=lambda word: (len(word), word))
    return [word for index, word in enumerate(words) if not any(shorter in word for shorter in words[:index])]


def not_applicable_letters() -> list[str]:
    """Return the first letters of N/A and its kin, in both cases and widths."""
    letters = {word[0] for word in vocabulary().not_applicable if word.isascii()}
    either = sorted({case for letter in letters for case in (letter.upper(), letter.lower())})
    return [*either, *(chr(ord(letter) + WIDTH_GAP) for letter in either)]


def without_spaces(name: str) -> str:
    """Return a name without spaces and control characters."""
    return "".join(char for char in name if char >= " " and char not in " \u3000\u00a0")


def stands_aside(name: str) -> bool:
    """Tell whether formulas take a 三级指标 for 不适用; some others are taken for it too, and left to the core."""
    bare = without_spaces(name)
    return any(word in bare for word in not_applicable_words()) or bare[:1] in not_applicable_letters()
