"""The words the readers know, loaded once from ``vocabulary.toml``."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from toolkit.core.values.kinds import Sign

KIND_OF_SIGN: Mapping[Sign, str] = {
    Sign.AT_LEAST: "正向",
    Sign.ABOVE: "正向",
    Sign.AT_MOST: "反向",
    Sign.BELOW: "反向",
    Sign.EQUAL: "等于",
}
"""计算方式 that a sign stands for."""

# ASCII characters and their full-width forms lie this far apart.
WIDTH_GAP = 0xFEE0
FULL_WIDTH_ASCII = range(0xFF01, 0xFF5F)

Words = tuple[str, ...]


# Never compared and never printed: the methods would only cost start-up time.
@dataclass(frozen=True, eq=False, repr=False)
class Vocabulary:
    """Word lists of the readers, grouped as in ``vocabulary.toml``.

    Attributes:
        fold: what every folded character becomes, ``None`` where it is dropped.
        signs_before: sign words in front of a number, usual width.
        signs_after: sign words behind a number.
        plain_signs: spellings with their 计算方式 (正向, 反向, 等于) that the simple notation allows.
        plain_multipliers: 万 and 亿 with their factor, and ``%`` with 0.01.
        tail_stops: no unit in the simple notation contains one of these.
        tail_first_stops: no unit in the simple notation starts with one of these.
        multipliers: 十 to 万亿 with their factor.
        shares: ``%``, ``‰`` and ``‱`` with the percent points each is worth.
        share: how far 约 may be off, as a share of the number.
        units: every known spelling of a unit, in small letters, with its usual spelling.
    """

    fold: Mapping[int, str | None]
    edges: str
    dashes: frozenset[str]
    breaks: Words
    errors: Mapping[str, str]
    not_applicable: frozenset[str]
    signs_before: Mapping[str, Sign]
    signs_after: Mapping[str, Sign]
    inside_followers: Words
    unclear_bounds: Words
    loose_signs: Words
    comparing_signs: Words
    share: Decimal
    about_before: Words
    near_before: Words
    about_after: Words
    about_not_before: Words
    over_after: Words
    not_over: Words
    glued: Mapping[str, str]
    indefinite: Mapping[str, Words]
    chinese_digits: str
    chinese_powers: str
    half: str
    half_units: Words
    minus: Words
    money_marks: Words
    range_marks: Words
    not_multipliers: Words
    minus_leads: Words
    multipliers: Mapping[str, Decimal]
    shares: Mapping[str, Decimal]
    share_words: Mapping[str, str]
    rewrites: Mapping[str, str]
    units: Mapping[str, str]
    latin_units: frozenset[str]
    ranking_units: frozenset[str]
    not_units: Words
    joints: str
    dates: Mapping[str, Words]
    parts_of_month: Mapping[str, int]
    context: Mapping[str, Words]
    idioms: Words
    labelled: Words
    plain_signs: tuple[tuple[str, str], ...]
    plain_multipliers: Mapping[str, Decimal]
    tail_stops: Words
    tail_first_stops: Words

    def sign_of(self, spelling: str) -> Sign:
        """Tell which sign a spelling in front of a number stands for, whatever its width."""
        return self.signs_before[spelling.translate(self.fold)]


@cache
def vocabulary() -> Vocabulary:
    """Load the words, once a process."""
    # Imported here: they cost as much as all the rest of this package, and start-up may read no value at all.
    import tomllib
    from importlib.resources import files

    data = tomllib.loads(files(__package__).joinpath("vocabulary.toml").read_text(encoding="utf-8"))
    fold = _fold(data["characters"])
    signs = data["signs"]
    before = _signs(signs["before"])
    return Vocabulary(
        fold=fold,
        edges="".join(data["characters"]["edges"]),
        dashes=frozenset(data["characters"]["dashes"]),
        breaks=tuple(data["characters"]["breaks"]),
        errors={code.upper(): code for code in data["whole"]["errors"]},
        not_applicable=frozenset(word.upper() for word in data["whole"]["not_applicable"]),
        signs_before=before,
        signs_after=_signs(signs["after"]),
        inside_followers=tuple(signs["after"]["inside_followers"]),
        unclear_bounds=tuple(signs["after"]["unclear"]),
        loose_signs=tuple(signs["loose"]),
        comparing_signs=tuple(signs["comparing"]),
        glued=data["glued"],
        indefinite=_words(data["indefinite"]),
        rewrites=data["rewrites"],
        dates=_words(data["dates"]),
        parts_of_month=data["dates"]["parts_of_month"],
        context=_words(data["context"]),
        idioms=tuple(data["idioms"]["words"]),
        labelled=tuple(data["idioms"]["labelled"]),
        **_approximations(data["approximate"]),
        **_numbers(data["numbers"]),
        **_units(data["units"], data["unit_rules"]),
        **_plain(data["plain"], fold, before),
    )


def _words(table: Mapping[str, Any]) -> dict[str, Words]:
    """Take the word lists out of a table."""
    return {key: tuple(value) for key, value in table.items() if isinstance(value, list)}


def _signs(table: Mapping[str, Any]) -> dict[str, Sign]:
    """Map each spelling to its sign."""
    return {word: sign for sign in KIND_OF_SIGN for word in table.get(sign.name.lower(), ())}


def _fold(table: Mapping[str, Any]) -> dict[int, str | None]:
    """Build the folding of characters: full-width ASCII, variants, and what is dropped."""
    fold: dict[int, str | None] = {code: chr(code - WIDTH_GAP) for code in FULL_WIDTH_ASCII}
    # The yen sign is folded as money, not by its width.
    fold |= {ord(variant): usual for variant, usual in table["variants"].items()}
    fold |= {ord(mark): None for mark in [*table["ignorable"], " ", "\u3000", "\u00a0"]}
    return fold


def _approximations(table: Mapping[str, Any]) -> dict[str, Any]:
    """Build the fields about 约, 近, 余 and 多."""
    return {"share": Decimal(table["share"]), **_words(table)}


def _numbers(table: Mapping[str, Any]) -> dict[str, Any]:
    """Build the fields about digits, multipliers and shares."""
    return {
        "chinese_digits": table["chinese_digits"],
        "chinese_powers": table["chinese_powers"],
        "half": table["half"],
        "multipliers": {word: Decimal(factor) for word, factor in table["multipliers"].items()},
        "shares": {word: Decimal(points) for word, points in table["shares"].items()},
        "share_words": table["share_words"],
        **_words(table),
    }


def _units(units: Mapping[str, list[str]], rules: Mapping[str, Any]) -> dict[str, Any]:
    """Build the fields about units."""
    spellings = {usual.lower(): usual for usual in units}
    spellings |= {spelling.lower(): usual for usual, others in units.items() for spelling in others}
    return {
        "units": spellings,
        "latin_units": frozenset(rules["latin"]),
        "ranking_units": frozenset(rules["ranking"]),
        "not_units": tuple(rules["not_units"]),
        "joints": "".join(rules["joints"]),
    }


def _plain(table: Mapping[str, Any], fold: Mapping[int, str | None], before: Mapping[str, Sign]) -> dict[str, Any]:
    """Build the fields about the simple notation.

    Whatever the full reading folds into a stop, or drops, is a stop as well: native formulas do not fold.
    """
    stops = set(table["tail_stops"])
    dropped = {chr(code) for code, usual in fold.items() if usual is None} - {" ", "\u3000", "\u00a0"}
    folded = {chr(code) for code, usual in fold.items() if usual in stops} - {"％"}
    letters = string.ascii_letters + "".join(chr(ord(letter) + WIDTH_GAP) for letter in string.ascii_letters)
    first = set(table["tail_first_stops"])
    first |= {chr(code) for code, usual in fold.items() if usual in first} | set(letters)
    factors = {"万": Decimal(10_000), "亿": Decimal(100_000_000), "%": Decimal("0.01")}
    return {
        "plain_signs": tuple((sign, KIND_OF_SIGN[before[str(sign).translate(fold)]]) for sign in table["signs"]),
        "plain_multipliers": {mark: factors[mark] for mark in [*table["multipliers"], "%"]},
        "tail_stops": tuple(sorted(stops | dropped | folded)),
        "tail_first_stops": tuple(sorted(first)),
    }
